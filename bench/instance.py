"""A scheduling problem as numpy arrays, and its exact cost.

Read from the JSON of docs/formats.md (`gaus-translate` makes it from any input).
Nothing here is shared with the solver: `evaluate` is written from docs/spec.md, so
that every schedule of a comparison, ours or another's, is checked independently.
"""

import json
import pathlib
import subprocess

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
TRANSLATE = ROOT / "build/bin/gaus-translate"
WEIGHTS = (100, 1)  # ratio and alpha of `resources`


class Instance:
    """Arrays of a problem; length and II as solved (II 0 = none)."""

    def __init__(self, document, length, ii):
        n = len(document["latency"])
        m = len(document.get("src", []))

        def ints(key, size, default):
            values = document.get(key)
            return np.asarray(default if values is None else values,
                              dtype=np.int64) * np.ones(size, dtype=np.int64)

        self.name = document.get("name", "")
        self.n, self.m, self.length, self.ii = n, m, length, ii
        self.latency = ints("latency", n, 0)
        self.span = np.maximum(self.latency, 1)
        self.width = ints("width", n, 0)
        self.occupancy = ints("occupancy", n, 1)
        self.source, self.target = ints("src", m, 0), ints("dst", m, 0)
        self.weight = ints("comm", m, 1)
        self.carries = ints("order", m, 0) == 0
        self.shift = ii * ints("dist", m, 0)
        self.buffers = document.get("memory_model") == "buffers"
        # [Dep]: start[target] >= start[source] + gap.
        self.gap = self.latency[self.source] + ints("lag", m, 0) - self.shift
        self.limits = {int(r): x for r, x in document.get("limits", {}).items()
                       if x is not None}
        rows = document.get("uses")
        if rows is None:
            rows = [[[r, u]] for r, u in zip(ints("cls", n, 0),
                                             ints("weight", n, 1))]
        self.uses = [(i, int(r), int(u)) for i, row in enumerate(rows)
                     for r, u in row]
        self.resources = sorted({r for _, r, _ in self.uses})

    def windows(self):
        """Earliest and latest starts by relaxation over all edges."""
        early = np.zeros(self.n, dtype=np.int64)
        late = self.length - self.span
        for _ in range(self.n + 1):
            a, b = early.copy(), late.copy()
            np.maximum.at(a, self.target, early[self.source] + self.gap)
            np.minimum.at(b, self.source, late[self.target] - self.gap)
            if (a == early).all() and (b == late).all():
                break
            early, late = a, b
        return early, late

    def lives(self, starts):
        """The first cycle of each value's life, and the first one behind it."""
        c, end = self.carries, starts + self.span
        born, last = (starts, end.copy()) if self.buffers else (
            end - 1, np.full(self.n, -1, dtype=np.int64))
        used = end if self.buffers else starts
        np.maximum.at(last, self.source[c], used[self.target[c]] + self.shift[c])
        return born, last


def load(path, latency=None, length=0, ii=0):
    """Any input of the tools. `length`, `ii`: as gaus-bench solved it."""
    path = pathlib.Path(path)
    kind = {".aig": "aiger", ".gml": "gml"}.get(path.suffix)
    if kind is None:
        text = path.read_text()
    else:
        run = subprocess.run(
            [TRANSLATE, f"--import-{kind}", path, f"--node-latency={latency}"],
            check=True, capture_output=True)
        run = subprocess.run([TRANSLATE, "--export-json", "-"], check=True,
                             input=run.stdout, capture_output=True)
        text = run.stdout
    document = json.loads(text)
    document["name"] = path.stem
    return Instance(document, length or document.get("L", 0),
                    ii or document.get("II", 0))


def _profile(inst, begin, end, amount):
    """Sum of `amount` over cycles begin .. end - 1 (slots with an II)."""
    edge = np.zeros(int(max(end.max(initial=0), begin.max(initial=0))) + 2,
                    dtype=np.int64)
    np.add.at(edge, begin, amount)
    np.add.at(edge, end, -amount)
    profile = np.cumsum(edge)
    if inst.ii:
        profile = np.append(profile, np.zeros(-len(profile) % inst.ii,
                                              dtype=np.int64))
        profile = profile.reshape(-1, inst.ii).sum(axis=0)
    return profile


def evaluate(inst, starts, objective):
    """(cost, list of violated constraints) of `starts`."""
    s = np.asarray(starts, dtype=np.int64)
    bad = []
    if len(s) != inst.n or (s < 0).any():
        return None, ["starts"]
    if (s[inst.target] < s[inst.source] + inst.gap).any():
        bad.append("Dep")
    if (s + inst.span > inst.length).any():
        bad.append("Lat")
    peaks = 0
    for r in inst.resources:
        node, units = np.array([(i, u) for i, q, u in inst.uses if q == r]).T
        peak = int(_profile(inst, s[node], s[node] + inst.occupancy[node],
                            units).max(initial=0))
        peaks += peak
        if peak > inst.limits.get(r, peak):
            bad.append("Res")
    if objective == "resources":
        com = int((inst.weight[inst.carries] *
                   (s[inst.target] + inst.shift - s[inst.source])
                   [inst.carries]).sum())
        return WEIGHTS[0] * peaks + WEIGHTS[1] * com, bad
    born, last = inst.lives(s)
    live = last > born
    memory = _profile(inst, born[live], last[live], inst.width[live])
    return int(memory.max(initial=0)), bad
