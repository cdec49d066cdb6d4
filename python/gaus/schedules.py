"""Schedules: costs, profiles, reports and files."""

from __future__ import annotations

import os

from . import _gaus
from .arrays import _int, _ints
from .errors import Error, _checked
from .problem import _native

# Cycles of a profile as an array; longer ones have steps.
_MAX_PROFILE = 2**26


def _written(text, path):
    """The text, written as well if there is a path."""
    if path is not None:
        wrong = _gaus.write(os.fsencode(path), text)
        if wrong is not None:
            raise Error(**wrong)
    return text


class Schedule:
    """A legal schedule: starts, costs, bound, and how it was found.

    starts: int32 array. cost, bound, gap: of the objective. resources,
    communication, memory, cycles, peaks: all costs. length, ii: as solved.
    ii_proof: why no smaller ii was taken where it was searched, else "": "bound"
    (recurrences, limits, windows and length rule them out), "exact" (proven by
    search), "undecided" (ii_undecided is the first one that was not decided).
    method, methods, steps, legalizations, proposals, backend: the work done.
    cut: what ended the search early, "time limit" or "request", else "".
    memory_reason: why the heuristics alone ran, where a search would have been
    beyond memory_limit, else "".
    """

    def __init__(self, problem, objective, facts):
        self.problem, self.objective = problem, objective
        for key, value in facts.items():
            setattr(self, key, value)

    @property
    def gap(self):
        """(cost - bound) / cost."""
        return (self.cost - self.bound) / self.cost if self.cost else 0.0

    @_checked
    def memory_profile(self):
        """Live width in each cycle (slot)."""
        return self._dense(-1)

    @_checked
    def use_profile(self, resource):
        """Units of a resource in use in each cycle (slot)."""
        return self._dense(self._resource(resource))

    @_checked
    def memory_steps(self):
        """The same as rows (cycle, value): a value holds up to the next row."""
        return _gaus.steps(*self._plain(), -1)

    @_checked
    def use_steps(self, resource):
        return _gaus.steps(*self._plain(), self._resource(resource))

    def _resource(self, resource):
        count = _native(self.problem).num_resources
        resource = _int("resource", resource, high=2**62)
        if resource >= count:
            raise Error("input", f"there is no resource {resource}")
        return resource

    def _dense(self, resource):
        native, starts, ii = self._plain()
        last = int(_gaus.steps(native, starts, ii, resource)[-1, 0])
        if max(last, ii) > _MAX_PROFILE:
            raise Error("input", f"a profile of {max(last, ii)} cycles is too "
                        "long for an array; take the steps")
        return _gaus.profile(native, starts, ii, resource)

    def _plain(self):
        """Problem, starts and ii: attributes can be replaced."""
        native = _native(self.problem)
        return (native, _ints("starts", self.starts, native.num_nodes, 0,
                              _gaus.MAX_CYCLE), _int("ii", self.ii))

    @_checked
    def _report(self, form, path=None):
        facts = {key: _int(key, getattr(self, key), high=2**62)
                 for key in ("length", "ii", "cost", "bound")}
        return _written(_gaus.report(*self._plain(), form, facts), path)

    @_checked
    def export(self, format, path=None):
        """The schedule in a format of docs/formats.md, by its name; returned,
        and written if there is a path."""
        names = [name for name, _, _, writes, _, _ in _gaus.formats() if writes]
        if format not in names:
            raise Error("input", f"format must be one of {', '.join(names)}")
        return _written(_gaus.export_text(*self._plain(), format), path)

    def to_csv(self, path=None):
        """Lines "node,start"; returned, and written if there is a path."""
        return self.export("csv", path)

    def to_json(self, path=None):
        return self._report("json", path)

    def to_html(self, path=None):
        return self._report("html", path)

    def to_dot(self, path=None):
        return self.export("dot", path)

    def to_perfetto(self, path=None):
        return self._report("perfetto", path)

    def to_minimalloc(self, path=None):
        return self.export("minimalloc", path)

    def report(self):
        """A table for people."""
        return self._report("text")

    def summary(self):
        """The most important numbers, what holds the interval, what may help."""
        return self._report("summary")

    def to_dataframe(self):
        """A pandas frame with a row a node (needs pandas)."""
        import pandas

        native = self.problem._native
        labels = [native.node_label(i) for i in range(native.num_nodes)]
        return pandas.DataFrame({
            "name": labels, "start": self.starts,
            "latency": self.problem.latency, "width": self.problem.width})

    def __repr__(self):
        return (f"gaus.Schedule({self.objective}: cost {self.cost}, bound "
                f"{self.bound}, length {self.length})")
