#!/usr/bin/env python3
"""Writes circuits as binary AIGER: layers, chains, or tiles of a circuit; and
loops as JSON.

    bench/generate.py layered NODES OUT [--layers L] [--seed S]
    bench/generate.py chains NODES OUT [--length L] [--seed S]
    bench/generate.py tiled NODES OUT --of FILE.aig [--seed S]
    bench/generate.py loop 0 OUT.json --of FILE.aig [--seed S]
    bench/generate.py loops COUNT FOLDER [--most NODES] [--tight] [--seed S]

Every AND has two different earlier operands. layered: operands from the previous
ten layers. chains: the node before and a random node of another chain. tiled:
copies of a circuit whose inputs are random nodes of the copy before. loop: a
circuit (latency 1) as the body of a loop: a recurrence of distance 1 for every 50
nodes, from a node back to one that it needs at most depth / 4 cycles after; the II
that the earliest starts satisfy (at least 3); a limit 10 % above the average use;
1.25 x depth cycles.

loops: COUNT loops of 20 to NODES operations (log-uniform) to be pipelined, shaped
like loops of C programs with floating-point operators: free integer operations,
up to six operators with latencies up to 40 and limits 1 to 8, some of which hold
their unit for more than a cycle, memory ports, and recurrences of distance 1 to 4
through operations far apart. Limits come from a wished interval, so that the
resources and the recurrences ask for similar ones. --tight: a recurrence for
every eight operations, each the longest that the interval allows, and more
operations with limits: many of these loops need more than both ask for.
"""

import argparse
import json
import os
import random


def encode(delta):
    out = bytearray()
    while delta >= 128:
        out.append(delta & 127 | 128)
        delta >>= 7
    out.append(delta)
    return bytes(out)


def write(path, inputs, ands):
    """`ands`: pairs of variables, each smaller than the node's own."""
    with open(path, "wb") as f:
        f.write(f"aig {inputs + len(ands)} {inputs} 0 0 {len(ands)}\n".encode())
        for k, (a, b) in enumerate(ands):
            own, high, low = 2 * (inputs + k + 1), 2 * max(a, b), 2 * min(a, b)
            f.write(encode(own - high) + encode(high - low))


def two(draw):
    a = draw()
    for _ in range(64):
        b = draw()
        if b != a:
            return a, b
    return a, a - 1 if a > 1 else a + 1


