#!/usr/bin/env python3
"""Makes small problems of the kinds that people have, as JSON.

    bench/problems.py KIND FOLDER COUNT [--size=N] [--seed=S]

KIND: `project` (activities of 1 to 10 cycles under four limits, with the parameters of
Kolisch, Sprecher and Drexl, Management Science 41, 1995: network complexity 1.5, 1.8 or
2.1, resource factor 0.25 to 1, resource strength 0.2 to 1), `shop` (a job shop: N jobs on
N machines, 1 to 99 cycles each), `mixed` (anything: a length, an II with recurrences,
occupancy, several units, windows, lags, widths, prices), `loop` (loop bodies at their
least II with limits and widths), `serial` (one operation at a time, values of one
width). The same SEED makes the same files.
"""

import argparse
import json
import pathlib
import random


def network(n, complexity, rng):
    """Edges of an acyclic network without redundant ones, by levels."""
    level = sorted(rng.randint(0, max(2, n // 4)) for _ in range(n))
    reach, edges = [set() for _ in range(n)], set()
    wanted = int(complexity * n)
    for _ in range(40 * wanted):
        if len(edges) >= wanted:
            break
        i, j = rng.randrange(n), rng.randrange(n)
        if level[i] >= level[j] or level[j] - level[i] > n // 4 + 1:
            continue
        if j in reach[i] or any(j in reach[k] for k in reach[i]):
            continue
        edges.add((i, j))
        above = [k for k in range(n) if i in reach[k]] + [i]
        for k in above:
            reach[k] |= reach[j] | {j}
    # What follows from the others goes.
    return sorted((i, j) for i, j in edges
                  if not any(j in reach[k] for k in reach[i] if k != j))


def project(n, rng):
    complexity = rng.choice([1.5, 1.8, 2.1])
    factor = rng.choice([0.25, 0.5, 0.75, 1.0])
    strength = rng.choice([0.2, 0.5, 0.7, 1.0])
    edges = network(n, complexity, rng)
    latency = [rng.randint(1, 10) for _ in range(n)]
    uses = []
    for _ in range(n):
        used = rng.sample(range(4), max(1, round(4 * factor)))
        uses.append([[r, rng.randint(1, 10)] for r in sorted(used)])
    start = [0] * n
    for i, j in edges:  # nodes are in topological order
        start[j] = max(start[j], start[i] + latency[i])
    limits = {}
    for r in range(4):
        units = [dict(u).get(r, 0) for u in uses]
        least = max(units + [1])
        most = max((sum(u for u, s, t in zip(units, start, latency)
                        if s <= d < s + t)
                    for d in range(max(s + t for s, t in zip(start, latency)))),
                   default=1)
        limits[r] = max(least, round(least + strength * (most - least)))
    return {"latency": latency, "occupancy": latency, "uses": uses,
            "src": [i for i, _ in edges], "dst": [j for _, j in edges],
            "limits": limits, "objective": "latency"}


def shop(n, rng):
    latency, uses, src, dst = [], [], [], []
    for _ in range(n):
        for k, machine in enumerate(rng.sample(range(n), n)):
            if k:
                src.append(len(latency) - 1)
                dst.append(len(latency))
            latency.append(rng.randint(1, 99))
            uses.append([[machine, 1]])
    return {"latency": latency, "occupancy": latency, "uses": uses, "src": src,
            "dst": dst, "limits": {r: 1 for r in range(n)},
            "objective": "latency"}


def graph(n, rng, distances):
    """A layered graph of operations; with distances recurrences, too."""
    latency = [rng.choice([1, 1, 1, 2, 3, 4]) for _ in range(n)]
    src, dst, dist = [], [], []
    for j in range(1, n):
        for i in {rng.randint(max(0, j - 12), j - 1)
                  for _ in range(rng.choice([0, 1, 1, 2, 2, 2]))}:
            src.append(i)
            dst.append(j)
            dist.append(0)
    for _ in range(max(1, n // 12) if distances else 0):
        j = rng.randrange(n)
        src.append(rng.randint(j, min(n - 1, j + 6)))
        dst.append(j)
        dist.append(rng.choice([1, 1, 2, 3]))
    return latency, src, dst, dist


def starts_of(latency, src, dst, dist, ii):
    """Earliest starts, or none where the interval is too small."""
    start = [0] * len(latency)
    for _ in range(len(latency) + 1):
        changed = False
        for i, j, k in zip(src, dst, dist):
            if start[i] + latency[i] - ii * k > start[j]:
                start[j] = start[i] + latency[i] - ii * k
                changed = True
        if not changed:
            return start
    return None


def mixed(n, rng):
    pipelined = rng.random() < 0.5
    latency, src, dst, dist = graph(n, rng, pipelined)
    kinds = rng.randint(1, 3)
    occupancy = [t if rng.random() < 0.2 else 1 for t in latency]
    uses = [[[rng.randrange(kinds), rng.choice([1, 1, 1, 2])]]
            for _ in range(n)]
    ii, start = 0, None
    while start is None:
        ii += pipelined
        start = starts_of(latency, src, dst, dist, ii)
    depth = max(s + t for s, t in zip(start, latency))
    limits = {}
    for r in range(kinds):
        work = sum(u[0][1] * o for u, o in zip(uses, occupancy)
                   if u[0][0] == r)
        if rng.random() < 0.7:
            limits[r] = max(2, -(-work // (ii * 1 if pipelined else depth)))
    document = {"latency": latency, "occupancy": occupancy, "uses": uses,
                "width": [rng.choice([1, 8, 16, 32, 32]) for _ in range(n)],
                "src": src, "dst": dst, "dist": dist, "limits": limits,
                "prices": {r: rng.randint(1, 4) for r in range(kinds)},
                "lag": [rng.choice([0, 0, 0, 0, 1]) if k == 0 else 0
                        for k in dist],
                "objective": rng.choice(["latency", "memory", "resources"])}
    if pipelined:
        document["II"] = "auto"
    if document["objective"] != "latency":
        document["factor"] = rng.choice(["1x", "1.1x", "1.25x", "1.5x"])
    return document


def loop(n, rng):
    latency, src, dst, dist = graph(n, rng, True)
    uses = [[[rng.randrange(3), 1]] for _ in range(n)]
    limits = {r: rng.randint(1, 3) for r in range(3)}
    return {"latency": latency, "uses": uses, "src": src, "dst": dst,
            "dist": dist, "limits": limits, "II": "auto",
            "width": [rng.choice([8, 32]) for _ in range(n)],
            "objective": "memory", "factor": "1.1x"}


def serial(n, rng):
    _, src, dst, dist = graph(n, rng, False)
    return {"latency": [1] * n, "uses": [[[0, 1]]] * n, "src": src,
            "dst": dst, "dist": dist, "limits": {0: 1}, "width": [1] * n,
            "objective": "memory", "factor": "1x"}


KINDS = {"project": (project, 30), "shop": (shop, 10), "mixed": (mixed, 40),
         "loop": (loop, 40), "serial": (serial, 20)}


def make(kind, size, seed):
    """The problem of a seed, as a document of docs/formats.md with what is to be
    asked: `objective`, `II` may be "auto", `factor` is a length."""
    rng = random.Random("%s %d %d" % (kind, size, seed))
    document = KINDS[kind][0](size, rng)
    document["name"] = "%s-%d-%d" % (kind, size, seed)
    return document


def options(document):
    """The problem without what is asked, and that as options of gaus-bench."""
    document = dict(document)
    asked = ["--objective=" + document.pop("objective")]
    if document.get("II") == "auto":
        document.pop("II")
        asked.append("--ii=auto")
    if "factor" in document:
        asked.append("--length=" + document.pop("factor"))
    return document, asked


def main():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("count", type=int)
    parser.add_argument("--size", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.folder.mkdir(parents=True, exist_ok=True)
    for seed in range(args.seed, args.seed + args.count):
        size = args.size or KINDS[args.kind][1]
        document, asked = options(make(args.kind, size, seed))
        path = args.folder / (document["name"] + ".json")
        path.write_text(json.dumps(document))
        print(path, " ".join(asked))


if __name__ == "__main__":
    main()
