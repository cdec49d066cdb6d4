#!/usr/bin/env python3
"""Small problems against CP-SAT, and docs/small.md from what was measured.

    bench/small.py [--families=NAME,...] [--first=SEED] [--seconds=S] [--again]
    bench/small.py --page

For each problem of the families (bench/problems.py makes them) `gaus-bench` runs with
the defaults and one thread, and CP-SAT with one worker for S seconds (default 20) on
its own best model (bench/small_models.py), in the II and the length that the tool
chose. Results go to bench/results/small.json as they come; measured ones are kept.
Needs the Python package ortools (bench/requirements.txt) for CP-SAT; where it is
absent, this is said, and the tool alone is measured.
"""

import argparse
import datetime
import importlib.util
import json
import pathlib
import subprocess
import sys
import tempfile

from performance import commit, machine
from problems import make, options

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCH = ROOT / "build/bin/gaus-bench"
RESULTS = ROOT / "bench/results/small.json"
PAGE = ROOT / "docs/small.md"

# Name: kind, operations, how many, what it is.
FAMILIES = {
    "project 30": ("project", 30, 20, "30 activities under four limits"),
    "project 60": ("project", 60, 8, "60 activities under four limits"),
    "project 120": ("project", 120, 4, "120 activities under four limits"),
    "shop": ("shop", 10, 5, "job shops, 10 jobs on 10 machines"),
    "loop": ("loop", 40, 10, "loops of 40 operations, memory at the least II"),
    "long loop": ("loop", 100, 5, "loops of 100 operations, the same"),
    "mixed": ("mixed", 40, 20, "40 operations, every feature and objective"),
    "serial": ("serial", 20, 5, "20 operations one at a time, memory"),
}


def run_tool(path, asked):
    with tempfile.NamedTemporaryFile(suffix=".json") as out:
        subprocess.run([BENCH, path, "--threads=1", "--json=" + out.name,
                        *asked], check=False, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        row = json.loads(pathlib.Path(out.name).read_text())[0]
    keys = ("cost", "bound", "cpu_seconds", "ii", "length", "method", "error")
    return {key: row[key] for key in keys if key in row}


def run_cpsat(document, objective, tool, seconds):
    length = 0 if objective == "latency" else tool["length"]
    job = {"document": document, "objective": objective,
           "ii": tool.get("ii", 0), "length": length, "seconds": seconds}
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(job, file)
        file.flush()
        done = subprocess.run(
            [sys.executable, ROOT / "bench/small_models.py", file.name],
            capture_output=True, text=True, check=False)
    return json.loads(done.stdout) if done.returncode == 0 else None


def measure(args, results):
    cpsat = importlib.util.find_spec("ortools") is not None
    if not cpsat:
        print("ortools is absent: CP-SAT is not measured", file=sys.stderr)
    for family in args.families.split(","):
        kind, size, count, _ = FAMILIES[family]
        rows = results["rows"].setdefault(family, {})
        for seed in range(args.first, args.first + count):
            row = rows.setdefault(str(seed), {})
            asked = make(kind, size, seed)
            document, opts = options(asked)
            if "tool" not in row or args.again:
                with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
                    json.dump(document, file)
                    file.flush()
                    row["tool"] = run_tool(file.name, opts)
            if cpsat and "cp-sat" not in row and "cost" in row["tool"]:
                row["cp-sat"] = run_cpsat(document, asked["objective"],
                                          row["tool"], args.seconds)
            print(family, seed, row, flush=True)
            RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def proven(of):
    return of["cost"] is not None and of["cost"] <= of["bound"]


def line(family, rows):
    tools = [row["tool"] for row in rows if "cost" in row.get("tool", {})]
    both = [(row["tool"], row["cp-sat"]) for row in rows
            if row.get("cp-sat") and "cost" in row.get("tool", {})]
    known = [(t, c) for t, c in both if proven(c) or proven(t)]
    optimal = sum(t["cost"] <= c["cost"] if c["cost"] is not None else True
                  for t, c in known)
    pairs = [(t, c) for t, c in both if c["cost"]]
    above = sum(t["cost"] / c["cost"] - 1 for t, c in pairs) / max(
        1, len(pairs))
    times = sorted(t["cpu_seconds"] for t in tools)
    return "| %s | %d | %d | %d of %d | %+.2f %% | %.1f | %.3f | %d | %.1f |" % (
        FAMILIES[family][3], len(tools), sum(map(proven, tools)), optimal,
        len(known), 100 * above, sum(times), times[len(times) // 2],
        sum(proven(c) for _, c in both),
        sum(c["cpu_seconds"] for _, c in both))


def page(results):
    text = """# Small problems

Written by `bench/small.py`. Random problems (`bench/problems.py`) at the default effort,
one thread, beside CP-SAT (OR-Tools, one worker, %s seconds of time a problem) on its own
model, in the II and the length that the tool chose. %s, commit %s, %s.

Proven: the cost is the bound. Optimal: not above CP-SAT's cost, where either has proven
its own. Above: the mean of the costs over CP-SAT's, less one. CPU seconds are all
together; the median is of the process, without its start.

| problems | number | proven | optimal | above CP-SAT | CPU s | median | CP-SAT: proven | CPU s |
|---|---|---|---|---|---|---|---|---|
""" % (results["seconds"], results["date"], results["commit"],
       results["machine"])
    for family in FAMILIES:
        rows = list(results["rows"].get(family, {}).values())
        if rows:
            text += line(family, rows) + "\n"
    PAGE.write_text(text)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", default=",".join(FAMILIES))
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--page", action="store_true")
    args = parser.parse_args()
    results = {"rows": {}}
    if RESULTS.exists():
        results = json.loads(RESULTS.read_text())
    if not args.page:
        results.update(commit=commit(), machine=machine(),
                       date=str(datetime.date.today()), seconds=args.seconds)
        measure(args, results)
    page(results)


if __name__ == "__main__":
    main()
