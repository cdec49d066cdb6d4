#!/usr/bin/env python3
"""What parts of the portfolio are worth, at matched CPU time and over seeds.

    bench/ablate.py FILE... [--out PAGE] [--rows JSON] [--variants FILE,...]

Runs the tools from build/ on each graph with L = depth and writes
docs/ablation.md: the local search alone with twice and four times its work (its
CPU seconds are stated beside those of the whole), single starts, and five seeds;
descent and local search from the same start, by the steps gaus-annotate,
gaus-relax and gaus-commit; and other ways to do the descent (bench/variants.py, on
the graphs of --variants). What is measured stays in JSON (default
bench/results/ablate.json), and only what is missing there is measured; needs
Python with numpy.
"""

import argparse
import datetime
import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile

from performance import ROOT, commit, machine

VARIANTS = {
    "all": [],
    "no gradient": ["--gradient=false"],
    "no gradient, effort 3": ["--gradient=false", "--effort=3"],
    "no gradient, effort 4": ["--gradient=false", "--effort=4"],
    "no polish": ["--polish=false"],
    "no windows": ["--windows=false"],
    "start midpoint": ["--start=midpoint"],
    "start flow": ["--start=flow"],
    "start list": ["--start=list"],
}
SEEDS = range(5)


BIN = ROOT / "build/bin"
# Title, start of gaus-annotate.
STARTS = ["midpoint", "list", "flow"]
# Column -> effort of gaus-relax (0 = none), effort of gaus-commit's local search.
STEPS = {
    "rounding alone": (0, 0),
    "descent, effort 2": (2, 0),
    "descent, effort 5": (5, 0),
    "search, effort 1": (0, 1),
    "search, effort 2": (0, 2),
    "descent 2, then search 1": (2, 1),
}


def run(files, objective, options):
    with tempfile.TemporaryDirectory() as folder:
        rows = pathlib.Path(folder) / "rows.json"
        subprocess.run([BIN / "gaus-bench", *files,
                        f"--objective={objective}", "--length=1x",
                        "--node-latency=1", f"--json={rows}", *options],
                       check=True, stdout=subprocess.DEVNULL)
        return json.loads(rows.read_text())


def portfolio(objective, files):
    return {"runs": {name: run(files, objective, options)
                     for name, options in VARIANTS.items()},
            "seeds": [run(files, objective, [f"--seed={s}"]) for s in SEEDS]}


def opt(text, *passes):
    """(output, CPU seconds) of gaus-opt."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([BIN / "gaus-opt", "-", *passes], input=text,
                          check=True, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return done.stdout, (after.ru_utime - before.ru_utime +
                         after.ru_stime - before.ru_stime)


def steps_from(text, objective, start, relax, search):
    """Cost and CPU seconds of the steps' work, without reading and writing."""
    common = f"objective={objective} threads=1"
    text, _ = opt(text, f"--gaus-annotate={common} length=1x start={start}")
    _, idle = opt(text)
    seconds = 0
    if relax:
        text, took = opt(text, f"--gaus-relax={common} effort={relax}")
        seconds += took - idle
    polish = f"polish=true effort={search}" if search else "polish=false"
    text, took = opt(text, f"--gaus-commit={common} {polish}")
    seconds += took - idle
    return int(re.search(r"gaus\.cost = (\d+)", text)[1]), max(0.0, seconds)


def warm_starts(objective, files):
    table = {}
    for path in map(pathlib.Path, files):
        kind = {".aig": "aiger", ".gml": "gml"}[path.suffix]
        text = subprocess.run(
            [BIN / "gaus-translate", f"--import-{kind}", path,
             "--node-latency=1"], check=True, capture_output=True,
            text=True).stdout
        table[path.stem] = {
            start: {name: steps_from(text, objective, start, *efforts)
                    for name, efforts in STEPS.items()} for start in STARTS}
        print(objective, path.stem, table[path.stem], flush=True)
    return table


