"""Schedules of problems, and what is checked of them."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, get_type_hints

import numpy as np
import numpy.typing as npt

from . import _gaus
from .arrays import _int, _ints
from .errors import Error, Violation, _checked, _unwrap
from .options import MemoryModel, Objective, SearchOptions, _option_texts, options
from .problem import Problem, _native
from .progress import Progress, _Watch
from .schedules import Costs, Schedule

if TYPE_CHECKING:
    from typing_extensions import Unpack


@_checked
def schedule(problem: Problem, objective: Objective = "latency", *,
             existing: npt.ArrayLike | None = None,
             callback: Callable[[Progress], object] | None = None,
             progress: bool | None = None,
             **options: Unpack[SearchOptions]) -> Schedule:
    """Schedules `problem` and returns a Schedule, verified; raises Error: with the
    code of the constraint that no schedule meets, "option" for an option, "stop"
    where a time limit ended the search before there was a schedule.

    existing: n starts to begin from. callback: called in this thread with a Progress
    for each part of the search and each better schedule; a true result ends the
    search with the best so far. progress: whether a bar on the standard error says
    the same; None: on terminals and in notebooks, unless TQDM_DISABLE is set.
    The options are those of docs/options.md with "_" for "-", listed below. None
    means the default. A float as length is a factor: 1.5 is "1.5x".

    An interrupt ends the search: the KeyboardInterrupt (or what the signal's
    handler, or `callback`, raises) has the best schedule so far as `schedule`, or
    None. Other threads of Python run meanwhile; several solves may run side by side.
    """
    texts = _option_texts({"objective": objective, **options})
    # Profiles and costs of the schedule are of the model that it was made for.
    native = _native(problem)
    if (model := options.get("memory_model")) in ("values", "buffers"):
        problem = problem._with_memory_model(model)
        native = problem._native
    starts = None
    if existing is not None:
        starts = _ints("existing", existing, native.num_nodes, 0,
                       _gaus.MAX_CYCLE)
    watch = _Watch(callback, progress)
    try:
        facts, error, raised = _gaus.solve(native, texts, starts,
                                           watch if watch.wanted else None)
    finally:
        watch.close()
    if raised is not None:
        raised.schedule = None if facts is None else Schedule(  # type: ignore[attr-defined,unused-ignore]
            problem=problem, objective=objective, **facts)
        raise raised
    _unwrap((facts, error))
    return Schedule(problem=problem, objective=objective, **facts)


@_checked
def windows(problem: Problem, objective: Objective = "latency",
            **options: Unpack[SearchOptions]
            ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """(asap, alap) starts, each of shape (n,), for the length and II that the
    options choose."""
    asap, alap = _unwrap(_gaus.windows(_native(problem), _option_texts(
        {"objective": objective, **options})))
    return asap, alap


@dataclasses.dataclass(frozen=True)
class Bounds:
    """What is known of every schedule before a search.

    cost: no schedule costs less. depth: cycles of the longest path. length, ii: as
    they would be solved for; 0 = none. resource_ii, recurrence_ii: no II below these
    has a schedule; recurrence: labels of the nodes of the cycle that asks for it.
    """

    cost: int
    depth: int
    length: int
    ii: int
    resource_ii: int
    recurrence_ii: int
    recurrence: tuple[str, ...]


@_checked
def bounds(problem: Problem, objective: Objective = "latency",
           **options: Unpack[SearchOptions]) -> Bounds:
    """Lower bounds from paths, recurrences and work over the limits; no search.

    Raises Error where these show that there is no schedule.
    """
    facts = _unwrap(_gaus.bounds(_native(problem), _option_texts(
        {"objective": objective, **options})))
    labels = [problem._native.node_label(int(i)) for i in facts.pop("recurrence")]
    return Bounds(recurrence=tuple(labels), **facts)


@_checked
def explain(what: Problem | Schedule, objective: Objective = "latency",
            **options: Unpack[SearchOptions]) -> str:
    """Sentences for people. Of a schedule: what holds its interval and what may
    help. Of a problem: why it has no schedule for these options, where paths,
    recurrences, windows or work over the limits show it, else its bounds."""
    if isinstance(what, Schedule):
        return what.summary()
    try:
        b = bounds(what, objective, **options)
    except Error as error:
        if error.code in ("input", "option"):
            raise
        return str(error)
    lines = [f"the longest path takes {b.depth} cycles"]
    if b.ii:
        lines.append(f"II {b.ii}: resources ask for {b.resource_ii}, recurrences "
                     f"for {b.recurrence_ii}")
        if b.recurrence:
            lines.append("the recurrence is " + ", ".join(b.recurrence))
    within = f" within {b.length} cycles" if b.length else ""
    lines.append(f"the objective {objective} is at least {b.cost}{within}")
    return "\n".join(lines)


@_checked
def verify(problem: Problem, starts: npt.ArrayLike | Schedule, *,
           length: int | None = None, ii: int | None = None,
           live_limit: int | None = None,
           memory_model: MemoryModel | None = None) -> list[Violation]:
    """The violations of a schedule: an empty list if it is legal.

    starts: n cycles, or a Schedule, whose length, ii and memory_model then count.
    None: as the problem has it (0 cycles = any length, no II).
    """
    if isinstance(starts, Schedule):
        length = starts.length if length is None else length
        ii = starts.ii if ii is None else ii
        memory_model = memory_model or starts.problem.memory_model
        starts = starts.starts
    native = _native(problem)
    array = _ints("starts", starts, native.num_nodes, -2**62, 2**62)
    found = _gaus.verify(
        native, array,
        native.length if length is None else _int("length", length),
        native.ii if ii is None else _int("ii", ii),
        native.live_limit if live_limit is None else
        _int("live_limit", live_limit, high=2**62),
        native.memory_model() if memory_model is None else str(memory_model))
    return [Violation(**v) for v in found]


@_checked
def evaluate(problem: Problem, starts: npt.ArrayLike, *,
             ii: int | None = None,
             memory_model: MemoryModel | None = None) -> Costs:
    """All costs of n start cycles, legal or not. None: as the problem has it."""
    native = _native(problem)
    array = _ints("starts", starts, native.num_nodes, 0, _gaus.MAX_CYCLE)
    return Costs(**_gaus.evaluate(native, array,
                                  native.ii if ii is None else _int("ii", ii),
                                  native.memory_model() if memory_model is None
                                  else str(memory_model)))


def _show_options(function: Any, meanings: bool) -> None:
    """The real keywords, where there was **options."""
    signature = inspect.signature(function)
    kept = [p for p in signature.parameters.values()
            if p.kind is not p.VAR_KEYWORD]
    types = get_type_hints(SearchOptions)
    function.__signature__ = signature.replace(parameters=kept + [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None,
                          annotation=types[name])
        for name in options() if name != "objective"])
    if meanings:
        function.__doc__ += "".join(
            f"\n    {name}: {values}; default {default}. {meaning}."
            for name, (values, default, meaning) in options().items())


for _function in (schedule, windows, bounds, explain):
    _show_options(_function, _function is schedule)
