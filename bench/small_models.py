#!/usr/bin/env python3
"""CP-SAT on a small problem, one worker, in a process of its own.

    bench/small_models.py JOB.json

JOB: `document` (docs/formats.md), `objective`, `ii`, `length` (0 = none), `seconds`.
Prints a line of JSON: status, cost, bound, cpu_seconds of the model and the search.
Intervals and cumulative constraints; with an II what is held or lives is folded by
copies that are an interval apart.
"""

import json
import pathlib
import sys
import time

from ortools.sat.python import cp_model

WEIGHTS = (100, 1)  # ratio and alpha of `resources`


class Model:
    def __init__(self, job):
        d = job["document"]
        self.latency, self.ii = d["latency"], job["ii"]
        n = self.n = len(self.latency)
        self.span = [max(1, t) for t in self.latency]
        self.held = d.get("occupancy") or [1] * n
        self.width = d.get("width") or [1] * n
        m = len(d["src"])
        dist, lag = d.get("dist") or [0] * m, d.get("lag") or [0] * m
        self.edges = [(i, j, self.ii * k, self.latency[i] + a - self.ii * k)
                      for i, j, k, a in zip(d["src"], d["dst"], dist, lag)]
        self.uses = d["uses"]
        self.limits = {int(r): x for r, x in d["limits"].items()}
        self.prices = {int(r): x for r, x in d.get("prices", {}).items()}
        self.horizon = job["length"] or sum(
            max(s, h) for s, h in zip(self.span, self.held)) + sum(
                max(0, g) for _, _, _, g in self.edges)
        self.model = model = cp_model.CpModel()
        self.start = [model.new_int_var(0, max(0, self.horizon - s), "")
                      for s in self.span]
        for i, j, _, gap in self.edges:
            model.add(self.start[j] >= self.start[i] + gap)
        self.slot = {}
        self.add_objective(job["objective"])

    def folded(self, start, size, most, demands, end=None):
        """The interval [start, start + size), with an II by its copies."""
        model, items = self.model, []
        if not self.ii:
            if end is None:
                end = start + size
            return [(model.new_interval_var(start, size, end, ""), demands)]
        turn = model.new_int_var(0, self.horizon // self.ii + 1, "")
        slot = model.new_int_var(0, self.ii - 1, "")
        model.add(start == turn * self.ii + slot)
        last = model.new_int_var(0, most + self.ii, "")
        model.add(last == slot + size)
        for k in range(most // self.ii + 2):
            items.append((model.new_interval_var(
                slot - k * self.ii, size, last - k * self.ii, ""), demands))
        return items

    def resource(self, r, capacity):
        items = []
        for i, row in enumerate(self.uses):
            for k, units in row:
                if k == r and units:
                    items += self.folded(self.start[i], self.held[i],
                                         self.held[i], units)
        if not items:
            return
        if capacity is not None:
            self.model.add_cumulative([x for x, _ in items],
                                      [u for _, u in items], capacity)

    def memory(self):
        model, items = self.model, []
        readers = {}
        for i, j, shift, _ in self.edges:
            readers.setdefault(i, []).append((j, shift))
        for i, of in readers.items():
            born = self.start[i] + self.span[i] - 1
            most = self.horizon + max(s for _, s in of)
            end = model.new_int_var(0, most, "")
            for j, shift in of:
                model.add(end >= self.start[j] + shift)
            model.add(end >= born)
            begin = model.new_int_var(0, self.horizon, "")
            model.add(begin == born)
            size = model.new_int_var(0, most, "")
            model.add(size == end - begin)
            items += self.folded(begin, size, most, self.width[i], end)
        turns = self.horizon // self.ii + 2 if self.ii else 1
        peak = model.new_int_var(0, sum(self.width) * turns, "")
        model.add_cumulative([x for x, _ in items], [w for _, w in items],
                             peak)
        return peak

    def add_objective(self, objective):
        model = self.model
        resources = sorted({r for row in self.uses for r, _ in row})
        if objective == "resources":
            cost = 0
            for r in resources:
                most = sum(u * (h // (self.ii or h) + 1)
                           for row, h in zip(self.uses, self.held)
                           for k, u in row if k == r)
                peak = model.new_int_var(0, self.limits.get(r, most), "")
                self.resource(r, peak)
                cost += WEIGHTS[0] * self.prices.get(r, 1) * peak
            for i, j, shift, _ in self.edges:
                cost += WEIGHTS[1] * (self.start[j] + shift - self.start[i])
            model.minimize(cost)
            return
        for r in resources:
            self.resource(r, self.limits.get(r))
        if objective == "memory":
            model.minimize(self.memory())
            return
        end = model.new_int_var(0, self.horizon, "")
        for i in range(self.n):
            model.add(end >= self.start[i] + self.span[i])
        model.minimize(end)


def main():
    job = json.loads(pathlib.Path(sys.argv[1]).read_text())
    begun = time.process_time()
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_time_in_seconds = job["seconds"]
    model = Model(job)
    status = solver.solve(model.model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    print(json.dumps({
        "status": solver.status_name(status),
        "cost": round(solver.objective_value) if found else None,
        "bound": round(solver.best_objective_bound) if found else None,
        "cpu_seconds": time.process_time() - begun}))


if __name__ == "__main__":
    main()
