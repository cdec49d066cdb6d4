#!/usr/bin/env python3
"""Operations that exclude each other at the same units, against replays.

    alternatives.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Loops with conditions in conditions, or with the branches that these become, under limits
of one or two units. Each is scheduled, verified and played back by cycle, which counts
the units of what is executed. Then the start of an operation with gaus.alternative is
moved by a cycle, or the number is given to an operation that its way comes by, too:
gaus-verify refuses both. Exits with 1 if something is otherwise. --record writes
bench/results/oracles/alternatives.json.
"""

import collections
import random
import re
import subprocess
import sys

import common
from writer import chance

BATCH = 20  # functions of a module
RUNS = 2    # of each, with other arguments
TYPES = "memref<32xi32>"


class Loop:
    """Text of a function with one loop; values that decide are loaded."""

    def __init__(self, r, name):
        self.r, self.count = r, 0
        # What shares memory has recurrences, what does not has limits alone.
        apart = " {llvm.noalias}" if chance(r, 0.7) else ""
        self.lines = [
            f"func.func @{name}(%a: {TYPES}{apart}, %b: {TYPES}{apart}, %c: {TYPES}{apart}, "
            "%x: i32) -> i32 attributes {gaus.library = @library} {",
            "  %c0 = arith.constant 0 : index", "  %c1 = arith.constant 1 : index",
            f"  %n = arith.constant {r.randint(2, 24)} : index"]
        carried = chance(r, 0.4)
        head = "scf.for %i = %c0 to %n step %c1"
        if carried:
            head = f"%r = {head} iter_args(%s = %x) -> i32"
        self.put(1, head + " {")
        self.put(2, f"%v = memref.load %a[%i] : {TYPES}")
        last = self.block(2, ["%v", "%x"] + (["%s"] if carried else []), 0)
        if carried:
            self.put(2, f"scf.yield {last} : i32")
        self.lines += ["  }", f"  return {'%r' if carried else '%x'} : i32", "}"]

    def put(self, depth, line):
        self.lines.append("  " * depth + line)

    def fresh(self):
        self.count += 1
        return f"%t{self.count}"

    def block(self, depth, values, level):
        """Statements; returns the last value."""
        values = list(values)
        for _ in range(self.r.randint(1, 3)):
            condition = level < 3 and chance(self.r, 0.5 if level else 0.8)
            values.append(self.condition(depth, values, level) if condition
                          else self.plain(depth, values))
        return values[-1]

    def plain(self, depth, values):
        r, made = self.r, self.fresh()
        v, w = r.choice(values), r.choice(values)
        kind = r.choice(["muli", "muli", "addi", "load", "store"])
        memory = r.choice(["%a", "%b", "%c"])
        if kind == "load":
            self.put(depth, f"{made} = memref.load {memory}[%i] : {TYPES}")
            return made
        if kind == "store":
            self.put(depth, f"memref.store {v}, {memory}[%i] : {TYPES}")
            return v
        self.put(depth, f"{made} = arith.{kind} {v}, {w} : i32")
        return made

    def condition(self, depth, values, level):
        r, decides, made = self.r, self.fresh(), self.fresh()
        self.put(depth, f"{decides} = arith.cmpi {r.choice(['slt', 'sgt', 'eq'])}, "
                 f"{r.choice(values)}, {r.choice(values)} : i32")
        self.put(depth, f"{made} = scf.if {decides} -> i32 {{")
        for last in (False, True):
            self.put(depth + 1, f"scf.yield {self.block(depth + 1, values, level + 1)} : i32")
            self.put(depth, "}" if last else "} else {")
        return made


def library(r):
    out = ["gaus.library @library {"]
    ports = chance(r, 0.5)
    for name, op in (("mul", "arith.muli"), ("add", "arith.addi"),
                     ("read", "memref.load"), ("write", "memref.store")):
        limit = f" limit({r.choice([1, 1, 2])})" if chance(r, 0.8) else ""
        per = " per(memory)" if ports and name in ("read", "write") and limit else ""
        held = f" occupancy({r.choice([1, 2])})" if chance(r, 0.2) else ""
        out.append(f"  gaus.resource @{name}{limit}{per}")
        out.append(f"  gaus.operator @{name}_op latency({r.randint(1, 3)}){held} "
                   f'uses(@{name}) for("{op}")')
    return "\n".join(out) + "\n}\n"


def module(number):
    r = random.Random(f"alternatives {number}")
    head = library(r)
    return head + "\n".join("\n".join(Loop(r, f"f{k}").lines) for k in range(BATCH)) + "\n"


def run(*command):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True)


def mutants(r, text):
    """Programs that are wrong, each with what was changed."""
    numbered = list(re.finditer(
        r"gaus\.alternative = (\d+) : i64, gaus\.start = (\d+) : i64", text))
    for m in r.sample(numbered, min(3, len(numbered))):
        yield "a start", (text[:m.start(2)] + str(int(m[2]) + 1) + text[m.end(2):])
    # What decides comes before the ways that it decides on.
    for m in re.finditer(r"memref\.load %\w+\[%\w+\] {(gaus\.start = \d+ : i64)}", text):
        rest = text[m.end():text.find("func.func", m.end())]
        if "gaus.alternative = 0 : i64" in rest and "scf.for" not in rest[:rest.find(
                "gaus.alternative = 0 : i64")]:
            yield "a number", (text[:m.start(1)] + "gaus.alternative = 0 : i64, " +
                               text[m.start(1):])
            return


def judge(number, text, directory, counts):
    """What is wrong, or None."""
    source, placed = directory / "loops.mlir", directory / "placed.mlir"
    source.write_text(text)
    lowering = ["--convert-scf-to-cf"] if number % 2 else []
    done = run(common.tool("gaus-opt"), source, *lowering, "--gaus-schedule=effort=0",
               "--gaus-verify", "-o", placed)
    if done.returncode:
        return done.stderr[-2000:]
    text = placed.read_text()
    for function in text.split("func.func")[1:]:
        counts["loops with alternatives"] += "gaus.alternative" in function
    counts["operations with alternatives"] += text.count("gaus.alternative")
    for seed in range(RUNS):
        done = run(common.tool("gaus-replay"), placed, f"--seed={number * RUNS + seed}")
        counts["replays"] += done.stdout.count("as in order")
        if done.stdout.count("as in order") < BATCH:
            return done.stdout + done.stderr[-2000:]
    r = random.Random(f"mutants {number}")
    for what, changed in mutants(r, text):
        placed.write_text(changed)
        counts[f"changed: {what}"] += 1
        if run(common.tool("gaus-opt"), placed, "--gaus-verify").returncode == 0:
            return f"{what} was changed, and nothing refused"
    return None


def main():
    a = common.arguments(__doc__)
    counts = collections.Counter()
    tried, wrong = common.judge_batches(
        a, "alternatives", module,
        lambda number, text, directory: judge(number, text, directory, counts), BATCH)
    figures = dict(sorted(counts.items())) | {"wrong": wrong}
    common.show(figures, tried)
    if a.record:
        common.record(
            "alternatives", a, tried, name="Operations that exclude each other",
            subject="Random loops with conditions, or branches, under limits: scheduled, "
            "verified and executed by cycle; then starts and numbers of alternatives are "
            "changed, which gaus-verify refuses.", figures=figures)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
