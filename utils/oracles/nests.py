#!/usr/bin/env python3
"""Limited units over whole functions: what is stated against what replays count.

    nests.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Random functions of nested loops, conditions, regions and calls with limits of several
resources. Each is scheduled, verified and played back by cycle with several
arguments: the peaks that gaus-report states are no less than those that
gaus-replay counts, and the same where nothing depends on arguments. Then starts
are changed at random: of what scopes alone allow, gaus-verify refuses what a
replay finds above a limit, and where nothing depends on arguments, nothing else.
Exits with 1 if something is otherwise. --record writes
bench/results/oracles/nests.json.
"""

import collections
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import common

RUNS = 3      # of a function, with other arguments
MUTANTS = 12  # of a module
BATCH = 10    # functions of a module
OPS = ["muli", "addi", "xori", "subi"]


def chance(r, p):
    return r.random() < p


class Nest:
    """Text of a function; `fixed` if its cycles follow from no argument."""

    def __init__(self, r, name, callees):
        self.r, self.name, self.callees = r, name, callees
        self.lines, self.count, self.fixed = [], 0, True
        self.budget = r.randint(4, 14)
        for trips in range(7):
            self.put(f"%c{trips} = arith.constant {trips} : index", 1)
        self.block(["%x", "%y"], 0)

    def put(self, line, level):
        self.lines.append("  " * level + line)

    def fresh(self, prefix="v"):
        self.count += 1
        return f"%{prefix}{self.count}"

    def block(self, values, depth):
        """Statements; returns one of the values."""
        r, values = self.r, list(values)
        for _ in range(r.randint(1, 4)):
            self.budget -= 1
            kinds = ["plain"] * 3
            if depth < 4 and self.budget > 0:
                kinds += ["loop", "loop", "loop", "condition", "region"]
                kinds += ["call"] if self.callees else []
            getattr(self, r.choice(kinds))(values, depth)
        return r.choice(values)

    def plain(self, values, depth):
        name = self.fresh()
        self.put(f"{name} = arith.{self.r.choice(OPS)} {self.r.choice(values)}, "
                 f"{self.r.choice(values)} : i32", depth + 1)
        values.append(name)

    def call(self, values, depth):
        name = self.fresh()
        callee = self.r.choice(self.callees)
        self.fixed &= callee.fixed
        self.put(f"{name} = func.call @{callee.name}({self.r.choice(values)}, "
                 f"{self.r.choice(values)}, %b, %n) : (i32, i32, i1, index) -> i32",
                 depth + 1)
        values.append(name)

    def loop(self, values, depth):
        r, level, variable = self.r, depth + 1, self.fresh("i")
        trips = r.choice([1, 2, 2, 3, 3, 4, 5, 6])
        affine, known = chance(r, 0.5), chance(r, 0.93)
        self.fixed &= known
        kind, to = ("affine", str(trips)) if affine else ("scf", f"%c{trips}")
        head = f"{kind}.for {variable} = {'0' if affine else '%c0'} to "
        head += (to if known else "%n") + ("" if affine else " step %c1")
        if chance(r, 0.4):
            result, carried = self.fresh("r"), self.fresh("a")
            self.put(f"{result} = {head} iter_args({carried} = {r.choice(values)}) "
                     "-> (i32) {", level)
            made = self.block([*values, carried], level)
            self.put(f"  {kind}.yield {made} : i32", level)
            values.append(result)
        else:
            self.put(head + " {", level)
            self.block(values, level)
        self.put("}", level)

    def condition(self, values, depth):
        level, result = depth + 1, self.fresh()
        self.fixed = False
        self.put(f"{result} = scf.if %b -> i32 {{", level)
        for part in range(2):
            if part:
                self.put("} else {", level)
            made = self.block(values, level)
            self.put(f"  scf.yield {made} : i32", level)
        self.put("}", level)
        values.append(result)

    def region(self, values, depth):
        level, result = depth + 1, self.fresh()
        self.put(f"{result} = scf.execute_region -> i32 {{", level)
        made = self.block(values, level)
        self.put(f"  scf.yield {made} : i32", level)
        self.put("}", level)
        values.append(result)

    def text(self):
        return (f"func.func @{self.name}(%x: i32, %y: i32, %b: i1, %n: index) -> i32 "
                "attributes {gaus.library = @library} {\n" + "\n".join(self.lines) +
                "\n  return %x : i32\n}\n")


