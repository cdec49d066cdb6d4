#!/usr/bin/env python3
"""What gaus-flatten-loops makes of random nests, against the nests.

    flatten.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Functions with nests of affine.for or scf.for, perfect ones for the most part, are
called one after the other on the same memory, as they are and flattened, of odd batches
with short loops unrolled, too: what they return and sums of the memory are the same.
Every third function has bounds that are arguments, also such that its loops never run;
in half of the batches these nests are flattened whether that pays or not. The flattened
ones are then scheduled, verified and played back by cycle. Exits with 1 if something is otherwise. --record writes
bench/results/oracles/flatten.json.
"""

import collections
import random
import re
import subprocess
import sys

import common
from writer import chance

BATCH = 20  # functions of a module
CALLS = 4   # of a function whose bounds are arguments
TYPES = "memref<256xi32>, memref<16x16xi32>, i32, index, index"
HEAD = """\
func.func private @printI64(i64)
func.func private @printNewline()
memref.global "private" @ga : memref<256xi32> = dense<3>
memref.global "private" @gm : memref<16x16xi32> = dense<5>
func.func @sum(%a: memref<256xi32>, %m: memref<16x16xi32>, %x: i32) {
  %k = arith.constant 31 : i32
  %s = affine.for %i = 0 to 256 iter_args(%t = %x) -> i32 {
    %v = affine.load %a[%i] : memref<256xi32>
    %w = affine.load %m[%i floordiv 16, %i mod 16] : memref<16x16xi32>
    %u = arith.muli %t, %k : i32
    %y = arith.addi %u, %v : i32
    %z = arith.xori %y, %w : i32
    affine.yield %z : i32
  }
  %e = arith.extsi %s : i32 to i64
  call @printI64(%e) : (i64) -> ()
  call @printNewline() : () -> ()
  return
}
"""


