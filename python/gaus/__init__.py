"""GauS: start cycles of dataflow graphs by Gaussian relaxation.

    import numpy as np
    import gaus

    problem = gaus.Problem(latency=[1, 3, 1], edges=[(0, 1), (1, 2)],
                           width=[8, 16, 8])
    schedule = gaus.schedule(problem, objective="memory", length="1.5x")
    schedule.starts          # numpy array of int32
    schedule.cost, schedule.bound

Every error is a gaus.Error with a code, a message, the node at fault and notes.
Every schedule was checked by the exact verifier.
"""

from __future__ import annotations

import functools
import os
import pathlib
import shutil
import subprocess

import numpy as np

from . import _gaus

__version__ = "0.1.0"
__all__ = ["Error", "Problem", "Schedule", "Violation", "evaluate", "options",
           "parse_mlir", "read", "read_aiger", "read_gml", "read_json",
           "schedule", "verify", "windows"]


# Resources are numbered; as many names and limits are kept as the largest says.
_MAX_RESOURCE = 2**20
# Cycles of a profile as an array; longer ones have steps.
_MAX_PROFILE = 2**26


class Error(ValueError):
    """What is wrong, where, and what would help.

    code: the constraint of docs/spec.md ("Dep", "Lat", "Win", "Res", "Chain"),
    or "input", "option", "io", "backend", "memory", "stop". node: index of the node at fault, or
    -1. line: of a text input, or 0. notes: list of str.
    """

    def __init__(self, code, message, node=-1, line=0, notes=()):
        super().__init__("\n".join([f"[{code}] {message}",
                                    *(f"  note: {n}" for n in notes)]))
        self.code, self.message = code, message
        self.node, self.line, self.notes = node, line, list(notes)


def _unwrap(pair):
    value, error = pair
    if error is not None:
        raise Error(**error)
    return value


