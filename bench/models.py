#!/usr/bin/env python3
"""Exact models of a problem for CP-SAT and HiGHS, solved in a process of its own.

    bench/models.py METHOD JOB.json OUT.jsonl

METHOD: `cp-sat` (intervals and cumulative constraints), `cp-sat-slots` and
`highs` (0/1 variables "starts at most at t", prices of peaks as integers). JOB
names the instance, objective, length, II, CPU seconds, workers and a hint (a CSV
schedule). OUT gets a line {"cpu_seconds", "cost", "starts"} a solution, evaluated
exactly here, and a last line with the bound and the status. The limit is CPU
seconds of the process, all threads added, from the call of the solver on; a
machine shared with others does not change what it buys.
"""

import json
import sys
import threading
import time

import numpy as np

from instance import WEIGHTS, evaluate, load


class Slots:
    """Rows sum a x <= b over 0/1 variables y(v, t) = [start of v <= t], last
    uses z(v, d) = [the value of v is used after d], and integer peaks."""

    def __init__(self, inst, objective):
        self.inst, self.objective = inst, objective
        self.early, self.late = inst.windows()
        self.first = np.concatenate(
            ([0], np.cumsum(self.late - self.early))).astype(np.int64)
        self.upper = [1] * int(self.first[-1])
        self.rows, self.cost, self.constant = [], {}, 0
        self.last, self.peaks = {}, []
        for v in range(inst.n):
            for t in range(self.early[v], self.late[v] - 1):
                self.at_most({self.y(v, t): 1, self.y(v, t + 1): -1}, 0)
        for i, j, gap in zip(inst.source, inst.target, inst.gap):
            for t in range(self.early[j], self.late[i] + gap):
                self.at_most(*self.sum([(1, self.y(j, t)),
                                        (-1, self.y(i, t - gap))]))
        self.add_uses()
        if objective == "memory":
            self.add_memory()
        else:
            self.add_communication()

    def y(self, v, t):
        """A variable, or False or True where the window decides."""
        if t < self.early[v] or t >= self.late[v]:
            return bool(t >= self.late[v])
        return int(self.first[v] + t - self.early[v])

    @staticmethod
    def sum(terms):
        """Coefficients and the right side from terms that may be constants."""
        row, right = {}, 0
        for a, x in terms:
            if x is True:
                right -= int(a)
            elif x is not False:
                row[x] = row.get(x, 0) + int(a)
        return row, right

    def at_most(self, row, right):
        row = {x: a for x, a in row.items() if a}
        if row:
            self.rows.append((row, int(right)))

    def variable(self, upper):
        self.upper.append(int(upper))
        return len(self.upper) - 1

    def peak_rows(self, terms_by_slot, most, price, limit=None):
        """Every slot's sum <= limit, and <= a peak that costs `price`."""
        peak = None
        if price:
            peak = self.variable(most)
            self.cost[peak] = price
        for terms in terms_by_slot.values():
            row, right = self.sum(terms)
            if limit is not None:
                self.at_most(row, right + limit)
            if peak is not None:
                self.at_most({**row, peak: -1}, right)
        return peak

    def slot(self, cycle):
        return cycle % self.inst.ii if self.inst.ii else cycle

    def add_uses(self):
        price = WEIGHTS[0] if self.objective == "resources" else 0
        for r in self.inst.resources:
            limit = self.inst.limits.get(r)
            if not price and limit is None:
                continue
            terms, most = {}, 0
            for v, q, units in self.inst.uses:
                if q != r or not units:
                    continue
                hold = self.inst.occupancy[v]
                most += units * hold
                for d in range(self.early[v], self.late[v] + hold):
                    terms.setdefault(self.slot(d), []).extend(
                        [(units, self.y(v, d)), (-units, self.y(v, d - hold))])
            self.peaks.append(("use", r, self.peak_rows(terms, most, price,
                                                        limit)))

    def add_memory(self):
        inst, terms, most = self.inst, {}, 0
        users = [[] for _ in range(inst.n)]
        for i, j, shift, carries in zip(inst.source, inst.target, inst.shift,
                                        inst.carries):
            if carries:
                users[i].append((j, shift))
        for v in range(inst.n):
            if not users[v] or not inst.width[v]:
                continue
            w, own = int(inst.width[v]), inst.span[v] - 1
            end = max(self.late[j] + shift for j, shift in users[v])
            most += w * int(end)
            for d in range(self.early[v] + own, end):
                after = self.used_after(v, d, users[v])
                terms.setdefault(self.slot(d), []).extend(
                    [(w, self.y(v, d - own)), *((w * a, x) for a, x in after),
                     (-w, True)])
        self.peaks.append(("memory", 0, self.peak_rows(terms, most, 1)))

    def used_after(self, v, d, users):
        """Terms whose sum is 1 if some user starts after d."""
        if any(d - shift < self.early[j] for j, shift in users):
            return [(1, True)]
        users = [(j, shift) for j, shift in users if d - shift < self.late[j]]
        if len(users) == 1:
            return [(1, True), (-1, self.y(users[0][0], d - users[0][1]))]
        z = self.variable(1)
        self.last[v, d] = z
        for j, shift in users:
            self.at_most({self.y(j, d - shift): -1, z: -1}, -1)
        return [(1, z)]

    def add_communication(self):
        inst = self.inst
        gain = np.zeros(inst.n, dtype=np.int64)
        weight = np.where(inst.carries, inst.weight, 0) * WEIGHTS[1]
        np.add.at(gain, inst.target, weight)
        np.add.at(gain, inst.source, -weight)
        # start = late - sum of y over the window.
        self.constant = int((weight * inst.shift).sum() +
                            (gain * self.late).sum())
        for v in range(inst.n):
            for t in range(self.early[v], self.late[v]):
                if gain[v]:
                    self.cost[self.y(v, t)] = -int(gain[v])

    def starts(self, values):
        total = np.concatenate(([0], np.cumsum(values[:self.first[-1]])))
        return self.late - np.rint(total[self.first[1:]] -
                                   total[self.first[:-1]]).astype(np.int64)

    def values(self, starts):
        """The point of a schedule."""
        x = np.zeros(len(self.upper))
        for v in range(self.inst.n):
            for t in range(self.early[v], self.late[v]):
                x[self.y(v, t)] = starts[v] <= t
        last = self.inst.last_uses(starts)
        for (v, d), z in self.last.items():
            x[z] = last[v] > d
        for _, _, peak in self.peaks:
            if peak is None:
                continue
            sums = [sum(a * x[k] for k, a in row.items() if k != peak) - right
                    for row, right in self.rows if peak in row]
            x[peak] = max(sums, default=0)
        return x


