#!/usr/bin/env python3
"""What a sweep costs beside its solves: many small ones on the cores of this machine.

    build/venv/bin/python bench/sweeps.py [--solves 1000] [--nodes 40]

Prints what the start of the workers takes, then the share of the cores' time that
went into solves, and that of the processor time of all processes, which other programs
on the machine do not change.
"""

import argparse
import os
import time

import numpy as np

import gaus
from gaus import sweeps


def layered(seed, nodes):
    random = np.random.default_rng(seed)
    edges = sorted({(int(random.integers(max(0, j - 12), j)), j)
                    for j in range(1, nodes) for _ in range(2)})
    return gaus.Problem(random.integers(1, 4, nodes), edges,
                        width=random.integers(1, 33, nodes), name=f"layered{seed}")


def cpu_seconds(client):
    """Of this process, where the scheduler is, too, and of the workers."""
    return time.process_time() + sum(client.run(time.process_time).values())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solves", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=40)
    args = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    grid = {"objective": ["memory", "resources"], "length": [1.0, 1.1, 1.25, 1.5, 2.0],
            "effort": [1]}
    problems = [layered(k, args.nodes) for k in range(args.solves // 10)]
    begin, cpu = time.monotonic(), time.process_time()
    with sweeps._connected(None) as client:
        start, start_cpu = time.monotonic() - begin, cpu_seconds(client) - cpu
        begin, cpu = time.monotonic(), cpu_seconds(client)
        frame = gaus.sweep(problems, grid, client=client)
        wall, cpu = time.monotonic() - begin, cpu_seconds(client) - cpu
    solves = frame["cpu_seconds"].sum()
    print(f"start of {cores} workers: {start:.1f} s, {start_cpu:.1f} CPU seconds")
    print(f"{len(frame)} solves, {int(frame['error'].notna().sum())} without a schedule; "
          f"{1000 * solves / len(frame):.1f} ms each")
    print(f"{wall:.1f} s on {cores} cores: {100 * solves / (wall * cores):.1f} % of "
          "the cores' time in solves")
    print(f"{cpu:.1f} CPU seconds: {100 * solves / cpu:.1f} % in solves")


if __name__ == "__main__":
    main()
