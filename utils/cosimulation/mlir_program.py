"""Functions of an .mlir file: what they take and give, and themselves on the
processor, lowered to LLVM's IR."""

import os
import pathlib
import re
import subprocess

import native
import signatures

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("GAUS_BUILD", ROOT / "build"))
C_TYPES = {"i1": "unsigned char", "i8": "signed char", "i16": "short", "i32": "int",
           "i64": "long", "index": "long", "f32": "float", "f64": "double"}
# Memrefs are the addresses of their first elements.
LOWERING = ("builtin.module(gaus-strip,convert-linalg-to-loops,lower-affine,"
            "convert-scf-to-cf,expand-strided-metadata,lower-affine,finalize-memref-to-llvm,"
            "convert-math-to-llvm,convert-arith-to-llvm,convert-cf-to-llvm,"
            "convert-func-to-llvm{use-bare-ptr-memref-call-conv=1},"
            "reconcile-unrealized-casts)")


def split(text):
    """At commas outside of brackets."""
    parts, depth, begin = [], 0, 0
    for k, c in enumerate(text):
        depth += c in "([{<"
        depth -= c in ")]}" or (c == ">" and text[k - 1] != "-")
        if c == "," and depth == 0:
            parts.append(text[begin:k])
            begin = k + 1
    return [p.strip() for p in [*parts, text[begin:]] if p.strip()]


def scalar(text):
    if text not in C_TYPES:
        raise signatures.Unknown(text)
    return signatures.SCALARS[C_TYPES[text]]


def parameter(text, number):
    of = re.match(r"(memref<[^>]*>|[\w.]+(<[^>]*>)?)", text)[1]
    name = f"arg{number}"
    if not of.startswith("memref<"):
        kind, size = scalar(of)
        return signatures.Parameter(name, C_TYPES[of], False, [(0, kind, size)], size)
    *shape, element = of[len("memref<"):-1].split("x")
    if "," in element or element == "i1":
        raise signatures.Unknown(of)
    kind, size = scalar(element)
    count = 1
    for extent in shape:
        count *= 0 if extent == "?" else int(extent)
    if "?" in shape[1:] or (shape[:1] == ["?"] and len(shape) > 1):
        raise signatures.Unknown(of)
    return signatures.Parameter(name, C_TYPES[element] + " *", True,
                                [(0, kind, size)], size, count)


def functions(path):
    """As signatures.functions: of those that have a body and are not private."""
    done = subprocess.run([BUILD / "bin/gaus-opt", path], capture_output=True,
                          text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    found = {}
    for name, rest in re.findall(r"^  func\.func @(\w+)\((.*) \{$", done.stdout, re.M):
        depth = 1
        for end, c in enumerate(rest):
            depth += (c == "(") - (c == ")")
            if depth == 0:
                break
        try:
            taken = [parameter(p.split(":", 1)[1].strip(), k)
                     for k, p in enumerate(split(rest[:end]))]
            after = re.match(r" -> (\((.*?)\)|[\w.<>]+)", rest[end + 1:])
            results = split(after[2] if after and after[2] else after[1]) if after else []
            if len(results) > 1:
                raise signatures.Unknown("(" + ", ".join(results) + ")")
            for r in results:
                scalar(r)
            found[name] = signatures.Function(name, taken,
                                              C_TYPES[results[0]] if results else "void")
        except signatures.Unknown as type_name:
            found[name] = str(type_name)
    return found


def build(path, known, folder, level="-O1"):
    """One program for all functions of the file, optimized to a level."""
    lowered = folder / "lowered.mlir"
    subprocess.run([BUILD / "bin/gaus-opt", path, f"--pass-pipeline={LOWERING}", "-o",
                    lowered], check=True, capture_output=True, text=True)
    text = subprocess.run(["mlir-translate-22", "--mlir-to-llvmir", lowered],
                          check=True, capture_output=True, text=True).stdout
    (folder / "lowered.ll").write_text(text)
    prototypes = "".join(
        f"extern {f.result} {f.name}("
        + (", ".join("void *" if p.is_memory else p.type for p in f.parameters) or "void")
        + ");\n" for f in known)
    return native.link(prototypes, known, folder, [level, "-ffp-contract=off"],
                       [folder / "lowered.ll"])
