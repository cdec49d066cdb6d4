"""Nodes and resources by name, as the numbers that the native half knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from . import _gaus
from .arrays import _array, _filled, _int, _ints
from .errors import Error

# Resources are numbered; as many names and limits are kept as the largest says.
_MAX_RESOURCE = 2**20


class _Nodes:
    """Nodes by number, or by name where all names differ."""

    def __init__(self, names: list[str], count: int) -> None:
        self.names, self.count = names, count
        self._index: dict[str, int] | None = None

    def index(self, what: str, node: Any) -> Any:
        if not isinstance(node, str):
            return node
        if self._index is None:
            self._index = {name: i for i, name in enumerate(self.names)}
            if len(self._index) < len(self.names):
                raise Error("input", f"{what}: nodes are found by name only "
                            "where all names differ")
        if node not in self._index:
            raise Error("input", f"{what}: there is no node {node!r}")
        return self._index[node]

    def indices(self, what: str, nodes: Iterable[Any]) -> npt.NDArray[np.int64]:
        found = [self.index(what, node) for node in nodes]
        return _ints(what, found, None, 0, self.count - 1)

    def pairs(self, what: str, edges: Any) -> npt.NDArray[np.int64]:
        """An array of shape (m, 2)."""
        if not isinstance(edges, np.ndarray):
            edges = [tuple(self.index(what, x) for x in edge)
                     if isinstance(edge, (tuple, list)) else edge
                     for edge in edges]
        elif edges.dtype.kind in "OU":
            return self.pairs(what, edges.tolist())
        pairs = _array(what, edges)
        if pairs.size == 0:
            pairs = np.zeros((0, 2), np.int64)
        if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in \
                "iu":
            raise Error("input", f"{what} must be pairs (source, target)")
        return pairs


def _by_resource(values: Any) -> dict[Any, Any]:
    if values is None:
        return {}
    return dict(values if isinstance(values, Mapping) else enumerate(values))


class _Resources:
    """Uses of nodes, limits, prices and names of resources.

    Resources are numbers, or names: those of `resource_names`, else those that
    nodes use, in their order.
    """

    begin: npt.NDArray[np.int64]
    index: npt.NDArray[np.int64]
    units: npt.NDArray[np.int64]

    def __init__(self, count: int, resource: Any, units: Any, limits: Any,
                 prices: Any, names: Any) -> None:
        self.names = _by_resource(names)
        self._index = {str(name): r for r, name in self.names.items()}
        self._given = bool(self.names)
        self._uses(count, resource, units)
        self.limits = self._numbered("limits", limits)
        self.prices = self._numbered("prices", prices)
        for what, values in (("limits", self.limits), ("prices", self.prices),
                             ("resource_names", self.names)):
            _ints(what + ": the resource", list(values), high=_MAX_RESOURCE)

    def _number(self, what: str, resource: Any, new: bool) -> Any:
        if not isinstance(resource, str):
            return resource
        if resource not in self._index:
            if self._given or not new:
                raise Error("input", f"{what}: there is no resource "
                            f"{resource!r}")
            self._index[resource] = len(self._index)
            self.names[self._index[resource]] = resource
        return self._index[resource]

    def _numbered(self, what: str, values: Any) -> dict[Any, Any]:
        return {self._number(what, r, False): value
                for r, value in _by_resource(values).items()}

    def _uses(self, n: int, resource: Any, units: Any) -> None:
        if resource is None:
            self.begin = np.zeros(n + 1, np.int64)
            self.index, self.units = np.zeros(0, np.int64), np.zeros(0, np.int64)
            return
        if isinstance(resource, str):
            resource = [resource] * n
        entries = [] if isinstance(resource, np.ndarray) or \
            not np.ndim(resource) else list(resource)
        if not any(x is None or isinstance(x, (str, Mapping)) for x in entries):
            self.index = _filled("resource", resource, n, 0, 0, _MAX_RESOURCE)
            self.units = _filled("units", units, n, 1)
            self.begin = np.arange(n + 1, dtype=np.int64)
            return
        if len(entries) != n:
            raise Error("input", f"resource has {len(entries)} entries, not {n}")
        each = _filled("units", units, n, 1)
        rows = [{} if x is None else dict(x) if isinstance(x, Mapping)
                else {x: int(each[i])} for i, x in enumerate(entries)]
        if len({isinstance(r, str) for row in rows for r in row}) == 2 and \
                not self._given:
            raise Error("input", "resource must have numbers or names, not "
                        "both")
        self.begin = np.cumsum([0] + [len(r) for r in rows]).astype(np.int64)
        self.index = _ints("resource", [self._number("resource", r, True)
                                        for row in rows for r in row],
                           high=_MAX_RESOURCE)
        self.units = _ints("units", [u for row in rows for u in row.values()])

    def add_to(self, native: _gaus.Problem) -> None:
        known = [*self.limits, *self.prices, *self.names, *self.index.tolist()]
        for r in range(int(max(known, default=-1)) + 1):
            limit, price = self.limits.get(r), self.prices.get(r)
            native.add_resource(
                str(self.names.get(r, f"r{r}")),
                _gaus.UNLIMITED if limit is None else
                _int("limits", limit, 1, 2**62),
                1 if price is None else _int("prices", price, 0, 2**62))
        native.set_uses(self.begin, self.index, self.units)
