#!/usr/bin/env python3
"""Intervals of regular loops against a brute force of their addresses.

    regular.py [--programs N] [--first SEED] [--seconds S] [--keep DIR] [--record]

Random loops whose subscripts are sums of the loop's variable, constants and values
from outside, each written in affine, scf and llvm. The least interval follows from the
addresses of all iterations: by enumeration, with no analysis. Counts, by front end, the
loops that are given a smaller interval (wrong) and those that are given exactly it.
--record writes bench/results/oracles/regular.json.
"""

import collections
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import common

LATENCY = {"load": 2, "store": 1, "mul": 3, "add": 1}
SIDE = 32            # of the memory with two dimensions
SIZE = SIDE * SIDE   # of the others
KINDS = "affine", "scf", "llvm"


class Loop:
    """Statements ("load", memory, subscripts), ("store", memory, subscripts, value),
    ("add" or "mul", value, value); values are numbers of statements. A subscript is
    (factor of the variable, constant, whether %k is added)."""

    def __init__(self, seed):
        r = self.r = random.Random(seed)
        self.step, self.trips = r.choice([1, 1, 1, 2, 3, 4]), r.randint(2, 12)
        self.first = r.choice([0, 0, 1, 3])
        self.shifted = {m: r.random() < 0.3 for m in "abm"}
        self.statements, values = [], []
        for _ in range(r.randint(3, 9)):
            kind = r.choice(["load", "load", "add", "mul", "store", "store"])
            if kind == "load" or not values:
                self.statements.append(("load", *self.place()))
            elif kind == "store":
                self.statements.append(("store", *self.place(), r.choice(values)))
                continue
            else:
                self.statements.append((kind, r.choice(values), r.choice(values)))
            values.append(len(self.statements) - 1)
        self.statements.append(("store", *self.place(), r.choice(values)))

    def place(self):
        r = self.r
        memory = r.choice("aabm")

        def subscript(size):
            factor = r.choice([0, 1, 1, 1, 2, 3, -1])
            reach = 3 * (self.first + self.step * self.trips)
            shift = self.shifted[memory]
            low = reach // 3 if factor < 0 else 0
            return factor, low + r.randint(0, 5) if reach < size - 12 else low, shift

        if memory == "m":
            return memory, [(0, r.randint(0, 3), False)
                            if r.random() < 0.5 else (1, r.randint(0, 3), False),
                            (r.choice([0, 1]), r.randint(0, 3), False)]
        return memory, [subscript(SIZE)]

    def address(self, subscripts, n):
        i, address = self.first + self.step * n, 0
        for factor, constant, shift in subscripts:
            address = address * SIDE + factor * i + constant + (7 if shift else 0)
        return address

    def is_within(self):
        return all(0 <= factor * (self.first + self.step * n) + constant <
                   (SIDE if s[1] == "m" else SIZE - 16)
                   for s in self.statements if s[0] in ("load", "store")
                   for factor, constant, _ in s[2] for n in range(self.trips))

    #===--- What is right --------------------------------------------------===#

    def edges(self):
        """(from, to, cycles, iterations): the least distance of each pair."""
        found = []
        for j, s in enumerate(self.statements):
            used = s[1:] if s[0] in ("add", "mul") else s[3:]
            found += [(i, j, LATENCY[self.statements[i][0]], 0) for i in used]
        accesses = [(j, s) for j, s in enumerate(self.statements)
                    if s[0] in ("load", "store")]
        for i, a in accesses:
            for j, b in accesses:
                if a[1] != b[1] or a[0] == b[0] == "load":
                    continue
                cycles = 0 if a[0] == "load" else LATENCY["store"]
                for k in range(0 if i < j else 1, self.trips):
                    if any(self.address(a[2], n) == self.address(b[2], n + k)
                           for n in range(self.trips - k)):
                        found.append((i, j, cycles, k))
        return found

    def least(self):
        edges = self.edges()
        for ii in range(1, 200):
            start = [0] * len(self.statements)
            for _ in range(len(start) + 1):
                changed = False
                for i, j, cycles, k in edges:
                    if start[i] + cycles - ii * k > start[j]:
                        start[j], changed = start[i] + cycles - ii * k, True
                if not changed:
                    return ii
        return None

    #===--- Texts ------------------------------------------------------------===#

    def text(self, kind, name):
        return {"affine": self.affine, "scf": self.scf, "llvm": self.llvm}[kind](name)

    def memref(self, name, head, subscript, ops):
        lines, prefix = [], "affine" if ops else "memref"
        for j, s in enumerate(self.statements):
            if s[0] in ("add", "mul"):
                lines.append(f"%v{j} = arith.{s[0]}i %v{s[1]}, %v{s[2]} : i32")
                continue
            at = ", ".join(subscript(lines, x) for x in s[2])
            shape = f"{SIDE}x{SIDE}" if s[1] == "m" else str(SIZE)
            place = f"%{s[1]}[{at}] : memref<{shape}xi32>"
            lines.append(f"%v{j} = {prefix}.load {place}" if s[0] == "load" else
                         f"{prefix}.store %v{s[3]}, {place}")
        body = "\n".join("    " + line for line in lines)
        return (f"func.func @{name}(%a: memref<{SIZE}xi32> {{llvm.noalias}}, "
                f"%b: memref<{SIZE}xi32> {{llvm.noalias}}, "
                f"%m: memref<{SIDE}x{SIDE}xi32> {{llvm.noalias}}, %k: index) "
                f"attributes {{gaus.library = @l}} {{\n{head}{body}\n  }}\n  return\n}}\n")

    def affine(self, name):
        def subscript(_, s):
            factor, constant, shift = s
            return f"{factor} * %i + {constant}" + (" + symbol(%k)" if shift else "")

        last = self.first + self.step * self.trips
        return self.memref(name, f"  affine.for %i = {self.first} to {last} step "
                           f"{self.step} {{\n", subscript, True)

    def scf(self, name):
        constants = {}

        def constant(n):
            constants[n] = f"  %n{n % 10**6} = arith.constant {n} : index\n"
            return f"%n{n % 10**6}"

        def subscript(lines, s):
            factor, number, shift = s
            value, count = "%i", len(lines)
            for k, (op, by, needed) in enumerate((
                    ("muli", constant(factor), factor != 1),
                    ("addi", "%k", shift), ("addi", constant(number), number))):
                if needed:
                    lines.append(f"%s{count}_{k} = arith.{op} {value}, {by} : index")
                    value = f"%s{count}_{k}"
            return value

        head = (f"  scf.for %i = {constant(self.first)} to "
                f"{constant(self.first + self.step * self.trips)} step "
                f"{constant(self.step)} {{\n")
        text = self.memref(name, "HEAD", subscript, False)
        return text.replace("HEAD", "".join(constants.values()) + head)

    def llvm(self, name):
        lines, constants = [], {}

        def constant(n):
            constants[n] = (f"  %n{n % 10**6} = llvm.mlir.constant({n} : i64) : i64")
            return f"%n{n % 10**6}"

        for j, s in enumerate(self.statements):
            if s[0] in ("add", "mul"):
                lines.append(f"%v{j} = llvm.{s[0]} %v{s[1]}, %v{s[2]} : i32")
                continue
            at = []
            for d, (factor, number, shift) in enumerate(s[2]):
                lines.append(f"%s{j}_{d} = llvm.mul %i, {constant(factor)} : i64")
                lines.append(f"%t{j}_{d} = llvm.add %s{j}_{d}, {constant(number)} : i64")
                at.append(f"%t{j}_{d}")
                if shift:
                    lines.append(f"%u{j}_{d} = llvm.add %t{j}_{d}, %k : i64")
                    at[-1] = f"%u{j}_{d}"
            zero = "0, " if s[1] == "m" else ""
            kind = f"!llvm.array<{SIDE} x array<{SIDE} x i32>>" if s[1] == "m" else "i32"
            lines.append(f"%p{j} = llvm.getelementptr %{s[1]}[{zero}{', '.join(at)}] : "
                         f"(!llvm.ptr{', i64' * len(at)}) -> !llvm.ptr, {kind}")
            lines.append(f"%v{j} = llvm.load %p{j} : !llvm.ptr -> i32" if s[0] == "load"
                         else f"llvm.store %v{s[3]}, %p{j} : i32, !llvm.ptr")
        start, step = constant(self.first), constant(self.step)
        end = constant(self.first + self.step * self.trips)
        pointer = "!llvm.ptr {llvm.noalias}"
        return "\n".join([
            f"llvm.func @{name}(%a: {pointer}, %b: {pointer}, %m: {pointer}, %k: i64) "
            "attributes {gaus.library = @l} {", *constants.values(),
            f"  llvm.br ^loop({start} : i64)", "^loop(%i: i64):", *lines,
            f"  %next = llvm.add %i, {step} : i64",
            f"  %more = llvm.icmp \"ne\" %next, {end} : i64",
            "  llvm.cond_br %more, ^loop(%next : i64), ^end", "^end:", "  llvm.return",
            "}", ""])


