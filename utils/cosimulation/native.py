"""The C function itself, run on the processor."""

import struct
import subprocess

import signatures

LONGEST = 256  # bytes of a function's name
DRIVER = """\
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
{include}

static void take(FILE *in, void *to, size_t size) {{
  if (fread(to, 1, size, in) != size)
    exit(3);
}}

{bodies}
int main(int count, char **names) {{
  FILE *in = fopen(names[1], "rb"), *out = fopen(names[2], "wb");
  char name[{longest}];
  if (count != 3 || !in || !out)
    return 3;
  while (fread(name, sizeof name, 1, in) == 1) {{
{choices}
  }}
  return fclose(out) != 0;
}}
"""

RUN = """\
static void run_{name}(FILE *in, FILE *out) {{
  unsigned long long raw;
{body}
}}
"""


def one(function):
    """A C function that reads arguments, calls, and writes what is there then."""
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
    return RUN.format(name=function.name,
                      body="\n".join("  " + line for line in body))


def build(kernel, functions, folder, flags, suffix=""):
    """One program for all functions of the file."""
    return link(f'#include "{kernel.resolve()}"', functions, folder, flags, [], suffix)


def link(head, functions, folder, flags, more, suffix=""):
    """A program of a driver that begins with `head`, and more files."""
    source = folder / f"driver{suffix}.c"
    source.write_text(DRIVER.format(
        include=head,
        bodies="\n".join(one(f) for f in functions),
        longest=LONGEST,
        choices="\n".join(f'    if (!strcmp(name, "{f.name}"))\n'
                          f"      run_{f.name}(in, out);" for f in functions)))
    program = folder / f"native{suffix}"
    subprocess.run([signatures.CLANG, *flags, "-w", source, *more, "-o", program, "-lm"],
                   check=True, capture_output=True, text=True)
    return program


def build_started(kernel, functions, folder, flags, content):
    """One whose variables hold `content` ("zero" or "pattern") before they are
    written. Where two of them differ, C has no meaning."""
    return build(kernel, functions, folder,
                 [*flags, f"-ftrivial-auto-var-init={content}"],
                 "" if content == "zero" else f"_{content}")


def build_checked(kernel, functions, folder, flags):
    """One that ends with a failure where C has no meaning."""
    return build(kernel, functions, folder,
                 [*flags, "-fsanitize=address,undefined",
                  "-fno-sanitize-recover=undefined"], "_checked")


def run(program, calls, folder):
    """Of each call (function, arguments): the bytes of each memory after it, and of the
    result. None if the program fails."""
    source, target = folder / "native.in", folder / "native.out"
    with open(source, "wb") as out:
        for function, arguments in calls:
            out.write(function.name.encode().ljust(LONGEST, b"\0"))
            for p, (_, data) in zip(function.parameters, arguments):
                if p.is_memory:
                    out.write(struct.pack("<Q", len(data)))
                out.write(data)
    done = subprocess.run([program, source, target], capture_output=True)
    if done.returncode:
        return None
    data, at, all_runs = target.read_bytes(), 0, []
    for function, arguments in calls:
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
