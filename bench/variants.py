#!/usr/bin/env python3
"""Other ways to do the descent, each against the tool's, in one small program.

    bench/variants.py FILE... [--steps=N] [--rho=R,...] [--out=JSON]

The tool's kernels do one thing well; the alternatives live here, in plain numpy,
with everything else equal: midpoint start, steps, Adam, annealing, roundings (four
thresholds, two directions, every ten steps) and exact costs (bench/instance.py).
`tool's` is the method of docs/method written again, so that a difference is
the variant's. The least cost of the descents with the factors R of the penalty is
taken. bench/ablate.py runs this and puts the table into docs/ablation.md.
"""

import argparse
import json
import math
import sys

import numpy as np

from instance import WEIGHTS, evaluate, load

FLOOR = 0.3
THRESHOLDS = (0.125, 0.375, 0.625, 0.875)


def density(z):
    return np.exp(-0.5 * z * z) * (1 / math.sqrt(2 * math.pi))


def below(z):
    """The normal distribution, within 1e-7 (Abramowitz and Stegun 26.2.17)."""
    x = np.abs(z)
    t = 1 / (1 + 0.2316419 * x)
    tail = density(x) * t * (0.319381530 + t * (-0.356563782 + t * (
        1.781477937 + t * (-1.821255978 + t * 1.330274429))))
    return np.where(z < 0, tail, 1 - tail)


class Event:
    """P(event at most at cycle d) for all nodes and cycles, cut to windows and
    renormalised, with its derivatives by mean and stddev."""

    def __init__(self, mean, stddev, first, last, cycles):
        s = stddev[:, None]
        d = np.arange(cycles)[None, :]
        edge = np.clip(d, first[:, None] - 1, last[:, None]) + 0.5
        z = np.clip((edge - mean[:, None]) / s, -8, 8)
        low = np.clip((first - 0.5 - mean) / stddev, -8, 8)[:, None]
        high = np.clip((last + 0.5 - mean) / stddev, -8, 8)[:, None]
        base = below(low)
        mass = np.maximum(below(high) - base, 1e-6)
        self.at = (below(z) - base) / mass

        def slope(f):
            return -((f(z) - f(low)) - self.at * (f(high) - f(low))) / (s * mass)

        self.by_mean = slope(density)
        self.by_stddev = slope(lambda x: x * density(x))


def max_softmax(inst, users, mean, stddev):
    """The tool's last use: hard maximum, shares by a softmax of 0.3 cycles.
    Returns mean, stddev and d mean / d edge's mean, d stddev / d edge's stddev."""
    edge, node = users
    at = mean[inst.target[edge]] + inst.shift[edge]
    top = np.full(inst.n, -1e30)
    np.maximum.at(top, node, at)
    share = np.exp((at - top[node]) / 0.3)
    total = np.bincount(node, share, inst.n)
    share /= total[node]
    spread = np.bincount(node, share * stddev[inst.target[edge]], inst.n)
    zero = np.zeros_like(share)
    return top, np.maximum(spread, FLOOR), share, zero, zero, share


def clark(m1, v1, m2, v2):
    """Mean and variance of the larger of two normals, and their derivatives by
    m1, v1, m2, v2 (Clark 1961)."""
    a = np.sqrt(v1 + v2)
    shift = np.maximum(m1, m2)
    x, y = m1 - shift, m2 - shift
    alpha = (x - y) / a
    p, q, f = below(alpha), below(-alpha), density(alpha)
    one = x * p + y * q + a * f
    two = (x * x + v1) * p + (y * y + v2) * q + (x + y) * a * f
    variance = np.maximum(two - one * one, 1e-4)
    by_v = f / (2 * a)
    common = f * ((x + y) - alpha * (v1 - v2) / a) / (2 * a)
    grad = []
    for d1, d2 in ((p, 2 * x * p + 2 * v1 * f / a), (by_v, p + common),
                   (q, 2 * y * q + 2 * v2 * f / a),
                   (by_v, q + f * ((x + y) - alpha * (v1 - v2) / a) / (2 * a))):
        grad.append((d1, d2 - 2 * one * d1))
    return one + shift, variance, grad


