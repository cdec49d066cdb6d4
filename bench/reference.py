#!/usr/bin/env python3
"""Every row of a table of published figures, scheduled and checked.

    bench/reference.py SHARED [--effort=N] [--only=REGEX] [--max-nodes=N]
                       [--jobs=N] [--rows=FILE] [--bench=PROGRAM] [--again]
                       [--page=FILE] [-- OPTION...]

SHARED holds reference.csv (instance, nodes, objective A or B, length, best_known,
best_bound, ...), bench/*/ with the graphs, and check_schedule.py, which accepts or
rejects each schedule independently of this project. Circuits have latency 1, the
random workloads 0 for A and 1 for B. REGEX is matched against
"instance:objective:length"; what follows "--" goes to gaus-bench.

Rows are stored in FILE (default build/reference/effort-N.json) as they finish: a
run that was stopped goes on where it was, unless gaus-bench or the options have
changed. Needs Python with numpy: build/venv/bin/python. The exit status is 1 when
a schedule was rejected or is missing. --page adds the table to a page, with date,
machine and commit.
"""

import argparse
import concurrent.futures
import csv
import datetime
import hashlib
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

from performance import commit, machine

ROOT = pathlib.Path(__file__).resolve().parents[1]
OBJECTIVES = {"A": "resources", "B": "memory"}


def wanted_rows(args):
    with open(args.shared / "reference.csv", newline="") as f:
        rows = list(csv.DictReader(f))
    rows = [r for r in rows if r["objective"] in OBJECTIVES
            and int(r["nodes"]) <= args.max_nodes
            and re.search(args.only, key_of(r))]
    return sorted(rows, key=lambda r: (int(r["nodes"]), key_of(r)))


def key_of(row):
    return f"{row['instance']}:{row['objective']}:{row['length']}"


def schedule(args, row, folder):
    """The row of gaus-bench with what the independent checker says of it."""
    files = [f for f in args.shared.glob(f"bench/*/{row['instance']}.*")
             if f.suffix in (".aig", ".gml")]
    if not files:
        return {"error": f"no graph '{row['instance']}'"}
    random = files[0].suffix == ".gml"
    latency = 0 if random and row["objective"] == "A" else 1
    out = folder / "rows.json"
    run = subprocess.run(
        [args.bench, files[0], f"--objective={OBJECTIVES[row['objective']]}",
         f"--length={row['length']}", f"--node-latency={latency}",
         f"--effort={args.effort}", "--threads=1", f"--csv-dir={folder}",
         f"--json={out}", *args.options], capture_output=True, text=True)
    if not out.exists():
        return {"error": run.stderr.strip() or f"exit status {run.returncode}"}
    result = json.loads(out.read_text())[0]
    if "error" in result:
        return result
    check = subprocess.run(
        [sys.executable, args.shared / "check_schedule.py", files[0],
         folder / f"{row['instance']}.csv", "--formulation", row["objective"],
         "--L", row["length"], "--latency", str(latency)],
        capture_output=True, text=True)
    try:
        answer = json.loads(check.stdout)
        result["checked"] = answer["objective"]
        result["accepted"] = (answer["feasible"]
                              and answer["objective"] == result["cost"])
    except ValueError:
        result["accepted"] = False
        result["error"] = check.stderr.strip()
    return result


def identity(args):
    """Which program with which options a stored row is from."""
    digest = hashlib.sha256(pathlib.Path(args.bench).read_bytes())
    digest.update(json.dumps([args.effort, *args.options]).encode())
    return digest.hexdigest()[:16]


def run_all(args, rows):
    stored = {}
    if args.rows.exists() and not args.again:
        stored = json.loads(args.rows.read_text())
    args.rows.parent.mkdir(parents=True, exist_ok=True)
    made_by, lock = identity(args), threading.Lock()

    def one(row):
        if stored.get(key_of(row), {}).get("made_by") == made_by:
            return
        with tempfile.TemporaryDirectory() as folder:
            result = schedule(args, row, pathlib.Path(folder))
        result["made_by"] = made_by
        with lock:
            stored[key_of(row)] = result
            part = args.rows.with_suffix(".part")
            part.write_text(json.dumps(stored, indent=1, sort_keys=True))
            part.replace(args.rows)
            print(f"{key_of(row)}: {result.get('cost', result.get('error'))}",
                  file=sys.stderr, flush=True)

    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        list(pool.map(one, rows))
    return stored


def number(text):
    return int(text) if text not in (None, "") else None


