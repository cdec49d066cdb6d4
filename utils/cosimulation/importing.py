"""C in the llvm dialect, as the tools here have it."""

import re

# Loops stay loops, and do not become calls of the library.
FLAGS = ["-O1", "-ffp-contract=off", "-fno-unroll-loops", "-mllvm",
         "-disable-loop-idiom-all"]


def from_c(kernel, folder, run):
    """The file as one of MLIR in the folder; `run` takes a command and its arguments."""
    run("clang-22", *FLAGS, "-S", "-emit-llvm", "-gline-tables-only", "-o",
        folder / "kernel.ll", kernel)
    # For a target that has no functions for it, memory is set and copied by loops.
    run("opt-22", "-passes=pre-isel-intrinsic-lowering", "-mtriple=nvptx64",
        "--mem-intrinsic-expand-size=0", "-S", folder / "kernel.ll", "-o",
        folder / "lowered.ll")
    run("mlir-translate-22", "--import-llvm", folder / "lowered.ll", "-o",
        folder / "kernel.mlir")
    return folder / "kernel.mlir"


def make_streams(path, names, functions):
    """Says gaus.fifo of the parameters that are called so, of all functions."""
    lines = path.read_text().split("\n")
    for k, line in enumerate(lines):
        head = re.match(r"  llvm\.func (?:\w+ )*@(\w+)\(", line)
        function = functions.get(head[1]) if head else None
        if function is None or isinstance(function, str):
            continue
        for number, p in enumerate(function.parameters):
            if p.is_memory and p.name in names:
                lines[k] = re.sub(rf"(%arg{number}: !llvm\.ptr)(?: {{(.*?)}})?(?=[,)])",
                                  lambda m: f"{m[1]} {{gaus.fifo" +
                                  (f", {m[2]}" if m[2] else "") + "}", lines[k])
    path.write_text("\n".join(lines))