def max_clark(inst, users, mean, stddev):
    """Last uses by Clark's moments, consumer after consumer."""
    edge, node = users
    rank = np.arange(len(node)) - np.searchsorted(node, node)
    m_of = mean[inst.target[edge]] + inst.shift[edge]
    v_of = stddev[inst.target[edge]] ** 2
    m, v = np.zeros(inst.n), np.ones(inst.n)
    first = rank == 0
    m[node[first]], v[node[first]] = m_of[first], v_of[first]
    steps = []
    for k in range(1, int(rank.max(initial=0)) + 1):
        e = np.flatnonzero(rank == k)
        i = node[e]
        m[i], v[i], grad = clark(m[i], v[i], m_of[e], v_of[e])
        steps.append((e, i, grad))
    # Backward: derivatives of the last mean and variance by every edge's.
    out = np.zeros((4, len(node)))  # dM/dm, dM/dv, dV/dm, dV/dv
    carry = np.zeros((4, inst.n))
    carry[0] = carry[3] = 1
    for e, i, ((a1, b1), (a2, b2), (a3, b3), (a4, b4)) in reversed(steps):
        mm, mv, vm, vv = (carry[k, i] for k in range(4))
        out[0, e], out[1, e] = mm * a3 + mv * b3, mm * a4 + mv * b4
        out[2, e], out[3, e] = vm * a3 + vv * b3, vm * a4 + vv * b4
        carry[0, i], carry[1, i] = mm * a1 + mv * b1, mm * a2 + mv * b2
        carry[2, i], carry[3, i] = vm * a1 + vv * b1, vm * a2 + vv * b2
    out[:, first] = carry[:, node[first]]
    s = np.sqrt(v)
    own = 2 * stddev[inst.target[edge]]
    half = 1 / (2 * s[node])
    return (m, s, out[0], out[2] * half, out[1] * own, out[3] * own * half)