def _checked(function):
    """What Python or numpy cannot do with an argument is a gaus.Error, too."""
    @functools.wraps(function)
    def checked(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        except Error:
            raise
        except (TypeError, ValueError, AttributeError, LookupError,
                ArithmeticError) as error:
            name = function.__qualname__.removesuffix(".__init__")
            raise Error("input", f"{name}: {error}") from error
    return checked


def _native(problem):
    if not isinstance(problem, Problem):
        raise Error("input", "problem must be a gaus.Problem, not "
                    f"{type(problem).__name__}")
    return problem._native


def _array(name, values):
    if values is None:
        raise Error("input", f"{name} must not be None")
    try:
        return np.asarray(values)
    except (TypeError, ValueError, OverflowError) as error:
        raise Error("input", f"{name}: {error}") from error


def _ints(name, values, size=None, low=0, high=2**62):
    """`values` as a contiguous int64 array of `size` entries within bounds."""
    array = _array(name, values)
    if array.size == 0 and array.ndim == 1:
        array = array.astype(np.int64)
    if array.dtype == bool:
        array = array.astype(np.int64)
    if array.ndim != 1 or array.dtype.kind not in "iu":
        raise Error("input", f"{name} must be a sequence of integers")
    if size is not None and array.size != size:
        raise Error("input", f"{name} has {array.size} entries, not {size}")
    # Before the conversion, which would fold what is beyond 64 bits.
    if array.size and (array.min() < low or array.max() > high):
        raise Error("input", f"{name} must lie in [{low}, {high}]")
    return np.ascontiguousarray(array, dtype=np.int64)


def _int(name, value, low=0, high=None):
    """An integer within bounds; by default a number of cycles."""
    if np.ndim(value):
        raise Error("input", f"{name} must be an integer")
    return int(_ints(name, [value], 1, low,
                     _gaus.MAX_CYCLE if high is None else high)[0])


def _filled(name, values, size, default, low=0, high=2**62):
    """An array; a number or None stands for all entries."""
    if values is None:
        values = default
    values = _array(name, values)
    if values.ndim == 0:
        values = np.full(size, values)
    return _ints(name, values, size, low, high)


def _floats(name, values, size):
    array = _array(name, 0.0 if values is None else values)
    if array.dtype.kind not in "iufbO":
        raise Error("input", f"{name} must be numbers")
    array = array.astype(float)
    if array.ndim == 0:
        array = np.full(size, float(array))
    if array.shape != (size,):
        raise Error("input", f"{name} has {array.size} entries, not {size}")
    return array.tolist()


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
    ii, length, clock: 0 = none. A number stands for all entries.
    """

    @_checked
    def __init__(self, latency, edges=(), width=0, *, occupancy=1, window=None,
                 delay=None, resource=None, units=1, limits=None, prices=None,
                 resource_names=None, distance=0, lag=0, weight=1, carries=1,
                 ii=0, length=0, clock=0.0, names=None, name=""):
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
        native.ii = _int("ii", ii)
        native.length = _int("length", length)
        native.clock = float(clock)
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
        text = _gaus.report(*self._plain(), form, facts)
        if path is not None:
            wrong = _gaus.write(os.fsencode(path), text)
            if wrong is not None:
                raise Error(**wrong)
        return text

    def to_csv(self, path=None):
        """Lines "node,start"; returned, and written if there is a path."""
        return self._report("csv", path)

    def to_json(self, path=None):
        return self._report("json", path)

    def to_html(self, path=None):
        return self._report("html", path)

    def to_dot(self, path=None):
        return self._report("dot", path)

    def to_perfetto(self, path=None):
        return self._report("perfetto", path)

    def to_minimalloc(self, path=None):
        return self._report("minimalloc", path)

    def report(self):
        """A table for people."""
        return self._report("text")

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


class Violation:
    """A constraint that a schedule breaks."""

    def __init__(self, code, message, node, line, notes):
        self.code, self.message, self.node = code, message, node
        self.notes = notes

    def __repr__(self):
        return f"[{self.code}] {self.message}"


def _option_texts(options):
    texts = []
    for name, value in options.items():
        if value is None:
            continue
        if isinstance(value, (bool, np.bool_)):
            value = "true" if value else "false"
        if isinstance(value, float):
            value = repr(float(value))
        text = str(value)
        text.encode()  # an error here, before the native half takes it
        texts.append((name.replace("_", "-"), text))
    return texts


@_checked
def schedule(problem, objective="latency", *, existing=None, **options):
    """Schedules `problem` and returns a Schedule; raises Error.

    The options are those of docs/options.md with "_" for "-": length, ii, ratio,
    alpha, clock, effort, time_limit, memory_limit, seed, threads, backend, start,
    gradient, polish, windows, trace. None means the default. `existing` are starts to begin from.

    An interrupt ends the search: the KeyboardInterrupt (or what the signal's
    handler raises) has the best schedule so far as `schedule`, or None.
    """
    native = _native(problem)
    starts = None
    if existing is not None:
        starts = _ints("existing", existing, native.num_nodes, 0,
                       _gaus.MAX_CYCLE)
    texts = _option_texts({"objective": objective, **options})
    facts, error, raised = _gaus.solve(native, texts, starts)
    if raised is not None:
        raised.schedule = None if facts is None else Schedule(
            problem, objective, facts)
        raise raised
    _unwrap((facts, error))
    return Schedule(problem, objective, facts)


@_checked
def windows(problem, **options):
    """(asap, alap) starts for the length and II that the options choose."""
    asap, alap, _, _ = _unwrap(_gaus.windows(_native(problem),
                                             _option_texts(options)))
    return asap, alap


@_checked
def verify(problem, starts, *, length=None, ii=None):
    """The violations of a schedule: an empty list if it is legal."""
    if isinstance(starts, Schedule):
        length = starts.length if length is None else length
        ii = starts.ii if ii is None else ii
        starts = starts.starts
    native = _native(problem)
    array = _ints("starts", starts, native.num_nodes, -2**62, 2**62)
    found = _gaus.verify(native, array,
                         native.length if length is None else
                         _int("length", length),
                         native.ii if ii is None else _int("ii", ii))
    return [Violation(**v) for v in found]


@_checked
def evaluate(problem, starts, *, ii=None):
    """All costs of a schedule: peaks, resources, communication, memory, cycles."""
    native = _native(problem)
    array = _ints("starts", starts, native.num_nodes, 0, _gaus.MAX_CYCLE)
    return _gaus.evaluate(native, array,
                          native.ii if ii is None else _int("ii", ii))


def options():
    """{name: (values, default, meaning)} of schedule()."""
    return {name.replace("-", "_"): (values, default, meaning)
            for name, values, default, meaning in _gaus.options()}


@_checked
def read(path, node_latency=None, resources=None):
    """A problem from a .gml, .aig, .aag, .json or .graphml file.

    resources: the resource model of a .graphml; by default the one beside it.
    """
    model = "" if resources is None else os.fspath(resources)
    if node_latency is not None:
        node_latency = _int("node_latency", node_latency)
    return Problem._from(_unwrap(_gaus.read(os.fspath(path), node_latency,
                                            model)))


@_checked
def _read_text(form, path, node_latency):
    try:
        data = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise Error("io", str(error)) from error
    native = _unwrap(_gaus.read_text(form, data,
                                     _int("node_latency", node_latency)))
    native.name = pathlib.Path(path).stem
    return Problem._from(native)


def read_gml(path, node_latency=1):
    return _read_text("gml", path, node_latency)


def read_aiger(path, node_latency=1):
    return _read_text("aiger", path, node_latency)


def read_json(path):
    return _read_text("json", path, 1)


def _translate():
    beside = pathlib.Path(__file__).resolve().parents[2] / "bin/gaus-translate"
    found = shutil.which("gaus-translate") or (str(beside) if beside.exists()
                                               else None)
    if found is None:
        raise Error("io", "gaus-translate is not on the path: it reads MLIR")
    return found


@_checked
def parse_mlir(text, scope=None):
    """The problem of one scope of MLIR text (needs gaus-translate)."""
    command = [_translate(), "--export-json", "-"]
    if scope is not None:
        command.append(f"--scope={scope}")
    done = subprocess.run(command, input=text, text=True, capture_output=True)
    if done.returncode:
        raise Error("input", done.stderr.strip())
    return Problem._from(_unwrap(_gaus.read_text("json", done.stdout.encode(),
                                                 1)))
