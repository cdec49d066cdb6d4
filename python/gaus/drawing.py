"""Pictures of schedules: matplotlib's, and what notebooks show."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import Error, _extra

if TYPE_CHECKING:
    from .schedules import Schedule

#: More bars than these are no picture.
_MAX_BARS = 2000
_MAX_NOTEBOOK = 100


def table_html(title: str, rows: Mapping[str, Any]) -> str:
    """A small table; rows that are "" are left out."""
    cells = "".join(f"<tr><th>{html.escape(key)}</th>"
                    f"<td>{html.escape(str(value))}</td></tr>"
                    for key, value in rows.items() if value != "")
    return f"<table><caption>{html.escape(title)}</caption>{cells}</table>"


def schedule_html(s: Schedule) -> str:
    out = table_html(f"Schedule for {s.objective}", {
        "cost": s.cost, "bound": s.bound, "gap": f"{100 * s.gap:.2f} %",
        "length": s.length, "ii": s.ii or "", "found by": s.method,
        "ended by": s.cut})
    if 0 < s.problem.num_nodes <= _MAX_NOTEBOOK:
        out += _bars(s)
    return out


def _bars(s: Schedule) -> str:
    """A bar a node, with its name beside it."""
    starts = np.asarray(s.starts, np.int64)
    latency = s.problem.latency
    cycle = 600 / max(int((starts + latency).max()), 1)
    rows = "".join(
        f'<rect x="{160 + cycle * start:.1f}" y="{14 * i + 2}" height="10" '
        f'width="{max(cycle * time, 2):.1f}" fill="#4a7ebb"><title>{label}: cycle '
        f'{start}, {time} long</title></rect>'
        f'<text x="152" y="{14 * i + 11}" text-anchor="end">{label}</text>'
        for i, (start, time, label) in enumerate(zip(
            starts.tolist(), latency.tolist(), map(html.escape, s.problem._labels()))))
    return (f'<svg width="780" height="{14 * len(starts) + 4}" '
            f'style="font:11px sans-serif">{rows}</svg>')


def _axes(ax: Any) -> Any:
    if ax is None:
        _, ax = _extra("matplotlib.pyplot", "plot").subplots()
    return ax


def gantt(s: Schedule, ax: Any) -> Any:
    """A bar a node from start to end, coloured by its first resource."""
    problem, n = s.problem, s.problem.num_nodes
    if n > _MAX_BARS:
        raise Error("input", f"{n} bars are no picture; the most is {_MAX_BARS}")
    ax = _axes(ax)
    begin = problem._native.array("use_begin")
    index = problem._native.array("use_resource")
    seen: dict[str, str] = {}
    for i in range(n):
        label = (problem.resource_names[index[begin[i]]]
                 if begin[i + 1] > begin[i] else "no resource")
        new = label not in seen
        colour = seen.setdefault(label, f"C{len(seen)}")
        ax.barh(i, max(int(problem.latency[i]), 0.15), left=int(s.starts[i]),
                color=colour, label=label if new else None)
    if n <= 60:
        ax.set_yticks(range(n), problem._labels())
    ax.invert_yaxis()
    ax.set_xlabel("cycle")
    ax.set_title(repr(s))
    if len(seen) > 1:
        ax.legend()
    return ax


def plot(s: Schedule, ax: Any) -> Any:
    """Live width, and units of every resource in use, over the cycles."""
    ax = _axes(ax)

    def step(rows: Any, label: str, axis: Any, **style: Any) -> None:
        axis.step(rows[:, 0], rows[:, 1], where="post", label=label, **style)

    step(s.memory_steps(), "live width", ax, color="black")
    ax.set_xlabel("cycle" if s.ii == 0 else f"slot of II {s.ii}")
    ax.set_ylabel("live width")
    if s.problem.num_resources:
        units = ax.twinx()
        units.set_ylabel("units in use")
        for r, name in enumerate(s.problem._resource_labels()):
            step(s.use_steps(r), name, units, color=f"C{r}", linestyle="--")
        top = max(int(np.max(s.peaks, initial=0)), 1)
        units.set_ylim(0, 1.1 * top)
        units.legend(loc="upper right")
    ax.set_title(repr(s))
    return ax