class Descent:
    def __init__(self, inst, objective, variant, rho, steps):
        self.inst, self.objective, self.rho = inst, objective, rho
        self.variant, self.steps = variant, steps
        self.early, self.late = inst.windows()
        self.window = (self.late - self.early).astype(float)
        self.kappa = (0.3, 0.02) if objective == "memory" else (0.1, 0.001)
        self.cycles = inst.length + int(inst.occupancy.max()) + 1
        self.best = None
        self.levels = self.by_level()
        if objective == "memory":
            self.prepare_memory()
        else:
            self.prepare_resources()

    def by_level(self):
        """Edges in groups by the longest path to their target."""
        inst, level = self.inst, np.zeros(self.inst.n, dtype=int)
        while True:
            more = level.copy()
            np.maximum.at(more, inst.target, level[inst.source] + 1)
            if (more == level).all():
                break
            level = more
        at = level[inst.target]
        return [np.flatnonzero(at == k) for k in range(1, level.max() + 1)]

    def prepare_memory(self):
        inst = self.inst
        edge = np.flatnonzero(inst.carries)
        edge = edge[np.argsort(inst.source[edge], kind="stable")]
        self.users = edge, inst.source[edge]
        used = np.zeros(inst.n, dtype=bool)
        used[inst.source[edge]] = True
        self.amount = np.where(used, inst.width, 0).astype(float)
        self.last_first = np.zeros(inst.n, dtype=np.int64)
        self.last_final = np.zeros(inst.n, dtype=np.int64)
        at = inst.target[edge]
        np.maximum.at(self.last_first, inst.source[edge], self.early[at])
        np.maximum.at(self.last_final, inst.source[edge], self.late[at])
        self.com = np.zeros(inst.n)
        self.scale = self.amount.sum() / inst.n

    def prepare_resources(self):
        inst = self.inst
        self.amount = np.bincount([i for i, _, _ in inst.uses],
                                  [u for _, _, u in inst.uses], inst.n)
        self.amount *= WEIGHTS[0]
        self.scale = self.amount.sum() / inst.n
        weight = np.where(inst.carries, inst.weight, 0) * WEIGHTS[1]
        self.com = (np.bincount(inst.target, weight, inst.n) -
                    np.bincount(inst.source, weight, inst.n)) / self.scale

    def gradients(self, mean, stddev, temperature):
        """Of the smooth loss by means and stddevs."""
        start = Event(mean, stddev, self.early, self.late, self.cycles)
        if self.objective == "memory":
            return self.memory_gradients(start, mean, stddev, temperature)
        one = self.amount[:, None]
        births = (one * start.at).sum(axis=0)
        # Occupancy is one cycle in all inputs of this script.
        profile = np.diff(births, prepend=0.0)
        price = self.prices(profile, temperature)
        pay = (price - np.append(price[1:], 0.0)) / self.scale
        return (self.com + self.amount * (start.by_mean @ pay),
                self.amount * (start.by_stddev @ pay))

    @staticmethod
    def prices(profile, temperature):
        tau = temperature * max(profile.max(), 1e-9)
        q = np.exp((profile - profile.max()) / tau)
        return q / q.sum()

    def memory_gradients(self, start, mean, stddev, temperature):
        inst = self.inst
        method = max_clark if self.variant == "Clark" else max_softmax
        m, s, m_by_m, s_by_m, m_by_s, s_by_s = method(inst, self.users, mean,
                                                      stddev)
        last = Event(np.clip(m, self.last_first, self.last_final), s,
                     self.last_first, self.last_final, self.cycles)
        one = self.amount[:, None]
        own = int(inst.span.max()) - 1  # equal for all nodes of these inputs
        born = np.roll(start.at, own, axis=1)
        profile = (one * (born - last.at)).sum(axis=0)
        price = self.prices(profile, temperature) / self.scale
        paid = np.roll(price, -own)
        g_mean = self.amount * (start.by_mean @ paid)
        g_stddev = self.amount * (start.by_stddev @ paid)
        by_m = -self.amount * (last.by_mean @ price)
        by_s = -self.amount * (last.by_stddev @ price)
        edge, node = self.users
        j = inst.target[edge]
        # The tool has no gradient through the last use's stddev by the means.
        g_mean += np.bincount(j, by_m[node] * m_by_m + by_s[node] * s_by_m,
                              inst.n)
        g_stddev += np.bincount(j, by_m[node] * m_by_s + by_s[node] * s_by_s,
                                inst.n)
        return g_mean, g_stddev

    def push(self, start, forward):
        """Moves nodes later (earlier) until every dependence holds."""
        inst, s = self.inst, start.copy()
        for edges in self.levels if forward else reversed(self.levels):
            a, b, gap = inst.source[edges], inst.target[edges], inst.gap[edges]
            if forward:
                np.maximum.at(s, b, s[a] + gap)
            else:
                np.minimum.at(s, a, s[b] - gap)
        return s

    def round(self, mean):
        for threshold in THRESHOLDS:
            s = np.floor(mean + threshold).astype(np.int64)
            s = np.clip(s, self.early, self.late)
            for forward in (True, False):
                starts = self.push(s, forward)
                cost, bad = evaluate(self.inst, starts, self.objective)
                assert not bad, bad
                if self.best is None or cost < self.best:
                    self.best = cost

    def compose(self, theta):
        """Starts as predecessors' finish + softplus, cut at the latest start;
        also the edge that decides each node (-1: none) and where it is cut."""
        inst = self.inst
        slack = np.logaddexp(0, theta)
        s, ready = np.minimum(slack, self.late), np.zeros(inst.n)
        reason = np.full(inst.n, -1)
        for edges in self.levels:
            a, b = inst.source[edges], inst.target[edges]
            at = s[a] + inst.gap[edges]
            np.maximum.at(ready, b, at)
            tight = at >= ready[b] - 1e-12
            reason[b[tight]] = edges[tight]
            s[b] = np.minimum(ready[b] + slack[b], self.late[b])
        return s, reason, ready + slack > self.late

    def decompose(self, gradient, theta, reason, cut):
        """The gradient by theta from that by the starts."""
        g = gradient.copy()
        for edges in reversed(self.levels):
            for e in edges[reason[self.inst.target[edges]] == edges]:
                b = self.inst.target[e]
                if not cut[b]:
                    g[self.inst.source[e]] += g[b]
        return np.where(cut, 0.0, g / (1 + np.exp(-theta)))

    def run(self):
        v, inst = self.variant, self.inst
        mean = 0.5 * (self.early + self.late).astype(float)
        if v == "rounding alone":
            self.round(mean)
            return self.best
        composed = v == "reparametrised"
        if composed:
            ready = np.zeros(inst.n)
            np.maximum.at(ready, inst.target, mean[inst.source] + inst.gap)
            slack = np.maximum(mean - ready, 0.05)
            x = slack + np.log(-np.expm1(-slack))
        else:
            x = mean
        stddev = np.maximum(FLOOR, self.kappa[0] * self.window)
        spread = np.log(stddev)
        adam, adam_s = Adam(inst.n), Adam(inst.n)
        multiplier, typical = np.zeros(inst.m), 0.0
        for step in range(self.steps):
            f = step / max(1, self.steps - 1)
            rate = 0.02 + (0.002 - 0.02) * f
            if v == "learned stddev":
                stddev = np.exp(spread)
            else:
                k = self.kappa[0] * (self.kappa[1] / self.kappa[0]) ** f
                stddev = np.maximum(FLOOR, k * self.window)
            if composed:
                mean, reason, cut = self.compose(x)
            else:
                mean = x
            g, g_stddev = self.gradients(mean, stddev, 0.1 * 0.05 ** f)
            if v in ("projected", "reparametrised"):
                push = 0.0
            else:
                violation = mean[inst.source] + inst.gap - mean[inst.target]
                penalty = self.rho * typical * (1 + 20 * f)
                force = np.maximum(0, penalty * violation + multiplier)
                push = (np.bincount(inst.source, force, inst.n) -
                        np.bincount(inst.target, force, inst.n))
            typical = np.abs(g).mean()
            if composed:
                g = self.decompose(g, x, reason, cut)
            x = x - rate * self.window * adam.step(g + push)
            if not composed:
                x = np.clip(x, self.early, self.late)
            if v == "projected":
                x = 0.5 * (self.push(x, True) + self.push(x, False))
            if v == "learned stddev":
                spread -= 5 * rate * adam_s.step(g_stddev * stddev)
                spread = np.clip(spread, np.log(0.05),
                                 np.log(np.maximum(self.window, FLOOR)))
            if (step + 1) % 10 == 0 or step + 1 == self.steps:
                if v not in ("penalty alone", "projected", "reparametrised"):
                    multiplier = force
                self.round(self.compose(x)[0] if composed else x)
        return self.best


