"""Schedules: costs, profiles, reports and files."""

from __future__ import annotations

import dataclasses
import os
from typing import TYPE_CHECKING, Any, Union

import numpy as np
import numpy.typing as npt

from . import _gaus
from .arrays import _int, _ints
from .errors import Error, _checked
from .problem import Label, Problem, _native

if TYPE_CHECKING:
    import networkx  # type: ignore[import-untyped,unused-ignore]
    import pandas  # type: ignore[import-untyped,unused-ignore]

Path = Union[str, "os.PathLike[str]"]

# Cycles of a profile as an array; longer ones have steps.
_MAX_PROFILE = 2**26


def _written(text: str, path: Path | None) -> str:
    """The text, written as well if there is a path."""
    if path is not None:
        wrong = _gaus.write(os.fsencode(path), text)
        if wrong is not None:
            raise Error(**wrong)
    return text


def _equal(a: Any, b: Any) -> bool:
    """Of dataclasses with arrays in them."""
    for field in dataclasses.fields(a):
        x, y = getattr(a, field.name), getattr(b, field.name)
        if isinstance(x, np.ndarray) or isinstance(y, np.ndarray):
            if not np.array_equal(x, y):
                return False
        elif x != y:
            return False
    return True


@dataclasses.dataclass(eq=False)
class Costs:
    """All costs of a schedule, in the units of docs/spec.md.

    peaks: units of each resource in use at once. resources: their sum by prices.
    communication: weighted lifetimes. memory: the most live width. cycles: the length.
    """

    peaks: npt.NDArray[np.int64]
    resources: int
    communication: int
    memory: int
    cycles: int

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and _equal(self, other)


@dataclasses.dataclass(eq=False, repr=False)
class Schedule(Costs):
    """A legal schedule: starts, costs, bound, and how it was found.

    starts: int32, shape (n,), cycles. cost, bound, gap: of the objective. peaks,
    resources, communication, memory, cycles: all costs, as in Costs. length, ii
    (cycles; ii 0 = none): as solved.
    ii_proof: why no smaller ii was taken where it was searched, else "": "bound"
    (recurrences, limits, windows and length rule them out), "exact" (proven by
    search), "undecided" (ii_undecided is the first one that was not decided, else 0).
    method: what found it; methods: the best cost of each. steps, legalizations,
    proposals, windows: the work done. backend, backend_reason: where the descent ran.
    cut: what ended the search early, "time limit" or "request", else "".
    memory_reason: why the heuristics alone ran, where a search would have been
    beyond memory_limit, else "".
    """

    problem: Problem
    objective: str
    starts: npt.NDArray[np.int32]
    cost: int
    bound: int
    length: int
    ii: int
    ii_proof: str
    ii_undecided: int
    method: str
    methods: dict[str, int]
    steps: int
    legalizations: int
    proposals: int
    windows: int
    backend: str
    backend_reason: str
    memory_reason: str
    cut: str

    @property
    def gap(self) -> float:
        """(cost - bound) / cost."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    @_checked
    def memory_profile(self) -> npt.NDArray[np.int64]:
        """Live width in each cycle (slot)."""
        return self._dense(-1)

    @_checked
    def use_profile(self, resource: Label) -> npt.NDArray[np.int64]:
        """Units of a resource, by number or name, in use in each cycle (slot)."""
        return self._dense(self._resource(resource))

    @_checked
    def memory_steps(self) -> npt.NDArray[np.int64]:
        """The same as rows (cycle, value): a value holds up to the next row."""
        return self._steps(-1)

    @_checked
    def use_steps(self, resource: Label) -> npt.NDArray[np.int64]:
        """use_profile as rows (cycle, value)."""
        return self._steps(self._resource(resource))

    def _resource(self, resource: Label) -> int:
        _native(self.problem)
        return self.problem._resource(resource)

    def _steps(self, resource: int) -> npt.NDArray[np.int64]:
        rows: npt.NDArray[np.int64] = _gaus.steps(*self._plain(), resource)
        return rows

    def _dense(self, resource: int) -> npt.NDArray[np.int64]:
        native, starts, ii = self._plain()
        last = int(_gaus.steps(native, starts, ii, resource)[-1, 0])
        if max(last, ii) > _MAX_PROFILE:
            raise Error("input", f"a profile of {max(last, ii)} cycles is too "
                        "long for an array; take the steps")
        units: npt.NDArray[np.int64] = _gaus.profile(native, starts, ii, resource)
        return units

    def _plain(self) -> tuple[_gaus.Problem, npt.NDArray[np.int64], int]:
        """Problem, starts and ii: attributes can be replaced."""
        native = _native(self.problem)
        return (native, _ints("starts", self.starts, native.num_nodes, 0,
                              _gaus.MAX_CYCLE), _int("ii", self.ii))

    @_checked
    def _report(self, form: str, path: Path | None = None) -> str:
        facts = {key: _int(key, getattr(self, key), high=2**62)
                 for key in ("length", "ii", "cost", "bound")}
        return _written(_gaus.report(*self._plain(), form, facts), path)

    @_checked
    def export(self, format: str, path: Path | None = None) -> str:
        """The schedule in a format of docs/formats.md, by its name; returned,
        and written if there is a path."""
        names = [name for name, _, _, writes, _, _ in _gaus.formats() if writes]
        if format not in names:
            raise Error("input", f"format must be one of {', '.join(names)}")
        return _written(_gaus.export_text(*self._plain(), format), path)

    def to_csv(self, path: Path | None = None) -> str:
        """Lines "node,start"; returned, and written if there is a path."""
        return self.export("csv", path)

    def to_json(self, path: Path | None = None) -> str:
        """The report of docs/formats.md as JSON."""
        return self._report("json", path)

    def to_html(self, path: Path | None = None) -> str:
        """A page with a picture of it."""
        return self._report("html", path)

    def to_dot(self, path: Path | None = None) -> str:
        """Graphviz, a rank a cycle."""
        return self.export("dot", path)

    def to_perfetto(self, path: Path | None = None) -> str:
        """Trace events, for ui.perfetto.dev."""
        return self._report("perfetto", path)

    def to_minimalloc(self, path: Path | None = None) -> str:
        """Lifetimes as buffers."""
        return self.export("minimalloc", path)

    def report(self) -> str:
        """A table for people."""
        return self._report("text")

    def summary(self) -> str:
        """The most important numbers, what holds the interval, what may help."""
        return self._report("summary")

    def to_pandas(self) -> pandas.DataFrame:
        """A frame with a row a node: name, start, end, latency, occupancy, width
        and uses (pip install 'gaus[pandas]')."""
        from .graphs import to_pandas
        frame: pandas.DataFrame = to_pandas(self.problem, self.starts)
        return frame

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The problem's graph with `start` at every node (pip install
        'gaus[graphs]'); Problem.from_networkx(..., ignore=["start"]) reads it."""
        from .graphs import to_networkx
        return to_networkx(self.problem, self.starts)

    @_checked
    def gantt(self, ax: Any = None) -> Any:
        """A bar a node, in matplotlib's axes `ax` or new ones, which are returned
        (pip install 'gaus[plot]')."""
        from .drawing import gantt
        return gantt(self, ax)

    @_checked
    def plot(self, ax: Any = None) -> Any:
        """Live width and units in use by cycle, in matplotlib's axes as gantt()."""
        from .drawing import plot
        return plot(self, ax)

    def __repr__(self) -> str:
        return (f"gaus.Schedule({self.objective}: cost {self.cost}, bound "
                f"{self.bound}, length {self.length})")

    def _repr_html_(self) -> str:
        from .drawing import schedule_html
        return schedule_html(self)
