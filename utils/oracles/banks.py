#!/usr/bin/env python3
"""Banks of memories behind pointers, against the addresses that a run meets.

    banks.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Random loops of cf and llvm that load elements of a memory with banks (an argument, an
alloca, a global; a memref), with one port each, and of one, two or three dimensions.
Which banks an access is in follows from its addresses by enumeration: one that is in
several takes the ports of all. The interval that follows must be reached, or, where an
analysis of sums cannot know the bank, not be undercut. Then each program is played back:
no cycle uses more ports of a bank than there are, by the addresses that were met. Exits
with 1 if something is otherwise. --record writes bench/results/oracles/banks.json.
"""

import collections
import math
import random
import re
import subprocess
import sys

import common
from writer import chance

BATCH = 25
LIBRARY = """gaus.library @l {
  gaus.resource @port limit(1) per(memory)
  gaus.operator @load latency(2) uses(@port) for("llvm.load", "memref.load")
  gaus.operator @store latency(1) uses(@port) for("llvm.store", "memref.store")
  gaus.operator @free latency(1) for("llvm.add", "llvm.mul", "llvm.icmp", "arith.addi",
                                     "arith.muli", "arith.cmpi", "llvm.getelementptr")
}
"""
BYTES = {"i8": 1, "i16": 2, "i32": 4, "i64": 8}


class Loop:
    """Loads of %a[first + step n + constant]."""

    def __init__(self, r, number):
        self.r, self.number = r, number
        self.kind = r.choice(["argument", "argument", "alloca", "global", "memref"])
        self.element = r.choice(["i8", "i32", "i32", "i64"])
        self.shape = r.choice([[64], [64], [96], [16, 8], [12, 6], [4, 4, 8]])
        self.dimension = r.randrange(len(self.shape))
        self.count = r.choice([2, 2, 3, 4, 8])
        self.how = r.choice(["cyclic", "cyclic", "cyclic", "block"])
        self.size = math.prod(self.shape)
        # Of one dimension an argument's size may be unknown.
        self.open = (self.kind == "argument" and len(self.shape) == 1 and
                     self.how == "cyclic" and chance(r, 0.5))
        self.step = r.choice([0, 1, 2, 3, 4, 8, 16])
        self.first = r.choice([0, 0, 1, 5])
        most = (self.size - 9 - self.first) // max(1, self.step)
        self.trips = max(2, min(7, most))
        room = self.size - self.first - self.step * (self.trips - 1)
        self.constants = [r.randrange(min(room, 12)) for _ in range(r.randint(2, 5))]
        self.wide = self.kind != "memref" and chance(r, 0.1) and self.element == "i32"

    def bank(self, element):
        """Of an element, by its subscript in the dimension."""
        inner = math.prod(self.shape[self.dimension + 1:])
        at, size = element // inner, self.shape[self.dimension]
        if not self.open:
            at %= size
        return at % self.count if self.how == "cyclic" else at // -(-size // self.count)

    def banks(self, constant):
        """In which banks an access is in the course of the loop."""
        return {self.bank(e + k) for n in range(self.trips)
                for e in [self.first + self.step * n + constant]
                for k in range(2 if self.wide and constant == self.constants[0] else 1)}

    def least(self):
        used = collections.Counter()
        for c in self.constants:
            banks = self.banks(c)
            used.update(banks if len(banks) == 1 else range(self.count))
        return max(used.values())

    def knows(self):
        """Whether sums modulo powers of two tell the bank of each access."""
        inner = math.prod(self.shape[self.dimension + 1:])
        around, size = inner * self.count, self.shape[self.dimension]
        if any(len(self.banks(c)) == 1 for c in self.constants) and self.step:
            power = around & (around - 1) == 0
            whole = self.open or self.dimension == 0 or size % self.count == 0
            return (self.how == "cyclic" and power and whole and
                    self.step % around == 0 and self.kind != "memref")
        return True

    def said(self, memref=False):
        kind = self.element
        if not self.open:
            for n in reversed(self.shape):
                kind = (f"!llvm.array<{n} x " + kind.removeprefix("!llvm.") + ">")
        entry = f", {kind}" if self.kind == "argument" else ""
        return f'gaus.banks = ["{self.how}", {self.count}, {self.dimension}{entry}]', kind

    def text(self):
        return self.of_memref() if self.kind == "memref" else self.of_llvm()

    def of_llvm(self):
        said, kind = self.said()
        lines, head, outside = [], [], ""
        argument = "%unused: !llvm.ptr {llvm.noalias}"
        if self.kind == "argument":
            argument = f"%a: !llvm.ptr {{llvm.noalias, {said}}}"
        elif self.kind == "alloca":
            head = ["%n1 = llvm.mlir.constant(1 : i64) : i64",
                    f"%a = llvm.alloca %n1 x {kind} {{{said}}} : (i64) -> !llvm.ptr"]
        else:
            head = [f"%a = llvm.mlir.addressof @g{self.number} : !llvm.ptr"]
            outside = (f"llvm.mlir.global internal @g{self.number}() {{{said}}} : {kind} "
                       f"{{\n  %z = llvm.mlir.zero : {kind}\n  llvm.return %z : {kind}\n"
                       "}\n")
        for k, c in enumerate(self.constants):
            wide = "i64" if self.wide and c == self.constants[0] else self.element
            lines += [f"%c{k} = llvm.mlir.constant({c} : i64) : i64",
                      f"%s{k} = llvm.add %i, %c{k} : i64",
                      f"%p{k} = llvm.getelementptr %a[%s{k}] : (!llvm.ptr, i64) -> "
                      f"!llvm.ptr, {self.element}",
                      f"%v{k} = llvm.load %p{k} {{alignment = 1 : i64}} : !llvm.ptr -> "
                      f"{wide}",
                      f"llvm.store %v{k}, %o{k} : {wide}, !llvm.ptr"]
        outs = ", ".join(f"%o{k}: !llvm.ptr {{llvm.noalias}}"
                         for k in range(len(self.constants)))
        return (outside + f"llvm.func @f{self.number}({argument}, {outs}) attributes "
                "{gaus.library = @l} {\n" + "".join(f"  {x}\n" for x in head) +
                self.frame("llvm.mlir.constant({v} : i64) : i64", "llvm.br",
                           "llvm.cond_br", "llvm.add", 'llvm.icmp "slt"', "i64", lines) +
                "  llvm.return\n}\n")

    def of_memref(self):
        """Of one dimension, which has the step."""
        self.shape = [self.size]
        self.dimension = 0
        kind = f"memref<{self.size}x{self.element}>"
        lines = []
        for k, c in enumerate(self.constants):
            lines += [f"%c{k} = arith.constant {c} : index",
                      f"%s{k} = arith.addi %i, %c{k} : index",
                      f"%v{k} = memref.load %a[%s{k}] : {kind}",
                      f"memref.store %v{k}, %o{k}[%zero] : memref<1x{self.element}>"]
        outs = ", ".join(f"%o{k}: memref<1x{self.element}> {{llvm.noalias}}"
                         for k in range(len(self.constants)))
        return (f"func.func @f{self.number}(%a: {kind} {{llvm.noalias, {self.said()[0]}}}"
                f", {outs}) attributes {{gaus.library = @l}} {{\n"
                "  %zero = arith.constant 0 : index\n" +
                self.frame("arith.constant {v} : index", "cf.br", "cf.cond_br",
                           "arith.addi", "arith.cmpi slt,", "index", lines) +
                "  return\n}\n")

    def frame(self, constant, br, cond, add, less, kind, lines):
        """The loop counts by the step; without one, beside what it loads."""
        step, moves = max(1, self.step), self.step > 0
        last = self.first + step * self.trips
        first = self.first
        out = [f"%first = {constant.format(v=first)}",
               f"%step = {constant.format(v=step)}", f"%last = {constant.format(v=last)}",
               f"{br} ^loop(%first : {kind})", None,
               *lines, f"%next = {add} %k, %step : {kind}",
               f"%more = {less} %next, %last : {kind}",
               f"{cond} %more, ^loop(%next : {kind}), ^end"]
        text = "".join(f"  {x}\n" if x else f"^loop(%k: {kind}):\n" for x in out)
        return text.replace("%i,", "%k," if moves else "%first,") + "^end:\n"


