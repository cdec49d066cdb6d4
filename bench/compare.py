#!/usr/bin/env python3
"""Compares the tool with exact solvers on equal problems, in CPU seconds.

    bench/compare.py FILE... [--out=JSON] [--cpu=SECONDS] [--efforts=0,1,2,3]
                     [--exact=METHOD,...] [--exact-nodes=N] [--scaling]
                     [--only=REGEX] [--again]
    bench/compare.py --quick --out=JSON

FILE: .aig (objectives resources and memory, latency 1, L = depth), .gml (resources
with latency 0 in 10 cycles, memory with latency 1, L = depth) or .json with an II
(memory, as the file has it; `bench/generate.py loop` makes such files). For each,
gaus-bench runs with one thread at the efforts and with parts switched off, and
CP-SAT and HiGHS run on the models of bench/models.py for SECONDS of CPU, all
threads added (CP-SAT: a worker a core; HiGHS: one thread), hinted with the tool's
schedule of effort 0. Every schedule of all of them is evaluated by
bench/instance.py, which shares nothing with the solver.

--scaling measures the time of a descent step on layered graphs of 10^4 to 10^6
nodes. --quick compares on tiny generated graphs, to see that everything works.

Results go to JSON (default bench/results/compare.json) as they come: a stopped run
goes on where it was, and more files can be added later; --again measures anew.
bench/compare_page.py makes docs/comparison.md from it. Needs an environment with
bench/requirements.txt:

    python3 -m venv build/venv-bench
    build/venv-bench/bin/pip install -r bench/requirements.txt
    build/venv-bench/bin/python bench/compare.py ...
"""

import argparse
import datetime
import importlib.metadata
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import numpy as np

from instance import ROOT, evaluate, load
from performance import commit, machine

BENCH = ROOT / "build/bin/gaus-bench"
EXACT = ("cp-sat", "cp-sat-slots", "highs")
# The parts of the portfolio at the default effort.
PARTS = {
    "no descent, no search": ["--gradient=false", "--polish=false"],
    "descent": ["--polish=false"],
    "descent from list": ["--polish=false", "--start=list"],
    "descent from flow": ["--polish=false", "--start=flow"],
    "local search": ["--gradient=false"],
}
# Runs whose progress the plots show: one effort above the table's.
CURVES = {
    "descent": ["--polish=false"],
    "local search": ["--gradient=false"],
}
MAX_POINTS = 200


class Case:
    def __init__(self, path, objective, length, latency):
        self.path, self.objective = pathlib.Path(path), objective
        self.length, self.latency = length, latency

    @property
    def key(self):
        return f"{self.path.stem}:{self.objective}"

    def options(self):
        options = [f"--objective={self.objective}"]
        if self.length:
            options.append(f"--length={self.length}")
        if self.latency is not None:
            options.append(f"--node-latency={self.latency}")
        return options


def cases_of(files):
    for path in map(pathlib.Path, files):
        if path.suffix == ".json":
            yield Case(path, "memory", None, None)
        elif path.suffix == ".gml":
            yield Case(path, "resources", "10", 0)
            yield Case(path, "memory", "1x", 1)
        else:
            yield Case(path, "resources", "1x", 1)
            yield Case(path, "memory", "1x", 1)


def thinned(points):
    """The best cost over time: falling, at most MAX_POINTS."""
    falling = []
    for seconds, cost in sorted(points):
        if not falling or cost < falling[-1][1]:
            falling.append([round(seconds, 4), cost])
    if len(falling) <= MAX_POINTS:
        return falling
    at = np.unique(np.linspace(0, len(falling) - 1, MAX_POINTS).astype(int))
    return [falling[k] for k in at]


def points_of(trace, limited):
    """What the trace says of legal schedules."""
    points = []
    for line in trace.read_text().splitlines():
        row = json.loads(line)
        legal = ("method" in row or row.get("overuse") == 0 or
                 (not limited and "replica" in row))
        if legal:
            points.append((row["cpu_seconds"], row["cost"]))
    return thinned(points)