def descent_variants(files):
    script = pathlib.Path(__file__).with_name("variants.py")
    done = subprocess.run([sys.executable, script, *files], check=True,
                          stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def portfolio_section(data):
    runs, seeds = data["runs"], data["seeds"]
    names = [row["name"] for row in runs["all"]]
    lines = ["Cost (CPU seconds).", "",
             "| variant | " + " | ".join(names) + " |",
             "|" + "---|" * (len(names) + 1)]
    for name, rows in runs.items():
        lines.append(f"| {name} | " + " | ".join(
            f"{r['cost']} ({r['cpu_seconds']:.1f})" for r in rows) + " |")
    spread = [sorted(rows[k]["cost"] for rows in seeds)
              for k in range(len(names))]
    lines.append("| five seeds: least, median, most | " + " | ".join(
        f"{s[0]}, {s[2]}, {s[4]}" for s in spread) + " |")
    lines.append("| bound | " + " | ".join(
        str(r["bound"]) for r in runs["all"]) + " |")
    return lines + [""]


def warm_section(table):
    lines = ["| graph | start | " + " | ".join(STEPS) + " |",
             "|" + "---|" * (len(STEPS) + 2)]
    for name, starts in table.items():
        for start, cells in starts.items():
            least = min(cost for cost, _ in cells.values())
            lines.append(f"| {name} | {start} | " + " | ".join(
                f"{'**' if cost == least else ''}{cost}"
                f"{'**' if cost == least else ''} ({seconds:.1f})"
                for cost, seconds in (cells[c] for c in STEPS)) + " |")
    return lines + [""]


WARM = """## Descent and local search from the same start

One descent and one local search from one start and nothing else: `gaus-annotate`
gives the start, `gaus-relax` the descent (one replica), `gaus-commit` rounds,
legalises and, where it says search, searches. Cost (CPU seconds without reading and
writing); the least of a row is bold. `list` is the best schedule of the heuristics.
`rounding alone` is the start's own roundings: what legalisation gives without any
descent.
"""

VARIANTS_OF_DESCENT = """## Other ways to do the descent

`bench/variants.py`, a numpy program with everything else equal (start in the middle
of the windows, 500 steps, roundings every ten, the better of the penalty factors 1
and 10), no local search. `tool's` is the method of [descent.md](method/descent.md):
scheduled stddev, augmented Lagrangian, the softmax's last use. `rounding alone` has
no descent. `penalty alone` leaves the multipliers out. `projected` replaces the
forces by a projection after each step: the mean of the least legal later and the
least legal earlier means. `reparametrised` has no constraint left: a start is the
predecessors' finish plus the softplus of a parameter. `learned stddev` descends on
the logarithm of the stddev, too, from the same first one. `Clark` takes mean and
stddev of the last use from Clark's moments of a maximum, with all their derivatives.
"""


def variants_section(rows):
    lines = [VARIANTS_OF_DESCENT]
    names = list(rows[0]["costs"])
    lines += ["| graph | objective | " + " | ".join(names) + " |",
              "|" + "---|" * (len(names) + 2)]
    for row in rows:
        least = min(row["costs"].values())
        lines.append(f"| {row['name']} | {row['objective']} | " + " | ".join(
            "" if n not in row["costs"] else
            f"**{row['costs'][n]}**" if row["costs"][n] == least else
            str(row["costs"][n]) for n in names) + " |")
    return lines + [""]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--variants", default="")
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "docs/ablation.md")
    parser.add_argument("--rows", type=pathlib.Path,
                        default=ROOT / "bench/results/ablate.json")
    args = parser.parse_args()
    data = json.loads(args.rows.read_text()) if args.rows.exists() else {}
    args.rows.parent.mkdir(parents=True, exist_ok=True)

    def have(key, measure, *inputs):
        if key not in data:
            data[key] = {"rows": measure(*inputs), "commit": commit(),
                         "date": datetime.date.today().isoformat()}
            args.rows.write_text(json.dumps(data, sort_keys=True) + "\n")
        found = data[key]
        return found["rows"], (f"Measured on {found['date']} at commit "
                               f"{found['commit']}, {machine()}.")

    page = ["# What each part is worth", "",
            "Written by `bench/ablate.py`; do not edit. Every schedule passed the "
            "exact verifier. L = depth, latency 1.", "",
            "## The portfolio with parts switched off", ""]
    for objective in ("memory", "resources"):
        rows, when = have(f"portfolio {objective}", portfolio, objective,
                          args.files)
        page += [f"### {objective}", "", when + " Both cores.", "",
                 *portfolio_section(rows)]
    page.append(WARM)
    for objective in ("memory", "resources"):
        rows, when = have(f"warm {objective}", warm_starts, objective,
                          args.files)
        page += [f"### {objective}, same start", "", when, "",
                 *warm_section(rows)]
    if args.variants or "variants" in data:
        rows, when = have("variants", descent_variants,
                          args.variants.split(","))
        section = variants_section(rows)
        page += [section[0], when, "", *section[1:]]
    args.out.write_text("\n".join(page).rstrip() + "\n")


if __name__ == "__main__":
    main()
