"""Problems from arrays."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, Union

import numpy as np
import numpy.typing as npt

from . import _gaus
from .arrays import _filled, _floats, _int, _ints
from .errors import Error, _checked
from .named import _Nodes, _Resources
from .options import MemoryModel

if TYPE_CHECKING:
    import networkx  # type: ignore[import-untyped,unused-ignore]
    import pandas  # type: ignore[import-untyped,unused-ignore]

#: Numbers an entry each, or one number that stands for all.
Integers = npt.ArrayLike
#: A node or a resource: its number or its name.
Label = Union[int, str]
_T = TypeVar("_T", bound=np.generic)


class Problem:
    """A scheduling problem as arrays; docs/spec.md defines every quantity.

    latency: cycles >= 0, one entry a node: their number, n, is that of the problem.
    edges: m pairs (source, target) of numbers or names, an array of shape (m, 2) or
    a list. names: n names, for messages and for pairs of names.
    width: of the value that a node makes, in bits or any unit. occupancy: cycles >= 1
    for which units are held. window: n pairs (first, last) of start cycles, or None.
    delay: ns, a number, an entry a node, or a pair of such for (in, out).
    resource: for each node a number, a name, None, or a dict {resource: units};
    `units` is how many where that is not a dict. limits, prices: units >= 1 in a
    cycle and the price of a unit, a dict by resource or a list; None = unlimited, 1.
    resource_names: a list, or a dict by number.
    distance (iterations >= 0), lag (cycles, any sign), weight (of communication),
    carries (0: no value, order alone): an entry an edge.
    enter: (width, users) of each value that is there at cycle 0, and lives to the
    start of the last of its users; (width, users, True): to the end. leave: the
    nodes whose values live to the end.
    ii, length (cycles), clock (ns): 0 = none. live_limit: the most live memory in any
    cycle, or None. memory_model: what is live, "values" (in registers, to the start of
    the last use) or "buffers" (of tensors, from the start of what writes them to the
    end of the last use). A number stands for all entries.

    Arrays are copied once, into the problem; what the properties show are views of
    its own arrays, without a copy, and read-only. Problems are values: they can be
    compared, hashed, copied and pickled, and `replace` makes changed ones.

    Raises gaus.Error ("input"; "Res" where a node needs more than a limit) if an
    entry is out of range or a name unknown.
    """

    _native: _gaus.Problem

    @_checked
    def __init__(self, latency: npt.ArrayLike,
                 edges: npt.ArrayLike | Iterable[tuple[Label, Label]] = (),
                 width: Integers = 0, *, occupancy: Integers = 1,
                 window: Sequence[tuple[int, int] | None] | npt.ArrayLike | None = None,
                 delay: npt.ArrayLike | tuple[npt.ArrayLike, npt.ArrayLike] | None = None,
                 resource: npt.ArrayLike | Label | Sequence[
                     Label | Mapping[Any, int] | None] | None = None,
                 units: Integers = 1,
                 limits: Mapping[Any, int | None] | Sequence[int | None] | None = None,
                 prices: Mapping[Any, int | None] | Sequence[int | None] | None = None,
                 resource_names: Mapping[int, str] | Sequence[str] | None = None,
                 distance: Integers = 0, lag: Integers = 0, weight: Integers = 1,
                 carries: Integers = 1, ii: int = 0, length: int = 0,
                 clock: float = 0.0, live_limit: int | None = None,
                 memory_model: MemoryModel = "values",
                 names: Sequence[str] | None = None, name: str = "",
                 enter: Iterable[tuple[Any, ...]] = (),
                 leave: Iterable[Label] = ()) -> None:
        cycles = _ints("latency", latency, high=_gaus.MAX_CYCLE)
        n = cycles.size
        native = _gaus.Problem()
        first, last = self._window(window, n)
        if not isinstance(delay, tuple):
            delay = delay, delay  # type: ignore[assignment]
        if len(delay) != 2:  # type: ignore[arg-type]
            raise Error("input", "delay must be one, or a pair (in, out)")
        labels = [] if names is None else [str(x) for x in names]
        if labels and len(labels) != n:
            raise Error("input", f"names has {len(labels)} entries, not {n}")
        nodes = _Nodes(labels, n)
        native.set_nodes(
            cycles,
            _filled("occupancy", occupancy, n, 1, 1, _gaus.MAX_CYCLE),
            _filled("width", width, n, 0), first, last,
            _floats("delay", delay[0], n),  # type: ignore[index]
            _floats("delay", delay[1], n),  # type: ignore[index]
            labels)
        _Resources(n, resource, units, limits, prices,
                   resource_names).add_to(native)
        self._edges(native, nodes, edges, distance, lag, weight, carries)
        self._interface(native, nodes, list(enter), leave)
        native.ii = _int("ii", ii)
        native.length = _int("length", length)
        native.clock = float(clock)
        if live_limit is not None:
            native.live_limit = _int("live_limit", live_limit,
                                     high=2**62)
        native.set_memory_model(str(memory_model))
        native.name = str(name)
        self._adopt(native)

    def _adopt(self, native: _gaus.Problem) -> None:
        wrong = native.validate()
        if wrong is not None:
            raise Error(**wrong)
        self._native = native

    @classmethod
    def _from(cls, native: _gaus.Problem) -> Problem:
        self = cls.__new__(cls)
        self._adopt(native)
        return self

    @staticmethod
    def _window(window: Any, n: int) -> tuple[npt.NDArray[np.int64],
                                              npt.NDArray[np.int64]]:
        if window is None:
            return np.zeros(n, np.int64), np.full(n, _gaus.MAX_CYCLE, np.int64)
        pairs = [(0, _gaus.MAX_CYCLE) if w is None else w for w in window]
        if len(pairs) != n or any(len(w) != 2 for w in pairs):
            raise Error("input", f"window must have {n} pairs (first, last)")
        return (_ints("window", [w[0] for w in pairs], n, 0, _gaus.MAX_CYCLE),
                _ints("window", [w[1] for w in pairs], n, 0, _gaus.MAX_CYCLE))

    @staticmethod
    def _edges(native: _gaus.Problem, nodes: _Nodes, edges: Any, distance: Any,
               lag: Any, weight: Any, carries: Any) -> None:
        pairs = nodes.pairs("edges", edges)
        m, top, last = pairs.shape[0], _gaus.MAX_CYCLE, max(nodes.count - 1, 0)
        native.set_edges(
            _ints("edges", pairs[:, 0], m, 0, last),
            _ints("edges", pairs[:, 1], m, 0, last),
            _filled("distance", distance, m, 0, 0, top),
            _filled("lag", lag, m, 0, -top, top),
            _filled("weight", weight, m, 1),
            _filled("carries", carries, m, 1, 0, 1))

    @staticmethod
    def _interface(native: _gaus.Problem, nodes: _Nodes, enter: list[Any],
                   leave: Any) -> None:
        if any(len(value) not in (2, 3) for value in enter):
            raise Error("input", "enter must have (width, users) or (width, "
                        "users, stays) for each value")
        users = [nodes.indices("enter: the users", list(value[1]))
                 for value in enter]
        native.set_interface(
            _ints("enter: the width", [value[0] for value in enter]),
            np.cumsum([0] + [u.size for u in users]).astype(np.int64),
            np.concatenate([np.zeros(0, np.int64), *users]),
            np.array([len(v) > 2 and bool(v[2]) for v in enter], np.int64),
            np.unique(nodes.indices("leave", list(leave))))

    # From elsewhere.

    @classmethod
    def from_networkx(cls, graph: networkx.DiGraph, *,
                      ignore: Collection[str] = (), **arguments: Any) -> Problem:
        """A problem of a DiGraph or MultiDiGraph of networkx.

        Nodes are numbered in the graph's order and named by str(node). Attributes
        of nodes: latency (default 1), width, occupancy, resource, units, window,
        delay; of edges: distance, lag, weight, carries; each as the argument of
        Problem of that name has it for one item. Other attributes, unless
        `ignore` has them, are errors. `arguments` are more arguments of Problem.
        """
        from .graphs import from_networkx
        return from_networkx(graph, ignore, arguments)

    @classmethod
    def from_pandas(cls, nodes: pandas.DataFrame,
                    edges: pandas.DataFrame | None = None, *,
                    ignore: Collection[str] = (), **arguments: Any) -> Problem:
        """A problem of two frames of pandas.

        A row a node, named by its index or a column `name`, with the columns
        latency, width, occupancy, resource, units, earliest, latest, delay_in,
        delay_out; a row an edge, with source and target (names of nodes), distance,
        lag, weight, carries. All but latency, source and target may be missing;
        other columns, unless `ignore` has them, are errors. `arguments` are more
        arguments of Problem: limits, ii, ...
        """
        from .graphs import from_pandas
        return from_pandas(nodes, edges, ignore, arguments)

    @classmethod
    def from_mlir(cls, source: str | os.PathLike[str], *,
                  scope: str | None = None) -> Problem:
        """The problem of one scope of a program, which gaus-translate makes.

        source: the text of a module, or a path (an os.PathLike, or a str that ends
        in .mlir). scope: which one, where there are several, as the error for
        several names them. Raises Error ("io") where gaus-translate is not
        installed, and with its diagnostics where it refuses the text.
        """
        from .files import _from_mlir
        return _from_mlir(source, scope)

    def to_networkx(self) -> networkx.MultiDiGraph:
        """A MultiDiGraph that from_networkx reads: a node a number."""
        from .graphs import to_networkx
        return to_networkx(self)

    @_checked
    def replace(self, **changes: Any) -> Problem:
        """The same problem with other arguments: p.replace(limits={0: 2}, ii=4).

        Limits and prices by number or name change those alone that are named.
        """
        arguments = self._arguments()
        for what in ("limits", "prices"):
            given = changes.get(what)
            if isinstance(given, Mapping):
                merged = dict(arguments[what])
                for r, value in given.items():
                    merged[self._resource(r)] = value
                changes[what] = merged
        return Problem(**{**arguments, **changes})

    def _arguments(self) -> dict[str, Any]:
        """Arguments that make an equal problem."""
        a = {name: self._native.array(name) for name in _gaus.arrays()}
        uses = a["use_begin"]
        rows = [dict(zip(a["use_resource"][b:e].tolist(),
                         a["use_units"][b:e].tolist()))
                for b, e in zip(uses[:-1], uses[1:])]
        begin = a["enter_begin"]
        enter = [(int(w), a["enter_user"][b:e].tolist(), bool(s)) for w, b, e, s in
                 zip(a["enter_width"], begin[:-1], begin[1:], a["enter_stays"])]
        limits = {r: None if x == _gaus.UNLIMITED else int(x)
                  for r, x in enumerate(a["limit"])}
        return dict(
            latency=a["latency"], edges=self.edges, width=a["width"],
            occupancy=a["occupancy"],
            window=np.stack([a["earliest"], a["latest"]], axis=1),
            delay=(a["delay_in"], a["delay_out"]), resource=rows or None,
            limits=limits, prices=dict(enumerate(a["price"].tolist())),
            resource_names=self.resource_names, distance=a["distance"],
            lag=a["lag"], weight=a["weight"], carries=a["carries"], ii=self.ii,
            length=self.length, clock=self.clock, live_limit=self.live_limit,
            memory_model=self.memory_model, names=self.names or None, name=self.name, enter=enter,
            leave=a["leave"])

    # Its arrays.

    @property
    def num_nodes(self) -> int:
        return self._native.num_nodes

    @property
    def num_edges(self) -> int:
        return self._native.num_edges

    @property
    def num_resources(self) -> int:
        return self._native.num_resources

    @property
    def latency(self) -> npt.NDArray[np.int32]:
        """Cycles, shape (n,)."""
        return self._view("latency", np.int32)

    @property
    def width(self) -> npt.NDArray[np.int64]:
        """Shape (n,)."""
        return self._view("width", np.int64)

    @property
    def occupancy(self) -> npt.NDArray[np.int32]:
        """Cycles, shape (n,)."""
        return self._view("occupancy", np.int32)

    @property
    def earliest(self) -> npt.NDArray[np.int32]:
        """First allowed starts, shape (n,)."""
        return self._view("earliest", np.int32)

    @property
    def latest(self) -> npt.NDArray[np.int32]:
        """Last allowed starts, shape (n,)."""
        return self._view("latest", np.int32)

    @property
    def edges(self) -> npt.NDArray[np.int32]:
        """An array of its own, of shape (m, 2)."""
        return np.stack([self._view("source", np.int32),
                         self._view("target", np.int32)], axis=1)

    @property
    def distance(self) -> npt.NDArray[np.int32]:
        """Iterations, shape (m,)."""
        return self._view("distance", np.int32)

    @property
    def lag(self) -> npt.NDArray[np.int32]:
        """Cycles, shape (m,)."""
        return self._view("lag", np.int32)

    @property
    def weight(self) -> npt.NDArray[np.int64]:
        """Of the communication, shape (m,)."""
        return self._view("weight", np.int64)

    @property
    def carries(self) -> npt.NDArray[np.uint8]:
        """Whether an edge carries a value, shape (m,)."""
        return self._view("carries", np.uint8)

    @property
    def limits(self) -> dict[str, int | None]:
        """{name: units in a cycle, None = unlimited}."""
        return {name: None if x == _gaus.UNLIMITED else int(x) for name, x in
                zip(self._resource_labels(), self._native.array("limit"))}

    @property
    def names(self) -> list[str]:
        """Of the nodes; empty where they have none."""
        return self._native.node_names()

    @property
    def resource_names(self) -> list[str]:
        return self._native.resource_names()

    @property
    def name(self) -> str:
        return self._native.name

    @property
    def ii(self) -> int:
        """Cycles; 0 = none."""
        return self._native.ii

    @property
    def length(self) -> int:
        """Cycles; 0 = none."""
        return self._native.length

    @property
    def clock(self) -> float:
        """Nanoseconds; 0 = none."""
        return self._native.clock

    @property
    def live_limit(self) -> int | None:
        limit = self._native.live_limit
        return None if limit == _gaus.UNLIMITED else limit

    @property
    def memory_model(self) -> MemoryModel:
        """What is live: "values" or "buffers"."""
        model: MemoryModel = self._native.memory_model()  # type: ignore[assignment]
        return model

    def _with_memory_model(self, model: MemoryModel | None) -> Problem:
        """This one, or the same with another model."""
        if model is None or model == self.memory_model:
            return self
        return _rebuilt(*(*self._state()[:-1], model))

    def _view(self, name: str, kind: type[_T]) -> npt.NDArray[_T]:
        """Its own array of that type, read-only."""
        view: npt.NDArray[_T] = self._native.array(name)
        return view

    def _labels(self) -> list[str]:
        """A label for every node."""
        return [self._native.node_label(i) for i in range(self.num_nodes)]

    def _resource_labels(self) -> list[str]:
        return [self._native.resource_label(r)
                for r in range(self.num_resources)]

    def _resource(self, resource: Any) -> int:
        """The number of a resource."""
        if isinstance(resource, str):
            if resource not in self.resource_names:
                raise Error("input", f"there is no resource {resource!r}")
            return self.resource_names.index(resource)
        number = _int("resource", resource, high=2**62)
        if number >= self.num_resources:
            raise Error("input", f"there is no resource {resource}")
        return number

    # As a value.

    def _state(self) -> tuple[Any, ...]:
        p = self._native
        return ({name: p.array(name) for name in _gaus.arrays()}, p.node_names(),
                p.resource_names(), p.name, p.ii, p.length, p.clock, p.live_limit,
                p.memory_model())

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, self._state()

    def __copy__(self) -> Problem:
        return self

    def __deepcopy__(self, memo: Any) -> Problem:
        return self  # nothing of it changes

    def fingerprint(self) -> str:
        """SHA-256, in hexadecimal, of all that is in it: the same on every machine."""
        arrays, *rest = self._state()
        if self.memory_model == "values":
            rest.pop()  # as before there were models
        digest = hashlib.sha256(repr(rest).encode("utf-8", "surrogateescape"))
        for name, values in arrays.items():
            digest.update(f"{name} {values.size} ".encode())
            digest.update(values.tobytes())
        return digest.hexdigest()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Problem):
            return NotImplemented
        mine, theirs = self._state(), other._state()
        return mine[1:] == theirs[1:] and all(
            np.array_equal(mine[0][name], theirs[0][name]) for name in mine[0])

    def __hash__(self) -> int:
        return hash((self.num_nodes, self.num_edges, self.name, self.ii,
                     self.length, self.latency.tobytes()))

    def __repr__(self) -> str:
        return (f"gaus.Problem({self.name!r}: {self.num_nodes} nodes, "
                f"{self.num_edges} edges)")

    def _repr_html_(self) -> str:
        from .drawing import table_html
        limits = ", ".join(f"{name}: {limit}" for name, limit in
                           self.limits.items() if limit is not None)
        return table_html(f"Problem {self.name}".strip(), {
            "nodes": self.num_nodes, "edges": self.num_edges,
            "limits": limits, "ii": self.ii or "", "length": self.length or "",
            "clock": f"{self.clock:g} ns" if self.clock else "",
            "live limit": "" if self.live_limit is None else self.live_limit,
            "memory": "" if self.memory_model == "values" else self.memory_model})


def _rebuilt(arrays: dict[str, Any], names: list[str], resources: list[str],
             name: str, ii: int, length: int, clock: float,
             live_limit: int, memory_model: str) -> Problem:
    """The problem of a _state()."""
    a = {key: np.asarray(x, np.int64) for key, x in arrays.items()}
    native = _gaus.Problem()
    native.set_nodes(a["latency"], a["occupancy"], a["width"], a["earliest"],
                     a["latest"], arrays["delay_in"].tolist(),
                     arrays["delay_out"].tolist(), names)
    for resource, limit, price in zip(resources, a["limit"].tolist(),
                                      a["price"].tolist()):
        native.add_resource(resource, limit, price)
    native.set_uses(a["use_begin"], a["use_resource"], a["use_units"])
    native.set_edges(a["source"], a["target"], a["distance"], a["lag"],
                     a["weight"], a["carries"])
    native.set_interface(a["enter_width"], a["enter_begin"], a["enter_user"],
                         a["enter_stays"], a["leave"])
    native.name, native.ii, native.length = name, ii, length
    native.clock, native.live_limit = clock, live_limit
    native.set_memory_model(memory_model)
    return Problem._from(native)


def _native(problem: Any) -> _gaus.Problem:
    if not isinstance(problem, Problem):
        raise Error("input", "problem must be a gaus.Problem, not "
                    f"{type(problem).__name__}")
    return problem._native
