#!/usr/bin/env python3
"""What becomes of every loop of the C kernels in examples/, as a table.

    bench/kernels.py [--out PAGE] [--only NAME,...]

Takes each examples/*.c through clang and mlir-translate, puts it under the operators
of examples/library.mlir, schedules and verifies it with build/bin, and writes
docs/kernels.md from the summaries (gaus-report=format=summary). Exits with 1 if an
innermost loop is neither pipelined nor named with a reason.
"""

import argparse
import datetime
import pathlib
import re
import sys
import tempfile

from loops import BUILD, program, run
from performance import ROOT, commit, machine

TEXT = """# Kernels in C

Written by `bench/kernels.py`; do not edit. Each kernel of [examples/](../examples)
goes through `clang-22 -O1 -g -ffp-contract=off -fno-unroll-loops` and `mlir-translate-22
--import-llvm`, under the operators of [examples/library.mlir](../examples/library.mlir),
is scheduled by default options and passes `gaus-verify`. {count}

Measured on {date} at commit {commit}, {machine}.

| kernel | innermost loop | trips | II | RecMII | ResMII | proven | length | what holds the interval |
|---|---|---|---|---|---|---|---|---|
{rows}

- **II** is in bold where it is above both bounds; **proven** says whether a smaller
  one was ruled out.
- **trips**: `?` where how often it runs is not known; `gaus.trips` says it.
"""


def summary(name, folder):
    return run(BUILD / "bin/gaus-opt", program(name, None, folder, debug=True),
               "--gaus-schedule", "--gaus-verify", "--gaus-report=format=summary", "-o",
               "/dev/null")


def table(part):
    """The rows of a part's first table, as dictionaries by the head's columns."""
    lines = part.strip("\n").split("\n\n")[0].split("\n")
    head = [(m[0], m.start(), m.end()) for m in re.finditer(r"\S+", lines[0])]
    for line in lines[1:]:
        cells = {}
        for k, (name, begin, end) in enumerate(head):
            if name in ("scope", "where", "proven"):  # these begin with their head
                after = head[k + 1][1] if k + 1 < len(head) else len(line)
                cells[name] = line[begin:after].strip()
            else:
                words = [m[0] for m in re.finditer(r"\S+", line) if m.end() == end]
                cells[name] = words[0] if words else ""
        cells["depth"] = len(line) - len(line.lstrip())
        yield cells


def reasons(part):
    """{line: what holds the interval of the loop there, and what else was said}."""
    text = part.split("what holds the intervals\n")[-1].split("\n\n")[0]
    held, entry = {}, None
    for line in text.split("\n"):
        head = re.match(r"  loop.*?(?::| )(\d+)\): (.*)", line)
        if head:
            entry = held.setdefault(head[1], [head[2]])
        elif entry is not None and line.startswith("      "):
            entry[-1] += " " + line.strip()
        elif entry is not None:
            entry.append(line.strip())
    first = {}
    for line, (said, *details) in held.items():
        proven = re.fullmatch(r"II \d+ is the smallest", said)
        first[line] = details[0] if proven and details else said
    return first


def innermost(rows):
    """Loops without one inside."""
    for k, row in enumerate(rows):
        if not row["scope"].startswith("loop"):
            continue
        inside = []
        for other in rows[k + 1:]:
            if other["depth"] <= row["depth"]:
                break
            inside.append(other)
        if not any(o["scope"].startswith("loop") for o in inside):
            yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "docs/kernels.md")
    parser.add_argument("--only", default="")
    args = parser.parse_args()
    lines, pipelined, silent = [], 0, []
    with tempfile.TemporaryDirectory() as name:
        for source in sorted((ROOT / "examples").glob("*.c")):
            if args.only and source.stem not in args.only.split(","):
                continue
            for part in summary(source.stem, pathlib.Path(name)).split("\n\n\n"):
                rows = list(table(part))
                held = reasons(part)
                for row in innermost(rows):
                    line = row["where"].split(":")[-1]
                    pipelined += bool(row.get("II"))
                    why = held.get(line, "")
                    if not row.get("II") and f":{line})" not in part.split(
                            "not pipelined")[-1]:
                        silent.append(f"{source.name}:{line}")
                    ii = row.get("II", "")
                    above = ii and int(ii) > max(int(row["RecMII"]), int(row["ResMII"]))
                    lines.append(
                        f"| `{source.stem}` | {row['scope']}, line {line} "
                        f"| {row.get('trips', '')} | {'**' + ii + '**' if above else ii} "
                        f"| {row.get('RecMII', '')} | {row.get('ResMII', '')} "
                        f"| {row.get('proven', '')} | {row.get('length', '')} "
                        f"| {why} |")
    count = (f"Of {len(lines)} innermost loops {pipelined} are pipelined, "
             f"{len(lines) - pipelined - len(silent)} are not for a reason that is "
             f"named, {len(silent)} without one.")
    args.out.write_text(TEXT.format(
        count=count, date=datetime.date.today().isoformat(), commit=commit(),
        machine=machine(), rows="\n".join(lines)))
    print(count, *silent)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
