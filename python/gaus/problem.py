"""Problems from arrays."""

from __future__ import annotations

import numpy as np

from . import _gaus
from .arrays import _array, _filled, _floats, _int, _ints
from .errors import Error, _checked

# Resources are numbered; as many names and limits are kept as the largest says.
_MAX_RESOURCE = 2**20


class Problem:
    """A scheduling problem as arrays; docs/spec.md defines every quantity.

    latency: cycles, one entry a node.
    edges: pairs (source, target), an array of shape (m, 2) or a list.
    width: of the value that a node makes. occupancy: cycles for which units are
    held. window: pairs (first, last) of starts, or None. delay: ns, a number, an
    entry a node, or a pair of such for (in, out).
    resource: a resource index a node (then `units` may say how many, default 1),
    or a list with a dict {resource: units} for each node.
    limits, prices: dicts by resource, or lists; None = unlimited, 1.
    distance, lag, weight, carries: an entry an edge.
    enter: (width, users) of each value that is there at cycle 0, and lives to the
    start of the last of its users; (width, users, True): to the end. leave: the
    nodes whose values live to the end.
    ii, length, clock: 0 = none. live_limit: the most live memory in any cycle,
    or None. A number stands for all entries.
    """

    @_checked
    def __init__(self, latency, edges=(), width=0, *, occupancy=1, window=None,
                 delay=None, resource=None, units=1, limits=None, prices=None,
                 resource_names=None, distance=0, lag=0, weight=1, carries=1,
                 ii=0, length=0, clock=0.0, live_limit=None, names=None,
                 name="", enter=(), leave=()):
        latency = _ints("latency", latency, high=_gaus.MAX_CYCLE)
        n = latency.size
        native = _gaus.Problem()
        first, last = self._window(window, n)
        if not isinstance(delay, tuple):
            delay = delay, delay
        if len(delay) != 2:
            raise Error("input", "delay must be one, or a pair (in, out)")
        names = [] if names is None else [str(x) for x in names]
        if names and len(names) != n:
            raise Error("input", f"names has {len(names)} entries, not {n}")
        native.set_nodes(
            latency,
            _filled("occupancy", occupancy, n, 1, 1, _gaus.MAX_CYCLE),
            _filled("width", width, n, 0), first, last,
            _floats("delay", delay[0], n), _floats("delay", delay[1], n),
            names)
        self._uses(native, n, resource, units, limits, prices, resource_names)
        self._edges(native, n, edges, distance, lag, weight, carries)
        self._interface(native, n, list(enter), leave)
        native.ii = _int("ii", ii)
        native.length = _int("length", length)
        native.clock = float(clock)
        if live_limit is not None:
            native.live_limit = _int("live_limit", live_limit,
                                     high=2**62)
        native.name = str(name)
        self._adopt(native)

    def _adopt(self, native):
        wrong = native.validate()
        if wrong is not None:
            raise Error(**wrong)
        self._native = native

    @classmethod
    def _from(cls, native):
        self = cls.__new__(cls)
        self._adopt(native)
        return self

    @staticmethod
    def _window(window, n):
        if window is None:
            return np.zeros(n, np.int64), np.full(n, _gaus.MAX_CYCLE, np.int64)
        pairs = [(0, _gaus.MAX_CYCLE) if w is None else w for w in window]
        if len(pairs) != n or any(len(w) != 2 for w in pairs):
            raise Error("input", f"window must have {n} pairs (first, last)")
        return (_ints("window", [w[0] for w in pairs], n, 0, _gaus.MAX_CYCLE),
                _ints("window", [w[1] for w in pairs], n, 0, _gaus.MAX_CYCLE))

    @staticmethod
    def _uses(native, n, resource, units, limits, prices, names):
        if resource is None:
            rows = [{}] * n
            begin = np.zeros(n + 1, np.int64)
            index, count = np.zeros(0, np.int64), np.zeros(0, np.int64)
        elif np.ndim(resource) and len(resource) and isinstance(
                resource[0], dict):
            rows = list(resource)
            if len(rows) != n:
                raise Error("input", f"resource has {len(rows)} entries, not "
                            f"{n}")
            begin = np.cumsum([0] + [len(r) for r in rows]).astype(np.int64)
            index = _ints("resource", [r for row in rows for r in row],
                          high=_MAX_RESOURCE)
            count = _ints("units", [u for row in rows for u in row.values()])
        else:
            index = _filled("resource", resource, n, 0, 0,
                            _MAX_RESOURCE)
            count = _filled("units", units, n, 1)
            begin = np.arange(n + 1, dtype=np.int64)

        def by_resource(values):
            if values is None:
                return {}
            return dict(values if hasattr(values, "items") else
                        enumerate(values))

        limits, prices = by_resource(limits), by_resource(prices)
        names = by_resource(names)
        for what, values in (("limits", limits), ("prices", prices),
                             ("resource_names", names)):
            _ints(what + ": the resource", list(values), high=_MAX_RESOURCE)
        known = [*limits, *prices, *names, *index.tolist()]
        for r in range(int(max(known, default=-1)) + 1):
            limit = limits.get(r)
            price = prices.get(r)
            native.add_resource(
                str(names.get(r, f"r{r}")),
                _gaus.UNLIMITED if limit is None else
                _int("limits", limit, 1, 2**62),
                1 if price is None else _int("prices", price, 0, 2**62))
        native.set_uses(begin, index, count)

    @staticmethod
    def _edges(native, n, edges, distance, lag, weight, carries):
        pairs = _array("edges", edges)
        if pairs.size == 0:
            pairs = np.zeros((0, 2), np.int64)
        if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in \
                "iu":
            raise Error("input", "edges must be pairs (source, target)")
        m, top = pairs.shape[0], _gaus.MAX_CYCLE
        native.set_edges(
            _ints("edges", pairs[:, 0], m, 0, max(n - 1, 0)),
            _ints("edges", pairs[:, 1], m, 0, max(n - 1, 0)),
            _filled("distance", distance, m, 0, 0, top),
            _filled("lag", lag, m, 0, -top, top),
            _filled("weight", weight, m, 1),
            _filled("carries", carries, m, 1, 0, 1))

    @staticmethod
    def _interface(native, n, enter, leave):
        if any(len(value) not in (2, 3) for value in enter):
            raise Error("input", "enter must have (width, users) or (width, "
                        "users, stays) for each value")
        users = [_ints("enter: the users", list(value[1]), None, 0, n - 1)
                 for value in enter]
        native.set_interface(
            _ints("enter: the width", [value[0] for value in enter]),
            np.cumsum([0] + [u.size for u in users]).astype(np.int64),
            np.concatenate([np.zeros(0, np.int64), *users]),
            np.array([len(v) > 2 and bool(v[2]) for v in enter], np.int64),
            np.unique(_ints("leave", list(leave), None, 0, n - 1)))

    @property
    def num_nodes(self):
        return self._native.num_nodes

    @property
    def num_edges(self):
        return self._native.num_edges

    @property
    def latency(self):
        return self._native.array("latency")

    @property
    def width(self):
        return self._native.array("width")

    @property
    def edges(self):
        """An array of shape (m, 2)."""
        return np.stack([self._native.array("source"),
                         self._native.array("target")], axis=1)

    @property
    def name(self):
        return self._native.name

    @property
    def ii(self):
        return self._native.ii

    @property
    def length(self):
        return self._native.length

    def __repr__(self):
        return (f"gaus.Problem({self.name!r}: {self.num_nodes} nodes, "
                f"{self.num_edges} edges)")


def _native(problem):
    if not isinstance(problem, Problem):
        raise Error("input", "problem must be a gaus.Problem, not "
                    f"{type(problem).__name__}")
    return problem._native
