"""Writes circuits as binary AIGER: layers, chains, or tiles of a circuit; and
loops as JSON.

    bench/generate.py layered NODES OUT [--layers L] [--seed S]
    bench/generate.py chains NODES OUT [--length L] [--seed S]
    bench/generate.py tiled NODES OUT --of FILE.aig [--seed S]
    bench/generate.py loop 0 OUT.json --of FILE.aig [--seed S]

Every AND has two different earlier operands. layered: operands from the previous
ten layers. chains: the node before and a random node of another chain. tiled:
copies of a circuit whose inputs are random nodes of the copy before. loop: a
circuit (latency 1) as the body of a loop: a recurrence of distance 1 for every 50
nodes, from a node back to one that it needs at most depth / 4 cycles after; the II
that the earliest starts satisfy (at least 3); a limit 10 % above the average use;
1.25 x depth cycles.
"""

import argparse
import json
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


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=["layered", "chains", "tiled", "loop"])
    parser.add_argument("nodes", type=int)
    parser.add_argument("out")
    parser.add_argument("--layers", type=int, default=100)
    parser.add_argument("--length", type=int, default=100)
    parser.add_argument("--of")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
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