def run_tool(case, options, folder):
    """A run of gaus-bench with one thread, its schedule checked."""
    rows, trace = folder / "rows.json", folder / "trace.jsonl"
    run = subprocess.run(
        [BENCH, case.path, *case.options(), "--threads=1", *options,
         f"--json={rows}", f"--csv-dir={folder}", f"--trace={trace}"],
        capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(f"{case.key} {options}: {run.stdout}{run.stderr}")
    row = json.loads(rows.read_text())[0]
    inst = load(case.path, case.latency, row["length"], row["ii"])
    starts = np.loadtxt(folder / f"{row['name']}.csv", delimiter=",",
                        skiprows=1, ndmin=2, dtype=np.int64)[:, 1]
    cost, bad = evaluate(inst, starts, case.objective)
    if bad or cost != row["cost"]:
        raise RuntimeError(f"{case.key} {options}: cost {row['cost']}, "
                           f"evaluated as {cost}, violated {bad}")
    return {"cost": row["cost"], "bound": row["bound"],
            "cpu_seconds": row["cpu_seconds"], "method": row["method"],
            "points": points_of(trace, bool(inst.limits))}, row


def run_exact(case, method, row, hint, args, folder):
    """A solver in a process of its own; its last words are its result."""
    job, out = folder / "job.json", folder / "out.jsonl"
    job.write_text(json.dumps({
        "file": str(case.path), "latency": case.latency,
        "objective": case.objective, "length": row["length"],
        "ii": row["ii"], "cpu_seconds": args.cpu, "workers": args.workers,
        "hint": str(hint)}))
    out.write_text("")
    script = pathlib.Path(__file__).with_name("models.py")
    command = [sys.executable, script, method, job, out]
    try:
        # The solver watches its CPU seconds; this is for one that hangs.
        run = subprocess.run(command, capture_output=True, text=True,
                             timeout=60 + 20 * args.cpu)
        failed = run.stderr if run.returncode else None
    except subprocess.TimeoutExpired:
        failed = "did not stop"
    rows = [json.loads(line) for line in out.read_text().splitlines()]
    if any("violated" in r for r in rows):
        raise RuntimeError(f"{case.key} {method}: an illegal schedule: {rows}")
    solutions = [r for r in rows if "cost" in r]
    last = rows[-1] if rows and "optimal" in rows[-1] else {}
    result = {"cost": min((r["cost"] for r in solutions), default=None),
              "bound": last.get("bound"), "optimal": last.get("optimal"),
              "cpu_seconds": last.get("cpu_seconds"),
              "checked": len(solutions),
              "points": thinned([(r["cpu_seconds"], r["cost"])
                                 for r in solutions])}
    if failed:
        result["failed"] = failed.strip().splitlines()[-1][:200]
    return result


def measure(case, args, entry, save):
    """All runs of a case that are not there yet."""
    runs = entry.setdefault("runs", {})

    def add(name, result):
        runs[name] = result
        save()
        print(f"{case.key} {name}: {result['cost']} in "
              f"{result['cpu_seconds'] or 0:.1f} CPU s", flush=True)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        hint, row = folder / "hint.csv", None
        first, row = run_tool(case, ["--effort=0"], folder)
        (folder / f"{row['name']}.csv").rename(hint)
        entry.update(nodes=row["nodes"], edges=row["edges"], ii=row["ii"],
                     length=row["length"], objective=case.objective,
                     latency=case.latency, name=row["name"])
        if "effort 0" not in runs:
            add("effort 0", first)
        wanted = {f"effort {e}": [f"--effort={e}"] for e in args.efforts}
        wanted |= {f"{part}, effort 2": options
                   for part, options in PARTS.items()}
        wanted |= {f"{part}, effort {args.curve}": [f"--effort={args.curve}",
                                                    *options]
                   for part, options in CURVES.items()}
        for name, options in wanted.items():
            if name not in runs:
                add(name, run_tool(case, options, folder)[0])
        for method in args.exact:
            # Larger models than HiGHS can use; with an II there are no intervals.
            skip = (row["nodes"] > args.exact_nodes if method == "highs" else
                    method == "cp-sat" and row["ii"] > 0)
            if method not in runs and not skip:
                add(method, run_exact(case, method, row, hint, args, folder))


def scaling(sizes, folder, save, table):
    """Time of a step by nodes: from the traced seconds of the descent."""
    for nodes in sizes:
        if any(r["wanted"] == nodes for r in table):
            continue
        path, trace = folder / f"layered{nodes}.aig", folder / "trace.jsonl"
        subprocess.run([sys.executable, ROOT / "bench/generate.py", "layered",
                        str(nodes), path], check=True)
        rows = folder / "rows.json"
        subprocess.run(
            [BENCH, path, "--objective=memory", "--length=1.25x",
             "--node-latency=1", "--effort=1", "--polish=false",
             "--start=midpoint", "--threads=1", f"--trace={trace}",
             f"--json={rows}"], check=True, stdout=subprocess.DEVNULL)
        path.unlink()
        row = json.loads(rows.read_text())[0]
        steps = [r for r in map(json.loads, trace.read_text().splitlines())
                 if r.get("replica") == 0]
        took = steps[-1]["cpu_seconds"] - steps[0]["cpu_seconds"]
        table.append({"wanted": nodes, "commit": commit(), "nodes": row["nodes"],
                      "edges": row["edges"], "length": row["length"],
                      "step_seconds": took / (steps[-1]["step"] -
                                              steps[0]["step"]),
                      "cost": row["cost"], "bound": row["bound"],
                      "heuristic": min(c for m, c in row["methods"].items()
                                       if m in ("asap", "alap", "list",
                                                "levelled", "depth-first")),
                      "cpu_seconds": row["cpu_seconds"], "MB": row["MB"]})
        save()
        print(table[-1], flush=True)


def quick_files(folder):
    """A tiny graph and a tiny loop."""
    graph, loop = folder / "tiny.aig", folder / "tinyloop.json"
    generate = [sys.executable, ROOT / "bench/generate.py"]
    subprocess.run([*generate, "layered", "30", graph, "--layers=6"],
                   check=True)
    subprocess.run([*generate, "loop", "0", loop, f"--of={graph}"], check=True)
    return [graph, loop]


def versions():
    return {name: importlib.metadata.version(name)
            for name in ("ortools", "highspy")}


def numbers(text):
    return [int(x) for x in text.split(",") if x]


def parse():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "bench/results/compare.json")
    parser.add_argument("--cpu", type=float, default=30)
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--efforts", type=numbers, default=[0, 1, 2, 3])
    parser.add_argument("--curve", type=int, default=3)
    parser.add_argument("--exact", default=",".join(EXACT))
    parser.add_argument("--exact-nodes", type=int, default=1000)
    parser.add_argument("--scaling", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--quick", action="store_true")
    args = parser.parse_args()
    args.exact = [m for m in args.exact.split(",") if m]
    if unknown := set(args.exact) - set(EXACT):
        parser.error(f"unknown methods {sorted(unknown)}; there are {EXACT}")
    if args.quick:
        args.cpu, args.efforts, args.curve, args.workers = 2, [0, 1], 1, 1
    return args


def main():
    args = parse()
    data = {"cases": {}, "scaling": []}
    if args.out.exists() and not args.again:
        data = json.loads(args.out.read_text())
    data["facts"] = {
        "date": datetime.date.today().isoformat(), "machine": machine(),
        "commit": commit(), "cpu": args.cpu, "workers": args.workers,
        "curve": args.curve, "versions": versions()}
    args.out.parent.mkdir(parents=True, exist_ok=True)

    def save():
        part = args.out.with_suffix(".part")
        part.write_text(json.dumps(data, sort_keys=True) + "\n")
        part.replace(args.out)

    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = args.files + (quick_files(folder) if args.quick else [])
        for case in cases_of(files):
            if re.search(args.only, case.key):
                measure(case, args, data["cases"].setdefault(case.key, {}),
                        save)
        if args.scaling:
            scaling([10000, 31623, 100000, 316228, 1000000], folder, save,
                    data["scaling"])
        elif args.quick:
            scaling([300, 600], folder, save, data["scaling"])
    save()
    print(f"{len(data['cases'])} cases; every schedule is legal and costs what "
          f"was claimed")


if __name__ == "__main__":
    main()
