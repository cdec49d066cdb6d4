#!/usr/bin/env python3
"""Writes large programs in func, arith and affine to standard output.

    bench/programs.py straight OPERATIONS [--seed S]
    bench/programs.py loops LOOPS [--seed S]

straight: a function of one block, operands from the 200 values before. loops: a function
of loops one after the other, each of 32 operations that read and write one memory.
"""

import argparse
import random
import sys


def straight(count, r):
    values = [f"%a{k}" for k in range(8)]
    yield f"func.func @straight({', '.join(f'{v}: i32' for v in values)}) -> i32 {{"
    for k in range(count):
        name, near = r.choice(["addi", "subi", "muli", "xori", "andi"]), values[-200:]
        yield f"  %v{k} = arith.{name} {r.choice(near)}, {r.choice(near)} : i32"
        values.append(f"%v{k}")
    yield f"  return {values[-1]} : i32"
    yield "}"


def loops(count, r):
    memory = "memref<1024xi32>"
    yield f"func.func @loops(%m: {memory}) {{"
    for _ in range(count):
        yield f"  affine.for %i = 0 to {r.randint(4, 64)} {{"
        yield f"    %x = affine.load %m[%i + {r.randint(0, 900)}] : {memory}"
        values = ["%x"]
        for k in range(30):
            name = r.choice(["addi", "muli", "xori"])
            yield f"    %v{k} = arith.{name} {r.choice(values)}, {r.choice(values)} : i32"
            values.append(f"%v{k}")
        yield f"    affine.store {values[-1]}, %m[%i] : {memory}"
        yield "  }"
    yield "  return"
    yield "}"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("kind", choices=["straight", "loops"])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    a = parser.parse_args()
    if a.count < 1:
        parser.error("there is at least one")
    lines = {"straight": straight, "loops": loops}[a.kind](a.count, random.Random(a.seed))
    sys.stdout.writelines(line + "\n" for line in lines)


if __name__ == "__main__":
    main()
