#!/usr/bin/env python3
"""Writes docs/reliability.md from the result files of the oracles.

    utils/reliability.py [--check] [PAGE]      default: docs/reliability.md

An oracle is a program that judges results without the code that made them. Each
writes one file bench/results/oracles/NAME.json, an object with

    name      how the page calls it
    subject   a sentence: which inputs, and what is compared with what
    command   what anyone can run to repeat it, in the repository's root
    date      YYYY-MM-DD
    machine   processor and number of cores used
    commit    the commit it ran on
    inputs    how many inputs were tried (integer)
    seconds   CPU seconds, all inputs together
    findings  wrong results ever found by it, repaired ones, too: a list of
              {"what": a sentence, "test": "path" or "path:test's name"}
    open      findings that are not repaired yet: the same without "test"
              (optional)
    figures   anything else that can be counted, {"name": number or text}
              (optional)

--check reads the files, checks them, and writes nothing.
"""

import argparse
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench" / "results" / "oracles"
FIELDS = {
    "name": str,
    "subject": str,
    "command": str,
    "date": str,
    "machine": str,
    "commit": str,
    "inputs": int,
    "seconds": (int, float),
    "findings": list,
}
OPTIONAL = {"open": list, "figures": dict}

INTRODUCTION = """\
# Reliability

What was tried to find wrong results, and what it found. `utils/reliability.py`
writes this page from `bench/results/oracles/`; its head describes the files. Each
row can be repeated by its command.

## What is promised

- Every schedule that is written satisfies all constraints of
  [spec.md](spec.md) for the problem that was read, and its cost is the one
  stated: a verifier checks each that shares no code with the solver.
- A bound is never above the least cost, and what is called optimal is optimal.
- The same input, options and seed give the same schedule, for any number of
  threads and on every backend.

## What is not

- Known faults, not yet repaired: beside operations of unknown time, and in the passes
  that do single steps (`gaus-annotate`), what a nested loop holds is counted as a
  rectangle, so that schedules around it can be longer than need be.
- That a file and the operations of a program fit into memory: the limit of
  [options](options.md) is for what the solver makes of them, but for cut networks,
  integer programs and formulas, whose sizes an effort bounds.
- That a program's dependences are the least possible: where addresses are not
  understood, accesses are ordered, and a remark says so.
- That the best schedule is found: the gap says how far it can be.
- What the sums below did not try. They are samples, not proofs; only the
  verifier looks at every result.
"""


def problems(path, result):
    """What is wrong with a result file, as sentences."""
    for field, kind in (FIELDS | OPTIONAL).items():
        if field not in result:
            if field in FIELDS:
                yield f"'{field}' is missing"
        elif not isinstance(result[field], kind):
            yield f"'{field}' has the wrong type"
    for field in result.keys() - FIELDS.keys() - OPTIONAL.keys():
        yield f"'{field}' is unknown"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", str(result.get("date"))):
        yield "'date' is not YYYY-MM-DD"
    for finding in result.get("findings") or []:
        test = finding.get("test", "")
        if not finding.get("what") or not test:
            yield "a finding lacks 'what' or 'test'"
        elif not (ROOT / test.split(":")[0]).exists():
            yield f"the test '{test}' is not there"


def cell(text):
    return str(text).replace("|", "\\|").replace("\n", " ")


def page(results):
    out = [INTRODUCTION, "## Oracles\n"]
    out.append("| oracle | inputs | CPU seconds | found | open | date | commit |")
    out.append("|---|---:|---:|---:|---:|---|---|")
    for r in results:
        out.append(
            f"| {cell(r['name'])} | {r['inputs']:,} | {r['seconds']:,.0f} | "
            f"{len(r['findings'])} | {len(r.get('open', []))} | {r['date']} | "
            f"{r['commit']} |"
        )
    if not results:
        out.append("\nNo oracle has left a result yet.")
    for r in results:
        out.append(f"\n### {r['name']}\n\n{r['subject']}\n")
        out.append(f"`{r['command']}` on {r['machine']}.\n")
        for name, value in r.get("figures", {}).items():
            out.append(f"- {name}: {value}")
        if r.get("figures"):
            out.append("")
        if r["findings"]:
            out.append("| found and repaired | test |\n|---|---|")
            for f in r["findings"]:
                out.append(f"| {cell(f['what'])} | `{f['test']}` |")
        else:
            out.append("Nothing found.")
        for f in r.get("open", []):
            out.append(f"\n**Open**: {f['what']}")
    return "\n".join(out) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    parser.add_argument("page", nargs="?", type=pathlib.Path,
                        default=ROOT / "docs" / "reliability.md")
    args = parser.parse_args()
    results, wrong = [], 0
    for path in sorted(RESULTS.glob("*.json")):
        result = json.loads(path.read_text())
        for problem in problems(path, result):
            print(f"{path.relative_to(ROOT)}: {problem}", file=sys.stderr)
            wrong += 1
        results.append(result)
    if not args.check and not wrong:
        args.page.write_text(page(results))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
