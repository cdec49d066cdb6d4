"""What a sweep costs beside its solves: many small ones on the cores of this machine.

    build/venv/bin/python bench/sweeps.py [--solves 1000] [--nodes 40]

Prints the share of the cores' time that went into solves, from the start of the first
worker to the end of the last; and of the processor time of all processes, which other
programs on the machine do not change.
"""

import argparse
import os
import resource
import time

import numpy as np

import gaus


def layered(seed, nodes):
    random = np.random.default_rng(seed)
    edges = sorted({(int(random.integers(max(0, j - 12), j)), j)
                    for j in range(1, nodes) for _ in range(2)})
    return gaus.Problem(random.integers(1, 4, nodes), edges,
                        width=random.integers(1, 33, nodes), name=f"layered{seed}")


def cpu_seconds():
    """Of this process and of all that have ended below it."""
    uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF,
                                                resource.RUSAGE_CHILDREN)]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--solves", type=int, default=1000)
    parser.add_argument("--nodes", type=int, default=40)
    args = parser.parse_args()
    cores = len(os.sched_getaffinity(0))
    grid = {"objective": ["memory", "resources"], "length": [1.0, 1.1, 1.25, 1.5, 2.0],
            "effort": [1]}
    problems = [layered(k, args.nodes) for k in range(args.solves // 10)]
    begin, cpu = time.monotonic(), cpu_seconds()
    frame = gaus.sweep(problems, grid)
    wall, cpu = time.monotonic() - begin, cpu_seconds() - cpu
    solves = frame["cpu_seconds"].sum()
    print(f"{len(frame)} solves, {int(frame['error'].notna().sum())} without a schedule; "
          f"{1000 * solves / len(frame):.1f} ms each")
    print(f"{wall:.1f} s on {cores} cores: {100 * solves / (wall * cores):.1f} % of "
          "the cores' time in solves")
    print(f"{cpu:.1f} CPU seconds: {100 * solves / cpu:.1f} % in solves")


if __name__ == "__main__":
    main()
