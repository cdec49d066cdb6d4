"""The C function itself, run on the processor."""

import struct
import subprocess

import signatures

DRIVER = """\
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
{include}

static void take(FILE *in, void *to, size_t size) {{
  if (fread(to, 1, size, in) != size)
    exit(3);
}}

int main(int count, char **names) {{
  FILE *in = fopen(names[1], "rb"), *out = fopen(names[2], "wb");
  if (count != 3 || !in || !out)
    return 3;
  unsigned long long size, raw;
  while (fread(&size, 8, 1, in) == 1) {{
{body}
  }}
  return fclose(out) != 0;
}}
"""


def driver(kernel, function):
    body = []
    for k, p in enumerate(function.parameters):
        if p.is_memory:
            body += [f"unsigned long long s{k};", f"take(in, &s{k}, 8);",
                     f"unsigned char *p{k} = malloc(s{k});",
                     f"take(in, p{k}, s{k});"]
        else:
            body += ["take(in, &raw, 8);", f"{p.type} p{k};",
                     f"memcpy(&p{k}, &raw, sizeof p{k});"]
    passed = ", ".join(f"(void *)p{k}" if p.is_memory else f"p{k}"
                       for k, p in enumerate(function.parameters))
    call = f"{function.name}({passed});"
    if function.result != "void":
        call = f"{function.result} result = {call}"
    body.append(call)
    for k, p in enumerate(function.parameters):
        if p.is_memory:
            body.append(f"fwrite(p{k}, 1, s{k}, out); free(p{k});")
    if function.result != "void":
        body.append("raw = 0; memcpy(&raw, &result, sizeof result);"
                    " fwrite(&raw, 8, 1, out);")
    return DRIVER.format(include=f'#include "{kernel.resolve()}"',
                         body="\n".join("    " + line for line in body))


def build(kernel, function, folder, flags, suffix=""):
    source = folder / f"{function.name}_driver.c"
    source.write_text(driver(kernel, function))
    program = folder / f"{function.name}_native{suffix}"
    subprocess.run([signatures.CLANG, *flags, "-w", source, "-o", program, "-lm"],
                   check=True)
    return program


def build_checked(kernel, function, folder, flags):
    """One that ends with a failure where C has no meaning."""
    return build(kernel, function, folder,
                 [*flags, "-fsanitize=address,undefined",
                  "-fno-sanitize-recover=undefined"], "_checked")


def run(program, function, runs, folder):
    """By run: the bytes of each memory after it, and of the result; None if the
    program fails."""
    source, target = folder / "native.in", folder / "native.out"
    with open(source, "wb") as out:
        for arguments in runs:
            out.write(struct.pack("<Q", 1))
            for p, (_, data) in zip(function.parameters, arguments):
                if p.is_memory:
                    out.write(struct.pack("<Q", len(data)))
                out.write(data)
    done = subprocess.run([program, source, target], capture_output=True)
    if done.returncode:
        return None
    data, at, all_runs = target.read_bytes(), 0, []
    for arguments in runs:
        after = []
        for p, (_, before) in zip(function.parameters, arguments):
            if p.is_memory:
                after.append(data[at:at + len(before)])
                at += len(before)
        if function.result != "void":
            after.append(data[at:at + 8])
            at += 8
        all_runs.append(after)
    return all_runs
