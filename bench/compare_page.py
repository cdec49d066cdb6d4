#!/usr/bin/env python3
"""Writes docs/comparison.md and docs/plots/*.svg from the JSON of compare.py.

    bench/compare_page.py [--results=JSON] [--docs=FOLDER]
"""

import argparse
import json
import math
import pathlib

import svg

ROOT = pathlib.Path(__file__).resolve().parents[1]
EXACT = {"cp-sat-slots": "CP-SAT, 0/1", "cp-sat": "CP-SAT, intervals",
         "highs": "HiGHS"}
TITLES = {"resources": "Resources and communication",
          "memory": "Peak memory", "loops": "Loops: folded peak memory"}

INTRO = """# Comparison with exact solvers

Written by `bench/compare_page.py` from `bench/results/compare.json`, which
`bench/compare.py` measures; do not edit. All run on the same problem, the tool with
one thread, CP-SAT (OR-Tools {ortools}) with {workers} workers and HiGHS {highspy} with
one thread for {cpu:g} CPU seconds, all threads added, after their models were built,
and hinted with the tool's schedule of effort 0. A machine shared with others thus
favours nobody. Every schedule, theirs too, was evaluated by a program that shares
nothing with the solver (`bench/instance.py`).

`0/1` is the model with a variable "node v starts at most at cycle t", for CP-SAT and
HiGHS; `intervals` the one with integer starts, lifetimes as intervals and cumulative
constraints (without an II only). A star: proven optimal. No entry: not run (HiGHS
and `intervals` on the larger graphs), or no better schedule than the hint was found.
Curves begin at the hint, and are cut at the plot's top; `all`, `descent` (no local
search) and `local search` (no descent) are the tool's at effort {curve}.

Measured on {date} at commit {commit}, {machine}.
"""


def group_of(case):
    return "loops" if case["ii"] else case["objective"]


def groups(data):
    found = {}
    for case in data["cases"].values():
        found.setdefault(group_of(case), []).append(case)
    for cases in found.values():
        cases.sort(key=lambda c: (c["nodes"], c["name"]))
    return {g: found[g] for g in TITLES if g in found}


def efforts_of(cases):
    return sorted({name for c in cases for name in c["runs"]
                   if name.startswith("effort ")})


def best_of(case):
    """The least cost that anything reached, and the best bound."""
    costs = [r["cost"] for r in case["runs"].values() if r["cost"] is not None]
    bounds = [r["bound"] for r in case["runs"].values()
              if r.get("bound") is not None]
    return min(costs), max(bounds)


def cell(run, best):
    if run is None or (run["cost"] is None and not run.get("optimal")):
        return ""
    star = "\\*" if run.get("optimal") else ""
    words = f"{run['cost']}{star}"
    return f"**{words}**" if run["cost"] == best else words


def cost_table(cases):
    efforts = efforts_of(cases)
    exact = [m for m in EXACT if any(m in c["runs"] for c in cases)]
    head = ["instance", "nodes", "edges", "L", "II", *efforts,
            *(EXACT[m] for m in exact), "best bound"]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for case in cases:
        best, bound = best_of(case)
        row = [case["name"], case["nodes"], case["edges"], case["length"],
               case["ii"] or "", *(cell(case["runs"].get(e), best)
                                   for e in efforts),
               *(cell(case["runs"].get(m), best) for m in exact), bound]
        lines.append("| " + " | ".join(map(str, row)) + " |")
    return lines


def seconds_table(cases):
    names = efforts_of(cases) + [m for m in EXACT if any(
        m in c["runs"] for c in cases)]
    lines = ["CPU seconds:", "",
             "| instance | " + " | ".join(EXACT.get(n, n) for n in names) +
             " |", "|" + "---|" * (len(names) + 1)]
    for case in cases:
        cells = [case["runs"].get(n, {}).get("cpu_seconds") for n in names]
        lines.append(f"| {case['name']} | " + " | ".join(
            "" if s is None else f"{s:.1f}" for s in cells) + " |")
    return lines


