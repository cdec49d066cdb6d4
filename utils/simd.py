#!/usr/bin/env python3
"""Counts the vector arithmetic of the CPU backend's loops in its machine code.

    utils/simd.py [LIBRARY]

LIBRARY is build/lib/libgausDevice.a by default, made for x86-64. For each function
that the descent spends its time in: instructions of float arithmetic on whole
vectors and on single numbers (what is left at the ends of loops, and scalar code).
The exit status is 1 where a function is missing or has none on vectors. Needs
llvm-objdump.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]

# What a step consists of (docs/architecture.md).
LOOPS = [
    "CellTable::fill",
    "meanGradient",
    "Descent::addLastUse",
    "Descent::forwardChunk",
    "Descent::backwardChunk",
    "Descent::gatherChunk",
    "Profile::price",
]
ARITHMETIC = re.compile(
    r"v?(?:add|sub|mul|div|max|min|sqrt|fn?m(?:add|sub)\d+)([ps])[sd]$"
)


def disassemble(library):
    """Pairs of a function's name and an instruction's mnemonic."""
    command = ["llvm-objdump", "-d", "--no-show-raw-insn", "--demangle", library]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    function = ""
    for line in text.splitlines():
        if head := re.match(r"[0-9a-f]+ <(.*)>:$", line):
            function = head[1]
        elif instruction := re.match(r"\s*[0-9a-f]+:\s+(\S+)", line):
            yield function, instruction[1]


def count(library):
    counts = {loop: {"p": 0, "s": 0} for loop in LOOPS}
    for function, mnemonic in disassemble(library):
        arithmetic = ARITHMETIC.match(mnemonic)
        if not arithmetic:
            continue
        for loop in LOOPS:
            if f"cpu::{loop}(" in function:
                counts[loop][arithmetic[1]] += 1
    return counts


def main():
    default = ROOT / "build/lib/libgausDevice.a"
    counts = count(sys.argv[1] if len(sys.argv) > 1 else default)
    print(f"{'function':25} {'vectors':>8} {'single':>8}")
    for loop, kinds in counts.items():
        print(f"{loop:25} {kinds['p']:8} {kinds['s']:8}")
    scalar = [loop for loop, kinds in counts.items() if kinds["p"] == 0]
    if scalar:
        sys.exit("no vector arithmetic in " + ", ".join(scalar))


if __name__ == "__main__":
    main()