def library(r):
    out = ["gaus.library @library {"]
    for name in OPS:
        out.append(f"  gaus.resource @{name} limit({r.choice([1, 1, 2, 3])})")
    for name in OPS:
        also = r.choice(OPS)
        uses = f"@{name}" + (f", @{also}" if also != name and chance(r, 0.2) else "")
        out.append(f"  gaus.operator @{name}_op latency({r.randint(1, 4)}) "
                   f"occupancy({r.choice([1, 1, 1, 2, 4])}) uses({uses}) "
                   f'for("arith.{name}")')
    return "\n".join(out) + "\n}\n"


class Module:
    def __init__(self, number, count):
        r = self.r = random.Random(f"nests {number}")
        self.number, self.nests = number, []
        self.head = library(r)
        helpers = [Nest(r, "h0", [])]
        helpers.append(Nest(r, "h1", helpers[:1]))
        self.nests = helpers + [Nest(r, f"f{k}", helpers) for k in range(count)]
        self.fixed = {n.name: n.fixed for n in self.nests}
        self.options = r.choice(["objective=latency", "objective=latency",
                                 "objective=memory length=2x",
                                 "objective=resources length=2x"]) + " effort=0"

    def text(self):
        return self.head + "".join(n.text() for n in self.nests)


def opt(source, *passes):
    done = subprocess.run([common.tool("gaus-opt"), str(source), *passes],
                          capture_output=True, text=True)
    return done.returncode, done.stderr


def stated(path):
    """{function: {resource: (peak, exact)}} of a report."""
    found = {}
    for report in json.loads(path.read_text())["scopes"]:
        name = re.fullmatch(r"function @(\w+)", report["scope"])
        if name:
            found[name[1]] = {u["name"]: (u["peak"], u["exact"])
                              for u in report["function_use"]}
    return found


def replays(placed, module):
    """({function: {resource: peak}}, functions with limits exceeded), over runs."""
    counted = collections.defaultdict(lambda: collections.defaultdict(int))
    above = set()
    for run in range(RUNS):
        done = subprocess.run(
            [common.tool("gaus-replay"), str(placed), "--use",
             f"--args=,,{run % 2}", f"--seed={module.number * RUNS + run}"],
            capture_output=True, text=True)
        for function, resource, peak in re.findall(
                r"^use @(\w+) (\w+) (\d+) of", done.stdout, re.M):
            counted[function][resource] = max(counted[function][resource], int(peak))
        for block in re.split(r"^@(?=\w+:)", done.stdout, flags=re.M)[1:]:
            counted[block.split(":")[0]]  # It answered.
        starts = functions_by_line(placed.read_text())
        for line in re.findall(r":(\d+):\d+: error: \[limit\]", done.stderr):
            above.add(starts(int(line)))
    return counted, above


def functions_by_line(text):
    """A function from a line to the name of what it is in."""
    heads = [(text.count("\n", 0, m.start()) + 1, m[1])
             for m in re.finditer(r"func\.func @(\w+)\(", text)]
    return lambda line: [name for at, name in heads if at <= line][-1]


def compare(module, peaks, counted, counts):
    """What is wrong, as sentences."""
    for function, uses in counted.items():
        for resource, (peak, exact) in peaks[function].items():
            if resource.startswith("@"):
                continue
            real = uses.get(resource, 0)
            counts["peaks"] += 1
            counts["the same"] += peak == real
            if peak < real:
                yield f"@{function} {resource}: {peak} stated, {real} counted"
            if exact and module.fixed[function] and peak != real:
                yield f"@{function} {resource}: exactly {peak}, but {real} counted"
        for resource in uses.keys() - peaks[function].keys():
            yield f"@{function} {resource}: not stated"


