#!/usr/bin/env python3
"""The C kernels of examples/, scheduled whole and executed by cycle.

    kernels.py [--effort N] [--only NAME,...] [--record]

Every kernel and a test that calls it go through clang and mlir-translate, under the
operators and limits of examples/library.mlir, and get a schedule with `latency`.
gaus-replay then runs the test: each operation at its cycle, against the same program
in order; the test says whether the result is right. Exits with 1 if something differs
or is wrong. --record writes bench/results/oracles/kernels.json.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

import common

LLVM = pathlib.Path("/usr/lib/llvm-22/bin")
TESTS = common.ROOT / "test" / "Integration" / "Inputs"
LIBRARY = common.ROOT / "examples" / "library.mlir"
FLAGS = ["-O1", "-ffp-contract=off", "-fno-unroll-loops", "-fno-inline", "-S",
         "-emit-llvm", "-DGAUS_REPLAY", "-o"]


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          **more)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stderr[-2000:]}")
    return done.stdout


def module(directory):
    """All kernels and their tests as one module under the library."""
    parts = []
    for source in [*sorted((common.ROOT / "examples").glob("*.c")),
                   *sorted(TESTS.glob("*.c"))]:
        if source.parent == TESTS and "kernel_tests.h" not in source.read_text():
            continue
        parts.append(directory / (source.parent.name + source.stem + ".ll"))
        run(LLVM / "clang", *FLAGS, parts[-1], source)
    run(LLVM / "llvm-link", "-S", *parts, "-o", directory / "linked.ll")
    program = run(LLVM / "mlir-translate", "--import-llvm", directory / "linked.ll")
    return run(common.tool("gaus-opt"), "-", f"--gaus-use-library=library={LIBRARY}",
               input=program)


def replay(placed, name):
    """(operations, cycles) of a test; or what went wrong."""
    done = subprocess.run([common.tool("gaus-replay"), placed, f"--function={name}"],
                          capture_output=True, text=True)
    size = re.search(r"as in order, (\d+) operations in (\d+) cycles", done.stdout)
    if not size:
        return done.stdout + done.stderr
    said = done.stdout[:done.stdout.index("@")]
    if set(said) != {"1"}:
        return f"prints '{said}', a right result is 1"
    return int(size[1]), int(size[2])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--effort", type=int, default=1)
    parser.add_argument("--only", default="")
    parser.add_argument("--record", action="store_true")
    a = parser.parse_args()
    wrong, operations, cycles = 0, 0, 0
    with tempfile.TemporaryDirectory() as name:
        directory = pathlib.Path(name)
        source, placed = directory / "kernels.mlir", directory / "placed.mlir"
        source.write_text(module(directory))
        run(common.tool("gaus-opt"), source, f"--gaus-schedule=effort={a.effort}",
            "--gaus-verify", "-o", placed)
        tests = sorted(set(re.findall(r"@(test_\w+)\(", source.read_text())))
        tests = [t for t in tests if not a.only or t[5:] in a.only.split(",")]
        for test in tests:
            answer = replay(placed, test)
            if isinstance(answer, str):
                wrong += 1
                print(f"{test[5:]}: wrong\n{answer[:2000]}")
                continue
            print(f"{test[5:]}: right, {answer[0]} operations in {answer[1]} cycles")
            operations += answer[0]
            cycles += answer[1]
    figures = {"tests": len(tests), "wrong": wrong, "operations executed": operations,
               "cycles": cycles}
    common.show(figures, len(tests))
    if a.record:
        common.record(
            "kernels", a, len(tests), name="C kernels by cycle",
            subject="Tests that call the C kernels of `examples/`, scheduled whole under "
            "the limits of `examples/library.mlir` and executed by cycle: operands, "
            "memory, limits and control against the program in order, and the results "
            "against references.",
            figures=figures)
    sys.exit(1 if wrong or not tests else 0)


if __name__ == "__main__":
    main()
