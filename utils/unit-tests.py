#!/usr/bin/env python3
"""Runs GoogleTest programs side by side, long ones in shards.

    utils/unit-tests.py BIN RESULTS [--jobs N] [--filter F] [NAME...]

BIN is the folder with the programs, RESULTS gets a file NAME.K.gtest.json for each
shard, or NAME.K.died where a program left none. NAMEs choose programs. Prints what
failed and one line a program; the exit status is 1 when anything failed.
"""

import argparse
import concurrent.futures
import os
import pathlib
import subprocess
import sys

# By their CPU seconds; all others are one piece.
SHARDS = {"SolverTests": 16, "DeviceTests": 2}


def run(program, shard, shards, results, filters):
    out = results / f"{program.name}.{shard}.gtest.json"
    environment = dict(
        os.environ, GTEST_TOTAL_SHARDS=str(shards), GTEST_SHARD_INDEX=str(shard)
    )
    done = subprocess.run(
        [program, "--gtest_brief=1", f"--gtest_output=json:{out}", *filters],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    # A program that dies leaves no results.
    if not out.exists():
        (results / f"{program.name}.{shard}.died").touch()
    if done.returncode:
        print(done.stdout, flush=True)
    return done.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bin", type=pathlib.Path)
    parser.add_argument("results", type=pathlib.Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--filter")
    parser.add_argument("names", nargs="*")
    args = parser.parse_intermixed_args()
    filters = [f"--gtest_filter={args.filter}"] if args.filter else []
    programs = sorted(
        p
        for p in args.bin.resolve().glob("*Tests")
        if not args.names or p.name in args.names
    )
    # The longest first, so that nothing long is left at the end.
    programs.sort(key=lambda p: -SHARDS.get(p.name, 1))
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        runs = {p.name: [] for p in programs}
        for p in programs:
            n = SHARDS.get(p.name, 1)
            for k in range(n):
                runs[p.name].append(
                    pool.submit(run, p, k, n, args.results, filters)
                )
        passed = {name: all(r.result() for r in rs) for name, rs in runs.items()}
    for name, good in passed.items():
        print(f"{name:16} {'passed' if good else 'FAILED'}")
    return 0 if passed and all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
