#!/usr/bin/env python3
"""Dependences of pipelined loops against the addresses that programs touch.

    dependences.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Runs random programs in order, four times with other arguments, and takes from
every byte which operations of a loop meet how many iterations apart. Each such
meeting must be covered by a path of the problem that is scheduled, of a distance
that is not greater. Also counts the loops whose interval is the least possible
with the meetings alone. Exits with 1 if a meeting is not covered.
--record writes bench/results/oracles/dependences.json.
"""

import collections
import json
import pathlib
import re
import sys
import tempfile

import common
import reach

# The arguments of each run of a program, if they may share memory.
SHARED = ["", ",@0", ",@0+2", ",@0+7"]
RUNS = len(SHARED)


class Loop:
    """A pipelined scope as it was extracted, and what was found in runs."""

    def __init__(self, graph, report):
        self.ii, self.report = report["ii"], report
        self.latency = [o["latency"] for o in report["operations"]]
        self.edges = []  # (from, to, distance, whether it only orders)
        for a, b, rest in re.findall(r"n(\d+) -> s\d+n(\d+)( \[[^]]*\])?;", graph):
            distance = re.search(r'label="(\d+)"', rest)
            self.edges.append((int(a), int(b), int(distance[1]) if distance else 0,
                               "dashed" in rest))
        self.meetings = {}  # (from, to) -> least distance
        self.iterations, self.decider = 0, -1

    def uncovered(self):
        paths = reach.Reach((a, b, k) for a, b, k, _ in self.edges)
        known = {a: paths.nearest(a) for a, _ in self.meetings}
        return [(a, b, k, known[a].get(b)) for (a, b), k in self.meetings.items()
                if known[a].get(b, k + 1) > k]

    def has_positive_cycle(self, edges, ii):
        start = [0] * len(self.latency)
        for _ in range(len(start) + 1):
            changed = False
            for a, b, distance in edges:
                at = start[a] + self.latency[a] - ii * distance
                if at > start[b]:
                    start[b], changed = at, True
            if not changed:
                return False
        return True

    def is_least(self):
        """By the values, the meetings, the control of the loop and the limits."""
        if self.ii <= max(1, self.report["res_mii"]):
            return True
        edges = [(a, b, d) for a, b, d, orders in self.edges
                 if not orders or a == self.decider]
        edges += [(a, b, k) for (a, b), k in self.meetings.items()]
        return self.has_positive_cycle(edges, self.ii - 1)


def loops_of(directory):
    """{number of a function: its pipelined loops in order}"""
    graphs = (directory / "dot").read_text().split("  subgraph cluster")[1:]
    reports = json.loads((directory / "json").read_text())["scopes"]
    found = collections.defaultdict(list)
    for graph, report in zip(graphs, reports, strict=True):
        number = re.search(r"@f(\d+)$", report["scope"])
        if number and "ii" in report:
            found[int(number[1])].append(Loop(graph, report))
    return found


def observe(loops, out):
    """Adds what a run printed; functions whose loops do not fit are returned."""
    seen, printed = collections.defaultdict(list), []
    for line in out.splitlines():
        loop = re.match(r"loop @(\w+) ii \d+ iterations (\d+) decider (-?\d+):(.*)$", line)
        run = re.match(r"@f(\d+): ", line)
        if loop:
            printed.append(loop.groups())
        elif run:
            # Those of functions that it calls come behind.
            seen[int(run[1])] += [(int(iterations), int(decider), rest)
                                  for name, iterations, decider, rest in printed
                                  if name == "f" + run[1]]
            printed = []
    wrong = []
    for number, runs in seen.items():
        if len(runs) != len(loops[number]):
            wrong.append(number)
            continue
        for loop, (iterations, decider, rest) in zip(loops[number], runs):
            loop.iterations = max(loop.iterations, iterations)
            loop.decider = decider
            for a, b, k in re.findall(r"(\d+)[raw](\d+)@(\d+)", rest):
                pair = int(a), int(b)
                loop.meetings[pair] = min(loop.meetings.get(pair, 1 << 30), int(k))
    return wrong


def one(batch, counts, directory, keep):
    numbers = list(range(len(batch.functions)))
    batch.options = batch.options.replace(" ii=none", "")
    placed, _ = batch.schedule(batch.module(numbers), directory, ("dot", "json"))
    if not placed:  # The other oracle says why.
        counts["batches not scheduled"] += 1
        return
    loops = loops_of(directory)
    for run in range(RUNS):
        batch.arguments = SHARED[run] if batch.may_share else ""
        out, _ = batch.replay(placed, "--dependences", seed=batch.number * RUNS + run)
        for number in observe(loops, out):
            counts["wrong"] += 1
            print(f"batch {batch.number} @f{number}: other loops than reported")
    for number, mine in loops.items():
        for loop in mine:
            tally(batch, number, loop, counts, keep)


def tally(batch, number, loop, counts, keep):
    counts["loops"] += 1
    counts["meetings"] += len(loop.meetings)
    missing = loop.uncovered()
    if missing:
        counts["wrong"] += 1
        text = "".join(f"{a} to {b}: they meet {k} iterations apart, the problem says "
                       f"{known}\n" for a, b, k, known in missing)
        print(f"batch {batch.number} @f{number} {loop.report['scope']}: {text}", end="")
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"dependence-{batch.number}-{number}.mlir").write_text(
                batch.module([number]) + "".join(
                    "// " + line + "\n" for line in text.splitlines()))
    if loop.iterations < 2:
        return
    counts["run"] += 1
    for a, b, k, orders in loop.edges:
        if not orders or a == loop.decider:
            continue
        counts["order edges"] += 1
        met = loop.meetings.get((a, b))
        counts["exact" if met == k else "never" if met is None else "nearer"] += 1
    if loop.is_least():
        counts["least"] += 1
    elif loop.ii > max(loop.report["rec_mii"], loop.report["res_mii"]):
        counts["above bound"] += 1
    else:
        counts["assumed"] += 1


def main():
    a = common.arguments(__doc__)
    counts, tried = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as directory:
        for batch in common.batches(a):
            # Paths through the long ones take minutes; the replay has them.
            if not batch.kind.startswith("many"):
                one(batch, counts, pathlib.Path(directory), a.keep)
            tried += len(batch.functions)
    c, run = counts, max(counts["run"], 1)
    figures = {
        "pipelined loops": c["loops"],
        "meetings in memory, all covered but for the wrong ones": c["meetings"],
        "wrong loops": c["wrong"],
        "loops with more than one iteration": c["run"],
        "of these, the interval is the least that the meetings, values and limits "
        "allow": f"{c['least']} ({100 * c['least'] / run:.1f}%)",
        "of these, dependences that no run showed make it larger":
            f"{c['assumed']} ({100 * c['assumed'] / run:.1f}%)",
        "of these, it is above both bounds, by limits or windows":
            f"{c['above bound']} ({100 * c['above bound'] / run:.1f}%)",
        "order edges in these": c["order edges"],
        "order edges at exactly the least distance met": c["exact"],
        "order edges nearer than met": c["nearer"],
        "order edges between operations that never met": c["never"],
    }
    common.show(figures, tried)
    if a.record:
        common.record(
            "dependences", a, tried, name="Dependences against addresses",
            subject="Random programs as in the replay, run in order with four sets of "
            "arguments: every two operations of a pipelined loop that touch the same "
            "byte k iterations apart must be joined by a path of distance k or less.",
            figures=figures)
    sys.exit(1 if c["wrong"] or c["batches not scheduled"] else 0)


if __name__ == "__main__":
    main()
