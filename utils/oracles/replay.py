#!/usr/bin/env python3
"""Random programs, scheduled, then played back by cycle against their own order.

    replay.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Prints what differs and keeps the programs in DIR; exits with 1 if something does.
--record writes bench/results/oracles/replay.json, the input of utils/reliability.py.
"""

import collections
import pathlib
import re
import sys
import tempfile

import common


def refused(batch, numbers, directory):
    """Functions that alone are not scheduled, with what was said; and the rest."""
    bad, good = {}, []
    for k in numbers:
        placed, errors = batch.schedule(batch.module([k]), directory)
        if placed:
            good.append(k)
        else:
            bad[k] = errors
    return bad, good


class Tally:
    def __init__(self):
        self.counts = collections.Counter()
        self.messages = {}  # kind of finding -> (count, where it was seen first)

    def note(self, batch, k, kind, text, keep):
        self.counts["differs"] += 1
        known = self.messages.setdefault(kind, [0, f"batch {batch.number} @f{k}"])
        known[0] += 1
        if keep and known[0] <= 20:
            keep.mkdir(parents=True, exist_ok=True)
            name = re.sub(r"\W+", "-", kind)[:40]
            path = keep / f"{name}-{batch.number}-{k}.mlir"
            text = "\n".join("// " + line for line in text.splitlines()[:60])
            path.write_text(
                f"// gaus-opt --gaus-schedule=\"{batch.options}\" | gaus-replay "
                f"--seed={batch.number} --args={batch.arguments}\n" +
                batch.module([k]) + text + "\n")


def one(batch, tally, directory, keep):
    numbers = list(range(len(batch.functions)))
    placed, errors = batch.schedule(batch.module(numbers), directory)
    if not placed:
        bad, numbers = refused(batch, numbers, directory)
        for k, text in bad.items():
            first = re.search(r"error: (.*)", text)
            kind = re.sub(r"[@'\"]\S+|\d+", "_", first[1] if first else text[-200:])
            # A length that limits do not allow is no fault; all else is.
            if kind.startswith("[Res]") and "length=" in batch.options:
                tally.counts["refused"] += 1
            else:
                tally.note(batch, k, "not scheduled: " + kind[:70], text, keep)
        placed, errors = batch.schedule(batch.module(numbers), directory)
    out, said = batch.replay(placed)
    found = common.by_function(placed.read_text(), said)
    seen = set()
    for number, rest in re.findall(r"^@f(\d+): (.*)$", out, re.M):
        k = int(number)
        seen.add(k)
        status = rest.split(",")[0]
        if status == "differs":
            messages = found.get(k, ["differs"])
            kind = re.search(r"\[(\w+)\] \S+", messages[0])
            tally.note(batch, k, kind[0] if kind else messages[0][:60],
                       "\n".join(messages), keep)
            continue
        tally.counts[status] += 1
        size = re.search(r"(\d+) operations in (\d+) cycles", rest)
        if size:
            tally.counts["operations"] += int(size[1])
    for k in set(numbers) - seen:
        tally.note(batch, k, "no answer", said[-2000:], keep)


def main():
    a = common.arguments(__doc__)
    tally, tried = Tally(), 0
    with tempfile.TemporaryDirectory() as directory:
        for batch in common.batches(a):
            one(batch, tally, pathlib.Path(directory), a.keep)
            tried += len(batch.functions)
    counts = tally.counts
    for kind, (times, where) in sorted(tally.messages.items()):
        print(f"{times} x {kind}, first in {where}")
    print(f"{tried} programs: {counts['as in order']} as in order, "
          f"{counts['differs']} differ, {counts['undefined']} without meaning, "
          f"{counts['unsupported']} not executed, {counts['refused']} refused; "
          f"{common.seconds():.0f} CPU seconds")
    if a.record:
        common.record(
            "replay", a, tried, name="Replay of random programs",
            subject="Programs in func, arith, memref, affine, scf, cf, vector and llvm "
            "(steps, negative and symbolic steps, nests, `scf.while`, functions of many "
            "blocks, views, vectors, lanes by subscripts and masks, transfers, "
            "conditions, carried values, arguments that share memory or overlap), "
            "scheduled with random libraries, limits, clocks and options, then executed "
            "by cycle: operands, memory, limits, chains and control against the program "
            "in order.",
            figures={"as in order": counts["as in order"],
                     "differ": counts["differs"],
                     "without meaning": counts["undefined"],
                     "not executed": counts["unsupported"],
                     "no length within the limits": counts["refused"],
                     "operations executed": counts["operations"]})
    sys.exit(1 if counts["differs"] or counts["undefined"] or counts["unsupported"]
             else 0)


if __name__ == "__main__":
    main()