class Nest:
    """Text of a function with a few nests."""

    def __init__(self, r, name):
        self.r, self.name, self.count = r, name, 0
        self.any = int(name[1:]) % 3 == 2
        apart = " {llvm.noalias}" if self.any else ""
        self.lines = [f"func.func @{name}(%a: memref<256xi32>{apart}, "
                      f"%m: memref<16x16xi32>{apart}, %x: i32, %n: index, %k: index) "
                      "-> i32 attributes {gaus.library = @library} {"]
        last = "%x"
        self.lines += [f"  %z{k} = arith.constant {k} : index" for k in range(40)]
        for _ in range(r.randint(1, 2)):
            self.plain = chance(r, 0.3)
            last = self.nest(last, [], r.choice([1, 2, 2, 2, 3, 3, 4]), r.randint(0, 2))
        self.lines += [f"  return {last} : i32", "}"]

    def put(self, depth, line):
        self.lines.append("  " * (depth + 1) + line)

    def fresh(self, prefix="v"):
        self.count += 1
        return f"%{prefix}{self.count}"

    def bounds(self, depth):
        """First value, end and step; all values are below 16."""
        r = self.r
        step = r.choice([1, 1, 1, 2, 3])
        low = r.choice([0, 0, 0, 1, 2])
        trips = r.randint(1, 4 if depth > 1 else 5)
        if chance(r, 0.03):
            return low, low, step
        return low, low + step * (trips - 1) + r.randint(1, step), step

    def head(self, variable, variables, depth):
        """Of a loop."""
        r = self.r
        low, end, step = self.bounds(depth)
        if self.any and chance(r, 0.6):
            end = r.choice(["%n", "%k"] + variables[-1:] * chance(r, 0.3))
        if self.plain:
            end = end if isinstance(end, str) else f"%z{end}"
            return f"scf.for {variable} = %z{low} to {end} step %z{step}"
        if end in variables:
            end = f"affine_map<(d0) -> (d0)>({end})"
        return f"affine.for {variable} = {low} to {end} step {step}"

    def nest(self, first, variables, depth, carried):
        """Loops; returns the value of the outermost one, or `first`."""
        r, at = self.r, len(variables)
        variable = self.fresh("i")
        results = [self.fresh("r") for _ in range(carried)]
        arguments = [self.fresh("c") for _ in range(carried)]
        firsts = first if isinstance(first, list) else [first] * carried
        head = self.head(variable, variables, depth)
        if carried:
            pairs = ", ".join(f"{c} = {f}" for c, f in zip(arguments, firsts))
            head = (f"{results[0]}:{carried} = {head} iter_args({pairs}) -> "
                    f"({', '.join(['i32'] * carried)})")
        self.put(at, head + " {")
        inside = [*variables, variable]
        if depth > 1:
            more = chance(r, 0.15 if self.any else 0.4)
            values = arguments
            if more and chance(r, 0.6):
                made = self.access(inside, r.choice(["%x", *arguments]), at + 1)
                values = [r.choice([made, c]) for c in arguments]
            made = self.nest(values, inside, depth - 1, carried)
            if more and chance(r, 0.6):
                last = self.access(inside, r.choice(["%x", *made]), at + 1)
                made = [r.choice([last, m]) for m in made]
            if carried == 2 and chance(r, 0.1):
                made = made[::-1]
        else:
            made = self.body(inside, arguments, at + 1)
        if carried:
            self.put(at + 1, f"{'scf' if self.plain else 'affine'}.yield "
                     f"{', '.join(made)} : "
                     f"{', '.join(['i32'] * carried)}")
        self.put(at, "}")
        named = [f"{results[0]}#{k}" for k in range(carried)]
        return named if at else (named[-1] if carried else "%x")

    def subscript(self, variables, most):
        r = self.r
        v = r.choice(variables)
        if self.plain:
            return r.choice([v, v, v, f"%z{r.randint(0, 15)}"])
        return r.choice([v, v, v, f"15 - {v}", str(r.randint(0, 15)),
                         f"{v} mod {r.randint(2, 4)}"])

    def place(self, variables):
        r = self.r
        if chance(r, 0.6):
            return (f"%m[{self.subscript(variables, 15)}, "
                    f"{self.subscript(variables, 15)}] : memref<16x16xi32>")
        if self.plain:
            return f"%a[{r.choice(variables)}] : memref<256xi32>"
        sums = [f"{v} * {r.choice([1, 4, 5])}" for v in variables[-2:]]
        return f"%a[{' + '.join(sums)} + {r.randint(0, 9)}] : memref<256xi32>"

    def access(self, variables, value, depth):
        loaded, made = self.fresh(), self.fresh()
        r = self.r
        dialect = "memref" if self.plain else "affine"
        self.put(depth, f"{loaded} = {dialect}.load {self.place(variables)}")
        self.put(depth, f"{made} = arith.{r.choice(['addi', 'muli', 'xori'])} {loaded}, "
                 f"{value} : i32")
        if chance(r, 0.7):
            self.put(depth, f"{dialect}.store {made}, {self.place(variables)}")
        return made

    def body(self, variables, arguments, depth):
        r = self.r
        values = ["%x", *arguments]
        if chance(r, 0.3):
            name = self.fresh()
            self.put(depth, f"{name} = arith.index_cast {r.choice(variables)} : "
                     "index to i32")
            values.append(name)
        for _ in range(r.randint(1, 3)):
            values.append(self.access(variables, r.choice(values), depth))
        return [r.choice(values[1:]) for _ in arguments]


def library(r):
    out = ["gaus.library @library {"]
    for name, op in (("mul", "arith.muli"), ("add", "arith.addi"),
                     ("read", 'affine.load", "memref.load'),
                     ("write", 'affine.store", "memref.store')):
        limit = f" limit({r.randint(1, 2)})" if chance(r, 0.5) else ""
        out.append(f"  gaus.resource @{name}{limit}")
        out.append(f"  gaus.operator @{name}_op latency({r.randint(1, 4)}) "
                   f'uses(@{name}) for("{op}")')
    return "\n".join(out) + "\n}\n"