def parts_table(cases):
    """What the parts reach at the default effort."""
    parts = [n for n in next(iter(cases))["runs"] if n.endswith(", effort 2")]
    parts = sorted(parts, key=lambda n: (n.count("search"), n)) + ["effort 2"]
    lines = ["Parts alone, cost (CPU seconds), at effort 2:", "",
             "| instance | " + " | ".join(
                 "all" if n == "effort 2" else n[:-len(", effort 2")]
                 for n in parts) + " |", "|" + "---|" * (len(parts) + 1)]
    for case in cases:
        runs = [case["runs"].get(n) for n in parts]
        lines.append(f"| {case['name']} | " + " | ".join(
            "" if r is None else f"{r['cost']} ({r['cpu_seconds']:.1f})"
            for r in runs) + " |")
    return lines


def at_equal_time(case, method, effort):
    """Cost of `method` after the CPU seconds that the tool's effort took;
    the hint's where it had found nothing."""
    seconds = case["runs"][effort]["cpu_seconds"]
    costs = [c for t, c in case["runs"][method]["points"] if t <= seconds]
    return min([case["runs"]["effort 0"]["cost"], *costs])


def summary(cases):
    """Who is better at equal CPU seconds."""
    lines = []
    for effort in efforts_of(cases)[1:]:
        for method in EXACT:
            both = [c for c in cases if method in c["runs"]
                    and effort in c["runs"]]
            if not both:
                continue
            ours = [c["runs"][effort]["cost"] for c in both]
            theirs = [at_equal_time(c, method, effort) for c in both]
            mean = math.exp(sum(math.log(b / a) for a, b in zip(ours, theirs))
                            / len(both))
            lines.append(
                f"| {effort} | {EXACT[method]} | "
                f"{sum(a < b for a, b in zip(ours, theirs))} | "
                f"{sum(a == b for a, b in zip(ours, theirs))} | "
                f"{sum(a > b for a, b in zip(ours, theirs))} | "
                f"{100 * (mean - 1):+.1f} % |")
    return ["At equal CPU seconds (the other stopped when the tool's effort was "
            "done):", "", "| tool | other | tool better | equal | other better "
            "| other's mean cost |", "|---|---|---|---|---|---|", *lines]