class Adam:
    def __init__(self, n):
        self.m, self.v, self.t = np.zeros(n), np.zeros(n), 0

    def step(self, g):
        self.t += 1
        self.m = 0.9 * self.m + 0.1 * g
        self.v = 0.99 * self.v + 0.01 * g * g
        m = self.m / (1 - 0.9 ** self.t)
        return m / (np.sqrt(self.v / (1 - 0.99 ** self.t)) + 1e-10)


VARIANTS = ["rounding alone", "tool's", "penalty alone", "projected",
            "reparametrised", "learned stddev", "Clark"]
# Nothing depends on rho where no force acts.
NO_FORCE = {"rounding alone", "projected", "reparametrised"}


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--steps", type=int, default=500)
    parser.add_argument("--rho", default="1,10")
    parser.add_argument("--out")
    args = parser.parse_args()
    rows = []
    for path in args.files:
        for objective in ("memory", "resources"):
            inst = load(path, 1)
            early = inst.windows()[0]
            inst.length = int((early + inst.span).max())
            row = {"name": inst.name, "objective": objective, "costs": {}}
            for v in VARIANTS:
                if v == "Clark" and objective != "memory":
                    continue
                factors = [1.0] if v in NO_FORCE else [
                    float(r) for r in args.rho.split(",")]
                row["costs"][v] = min(
                    Descent(inst, objective, v, rho, args.steps).run()
                    for rho in factors)
                print(inst.name, objective, v, row["costs"][v],
                      file=sys.stderr, flush=True)
            rows.append(row)
    text = json.dumps(rows, indent=1)
    print(text)
    if args.out:
        open(args.out, "w").write(text)


if __name__ == "__main__":
    main()