def module(number, count):
    r = random.Random(f"flatten {number}")
    nests = [Nest(r, f"f{k}") for k in range(count)]
    main = ["func.func @main() {", "  %a = memref.get_global @ga : memref<256xi32>",
            "  %m = memref.get_global @gm : memref<16x16xi32>"]
    for k in range(count):
        for call in range(CALLS if nests[k].any else 1):
            tag = f"{k}_{call}"
            n, m = r.choice([(0, 3), (3, 0), (1, 1), (5, 4), (2, 5), (4, 2)])
            main += [f"  %x{tag} = arith.constant {r.randint(-9, 9)} : i32",
                     f"  %n{tag} = arith.constant {n} : index",
                     f"  %k{tag} = arith.constant {m} : index",
                     f"  %r{tag} = call @f{k}(%a, %m, %x{tag}, %n{tag}, %k{tag}) : "
                     f"({TYPES}) -> i32",
                     f"  call @sum(%a, %m, %r{tag}) : (memref<256xi32>, "
                     "memref<16x16xi32>, i32) -> ()"]
    return (library(r) + HEAD + "\n".join("\n".join(n.lines) for n in nests) + "\n" +
            "\n".join(main) + "\n  return\n}\n")


def run(*command):
    return subprocess.run(command, capture_output=True, text=True)


def judge(number, text, directory, tally):
    """What is wrong, or None."""
    source, flat = directory / "nests.mlir", directory / "flat.mlir"
    placed = directory / "placed.mlir"
    source.write_text(text)
    done = run(common.tool("gaus-opt"), str(source),
               f"--gaus-flatten-loops=unroll-trips={number % 2 * 4} "
               f"any-trips={'true' if number % 4 > 1 else 'false'}", "-o", str(flat))
    if done.returncode:
        return done.stderr[-2000:]
    for loops in re.findall(r"(\d+) loops are flattened", done.stderr):
        tally[f"nests of {loops} loops flattened"] += 1
    tally["of them with numbers of iterations from outside"] += done.stderr.count(
        "for each further iteration")  # twice a remark
    tally["inner loops unrolled"] += done.stderr.count("the inner loop is unrolled")
    for reason in re.findall(r"is not flattened: (.*)", done.stderr):
        tally[f"left: {reason}"] += 1
    once, again = (run(common.tool("gaus-replay"), "--run", "--function=main", str(f))
                   for f in (source, flat))
    if once.stdout != again.stdout or once.stdout.count("\n") < BATCH or again.returncode:
        return f"in order: {once.stdout} beside {again.stdout} {again.stderr[-500:]}"
    done = run(common.tool("gaus-opt"), str(flat), "--gaus-schedule=effort=0",
               "--gaus-verify", "-o", str(placed))
    if done.returncode:
        return done.stderr[-2000:]
    for k in range(BATCH):
        done = run(common.tool("gaus-replay"), f"--function=f{k}", "--args=,,,3,4",
                   str(placed))
        if "as in order" not in done.stdout:
            return f"@f{k} by cycle: {done.stdout} {done.stderr[-500:]}"
    return None


def main():
    a = common.arguments(__doc__)
    tally = collections.Counter()
    tried, wrong = common.judge_batches(
        a, "flatten", lambda number: module(number, BATCH),
        lambda number, text, directory: judge(number, text, directory, tally),
        BATCH)
    tally["of them with numbers of iterations from outside"] //= 2
    figures = dict(sorted(tally.items())) | {"wrong": wrong}
    common.show(figures, tried)
    if a.record:
        common.record(
            "flatten", a, tried, name="Flattened nests",
            subject="Random nests of affine.for and scf.for, with constant bounds and with "
            "arguments as bounds, as they are and after gaus-flatten-loops, called on the same memory: results and sums of the "
            "memory; then scheduled, verified and executed by cycle.", figures=figures)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
