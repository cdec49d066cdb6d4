"""Damaged schedules: our verifier and an independent checker must agree.

The checker lies beside some checkouts, as for the tests in test/Integration;
elsewhere this is skipped.
"""

import collections
import json
import os
import pathlib
import sys

import numpy as np
import pytest

import gaus

SHARED = pathlib.Path(os.environ.get(
    "GAUS_SHARED", pathlib.Path(__file__).resolve().parents[3] / "shared"))

pytestmark = pytest.mark.skipif(
    not (SHARED / "check_schedule.py").exists(),
    reason=f"no independent checker in {SHARED}")

#: Formulation of the checker, objective, and whether there is an II.
KINDS = [("A", "resources", False), ("A", "resources", True),
         ("B", "memory", False), ("C", "memory", True),
         ("T", "latency", False), ("T", "latency", True)]
PER_SCHEDULE = 40


def instance(random, kind, pipelined):
    """A loop or graph as instances.py writes it."""
    n = int(random.integers(6, 30))
    src, dst, dist = [], [], []
    for j in range(1, n):
        for i in random.choice(j, size=min(j, int(random.integers(1, 3))),
                               replace=False):
            src.append(int(i))
            dst.append(j)
            dist.append(int(pipelined and random.random() < 0.1))
    for _ in range(int(random.integers(1, 4)) if pipelined else 0):
        j = int(random.integers(0, n - 1))
        src.append(int(random.integers(j, n)))
        dst.append(j)
        dist.append(int(random.integers(1, 3)))
    m = len(src)
    return {"name": kind, "latency": random.integers(0, 4, n).tolist(),
            "weight": random.integers(1, 3, n).tolist(),
            "cls": random.integers(0, 3, n).tolist(),
            "width": random.integers(0, 9, n).tolist(), "src": src, "dst": dst,
            "dist": dist, "comm": random.integers(0, 2, m).tolist(),
            "II": 0, "L": 0,
            "limits": {"0": int(random.integers(2, 6)),
                       "1": int(random.integers(2, 6))},
            "lag": random.choice([0, 0, 0, 1, -1], m).tolist(),
            "occupancy": random.choice([1, 1, 1, 2, 3], n).tolist(),
            "order": random.choice([0, 0, 0, 1], m).tolist()}


def mutants(random, starts, ii):
    """Schedules near a legal one; many of them are still legal."""
    turn = max(ii, 1)
    for _ in range(PER_SCHEDULE):
        s = starts.astype(np.int64)
        for _ in range(int(random.choice([1, 1, 1, 2, 4]))):
            i, j = random.integers(0, len(s), 2)
            move = random.integers(0, 6)
            if move == 0:
                s[i], s[j] = s[j], s[i]
            elif move == 1:
                s[i] = s[j]
            elif move == 2:
                s[i] += turn * random.choice([-1, 1])
            elif move == 3:
                s += int(random.integers(-1, 3))
            else:
                s[i] += random.integers(-3, 4)
        yield s


@pytest.mark.parametrize("formulation, objective, pipelined", KINDS)
def test_mutants_are_judged_alike(tmp_path, formulation, objective, pipelined):
    sys.path.insert(0, str(SHARED))
    try:
        from check_schedule import check
        from instances import load
    finally:
        sys.path.remove(str(SHARED))
    random = np.random.default_rng(len(objective) + 100 * pipelined)
    seen = collections.Counter()
    for k in range(12):
        path = tmp_path / f"{k}.json"
        path.write_text(json.dumps(instance(random, str(k), pipelined)))
        problem, other = gaus.read(path), load(path)
        length = {} if formulation == "T" else {"length": "1x"}
        try:
            s = gaus.schedule(problem, objective=objective, effort=0, **length,
                              ii="auto" if pipelined else "none")
        except gaus.Error:
            seen["unsolved"] += 1
            continue
        for starts in [s.starts.astype(np.int64),
                       *mutants(random, s.starts, s.ii)]:
            found = gaus.verify(problem, starts, length=s.length, ii=s.ii)
            answer = check(other, starts, formulation, s.length, s.ii,
                           limits=other.limits)
            assert (not found) == answer["feasible"], (
                path.read_text(), starts.tolist(), s.length, s.ii,
                [str(v) for v in found], answer)
            seen["legal" if not found else "illegal"] += 1
            seen.update({v.code for v in found})
    assert seen["unsolved"] <= 4
    assert seen["legal"] > 30 and seen["illegal"] > 150, seen
    assert seen["Dep"] > 100 and seen["Lat"] > 10 and seen["Res"] > 30, seen
