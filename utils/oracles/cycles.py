#!/usr/bin/env python3
"""The cycles that summaries state, against those that replays take.

    cycles.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Random programs are scheduled, summed up and played back by cycle with several
arguments: where gaus-report=format=summary states how many cycles a function takes,
every replay takes as many, and where it states what they are at least, none takes
fewer. Exits with 1 if something is otherwise. --record writes
bench/results/oracles/cycles.json.
"""

import collections
import pathlib
import re
import sys
import tempfile

import common

RUNS = 3  # of a module, with other arguments
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
            findings += wrong
    for line in findings[:20]:
        print(line)
    print(f"stated {tally['known']} times as known, {tally['at least']} times at least, "
          f"{len(findings)} wrong")
    common.show({}, tried)
    if a.record:
        common.record(
            "cycles", a, tried, name="Cycles of summaries",
            subject="Random programs as in the replay, each with three sets of "
            "arguments: the cycles that a summary states for a function, or states at "
            "least, against those that executions take.",
            figures={"executions of functions whose cycles are stated": tally["known"],
                     "executions of those that are stated at least": tally["at least"],
                     "wrong": len(findings)})
    # Something must have been compared.
    sys.exit(1 if findings or not tally["known"] or not tally["at least"] else 0)


if __name__ == "__main__":
    main()
