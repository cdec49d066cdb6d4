"""Schedules small real inputs with gaus-bench and checks every CSV file.

    check_bench.py SHARED OUT [--all]

SHARED holds bench/ and check_schedule.py. Formulations A and B at the least
length, A with latency 0 in 10 cycles for the random workloads. With --all every
file of bench/ is used, at the default effort. Exits with 1 on any difference.
"""

import json
import pathlib
import subprocess
import sys

# Searched at effort 1, or scheduled by the heuristics alone.
SEARCHED = ["ctrl.aig", "router.aig", "rand_graph_sparse_1000_1.gml"]
LISTED = ["int2float.aig", "rand_graph_1000_1.gml"]


def bench(files, out, options):
    rows = out / "rows.json"
    run = subprocess.run(
        ["gaus-bench", *map(str, files), f"--csv-dir={out}", f"--json={rows}",
         *options], capture_output=True, text=True)
    print(run.stdout, end="", flush=True)
    assert run.returncode == 0, run.stderr
    return json.loads(rows.read_text())


def check(shared, file, out, row, options):
    run = subprocess.run(
        [sys.executable, shared / "check_schedule.py", file,
         out / f"{file.stem}.csv", "--L", str(row["length"]), *options],
        capture_output=True, text=True)
    answer = json.loads(run.stdout)
    good = answer["feasible"] and answer["objective"] == row["cost"]
    if not good:
        print(f"{file.name}: cost {row['cost']}, checked as {run.stdout}")
    return good


def main():
    shared, out = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    whole = "--all" in sys.argv[3:]
    files = [f for f in sorted(shared.glob("bench/*/*.*"))
             if f.suffix in (".aig", ".gml") and
             (whole or f.name in SEARCHED + LISTED)]
    assert len(files) >= len(SEARCHED + LISTED), "no inputs"
    runs = []
    for effort, chosen in (("2", files),) if whole else (
            ("1", [f for f in files if f.name in SEARCHED]),
            ("0", [f for f in files if f.name in LISTED])):
        random = [f for f in chosen if f.suffix == ".gml"]
        at, fixed = ["--length=1x", "--node-latency=1"], ["--length=10",
                                                          "--node-latency=0"]
        runs += [("A", chosen, "resources", [*at, f"--effort={effort}"], "1"),
                 ("B", chosen, "memory", [*at, f"--effort={effort}"], "1"),
                 ("A", random, "resources", [*fixed, f"--effort={effort}"], "0")]
    bad = 0
    for k, (form, chosen, objective, options, latency) in enumerate(runs):
        folder = out / str(k)
        rows = bench(chosen, folder, [f"--objective={objective}", *options])
        assert len(rows) == len(chosen)
        for file, row in zip(chosen, rows):
            bad += not check(shared, file, folder, row, [
                "--formulation", form, "--latency", latency])
    print(f"{bad} of {sum(len(r[1]) for r in runs)} schedules differ")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
