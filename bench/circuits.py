#!/usr/bin/env python3
"""Writes circuits of well-known kinds as binary AIGER: graphs that no scheduler was
tuned to, of any size.

    bench/circuits.py decoder BITS OUT       all 2^BITS minterms
    bench/circuits.py arbiter BITS OUT       round robin: first request after a pointer
    bench/circuits.py voter BITS OUT         majority of BITS inputs (counter tree)
    bench/circuits.py sqrt BITS OUT          restoring square root, a row a digit
    bench/circuits.py hypotenuse BITS OUT    square root of the sum of two squares
    bench/circuits.py logarithm BITS OUT     normalise, then a squaring a digit
    bench/circuits.py control NODES OUT      random small functions of few signals

Gates are hashed, so that no two ANDs have the same operands, and only what an
output needs is written.
"""

import argparse
import random

from generate import write


class Circuit:
    """An and-inverter graph; a literal is twice its variable, plus one if inverted."""

    def __init__(self):
        self.inputs = 0
        self.ands = []  # pairs of literals, in the order of variables
        self.known = {}

    def words(self, *widths):
        out = []
        for w in widths:
            out.append([2 * (self.inputs + k + 1) for k in range(w)])
            self.inputs += w
        return out

    def land(self, a, b):
        if a > b:
            a, b = b, a
        if a == 0 or a == b ^ 1:
            return 0
        if a == 1 or a == b:
            return b
        if (a, b) not in self.known:
            self.ands.append((a, b))
            self.known[a, b] = 2 * (self.inputs + len(self.ands))
        return self.known[a, b]

    def lor(self, a, b):
        return self.land(a ^ 1, b ^ 1) ^ 1

    def lxor(self, a, b):
        return self.land(self.land(a, b) ^ 1, self.lor(a, b))

    def mux(self, s, a, b):
        return self.lor(self.land(s, a), self.land(s ^ 1, b))

    def full(self, a, b, c):
        half = self.lxor(a, b)
        return self.lxor(half, c), self.lor(self.land(a, b), self.land(half, c))

    def add(self, a, b, carry=0):
        width, out = max(len(a), len(b)), []
        a, b = (w + [0] * (width - len(w)) for w in (a, b))
        for x, y in zip(a, b):
            s, carry = self.full(x, y, carry)
            out.append(s)
        return out, carry

    def subtract(self, a, b):
        """a - b, and whether a >= b."""
        b = b + [0] * (len(a) - len(b))
        return self.add(a, [x ^ 1 for x in b], 1)

    def multiply(self, a, b):
        """Rows of partial products, added one after another."""
        total = [0] * (len(a) + len(b))
        for k, y in enumerate(b):
            row = [self.land(x, y) for x in a]
            total[k:], _ = self.add(total[k:], row)
            total = total[:len(a) + len(b)]
        return total

    def save(self, path, outputs):
        needed = {lit >> 1 for lit in outputs}
        for k in range(len(self.ands) - 1, -1, -1):
            if self.inputs + k + 1 in needed:
                needed.update(lit >> 1 for lit in self.ands[k])
        new, kept = {v: v for v in range(self.inputs + 1)}, []
        for k, pair in enumerate(self.ands):
            if self.inputs + k + 1 in needed:
                kept.append(tuple(new[lit >> 1] for lit in pair))
                new[self.inputs + k + 1] = self.inputs + len(kept)
        write(path, self.inputs, kept)
        return len(kept)


def decoder(c, bits):
    (x,) = c.words(bits)

    def terms(part):
        if len(part) == 1:
            return [part[0] ^ 1, part[0]]
        low = terms(part[:len(part) // 2])
        high = terms(part[len(part) // 2:])
        return [c.land(a, b) for b in high for a in low]

    return terms(x)


def arbiter(c, bits):
    request, pointer = c.words(bits, bits)
    mask, after = 0, []
    for p in pointer:
        mask = c.lor(mask, p)
        after.append(mask)

    def first(wishes):
        before, out = 0, []
        for w in wishes:
            out.append(c.land(w, before ^ 1))
            before = c.lor(before, w)
        return out, before

    high, some = first([c.land(r, m) for r, m in zip(request, after)])
    low, _ = first(request)
    return [c.mux(some, h, l) for h, l in zip(high, low)]


def voter(c, bits):
    (x,) = c.words(bits)
    columns = [list(x)]
    for at, column in enumerate(columns):
        while len(column) > 1:
            a, b = column.pop(0), column.pop(0)
            s, carry = c.full(a, b, column.pop(0) if column else 0)
            column.append(s)
            if len(columns) == at + 1:
                columns.append([])
            columns[at + 1].append(carry)
    count = [column[0] for column in columns if column]
    need = bits // 2 + 1
    _, enough = c.subtract(count, [(need >> k) & 1 for k in range(len(count))])
    return [enough]


def root(c, x):
    """Digits of the square root of `x`, restoring, highest first."""
    digits, rest = [], []
    for k in range(len(x) // 2 - 1, -1, -1):
        rest = x[2 * k:2 * k + 2] + rest
        trial = [1, 0] + digits[::-1]
        rest = rest + [0] * (len(trial) - len(rest))
        less, fits = c.subtract(rest, trial)
        rest = [c.mux(fits, d, r) for d, r in zip(less, rest)][:len(digits) + 2]
        digits.append(fits)
    return digits


def sqrt(c, bits):
    (x,) = c.words(bits)
    return root(c, x)


def hypotenuse(c, bits):
    a, b = c.words(bits, bits)
    total, carry = c.add(c.multiply(a, a), c.multiply(b, b))
    return root(c, total + [carry, 0])


def logarithm(c, bits):
    (x,) = c.words(bits)
    whole = []
    step = 1
    while step < bits:
        step *= 2
    while step > 1:  # the leading one goes to the highest place
        step //= 2
        high = 0
        for lit in x[len(x) - step:]:
            high = c.lor(high, lit)
        whole.append(high)
        moved = [0] * step + x[:len(x) - step]
        x = [c.mux(high, a, b) for a, b in zip(x, moved)]
    for _ in range(bits):
        square = c.multiply(x, x)
        whole.append(square[-1])
        x = [c.mux(square[-1], a, b)
             for a, b in zip(square[bits:], square[bits - 1:-1])]
    return whole


def control(c, nodes, seed=0):
    rng = random.Random(seed)
    (x,) = c.words(max(8, nodes // 20))
    signals = list(x)
    while len(c.ands) < nodes:
        few = [rng.choice(signals[-nodes // 3:] if rng.random() < 0.6 else x)
               for _ in range(rng.randint(3, 7))]
        out = 0
        for _ in range(rng.randint(1, 4)):
            term = 1
            for lit in rng.sample(few, rng.randint(2, len(few))):
                term = c.land(term, lit ^ rng.randint(0, 1))
            out = c.lor(out, term)
        if out > 1:
            signals.append(out)
    return signals


KINDS = {f.__name__: f for f in (decoder, arbiter, voter, sqrt, hypotenuse,
                                 logarithm, control)}


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("kind", choices=KINDS)
    parser.add_argument("size", type=int)
    parser.add_argument("out")
    args = parser.parse_args()
    circuit = Circuit()
    outputs = KINDS[args.kind](circuit, args.size)
    print(f"{circuit.save(args.out, outputs)} nodes")


if __name__ == "__main__":
    main()
