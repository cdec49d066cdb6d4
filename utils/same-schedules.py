#!/usr/bin/env python3
"""Are two builds' schedules the same, bit for bit, and their times alike?

    utils/same-schedules.py record OUT.json [INPUT...] [--bin DIR] [--whole]
    utils/same-schedules.py compare BEFORE.json AFTER.json
    utils/same-schedules.py times BIN_BEFORE BIN_AFTER [INPUT...] [--rounds N]

record: schedules every input by every objective and effort with the tools in DIR
(default: build/bin) and keeps, of each run, a hash of starts, cost, bound and
method (of programs: of the whole output and the remarks). Inputs: random problems
with everything that docs/spec.md knows, random loops and circuits, the programs of
test/, and each INPUT (.aig, .gml, .json). Efforts 0 to 2, up to 1,200
nodes; --whole: 0 to 3, up to 6,000 nodes. What the heuristics leave without a schedule
is compared at effort 0 alone. The length is twice the least one without limits: of a
problem with limits it is asked for in cycles, so that it does not depend on what is
found under them.

compare: names the runs that differ; the exit status is 1 if any does. With a
difference it says which cost is better.

times: CPU seconds of runs in pairs, one build's after the other's, N rounds
(default: 3); the least of each and their ratio.
"""

import argparse
import concurrent.futures
import hashlib
import json
import math
import os
import pathlib
import random
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
OBJECTIVES = ("resources", "memory", "latency")


def random_problem(seed):
    """Small, with any mix of lags, distances, windows, limits and widths."""
    r = random.Random(seed)
    n = r.randint(3, 60)
    has = {f: r.random() < 0.4 for f in
           ("lags", "distances", "windows", "limits", "occupancy", "widths")}
    p = {"name": f"random-{seed}", "latency": [r.randint(0, 4) for _ in range(n)],
         "cls": [r.randint(0, 2) for _ in range(n)],
         "weight": [r.randint(1, 3) for _ in range(n)]}
    edges = [(r.randrange(i), i) for i in range(1, n) for _ in range(r.randint(0, 2))]
    p["src"], p["dst"] = [list(x) for x in zip(*edges)] if edges else ([], [])
    p["comm"] = [r.randint(0, 9) for _ in edges]
    if has["lags"]:
        p["lag"] = [r.randint(-1, 3) for _ in edges]
    if has["distances"]:
        p["dist"] = [0] * len(edges)
        for _ in range(r.randint(1, 3)):
            a, b = sorted((r.randrange(n), r.randrange(n)))
            for key, value in (("src", b), ("dst", a), ("dist", r.randint(1, 3)),
                               ("comm", 1)):
                p[key].append(value)
            if has["lags"]:
                p["lag"].append(0)
    if has["windows"]:
        p["earliest"] = [r.choice((0, 0, 0, r.randint(0, 8))) for _ in range(n)]
    if has["limits"]:
        p["limits"] = {str(c): r.randint(3, 8) for c in range(3)}
    if has["occupancy"]:
        p["occupancy"] = [r.randint(1, 3) for _ in range(n)]
    if has["widths"]:
        p["width"] = [r.choice((0, 1, 8, 32)) for _ in range(n)]
    return p


def write_inputs(folder, whole):
    """The problems that are made here; returns their paths."""
    for seed in range(120 if whole else 40):
        path = folder / f"random-{seed}.json"
        path.write_text(json.dumps(random_problem(seed)))
    generate = [sys.executable, ROOT / "bench/generate.py"]
    for kind, n in (("layered", 300), ("chains", 300), ("layered", 1100)) + (
            (("layered", 5000), ("chains", 6000)) if whole else ()):
        subprocess.run([*generate, kind, str(n), folder / f"{kind}-{n}.aig"],
                       check=True)
    loops = folder / "loops"
    loops.mkdir()
    subprocess.run([*generate, "loops", "30" if whole else "12", loops, "--most",
                    "400" if whole else "120"], check=True, capture_output=True)
    return sorted(folder.glob("**/*.json")) + sorted(folder.glob("**/*.aig"))


def nodes_of(path, tools):
    out = subprocess.run([tools / "gaus-translate", "--export-json", path],
                         capture_output=True, text=True)
    return len(json.loads(out.stdout)["latency"]) if out.returncode == 0 else 0


def cpu_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def digest(*parts):
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:24]


def solve(tools, path, options):
    """A hash of what a run of gaus-bench says about starts and bounds."""
    with tempfile.TemporaryDirectory() as folder:
        rows = pathlib.Path(folder) / "rows.json"
        run = subprocess.run(
            [tools / "gaus-bench", path, f"--csv-dir={folder}", f"--json={rows}",
             *options], capture_output=True, text=True)
        if run.returncode != 0:
            return {"hash": digest("error", run.stderr.replace(str(path), "")),
                    "cost": None}
        row = json.loads(rows.read_text())[0]
        starts = "".join(sorted(
            f.read_text() for f in pathlib.Path(folder).glob("*.csv")))
        kept = {k: v for k, v in row.items()
                if "seconds" not in k and k not in ("path", "file", "MB")}
        return {"hash": digest(starts, json.dumps(kept, sort_keys=True)),
                "cost": row.get("cost")}


def annotate(tools, path, options):
    """The same of gaus-opt on a program: its whole output."""
    run = subprocess.run(
        [tools / "gaus-opt", "--allow-unregistered-dialect", path,
         f"--gaus-schedule={' '.join(o.lstrip('-') for o in options)}",
         "--remarks-filter=gaus.*"], capture_output=True, text=True)
    return {"hash": digest(str(run.returncode), run.stdout, run.stderr),
            "cost": None}


