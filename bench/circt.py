#!/usr/bin/env python3
"""Schedules the instances of CIRCT's own tests and compares with what they expect.

    bench/circt.py FOLDER [--bin DIR]

FOLDER is test/Scheduling of a checkout of CIRCT. Of every instance in its
*-problems.mlir and problems.mlir: the least interval and the start of the operation
@last under gaus-schedule, checked by gaus-verify and written as SSP again, beside those
that the comments expect of CIRCT's simplex scheduler. Prints a line an instance that
differs and a summary; the exit status is 1 when one is worse or not scheduled.
"""

import argparse
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
PASSES = ("--convert-ssp-to-gaus=clock=5.0", "--gaus-schedule", "--gaus-verify",
          "--convert-gaus-to-ssp")
INSTANCE = re.compile(r"ssp\.instance @(\w+) of \"(\w+)\"(?: \[II<(\d+)>\])?")


def expected(text):
    """Of each instance its name and what the comments say of the interval and of the
    last operation's start; None where they say nothing."""
    for part in text.split("// CHECK-LABEL:")[1:]:
        interval = re.search(r"// SIMPLEX-SAME: \[II<(\d+)>\]", part)
        starts = re.findall(r"// SIMPLEX(?:-NEXT)?: .*?\[t<(\d+)>", part)
        yield (INSTANCE.search(part)[1], int(interval[1]) if interval else None,
               int(starts[-1]) if starts else None)


def reached(text):
    """The same of what gaus-opt wrote."""
    for part in re.split(r"(?=ssp\.instance )", text)[1:]:
        name, _, interval = INSTANCE.match(part).groups()
        last = re.search(r"@last\(.*\[t<(\d+)>", part)
        yield name, int(interval) if interval else None, int(last[1])


def compare(path, tool, counts):
    done = subprocess.run([tool, path, *PASSES], capture_output=True, text=True)
    theirs, ours = list(expected(path.read_text())), list(reached(done.stdout))
    if done.returncode or [t[0] for t in theirs] != [o[0] for o in ours]:
        print(f"{path.name}: not scheduled: {done.stderr.strip()[:300]}")
        counts["worse"] += len(theirs)
        return
    for (name, their_ii, their_last), (_, ii, last) in zip(theirs, ours):
        # The interval comes first; where it is less the schedule may be longer.
        pairs = [(b, a) for b, a in ((their_ii, ii), (their_last, last))
                 if b is not None]
        differs = [(b, a) for b, a in pairs if a != b]
        verdict = ("equal" if not differs else
                   "better" if differs[0][1] < differs[0][0] else "worse")
        counts[verdict] += 1
        if verdict != "equal":
            print(f"{path.name} @{name}: {verdict}: interval {ii}, expected {their_ii}; "
                  f"last operation at {last}, expected {their_last}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin")
    a = parser.parse_args()
    files = sorted(a.folder.glob("*problems.mlir"))
    if not files:
        sys.exit(f"error: {a.folder} holds no *problems.mlir")
    counts = dict.fromkeys(("equal", "better", "worse"), 0)
    for path in files:
        compare(path, a.bin / "gaus-opt", counts)
    print(f"{sum(counts.values())} instances: " +
          ", ".join(f"{n} {what}" for what, n in counts.items()))
    return counts["worse"] > 0


if __name__ == "__main__":
    sys.exit(main())
