"""What parts of the portfolio are worth, at matched CPU time and over seeds.

    bench/ablate.py FILE... [--out PAGE]

Runs gaus-bench from build/ on each graph with L = depth and writes
docs/ablation.md: the local search alone with twice and four times its work (its
CPU seconds are stated beside those of the whole), single starts, and five seeds.
"""

import argparse
import datetime
import json
import pathlib
import subprocess
import tempfile

from performance import ROOT, commit, machine

VARIANTS = {
    "all": [],
    "no gradient": ["--gradient=false"],
    "no gradient, effort 3": ["--gradient=false", "--effort=3"],
    "no gradient, effort 4": ["--gradient=false", "--effort=4"],
    "no polish": ["--polish=false"],
    "start midpoint": ["--start=midpoint"],
    "start flow": ["--start=flow"],
    "start list": ["--start=list"],
}
SEEDS = range(5)


def run(files, objective, options):
    with tempfile.TemporaryDirectory() as folder:
        rows = pathlib.Path(folder) / "rows.json"
        subprocess.run([ROOT / "build/bin/gaus-bench", *files,
                        f"--objective={objective}", "--length=1x",
                        "--node-latency=1", f"--json={rows}", *options],
                       check=True, stdout=subprocess.DEVNULL)
        return json.loads(rows.read_text())


def section(objective, files):
    runs = {name: run(files, objective, options)
            for name, options in VARIANTS.items()}
    seeds = [run(files, objective, [f"--seed={s}"]) for s in SEEDS]
    names = [row["name"] for row in runs["all"]]
    lines = [f"## {objective}", "", "Cost (CPU seconds).", "",
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "docs/ablation.md")
    args = parser.parse_args()
    page = ["# What each part is worth", "",
            "Written by `bench/ablate.py`; do not edit. Every schedule passed the "
            "exact verifier. L = depth, latency 1.", "",
            f"Measured on {datetime.date.today().isoformat()} at commit "
            f"{commit()}, {machine()}.", ""]
    for objective in ("memory", "resources"):
        page += section(objective, args.files)
    args.out.write_text("\n".join(page))


if __name__ == "__main__":
    main()
