#!/usr/bin/env python3
"""What judges from outside: sanitizers, fuzzers, and what goes wrong around a program.

    outside.py fuzzers [--runs N] [--record]
    outside.py threads [--record]
    outside.py faults [--runs N] [--record]

fuzzers: utils/fuzz.sh, N inputs each, with every reader, option strings and whole
solves. threads: the unit tests under the thread sanitizer. faults: signals at N times
twelve moments, little memory, few files, closed pipes, locales, numbers of threads.
Exits with 1 if something is found. --record writes bench/results/oracles/KIND.json.
"""

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import common

UTILS = common.ROOT / "utils"


def fuzzers(a):
    fuzz = [UTILS / "fuzz.sh", "--core", "--runs"]
    # Building is not what is counted.
    subprocess.run([*fuzz, "1"], check=True, stdout=subprocess.DEVNULL)
    built = common.seconds()
    done = subprocess.run([*fuzz, str(a.runs)], stdout=subprocess.PIPE, text=True)
    print(done.stdout, end="")
    tried = {name: int(count) for name, count in
             re.findall(r"^fuzz-(\w+): (\d+) inputs", done.stdout, re.M)}
    return done.returncode, built, sum(tried.values()), dict(
        name="Fuzzed inputs",
        subject="Readers of GML, AIGER, GraphML and JSON, option strings, and problems "
                "through the whole solver with the verifier as judge, under address "
                "and undefined sanitizers (libFuzzer).",
        figures={f"inputs of {name}": count for name, count in tried.items()} |
                {"found": done.returncode})


def threads(a):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([UTILS / "sanitize.sh", "thread"],
                              env={**os.environ, "GAUS_RESULTS_DIR": folder})
        results = [json.loads(path.read_text())
                   for path in pathlib.Path(folder).rglob("*.gtest.json")]
    count = sum(r["tests"] for r in results)
    failed = sum(r["failures"] for r in results)
    return done.returncode, 0, count, dict(
        name="Unit tests under the thread sanitizer",
        subject="All unit tests of the build without LLVM; the seconds are those of "
                "the build, too.",
        figures={"failed": failed})


def faults(a):
    wrong = 0
    script = common.ROOT / "test/Tools/Inputs/faults.py"
    tools = {**os.environ,
             "PATH": f"{pathlib.Path(common.tool('x')).parent}:{os.environ['PATH']}"}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        graph = (common.ROOT / "test/Docs/Inputs/small.gml").read_text()
        (folder / "small.gml").write_text(graph)
        text = subprocess.run([common.tool("gaus-translate"), "--import-gml",
                               folder / "small.gml"], capture_output=True, check=True)
        subprocess.run([common.tool("gaus-opt"), "--gaus-schedule=effort=0", "-o",
                        folder / "s.mlir"], input=text.stdout, check=True)
        for seed in range(a.runs):
            done = subprocess.run([sys.executable, script, folder, str(seed)],
                                  env=tools, capture_output=True, text=True)
            wrong += done.returncode != 0
            if done.returncode:
                print(f"seed {seed}: {done.stderr[-1000:]}")
    return wrong > 0, 0, a.runs * 12, dict(
        name="Faults from outside",
        subject="SIGINT and SIGTERM at random moments of gaus-bench and gaus-opt, and "
                "beside them little memory, few files, closed pipes, locales, and 1 to "
                "64 threads: exit codes, whole files, the same schedules. The inputs "
                "are the signals.",
        figures={"rounds that are wrong": wrong})


KINDS = {"fuzzers": (fuzzers, 20000), "threads": (threads, 0), "faults": (faults, 10)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--record", action="store_true")
    a = parser.parse_args()
    judge, runs = KINDS[a.kind]
    a.runs = runs if a.runs is None else a.runs
    code, before, tried, result = judge(a)
    print(f"{result['figures']}, {tried} inputs, "
          f"{common.seconds() - before:.0f} CPU seconds")
    if a.record:
        count = f" --runs {a.runs}" if runs else ""
        common.record(a.kind, a, tried, f"outside.py {a.kind}{count}",
                      since=before, **result)
    sys.exit(bool(code))


if __name__ == "__main__":
    main()