class Log:
    """Writes every better schedule with the CPU seconds it took."""

    def __init__(self, path, inst, objective):
        self.file = open(path, "w")
        self.inst, self.objective, self.best = inst, objective, None
        self.begin = time.process_time()

    def seconds(self):
        return time.process_time() - self.begin

    def offer(self, starts):
        cost, bad = evaluate(self.inst, starts, self.objective)
        if bad:
            self.write({"violated": bad})
        elif self.best is None or cost < self.best:
            self.best = cost
            self.write({"cpu_seconds": self.seconds(), "cost": cost,
                        "starts": [int(t) for t in starts]})

    def write(self, row):
        self.file.write(json.dumps(row) + "\n")
        self.file.flush()


def interval_model(inst, objective, hint):
    """Starts as integers, peaks as capacities of cumulative constraints."""
    from ortools.sat.python import cp_model
    model = cp_model.CpModel()
    early, late = inst.windows()
    s = [model.new_int_var(int(a), int(b), f"s{v}")
         for v, (a, b) in enumerate(zip(early, late))]
    for i, j, gap in zip(inst.source, inst.target, inst.gap):
        model.add(s[j] >= s[i] + int(gap))
    peaks = []
    for r in inst.resources:
        limit = inst.limits.get(r)
        if objective != "resources" and limit is None:
            continue
        mine = [(v, u) for v, q, u in inst.uses if q == r and u]
        most = sum(u for _, u in mine)
        peak = model.new_int_var(0, most if limit is None else limit, f"r{r}")
        model.add_cumulative(
            [model.new_fixed_size_interval_var(s[v], int(inst.occupancy[v]), "")
             for v, _ in mine], [u for _, u in mine], peak)
        peaks.append(peak)
    if objective == "resources":
        com = sum(int(w) * (s[j] - s[i]) for i, j, w, c in
                  zip(inst.source, inst.target, inst.weight, inst.carries)
                  if c and w)
        model.minimize(WEIGHTS[0] * sum(peaks) + WEIGHTS[1] * com)
    else:
        add_lifetimes(model, inst, s, late, hint)
    for v, t in enumerate(hint):
        model.add_hint(s[v], int(t))
    return model, s


