"""The options of the solver, as Python has them."""

from __future__ import annotations

from typing import Any, Literal, TypedDict, Union

import numpy as np

from . import _gaus

Objective = Literal["resources", "memory", "latency"]
MemoryModel = Literal["values", "buffers"]


class SearchOptions(TypedDict, total=False):
    """Options of schedule() but its objective: docs/options.md has all meanings.

    None means the default. length: an int is cycles, a float a factor of the least
    length (1.5, or "1.5x"). ii: cycles, "auto" for the smallest, "none".
    """

    length: Union[int, float, str, None]
    ii: Union[int, Literal["auto", "none"], None]
    ratio: Union[int, None]
    alpha: Union[int, None]
    live_limit: Union[int, Literal["none"], None]
    memory_model: Union[MemoryModel, None]
    clock: Union[float, Literal["none"], None]
    effort: Union[int, None]
    time_limit: Union[float, Literal["none"], None]
    memory_limit: Union[int, str, None]
    seed: Union[int, None]
    threads: Union[int, None]
    backend: Union[Literal["cpu", "cuda", "simt", "auto"], None]
    start: Union[Literal["portfolio", "midpoint", "list", "flow", "existing"], None]
    gradient: Union[bool, None]
    polish: Union[bool, None]
    windows: Union[bool, None]
    trace: Union[str, None]


def options() -> dict[str, tuple[str, str, str]]:
    """{name: (values, default, meaning)} of schedule()."""
    return {name.replace("-", "_"): (values, default, meaning)
            for name, values, default, meaning in _gaus.options()}


def _text(name: str, value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (float, np.floating)):
        return repr(float(value)) + ("x" if name == "length" else "")
    return str(value)


def _option_texts(chosen: dict[str, Any]) -> list[tuple[str, str]]:
    texts = []
    for name, value in chosen.items():
        if value is None:
            continue
        text = _text(name, value)
        text.encode()  # an error here, before the native half takes it
        texts.append((name.replace("_", "-"), text))
    return texts