def anytime(cases, curve):
    """Small multiples of the best cost over CPU seconds."""
    names = {"all": f"effort {curve}", "descent": f"descent, effort {curve}",
             "local search": f"local search, effort {curve}",
             **{EXACT[m]: m for m in EXACT}}
    used = {n: run for n, run in names.items()
            if any(run in c["runs"] for c in cases)}
    width, height, columns = 300, 210, 3
    parts = svg.legend(20, 18, used)
    for k, case in enumerate(cases):
        best, _ = best_of(case)
        lines = {}
        for name, run in used.items():
            points = case["runs"].get(run, {}).get("points", [])
            if points and run in EXACT:
                # The hint is there from the start; better ones count.
                hint = case["runs"]["effort 0"]["cost"]
                points = [[points[0][0], hint],
                          *([t, c] for t, c in points if c < hint)]
            lines[name] = [(max(t, 1e-3), c / best) for t, c in points]
        parts += svg.panel(k % columns * width, 28 + k // columns * height,
                           width, height, case["name"], lines, "CPU seconds",
                           "cost / best known", steps=True,
                           y_limits=(1, limit_of(lines)))
    rows = -(-len(cases) // columns)
    return svg.page(width * columns, 32 + rows * height, parts)


def limit_of(lines):
    """Shows where the curves differ, not where they begin."""
    ends = [line[-1][1] for line in lines.values() if line]
    return max(1.02, min(2.0, 1 + 3 * (max(ends) - 1)))


def by_nodes(found):
    names = {"heuristics": "effort 0", "descent": "descent, effort 2",
             "all": "effort 2", "CP-SAT, 0/1": "cp-sat-slots"}
    parts = svg.legend(20, 18, names)
    for k, (group, cases) in enumerate(found.items()):
        lines = {}
        for name, run in names.items():
            lines[name] = [
                (c["nodes"], c["runs"][run]["cost"] / best_of(c)[0])
                for c in cases if c["runs"].get(run, {}).get("cost")]
        top = max(y for line in lines.values() for _, y in line)
        parts += svg.panel(k * 300, 28, 300, 240, TITLES[group], lines,
                           "nodes", "cost / best known",
                           y_limits=(1, min(1.6, max(1.02, top))))
    return svg.page(300 * len(found), 276, parts)


def slope_of(points):
    xs = [math.log(x) for x, _ in points]
    ys = [math.log(y) for _, y in points]
    x, y = sum(xs) / len(xs), sum(ys) / len(ys)
    return (sum((a - x) * (b - y) for a, b in zip(xs, ys)) /
            sum((a - x) ** 2 for a in xs))


def scaling_section(rows, folder):
    points = [(r["nodes"], r["step_seconds"]) for r in rows]
    lines = {"a descent step": points,
             "whole run, effort 1, no search": [
                 (r["nodes"], r["cpu_seconds"]) for r in rows]}
    parts = svg.legend(20, 18, lines) + svg.panel(
        0, 28, 480, 320, "Layered graphs, one thread", lines, "nodes",
        "CPU seconds", y_log=True)
    (folder / "scaling.svg").write_text(svg.page(480, 352, parts))
    out = ["## Time against nodes", "",
           f"Layered graphs (`bench/generate.py layered`, memory, L = 1.25 depth,"
           f" `--effort=1 --polish=false --start=midpoint`), one thread, "
           f"at commit {', '.join(sorted({r['commit'] for r in rows}))}. The time "
           f"of a step grows as nodes to the power of {slope_of(points):.2f}.", "",
           "![Time against nodes](plots/scaling.svg)", "",
           "| nodes | edges | L | CPU s a step | ns a node and step | whole run, "
           "CPU s | MB | heuristics | cost |", "|" + "---|" * 9]
    for r in rows:
        out.append(f"| {r['nodes']} | {r['edges']} | {r['length']} | "
                   f"{r['step_seconds']:.4f} | "
                   f"{1e9 * r['step_seconds'] / r['nodes']:.0f} | "
                   f"{r['cpu_seconds']:.1f} | {r['MB']:.0f} | "
                   f"{r['heuristic']} | {r['cost']} |")
    return out + [""]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--results", type=pathlib.Path,
                        default=ROOT / "bench/results/compare.json")
    parser.add_argument("--docs", type=pathlib.Path, default=ROOT / "docs")
    args = parser.parse_args()
    data = json.loads(args.results.read_text())
    plots = args.docs / "plots"
    plots.mkdir(parents=True, exist_ok=True)
    facts, found = data["facts"], groups(data)
    lines = [INTRO.format(**facts, **facts["versions"])]
    for group, cases in found.items():
        name = f"anytime-{group}.svg"
        (plots / name).write_text(anytime(cases, facts["curve"]))
        lines += [f"## {TITLES[group]}", "", *cost_table(cases), "",
                  *summary(cases), "", f"![Cost over time](plots/{name})", "",
                  *seconds_table(cases), "", *parts_table(cases), ""]
    (plots / "nodes.svg").write_text(by_nodes(found))
    lines += ["## Cost against nodes", "",
              "The instances above; values beyond the plot's top are cut.", "",
              "![Cost against nodes](plots/nodes.svg)", ""]
    if data["scaling"]:
        lines += scaling_section(data["scaling"], plots)
    (args.docs / "comparison.md").write_text("\n".join(lines).rstrip() + "\n")


if __name__ == "__main__":
    main()