def add_lifetimes(model, inst, s, late, hint):
    users = [[] for _ in range(inst.n)]
    for i, j, c in zip(inst.source, inst.target, inst.carries):
        if c:
            users[i].append(j)
    intervals, widths, last = [], [], inst.last_uses(hint)
    for v in range(inst.n):
        if not users[v] or not inst.width[v]:
            continue
        end = model.new_int_var(0, int(max(late[j] for j in users[v])), "")
        size = model.new_int_var(0, inst.length, "")
        for j in users[v]:
            model.add(end >= s[j])
        intervals.append(model.new_interval_var(s[v] + int(inst.span[v]) - 1,
                                                size, end, ""))
        widths.append(int(inst.width[v]))
        model.add_hint(end, int(last[v]))
    peak = model.new_int_var(0, sum(widths), "peak")
    model.add_cumulative(intervals, widths, peak)
    model.minimize(peak)


def slots_in_cp_sat(slots, hint):
    from ortools.sat.python import cp_model
    model = cp_model.CpModel()
    x = [model.new_int_var(0, u, "") for u in slots.upper]
    for row, right in slots.rows:
        model.add(sum(a * x[k] for k, a in row.items()) <= right)
    model.minimize(sum(a * x[k] for k, a in slots.cost.items()) +
                   slots.constant)
    for k, value in enumerate(slots.values(hint)):
        model.add_hint(x[k], int(value))
    return model, x


def solve_cp_sat(job, inst, log, hint, slotted):
    from ortools.sat.python import cp_model
    slots = Slots(inst, job["objective"]) if slotted or inst.ii else None
    model, x = (slots_in_cp_sat(slots, hint) if slots else
                interval_model(inst, job["objective"], hint))

    class Callback(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self):
            values = np.array([self.value(v) for v in x])
            log.offer(slots.starts(values) if slots else values)

    solver, callback = cp_model.CpSolver(), Callback()
    solver.parameters.num_workers = job["workers"]
    solver.parameters.random_seed = 1
    log.begin = time.process_time()
    done = threading.Event()

    def watch():
        while not done.wait(0.05):
            if log.seconds() > job["cpu_seconds"]:
                solver.stop_search()

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = solver.solve(model, callback)
    done.set()
    watcher.join()
    return solver.best_objective_bound, status == cp_model.OPTIMAL


def solve_highs(job, inst, log, hint):
    import highspy
    slots = Slots(inst, job["objective"])
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(slots.upper), len(slots.rows)
    lp.col_cost_ = np.array([slots.cost.get(k, 0) for k in
                             range(lp.num_col_)], dtype=np.double)
    lp.offset_ = float(slots.constant)
    lp.col_lower_ = np.zeros(lp.num_col_)
    lp.col_upper_ = np.array(slots.upper, dtype=np.double)
    lp.row_lower_ = np.full(lp.num_row_, -highspy.kHighsInf)
    lp.row_upper_ = np.array([b for _, b in slots.rows], dtype=np.double)
    lp.integrality_ = [highspy.HighsVarType.kInteger] * lp.num_col_
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0] + [len(r) for r, _ in slots.rows])
    lp.a_matrix_.index_ = np.array([k for r, _ in slots.rows for k in r])
    lp.a_matrix_.value_ = np.array([a for r, _ in slots.rows
                                    for a in r.values()], dtype=np.double)
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("mip_rel_gap", 0.0)
    highs.passModel(lp)
    start = highspy.HighsSolution()
    start.col_value = list(slots.values(hint))
    highs.setSolution(start)

    def better(event):
        log.offer(slots.starts(np.array(event.data_out.mip_solution)))

    def stop(event):
        if log.seconds() > job["cpu_seconds"]:
            event.interrupt()

    highs.cbMipImprovingSolution.subscribe(better)
    highs.cbMipInterrupt.subscribe(stop)
    highs.cbSimplexInterrupt.subscribe(stop)
    log.begin = time.process_time()
    highs.run()
    info = highs.getInfo()
    optimal = highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return info.mip_dual_bound, optimal


def main():
    method, job_path, out = sys.argv[1:]
    job = json.load(open(job_path))
    inst = load(job["file"], job["latency"], job["length"], job["ii"])
    hint = np.loadtxt(job["hint"], delimiter=",", skiprows=1, ndmin=2,
                      dtype=np.int64)[:, 1]
    log = Log(out, inst, job["objective"])
    if method == "highs":
        bound, optimal = solve_highs(job, inst, log, hint)
    else:
        bound, optimal = solve_cp_sat(job, inst, log, hint,
                                      method == "cp-sat-slots")
    finite = abs(bound) < 1e15
    log.write({"bound": int(np.ceil(bound - 1e-6)) if finite else None,
               "optimal": bool(optimal), "cpu_seconds": log.seconds()})


if __name__ == "__main__":
    main()
