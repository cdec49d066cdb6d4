"""Schedules of problems, and what is checked of them."""

from __future__ import annotations

import numpy as np

from . import _gaus
from .arrays import _int, _ints
from .errors import Violation, _checked, _unwrap
from .problem import _native
from .schedules import Schedule


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

    The options are those of docs/options.md with "_" for "-", listed below. None
    means the default. `existing` are starts to begin from.

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


schedule.__doc__ += "".join(
    f"\n    {name}: {values}; default {default}. {meaning}."
    for name, (values, default, meaning) in options().items())
