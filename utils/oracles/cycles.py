#!/usr/bin/env python3
"""The cycles that summaries state, against those that replays take.

    cycles.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Random programs are scheduled, summed up and played back by cycle with several
arguments: where gaus-report=format=summary states how many cycles a function takes,
every replay takes as many, and where it states what they are at least, none takes
fewer. With each batch come nests of branches whose inner bounds depend on the outer
variables: bounds on how often their loops run must hold, too. Exits with 1 if something is otherwise. --record writes
bench/results/oracles/cycles.json.
"""

import collections
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import common
import nest_trips

RUNS = 3  # of a module, with other arguments
NESTS = 10  # beside each batch
ROW = re.compile(r"^function @(\w+) .*?(>=)?(\d+)$", re.M)
RUN = re.compile(r"^@(\w+): as in order, .* in (\d+) cycles$", re.M)


def stated(summary):
    """{function: (cycles, whether it is all of them)}; the first row of each part."""
    found = {}
    for part in summary.split("\n\n\n"):
        row = ROW.search(part.split("\n\n")[0])
        if row:
            found[row[1]] = (int(row[3]), not row[2])
    return found


def judge(batch, directory, tally):
    """What is wrong with a batch."""
    text = batch.module(range(len(batch.functions)))
    placed, _ = batch.schedule(text, directory, ["summary"])
    if not placed:
        return []
    rows = stated((directory / "summary").read_text())
    wrong = []
    for run in range(RUNS):
        out, _ = batch.replay(placed, seed=batch.number + run)
        for name, cycles in RUN.findall(out):
            if name not in rows:
                continue
            least, whole = rows[name]
            tally["known" if whole else "at least"] += 1
            if int(cycles) < least or (whole and int(cycles) != least):
                wrong.append(f"batch {batch.number} @{name}: stated "
                             f"{'' if whole else 'at least '}{least}, took {cycles}")
    return wrong


def judge_trips(nest, part, tally):
    """What is wrong with the bounds that a summary states for a nest's loops."""
    wrong = []
    for found, text in zip(nest.ranges(), nest_trips.stated(part), strict=True):
        if not found:  # it is never entered
            if text == "?":
                wrong.append(f"@f{nest.number}: a loop is never entered, stated as unknown")
            continue
        least, most = nest_trips.bounds(text)
        tally["trips " + ("unknown" if most is None else "exact" if (least, most) == found
                          else "wider")] += 1
        if least > found[0] or (most is not None and most < found[1]):
            wrong.append(f"@f{nest.number}: a loop runs {found} times, stated {text}")
    return wrong


def judge_nests(number, directory, tally):
    """What is wrong with some nests."""
    nests = []
    for k in range(NESTS):
        nest = nest_trips.Nest(random.Random(f"nests {number} {k}"), k)
        if nest.ranges():
            nests.append(nest)
    source, placed = directory / "nests.mlir", directory / "placed.mlir"
    source.write_text("".join(nest.text() for nest in nests))
    report = directory / "nests"
    done = subprocess.run(
        [common.tool("gaus-opt"), str(source), "--gaus-schedule=effort=0",
         "--gaus-verify", f"--gaus-report=format=summary output={report}", "-o",
         str(placed)], capture_output=True, text=True)
    if done.returncode != 0:
        return [f"nests {number}: {done.stderr[-1000:]}"]
    summary = report.read_text()
    parts = {m[1]: part for part in summary.split("\n\n\n")
             for m in [re.search(r"^function @f(\d+) ", part, re.M)] if m}
    wrong = [line for nest in nests
             for line in judge_trips(nest, parts[str(nest.number)].split("\n\n")[0],
                                     tally)]
    taken = subprocess.run([common.tool("gaus-replay"), str(placed)],
                           capture_output=True, text=True).stdout
    rows = stated(summary)
    for name, cycles in RUN.findall(taken):
        least, whole = rows[name]
        tally["known" if whole else "at least"] += 1
        if int(cycles) < least or (whole and int(cycles) != least):
            wrong.append(f"@{name}: stated {'' if whole else 'at least '}{least}, "
                         f"took {cycles}")
    return [f"nests {number} {line}" for line in wrong]


def main():
    a = common.arguments(__doc__)
    tally, tried, findings = collections.Counter(), 0, []
    with tempfile.TemporaryDirectory() as folder:
        directory = pathlib.Path(folder)
        for batch in common.batches(a):
            wrong = judge(batch, directory, tally)
            tried += len(batch.functions)
            if wrong and a.keep:
                a.keep.mkdir(parents=True, exist_ok=True)
                (a.keep / f"cycles-{batch.number}.mlir").write_text(
                    batch.module(range(len(batch.functions))))
            findings += wrong + judge_nests(batch.number, directory, tally)
    for line in findings[:20]:
        print(line)
    print(f"stated {tally['known']} times as known, {tally['at least']} times at least, "
          f"{len(findings)} wrong")
    trips = {f"loops of nests whose numbers of iterations are {how}":
             tally[f"trips {key}"] for key, how in
             (("exact", "stated exactly"), ("wider", "within wider bounds"),
              ("unknown", "not stated"))}
    common.show(trips, tried)
    if a.record:
        common.record(
            "cycles", a, tried, name="Cycles of summaries",
            subject="Random programs as in the replay, each with three sets of "
            "arguments: the cycles that a summary states for a function, or states at "
            "least, against those that executions take. Beside them nests of branches "
            "whose inner bounds depend on the outer variables, and bounds on how often "
            "their loops run.",
            figures={"executions of functions whose cycles are stated": tally["known"],
                     "executions of those that are stated at least": tally["at least"],
                     **trips, "wrong": len(findings)})
    # Something must have been compared.
    sys.exit(1 if findings or not tally["known"] or not tally["at least"] else 0)


if __name__ == "__main__":
    main()
