#!/usr/bin/env python3
"""Measures the tool on real inputs and writes docs/performance.md.

    bench/performance.py INPUTS [--reference CSV] [--out PAGE] [--rows FOLDER]
                         [--only NAME,...] [--reuse]

INPUTS holds .aig and .gml files in any folders. gaus-bench is taken from build/.
CSV has the columns instance, objective, length, best_heuristic, best_known,
best_bound, cp_sat: what others reach (optional). The rows of every run stay in
FOLDER (default build/performance) as JSON; --reuse makes the page from them.
"""

import argparse
import csv
import datetime
import json
import math
import pathlib
import platform
import subprocess

ROOT = pathlib.Path(__file__).resolve().parents[1]

# What each part is worth: the portfolio with parts switched off.
VARIANTS = {
    "heuristics": ["--effort=0"],
    "flow": ["--gradient=false", "--polish=false"],
    "descent": ["--polish=false"],
    "all": [],
}
SETS = [
    # title, suffix, objective, options
    ("Peak memory, circuits, L = depth", ".aig", "memory",
     ["--length=1x", "--node-latency=1"]),
    ("Resources and communication, circuits, L = depth", ".aig", "resources",
     ["--length=1x", "--node-latency=1"]),
    ("Peak memory, random workloads, L = depth", ".gml", "memory",
     ["--length=1x", "--node-latency=1"]),
    ("Resources and communication, random workloads, latency 0, L = 10",
     ".gml", "resources", ["--length=10", "--node-latency=0"]),
]


def command_of(objective, options, variant):
    return ["gaus-bench", "FILES", f"--objective={objective}", *options,
            *VARIANTS[variant]]


def measure(files, objective, options, variant, path):
    command = command_of(objective, options, variant)
    command[:2] = [ROOT / "build/bin/gaus-bench", *map(str, files)]
    print(" ".join(command_of(objective, options, variant)), flush=True)
    subprocess.run([*command, f"--json={path}"], check=True,
                   stdout=subprocess.DEVNULL)


def load_reference(path):
    if not path:
        return {}
    with open(path, newline="") as f:
        return {(r["instance"], r["objective"], int(r["length"])): r
                for r in csv.DictReader(f)}


def shown(number):
    return "" if number in (None, "") else str(number)


def table(runs, reference, letter):
    head = ["instance", "nodes", "edges", "L", *VARIANTS, "bound", "gap",
            "CPU s", "MB"]
    if reference:
        head += ["others: best heuristic", "CP-SAT", "best known",
                 "best bound"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    ratios = {v: [] for v in VARIANTS}
    for k, row in enumerate(runs["all"]):
        cells = [row["name"], row["nodes"], row["edges"], row["length"]]
        for variant in VARIANTS:
            cost = runs[variant][k]["cost"]
            cells.append(f"**{cost}**" if variant == "all" else cost)
            if row["cost"] > 0:
                ratios[variant].append(math.log(cost / row["cost"]))
        cells += [row["bound"], f"{100 * row['gap']:.2f} %",
                  f"{row['cpu_seconds']:.1f}", f"{row['MB']:.0f}"]
        if reference:
            r = reference.get((row["name"], letter, row["length"]), {})
            cells += [r.get("best_heuristic"), r.get("cp_sat"),
                      r.get("best_known"), r.get("best_bound")]
        lines.append("| " + " | ".join(shown(c) for c in cells) + " |")
    mean = {v: 100 * (math.exp(sum(r) / max(1, len(r))) - 1)
            for v, r in ratios.items()}
    lines += ["", "Geometric mean over the whole portfolio's cost: " +
              ", ".join(f"{v} +{mean[v]:.1f} %" for v in VARIANTS
                        if v != "all") + "."]
    return lines


def machine():
    model = platform.machine()
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":")[1].strip()
            break
    import os
    return f"{model}, {os.cpu_count()} cores"


def commit():
    run = subprocess.run(["git", "-C", ROOT, "rev-parse", "--short", "HEAD"],
                         capture_output=True, text=True)
    return run.stdout.strip()


INTRO = """# Performance

Written by `bench/performance.py`; do not edit. Every schedule passed the exact
verifier. Columns: `heuristics` = ASAP, ALAP and list schedules and, for `memory`,
depth-first orders (`--effort=0`);
`flow` = with the schedule of least lifetime or communication and those of the
bound's cuts (`--gradient=false --polish=false`); `descent` = with the Gaussian
relaxation from several starts (`--polish=false`); `all` = with the local search,
the default. `bound` is proven by the tool. CPU seconds are of the `all` column, both
cores added; MB is the largest memory of the process so far.
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("inputs", type=pathlib.Path)
    parser.add_argument("--reference")
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "docs/performance.md")
    parser.add_argument("--rows", type=pathlib.Path,
                        default=ROOT / "build/performance")
    parser.add_argument("--only", default="")
    parser.add_argument("--reuse", action="store_true")
    args = parser.parse_args()
    only = set(filter(None, args.only.split(",")))
    files = [f for f in args.inputs.rglob("*.*")
             if not only or f.stem in only]
    files.sort(key=lambda f: (f.stat().st_size, f.name))
    reference = load_reference(args.reference)
    args.rows.mkdir(parents=True, exist_ok=True)
    facts_path = args.rows / "facts.json"
    if not args.reuse:
        facts_path.write_text(json.dumps({
            "date": datetime.date.today().isoformat(), "machine": machine(),
            "commit": commit()}))
    facts = json.loads(facts_path.read_text())
    page = [INTRO, f"Measured on {facts['date']} at commit {facts['commit']}, "
            f"{facts['machine']}.", ""]
    for index, (title, suffix, objective, options) in enumerate(SETS):
        chosen = [f for f in files if f.suffix == suffix]
        if not chosen:
            continue
        runs = {}
        for variant in VARIANTS:
            path = args.rows / f"{index}-{variant}.json"
            if not args.reuse:
                measure(chosen, objective, options, variant, path)
            runs[variant] = json.loads(path.read_text())
        letter = "B" if objective == "memory" else "A"
        command = " ".join(command_of(objective, options, "all"))
        page += [f"## {title}", "", f"`{command}`", "",
                 *table(runs, reference, letter), ""]
    args.out.write_text("\n".join(page))


if __name__ == "__main__":
    main()