def library():
    rows = [("load", LATENCY["load"], '"affine.load", "memref.load", "llvm.load"'),
            ("store", LATENCY["store"], '"affine.store", "memref.store", "llvm.store"'),
            ("mul", LATENCY["mul"], '"llvm.mul", "arith.muli"'),
            ("add", LATENCY["add"], '"llvm.add", "arith.addi"')]
    return "gaus.library @l {\n" + "".join(
        f"  gaus.operator @{name} latency({cycles}) for({ops})\n"
        for name, cycles, ops in rows) + "}\n"


def intervals(text, directory):
    """The interval of each function's loop, in order."""
    source = directory / "loops.mlir"
    source.write_text(text)
    done = subprocess.run(
        [common.tool("gaus-opt"), str(source), "--gaus-schedule=effort=0 threads=1",
         "--gaus-verify", "--mlir-print-debuginfo=0"], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return [int(x) for x in re.findall(r"gaus\.ii = (\d+)", done.stdout)]


def main():
    a = common.arguments(__doc__)
    wanted, until = a.programs or 300, common.Until(a.seconds)
    counts, tried = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as directory:
        seed = a.first or 0
        while tried < wanted and until.goes_on():
            loops = []
            while len(loops) < 50:
                loop = Loop(f"regular {seed}")
                seed += 1
                if loop.is_within():
                    loops.append(loop)
            tried += len(loops)
            least = [loop.least() for loop in loops]
            for kind in KINDS:
                texts = [loop.text(kind, f"f{k}") for k, loop in enumerate(loops)]
                got = intervals(library() + "".join(texts),
                                pathlib.Path(directory))
                for ii, right, text in zip(got, least, texts, strict=True):
                    counts[kind, "wrong" if ii < right else
                           "exact" if ii == right else "larger"] += 1
                    if ii < right or (a.keep and ii > right):
                        if ii < right:
                            print(f"{kind}: {ii}, right is {right}:\n{text}")
                        if a.keep:
                            a.keep.mkdir(parents=True, exist_ok=True)
                            (a.keep / f"{kind}-{seed}-{right}-{ii}.mlir").write_text(
                                library() + text)
    wrong = sum(counts[kind, "wrong"] for kind in KINDS)
    figures = {f"{kind}: loops at exactly the least interval": "{} of {} ({:.1f}%)".format(
        counts[kind, "exact"], tried, 100 * counts[kind, "exact"] / max(tried, 1))
        for kind in KINDS} | {"loops with a smaller one": wrong}
    common.show(figures, tried)
    if a.record:
        common.record("regular", a, tried, name="Intervals against addresses",
                      subject="Random loops with regular subscripts in affine, scf and "
                      "llvm: the interval against the least that the addresses of all "
                      "iterations allow, by enumeration.", figures=figures)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