def layered(n, layers, rng):
    width = max(2, n // layers)
    ands = []
    for v in range(width + 1, n + 1):
        start = (v - 1) // width * width
        low = max(1, start - 10 * width + 1)
        ands.append(two(lambda: rng.randint(max(low, 1), start)))
    return width, ands


def chains(n, length, rng):
    inputs = max(2, n // length)
    ands = []
    for v in range(inputs + 1, n + 1):
        before = v - inputs
        ands.append((before, two(lambda: rng.randint(
            max(1, v - 5 * inputs), v - 1))[1]))
        if ands[-1][0] == ands[-1][1]:
            ands[-1] = (before, before - 1 if before > 1 else before + 1)
    return inputs, ands


def read(path):
    data = open(path, "rb").read()
    end = data.index(b"\n")
    _, m, i, _, o, a = data[:end].split()[:6]
    at, m, i, a = end + 1, int(m), int(i), int(a)
    for _ in range(int(o)):
        at = data.index(b"\n", at) + 1
    ands = []
    for k in range(a):
        lit = 2 * (i + k + 1)
        for part in range(2):
            delta, shift = 0, 0
            while True:
                byte = data[at]
                at += 1
                delta |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    break
            lit -= delta
            if part == 0:
                high = lit
        ands.append((high // 2, lit // 2))
    return i, ands


def tiled(n, path, rng):
    inputs, ands = read(path)
    all_ands, previous = [], list(range(1, inputs + 1))
    while inputs + len(all_ands) < n:
        take = [rng.choice(previous) for _ in range(inputs)]
        shift = inputs + len(all_ands) - inputs
        made = []
        for a, b in ands:
            x = take[a - 1] if a <= inputs else shift + a
            y = take[b - 1] if b <= inputs else shift + b
            if x == y or min(a, b) == 0:
                y = x - 1 if x > 1 else x + 1
            made.append((x, y))
        previous = list(range(inputs + len(all_ands) + 1,
                              inputs + len(all_ands) + len(made) + 1))
        all_ands += made
    return inputs, all_ands


def loop(path, rng):
    inputs, ands = read(path)
    n = inputs + len(ands)
    edges = {(x - 1, inputs + k) for k, pair in enumerate(ands)
             for x in pair if x}
    start, before = [0] * n, [[] for _ in range(n)]
    for u, v in sorted(edges, key=lambda e: (e[1], e[0])):
        start[v] = max(start[v], start[u] + 1)
        before[v].append(u)
    depth = max(start) + 1
    reach, back = max(3, -(-depth // 4)), set()
    for _ in range(200 * max(1, n // 50)):
        if len(back) == max(1, n // 50):
            break
        v = u = rng.randrange(n)
        for _ in range(rng.randrange(1, reach)):
            near = [x for x in before[u] if start[v] - start[x] < reach]
            u = rng.choice(near) if near else u
        if u != v and (u, v) not in edges:
            back.add((v, u))
    ii = max([3] + [start[v] + 1 - start[u] for v, u in back])
    ends = sorted(edges) + sorted(back)
    limit = -(-11 * -(-n // ii) // 10)
    return {"latency": [1] * n, "width": [1] * n, "cls": [0] * n,
            "weight": [1] * n, "src": [e[0] for e in ends],
            "dst": [e[1] for e in ends],
            "dist": [0] * len(edges) + [1] * len(back),
            "limits": {"0": limit}, "II": ii, "L": -(-5 * depth // 4)}


def operators(rng, tight):
    """Latency, blocking time and share of the operations of limited operators."""
    made = [(rng.choice([1, 2]), 1, rng.uniform(0.05, 0.25))]
    if tight:
        made.append((rng.choice([1, 2, 3, 5]), 1, rng.uniform(0.2, 0.5)))
    for _ in range(rng.randint(0, 5)):
        blocking = 1 if rng.random() < 0.85 else rng.randint(2, 6)
        latency = rng.choice([1, 2, 3, 4, 6, 8, 11, 16, 28, 40])
        made.append((max(latency, blocking), blocking, rng.uniform(0.02, 0.2)))
    return made


def longest(n, edges, latency, root):
    """Longest distances from `root` along the edges that go forward."""
    far = [None] * n
    far[root] = 0
    for v in range(root, n):
        if far[v] is not None:
            for w in edges[v]:
                far[w] = max(far[w] or 0, far[v] + latency[v])
    return far


def recurrences(n, edges, latency, wished, rng, tight):
    """Back edges whose cycles ask for an interval up to the wished one."""
    back = []
    wide = rng.choice([0, 0, 0.5, 1])
    count = rng.choice([0, 1, 1, 2, 3, 5, 8]) * max(1, n // 200)
    for _ in range(n // 8 if tight else count):
        to = rng.randrange(n)
        far = longest(n, edges, latency, to)
        reached = [v for v in range(to, min(n, to + 300)) if far[v] is not None]
        distance = rng.choice([1, 1, 1, 2, 3, 4])
        if rng.random() < wide:
            # As long as it can be: most of the loop is one component.
            longest_way = max(far[v] + latency[v] for v in reached)
            distance = min(8, -(-longest_way // wished))
        fits = [v for v in reached
                if far[v] + latency[v] <= distance * wished]
        if fits:
            # The longest one in four draws: tight recurrences are the hard ones.
            drawn = fits if tight else rng.choices(fits, k=4)
            source = max(drawn, key=lambda v: far[v] + latency[v])
            back.append((source, to, distance))
    return back


def operator_loop(name, n, rng, tight):
    kinds = operators(rng, tight)
    shares = [k[2] for k in kinds]
    classes, latency, occupancy = [], [], []
    for _ in range(n):
        kind = rng.choices([-1, *range(len(kinds))],
                           [max(0.1, 1 - sum(shares)), *shares])[0]
        classes.append(kind)
        latency.append(rng.choice([0, 0, 1]) if kind < 0 else kinds[kind][0])
        occupancy.append(1 if kind < 0 else kinds[kind][1])
    used = sorted(set(classes) - {-1})
    work = {k: classes.count(k) * kinds[k][1] for k in used}
    wished = max(1, max(work.values(), default=1) // rng.randint(1, 8))
    limits = {str(k): min(8, max(1, -(-work[k] // wished))) for k in used}
    wished = max([wished] + [-(-work[k] // limits[str(k)]) for k in used])
    reach = rng.choice([5, 20, 100])
    edges = [[] for _ in range(n)]
    for v in range(1, n):
        for _ in range(rng.choice([0, 1, 1, 2, 2])):
            u = rng.randint(max(0, v - reach), v - 1)
            if v not in edges[u]:
                edges[u].append(v)
    arcs = [(u, v, 0) for u in range(n) for v in edges[u]]
    arcs += recurrences(n, edges, latency, wished, rng, tight)
    return {"name": name, "latency": latency, "occupancy": occupancy,
            "uses": [[[k, 1]] if k >= 0 else [] for k in classes],
            "limits": limits, "src": [a for a, _, _ in arcs],
            "dst": [b for _, b, _ in arcs], "dist": [d for _, _, d in arcs]}


def loops(count, folder, most, seed, tight):
    os.makedirs(folder, exist_ok=True)
    for k in range(count):
        rng = random.Random(f"{seed} {k}")
        n = round(20 * (most / 20) ** rng.random())
        name = f"loop{k:04d}"
        with open(os.path.join(folder, name + ".json"), "w") as f:
            json.dump(operator_loop(name, n, rng, tight), f)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["layered", "chains", "tiled", "loop",
                                         "loops"])
    parser.add_argument("nodes", type=int)
    parser.add_argument("out")
    parser.add_argument("--layers", type=int, default=100)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--of")
    parser.add_argument("--most", type=int, default=2600)
    parser.add_argument("--tight", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.kind == "loops":
        loops(args.nodes, args.out, args.most, args.seed, args.tight)
        return
    rng = random.Random(args.seed)
    if args.kind == "loop":
        with open(args.out, "w") as f:
            json.dump(loop(args.of, rng), f)
        return
    made = (layered(args.nodes, args.layers, rng) if args.kind == "layered" else
            chains(args.nodes, args.length, rng) if args.kind == "chains" else
            tiled(args.nodes, args.of, rng))
    write(args.out, *made)


if __name__ == "__main__":
    main()
