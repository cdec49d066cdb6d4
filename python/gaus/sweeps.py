"""Many schedules of many problems, on the cores of one machine or of many.

    frame = gaus.sweep(problems, {"length": [1.0, 1.25, 1.5], "ii": ["auto"],
                                  "limits": [{"mul": 1}, {"mul": 2}],
                                  "objective": ["memory"]}, out="x.parquet")
    front = gaus.pareto(frame, ("cycles", "memory"))

(pip install 'gaus[sweep]')
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Union

from . import _gaus
from .errors import Error, _checked, _extra
from .options import _option_texts, options
from .problem import Problem
from .progress import _clock, _Line, _shows_by_default
from .results import Results
from .solve import schedule

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped,unused-ignore]

Grid = Union[Mapping[str, Any], Sequence[Mapping[str, Any]]]

#: A worker gets solves of about so many seconds at once, and at most this share of
#: what is left for it.
_BATCH_SECONDS = 0.5
_BATCH_SHARE = 4
#: How often a solve is tried whose worker is lost, before its row says so.
_TRIES = 3
#: What Dask does beside its work, else 100 looks a second at stacks, 50 at clocks.
_QUIET = {"distributed.worker.profile.enabled": False,
          "distributed.admin.system-monitor.interval": "10s",
          "distributed.admin.tick.interval": "1s",
          "distributed.scheduler.work-stealing": False}
#: What decides no result, and so does not tell points apart.
_NO_MATTER = {"threads", "backend", "trace"}


def _points(grid: Grid) -> list[dict[str, Any]]:
    """All combinations of a grid, in the order of its lists."""
    if not isinstance(grid, Mapping):
        return [dict(point) for point in grid]
    lists = [[value] if isinstance(value, (str, bytes, Mapping)) or
             not isinstance(value, Iterable) else list(value)
             for value in grid.values()]
    return [dict(zip(grid, values)) for values in itertools.product(*lists)]


def _problems(problems: Any) -> list[Problem]:
    if isinstance(problems, Problem):
        return [problems]
    if isinstance(problems, Mapping):
        return [p.replace(name=str(name)) for name, p in problems.items()]
    return list(problems)


class _Task:
    """One solve: a problem with its limits, and options."""

    def __init__(self, problem: Problem, point: dict[str, Any]) -> None:
        self.problem, self.options = problem, point
        self.tries = 0

    def key(self, fingerprint: str) -> str:
        matter = sorted(_option_texts({k: v for k, v in self.options.items()
                                       if k not in _NO_MATTER}))
        text = json.dumps([_gaus.VERSION, fingerprint, matter])
        return hashlib.sha256(text.encode()).hexdigest()


def _tasks(problems: list[Problem], points: list[dict[str, Any]]) -> dict[str, _Task]:
    """By key, so that nothing is solved twice."""
    known = {*options(), "limits"}
    for point in points:
        for name in point:
            if name not in known:
                raise Error("option", f"the grid has {name!r}, which is no option",
                            notes=["options are " + ", ".join(sorted(known))])
    found: dict[str, _Task] = {}
    for problem in problems:
        limited: dict[str, tuple[Problem, str]] = {}
        for point in points:
            rest = dict(point)
            limits = rest.pop("limits", None)
            name = repr(limits)
            if name not in limited:
                changed = problem if limits is None else \
                    problem.replace(limits=limits)
                limited[name] = changed, changed.fingerprint()
            changed, fingerprint = limited[name]
            task = _Task(changed, rest)
            found.setdefault(task.key(fingerprint), task)
    return found


def _solve(problem: Problem, point: dict[str, Any]) -> dict[str, Any]:
    """A row of the results, but its key; errors are results."""
    text = dict(_option_texts(point))
    row: dict[str, Any] = {
        "name": problem.name, "nodes": problem.num_nodes, "edges": problem.num_edges,
        "objective": point.get("objective", "latency"),
        "asked_length": text.pop("length", None), "asked_ii": text.pop("ii", None),
        "clock": float(point.get("clock") or problem.clock or 0.0),
        "limits": json.dumps(problem.limits, sort_keys=True)}
    text.pop("objective", None)
    text.pop("clock", None)
    row["options"] = json.dumps(text, sort_keys=True)
    wall, cpu = time.perf_counter(), time.process_time()
    try:
        s = schedule(problem, progress=False, **{"threads": 1, **point})
    except Error as error:
        row.update(code=error.code, error=str(error))
    else:
        row.update({key: getattr(s, key) for key in (
            "cost", "bound", "gap", "length", "ii", "ii_proof", "resources",
            "communication", "memory", "cycles", "method", "cut", "peaks",
            "starts")})
    row["seconds"] = time.perf_counter() - wall
    row["cpu_seconds"] = time.process_time() - cpu
    return row


def _run(batch: list[tuple[str, Problem, dict[str, Any]]]) -> list[dict[str, Any]]:
    """What a worker does."""
    return [{"key": key, **_solve(problem, point)} for key, problem, point in batch]


@contextlib.contextmanager
def _connected(client: Any) -> Iterator[Any]:
    """The client, or one of a cluster on this machine that ends with the sweep."""
    distributed = _extra("distributed", "sweep")
    if client is not None:
        yield client
        return
    with _extra("dask", "sweep").config.set(_QUIET), distributed.LocalCluster(
            n_workers=len(os.sched_getaffinity(0)), threads_per_worker=1,
            dashboard_address=None) as cluster, \
            distributed.Client(cluster) as own:
        yield own


class _Sweep:
    """The tasks that are left, in batches that take about as long as they should."""

    def __init__(self, client: Any, tasks: dict[str, _Task], results: Results,
                 line: _Line | None) -> None:
        self.distributed = _extra("distributed", "sweep")
        self.client, self.tasks, self.results, self.line = (client, tasks, results,
                                                            line)
        self.left = list(tasks)[::-1]
        #: A worker that ended had them. Each is tried again with nothing beside it:
        #: Dask blames all that wait for a worker that ends.
        self.suspects: list[str] = []
        self.whole = len(self.left)
        self.batches: dict[Any, list[str]] = {}
        self.seconds, self.solved = 0.0, 0
        self.begun = self.looked = time.monotonic()
        self.workers = self._count_workers()

    def _count_workers(self) -> int:
        return max(1, int(sum(self.client.nthreads().values())))

    def _batch_size(self) -> int:
        if self.solved == 0:
            return 1
        size = int(_BATCH_SECONDS * self.solved / max(self.seconds, 1e-6))
        return max(1, min(size, len(self.left) // (_BATCH_SHARE * self.workers)))

    def _submit(self, keys: list[str], pending: Any) -> None:
        batch = [(key, self.tasks[key].problem, self.tasks[key].options)
                 for key in keys]
        future = self.client.submit(_run, batch, pure=False)
        self.batches[future] = keys
        pending.add(future)

    def _fill(self, pending: Any) -> None:
        now = time.monotonic()
        if now > self.looked + 2:
            self.looked, self.workers = now, self._count_workers()
        while self.left and len(self.batches) < 2 * self.workers:
            size = self._batch_size()
            keys, self.left = self.left[-size:][::-1], self.left[:-size]
            self._submit(keys, pending)
        if self.suspects and not self.batches:
            self._submit([self.suspects.pop(0)], pending)

    def _lost(self, keys: list[str], why: str) -> None:
        """Each on its own again, once the others are done."""
        for key in keys:
            task = self.tasks[key]
            task.tries += 1
            if task.tries < _TRIES:
                self.suspects.append(key)
            else:
                self.results.add({"key": key, "name": task.problem.name,
                                  "code": "lost", "error": f"[lost] {why}"})

    def _take(self, future: Any) -> None:
        keys = self.batches.pop(future)
        if future.status == "finished":
            for row in future.result():
                self.seconds += row["seconds"]
                self.solved += 1
                self.results.add(row)
            return
        error = None if future.cancelled() else future.exception()
        if error is not None and not isinstance(
                error, (self.distributed.KilledWorker, OSError)):
            raise Error("io", f"a worker of the sweep: {error!r}") from error
        self._lost(keys, f"its worker was lost {_TRIES} times")

    def run(self) -> None:
        pending = self.distributed.as_completed([])
        self._fill(pending)
        try:
            while self.batches:
                self._take(next(pending))
                self._fill(pending)
                self._show()
        finally:
            self.client.cancel(list(self.batches))

    def _show(self) -> None:
        if self.line is not None:
            done = (self.whole - len(self.left) - len(self.suspects) -
                    sum(map(len, self.batches.values())))
            seconds = time.monotonic() - self.begun
            left = _clock(seconds * (self.whole - done) / done) if done else "?"
            self.line.show("sweep", done, self.whole, f"{_clock(seconds)}<{left}, "
                           f"{done / max(seconds, 1e-9):.1f} solves/s, "
                           f"{self.workers} threads")


@_checked
def sweep(problems: Problem | Iterable[Problem] | Mapping[str, Problem], grid: Grid, *,
          client: Any = None, out: str | os.PathLike[str] | None = None,
          progress: bool | None = None) -> DataFrame:
    """Schedules every problem at every point of a grid; returns a row for each.

    problems: one or several; a dict names them. grid: {option: values}, of which all
    combinations count, or a list of such points. Options are those of schedule(),
    and `limits`, dicts for Problem.replace. Equal solves are done once.
    client: of a dask.distributed cluster; None: one on this machine, a process a
    core. Each solve has one thread, unless the grid says otherwise. A solve whose
    worker is lost is tried again; the third time its row has the code "lost".
    out: a Parquet file, written while the sweep runs (as a folder beside it, of parts)
    and whole at its end. What it has already is not solved again: a sweep that was
    interrupted, also by Ctrl-C, is resumed by the same call.
    progress: a bar on the standard error; None: on terminals and in notebooks, unless
    TQDM_DISABLE is set.

    Columns: name, nodes, edges, objective, asked_length, asked_ii, clock (ns), limits
    and options (JSON), cost, bound, gap, length, ii, ii_proof, resources,
    communication, memory, cycles, peaks (a resource), method, cut, starts (cycles, a
    node), seconds, cpu_seconds, key; where there is no schedule, code and error.
    """
    pandas = _extra("pandas", "sweep")
    results = Results(out)
    tasks = _tasks(_problems(problems), _points(grid))
    missing = {key: task for key, task in tasks.items() if key not in results}
    shows = _shows_by_default(sys.stderr) if progress is None else progress
    line = _Line(sys.stderr) if shows else None
    try:
        if missing:
            with _connected(client) as connected:
                _Sweep(connected, missing, results, line).run()
    finally:
        results.close()
        if line is not None:
            line.close()
    frame: DataFrame = results.frame(list(tasks))
    return frame