def length_of(path, tools):
    """Twice the least length; of a problem with limits, without them, in cycles."""
    problem = json.loads(path.read_text()) if path.suffix == ".json" else {}
    if not problem.get("limits"):
        return "2x"
    with tempfile.TemporaryDirectory() as folder:
        free = pathlib.Path(folder) / "free.json"
        rows = pathlib.Path(folder) / "rows.json"
        free.write_text(json.dumps({**problem, "limits": {}}))
        run = subprocess.run(
            [tools / "gaus-bench", free, "--objective=latency", "--effort=0",
             f"--json={rows}"], capture_output=True, text=True)
        if run.returncode != 0:
            return "2x"
        return str(2 * json.loads(rows.read_text())[0]["length"])


def options_of(objective, effort, backend="cpu", length="2x"):
    return [f"--objective={objective}", f"--effort={effort}",
            f"--backend={backend}", "--threads=1", f"--length={length}"]


def quick_key(job):
    """The key of the same input's run without a search."""
    name, objective = job[0].split(" ")[:2]
    return f"{name} {objective} 0"


def jobs_of(args, folder):
    """(key, function, path, options) of the runs without a search, and the others."""
    most = 6000 if args.whole else 1200
    inputs = write_inputs(folder, args.whole)
    given = [pathlib.Path(p) for p in args.inputs]
    inputs += [p for p in given if nodes_of(p, args.bin) <= most]
    programs = sorted((ROOT / "test").glob("**/*.mlir"))
    lengths = {path: length_of(path, args.bin) for path in inputs}

    def job(path, objective, effort, backend="cpu"):
        simt = " simt" if backend == "simt" else ""
        return (f"{path.stem} {objective} {effort}{simt}", solve, path,
                options_of(objective, effort, backend, lengths[path]))

    first = [job(path, o, 0) for o in OBJECTIVES for path in inputs]
    rest = [job(path, o, effort) for o in OBJECTIVES
            for effort in range(1, 4 if args.whole else 3) for path in inputs]
    few = inputs[:30 if args.whole else 6]
    rest += [job(path, o, 1, "simt") for o in OBJECTIVES for path in few]
    rest += [(f"{path.relative_to(ROOT)} {o} 1", annotate, path, options_of(o, 1))
             for o in OBJECTIVES for path in programs]
    return first, rest


def record(args):
    def run(job):
        key, function, path, options = job
        return key, function(args.bin, path, options)

    with tempfile.TemporaryDirectory() as name:
        first, rest = jobs_of(args, pathlib.Path(name))
        begin = cpu_seconds()
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            found = dict(pool.map(run, first))
            found |= pool.map(run, [
                job for job in rest
                if job[1] is annotate or found[quick_key(job)]["cost"] is not None])
    document = {"cpu_seconds": round(cpu_seconds() - begin, 1), "runs": found}
    pathlib.Path(args.out).write_text(json.dumps(document, indent=1) + "\n")
    print(f"{len(found)} runs, {document['cpu_seconds']} CPU s")
    return 0


def compare(args):
    before, after = (json.loads(pathlib.Path(p).read_text())
                     for p in (args.before, args.after))
    old, new = before["runs"], after["runs"]
    common = old.keys() & new.keys()
    different = sorted(k for k in common if old[k]["hash"] != new[k]["hash"])
    for key in different:
        a, b = old[key]["cost"], new[key]["cost"]
        known = a is not None and b is not None
        print(f"{key}: {a} -> {b}" if known and a != b else f"{key}: differs")
    print(f"{len(common)} runs in both, {len(different)} differ; "
          f"CPU {before['cpu_seconds']} s -> {after['cpu_seconds']} s")
    return 1 if different or not common else 0


def times(args):
    with tempfile.TemporaryDirectory() as name:
        inputs = [pathlib.Path(p) for p in args.inputs] or write_inputs(
            pathlib.Path(name), False)[-8:]
        product = count = 0
        for path in inputs:
            for objective in ("resources", "memory"):
                best = [math.inf, math.inf]
                for _ in range(args.rounds):
                    for k, tools in enumerate((args.before, args.after)):
                        begin = cpu_seconds()
                        solve(pathlib.Path(tools), path, options_of(objective, 2))
                        best[k] = min(best[k], cpu_seconds() - begin)
                print(f"{path.stem} {objective}: {best[0]:.2f} s -> {best[1]:.2f} s")
                product += math.log(best[1] / best[0])
                count += 1
    print(f"geometric mean of the ratios: {math.exp(product / count):.3f}")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    what = parser.add_subparsers(required=True)
    one = what.add_parser("record")
    one.add_argument("out")
    one.add_argument("--bin", type=pathlib.Path, default=ROOT / "build/bin")
    one.add_argument("--jobs", type=int, default=os.cpu_count())
    one.add_argument("--whole", action="store_true")
    one.add_argument("inputs", nargs="*")
    one.set_defaults(run=record)
    two = what.add_parser("compare")
    two.add_argument("before")
    two.add_argument("after")
    two.set_defaults(run=compare)
    three = what.add_parser("times")
    three.add_argument("before")
    three.add_argument("after")
    three.add_argument("--rounds", type=int, default=3)
    three.add_argument("inputs", nargs="*")
    three.set_defaults(run=times)
    args = parser.parse_args()
    return args.run(args)


if __name__ == "__main__":
    sys.exit(main())