def module(number, count=BATCH):
    loops = [Loop(random.Random(f"banks {number} {k}"), k) for k in range(count)]
    return loops, LIBRARY + "".join(loop.text() for loop in loops)


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def judge(loops, text, directory, tally):
    """What is wrong, or None."""
    source, placed = directory / "banks.mlir", directory / "placed.mlir"
    source.write_text(text)
    done = run(common.tool("gaus-opt"), str(source), "--gaus-schedule=effort=0",
               "--gaus-verify", "-o", str(placed))
    if done.returncode:
        return done.stderr[-2000:]
    found = [int(ii) for ii in re.findall(r"gaus\.ii = (\d+)", placed.read_text())]
    if len(found) != len(loops):
        return f"{len(found)} intervals"
    for loop, ii in zip(loops, found):
        least = loop.least()
        exact = "reached" if ii == least else "larger"
        tally[f"intervals {exact}"] += 1
        if ii < least or (ii > least and loop.knows()):
            return f"@f{loop.number}: {ii} instead of {least}"
        tally["accesses of one bank"] += sum(len(loop.banks(c)) == 1
                                             for c in loop.constants)
        tally["accesses of several"] += sum(len(loop.banks(c)) > 1
                                            for c in loop.constants)
    done = run(common.tool("gaus-replay"), str(placed))
    if done.returncode or done.stdout.count("as in order") != len(loops):
        return done.stdout[-500:] + done.stderr[-1500:]
    return None


def main():
    a = common.arguments(__doc__)
    tally, made = collections.Counter(), {}

    def text(number):
        made[number], whole = module(number)
        return whole

    tried, wrong = common.judge_batches(
        a, "banks", text,
        lambda number, whole, directory: judge(made.pop(number), whole, directory, tally),
        BATCH)
    figures = dict(sorted(tally.items())) | {"batches that are wrong": wrong}
    common.show(figures, tried)
    if a.record:
        common.record(
            "banks", a, tried, name="Banks behind pointers",
            subject="Random loops of llvm and cf that load from a memory with banks: the "
            "least interval by the banks of all addresses, enumerated, beside that of the "
            "schedule, and the ports that a replay uses in each cycle.", figures=figures)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