def mutants(module, placed, counts, directory):
    """Changed starts: verdicts of gaus-verify and of replays."""
    text, path = placed.read_text(), directory / "mutant.mlir"
    r = random.Random(f"mutants {module.number}")
    # Of operations with an inside; others seldom have room.
    places = [m for m in re.finditer(r"gaus\.start = (\d+)", text) if int(m[1]) > 0
              and (text[text.rfind("\n", 0, m.start()):m.start()].lstrip()[0] == "}"
                   or chance(r, 0.1))]
    for _ in range(MUTANTS if places else 0):
        chosen = sorted(r.sample(places, min(len(places), r.choice([1, 1, 2, 4]))),
                        key=lambda m: -m.start())
        changed = text
        for m in chosen:
            changed = (changed[:m.start(1)] + str(r.randint(0, int(m[1]) - 1)) +
                       changed[m.end(1):])
        path.write_text(changed)
        code, said = opt(path, "--gaus-verify", "-o", "/dev/null")
        whole = re.findall(r":(\d+):\d+: error: \[Res\].* of the whole", said)
        if code and not whole:
            counts["wrong in a scope"] += 1
            continue
        counts["right in each scope"] += 1
        counts["refused"] += bool(whole)
        where = functions_by_line(changed)
        refused = {where(int(line)) for line in whole}
        _, above = replays(path, module)
        if above and not refused:
            yield f"a replay of {above} is above a limit, nothing was refused", changed
        if refused and not above and all(module.fixed.values()):
            yield f"{refused} was refused, no replay is above a limit", changed


def one(module, counts, directory, keep):
    source, placed = directory / "program.mlir", directory / "placed.mlir"
    source.write_text(module.text())
    report = directory / "report.json"
    code, said = opt(source, f"--gaus-schedule={module.options} threads=1",
                     f"--gaus-verify={module.options.split()[0]}",
                     f"--gaus-report=format=json output={report}",
                     "-mlir-print-debuginfo=0", "-o", str(placed))
    wrong = []
    if code:
        refused = "length=" in module.options and "[Res]" in said
        counts["no length within the limits"] += refused
        wrong += [] if refused else [("not scheduled: " + said[:300], module.text())]
    else:
        counted, above = replays(placed, module)
        wrong += [(f"@{f}: a replay is above a limit", placed.read_text())
                  for f in above]
        wrong += [(text, placed.read_text())
                  for text in compare(module, stated(report), counted, counts)]
        wrong += [(f"@{n.name}: no answer", placed.read_text())
                  for n in module.nests if n.name not in counted]
        wrong += mutants(module, placed, counts, directory)
    for k, (what, text) in enumerate(wrong):
        print(f"batch {module.number}: {what}")
        counts["wrong"] += 1
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"nest-{module.number}-{k}.mlir").write_text(
                f"// {module.options}: {what!r}\n{text}")


def main():
    a = common.arguments(__doc__)
    counts, tried, number = collections.Counter(), 0, a.first
    until = common.Until(a.seconds)
    with tempfile.TemporaryDirectory() as directory:
        while tried < a.programs and until.goes_on():
            module = Module(number, min(BATCH, a.programs - tried))
            one(module, counts, pathlib.Path(directory), a.keep)
            tried, number = tried + len(module.nests) - 2, number + 1
    figures = {
        "peaks stated": counts["peaks"],
        "of these, a replay counts the same": counts["the same"],
        "modules without a length within the limits":
            counts["no length within the limits"],
        "changed schedules that each scope alone allows":
            counts["right in each scope"],
        "of these, refused for the whole function": counts["refused"],
        "changed schedules that a scope refuses": counts["wrong in a scope"],
        "wrong": counts["wrong"],
    }
    common.show(figures, tried)
    if a.record:
        common.record(
            "nests", a, tried, name="Limits over whole functions",
            subject="Random nests of loops, conditions, regions and calls with limits "
            "of four resources: the peak use that gaus-report states for a function is "
            "no less than what replays with several arguments count, and equal where "
            "nothing depends on arguments; of schedules changed at random, gaus-verify "
            "refuses those that a replay finds above a limit.",
            figures=figures)
    sys.exit(1 if counts["wrong"] else 0)


if __name__ == "__main__":
    main()