def table(rows, stored, out):
    """Writes the table; returns how many schedules were not accepted."""
    def print(text=""):
        out.write(text + "\n")

    print("| instance | objective | length | cost | best known | ratio | bound | "
          "best bound | CP-SAT | CPU s | accepted |\n" + "|" + "---|" * 11)
    ratios, bad = {"A": [], "B": []}, 0
    for row in rows:
        result = stored[key_of(row)]
        known, cost = number(row["best_known"]), result.get("cost")
        good = result.get("accepted", False)
        bad += not good
        ratio = cost / known if cost and known else None
        if good and ratio:
            ratios[row["objective"]].append(ratio)
        cells = [row["instance"], row["objective"], row["length"],
                 cost if cost is not None else result.get("error"), known,
                 f"{ratio:.4f}" if ratio else None, result.get("bound"),
                 row["best_bound"], row.get("cp_sat"),
                 f"{result.get('cpu_seconds', 0):.1f}", "yes" if good else "NO"]
        print("| " + " | ".join("" if c is None else str(c) for c in cells)
              + " |")
    print()
    for letter, values in ratios.items():
        if values:
            mean = math.exp(sum(map(math.log, values)) / len(values))
            print(f"{letter}: geometric mean of cost over best known "
                  f"{mean:.4f} of {len(values)}; better "
                  f"{sum(r < 1 for r in values)}, equal "
                  f"{sum(r == 1 for r in values)}, worse "
                  f"{sum(r > 1 for r in values)}")
    for text in beside_exact(rows, stored):
        print(text)
    return bad


def beside_exact(rows, stored):
    """What CP-SAT's cost took, where it stopped without a proof."""
    open_rows = [(r, stored[key_of(r)]) for r in rows
                 if r.get("cp_sat") and r["cp_sat"] != r["best_bound"]]
    if not open_rows:
        return
    reached = [(r, s) for r, s in open_rows
               if s.get("accepted") and s["cost"] <= int(r["cp_sat"])]
    missed = ", ".join(key_of(r) for r, s in open_rows
                       if (r, s) not in reached)
    seconds = sorted(s["cpu_seconds"] for _, s in reached)
    yield (f"CP-SAT's cost after 60 s, where it proves no optimum: reached on "
           f"{len(reached)} of {len(open_rows)} rows"
           + (f" (not on {missed})" if missed else "")
           + (f", in {seconds[len(seconds) // 2]:.1f} CPU s (median), at most "
              f"{seconds[-1]:.1f}" if seconds else ""))


PAGE = """# Beside published figures

Written by `bench/reference.py`; do not edit. `best known` and `best bound` are the
best of heuristics, CP-SAT, GS-Schedule (ICML 2024) and a prototype, as the table of
published figures has them. Each schedule was accepted, and its cost computed again,
by a checker that shares nothing with this project. A = `resources`, B = `memory`.
`CP-SAT` is its cost after 60 s. `bound` is the tool's own, in exact integers. One
thread a row.
"""


def write_page(args, text):
    """A section an effort; the page is begun where there is none."""
    title = f"## Effort {args.effort}"
    page = args.page.read_text() if args.page.exists() else PAGE
    kept = [s for s in re.split(r"\n(?=## )", page.rstrip("\n"))
            if s.split("\n")[0] != title]
    command = " ".join(["bench/reference.py SHARED", *(
        a for a in sys.argv[2:]
        if not a.startswith(("--bench", "--rows", "--page")))])
    measured = (f"Measured on {datetime.date.today()} at commit {commit()}, "
                f"{machine()}, {args.jobs} rows at a time:\n`{command}`")
    kept.append("\n".join([title, "", measured, "", text.rstrip("\n")]))
    head, *sections = kept
    args.page.write_text("\n\n".join(
        [head.rstrip("\n"), *(s.rstrip("\n") for s in sorted(sections))]) + "\n")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("shared", type=pathlib.Path)
    parser.add_argument("--effort", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--max-nodes", type=int, default=1 << 31)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rows", type=pathlib.Path)
    parser.add_argument("--bench", default=ROOT / "build/bin/gaus-bench")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--page", type=pathlib.Path)
    own, options = sys.argv[1:], []
    if "--" in own:
        at = own.index("--")
        own, options = own[:at], own[at + 1:]
    args = parser.parse_args(own)
    args.options = options
    args.rows = args.rows or ROOT / f"build/reference/effort-{args.effort}.json"
    rows = wanted_rows(args)
    stored = run_all(args, rows)
    text = io.StringIO()
    bad = table(rows, stored, text)
    text.write(f"\n{len(rows) - bad} of {len(rows)} schedules accepted.\n")
    print(text.getvalue(), end="")
    if args.page:
        write_page(args, text.getvalue())
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
