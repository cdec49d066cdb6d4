"""Pareto fronts of results: as tables, as numbers, as pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from .errors import Error, _checked, _extra

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped,unused-ignore]

_TWO = ("cycles", "memory")


def _values(frame: Any, costs: Sequence[str]) -> npt.NDArray[np.float64]:
    """A row for each schedule; what has none is left out by nan."""
    for cost in costs:
        if cost not in frame.columns:
            raise Error("input", f"there is no column {cost!r}")
    values: npt.NDArray[np.float64] = np.stack(
        [frame[cost].astype("Float64").to_numpy(np.float64, na_value=np.nan)
         for cost in costs], axis=1)
    return values


def _least(values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which rows no other one is below in one column and not above in any. Of equal
    rows the first."""
    order = np.lexsort(values.T[::-1])
    kept = np.zeros(len(values), bool)
    front: list[npt.NDArray[np.float64]] = []
    for i in order:
        row = values[i]
        if np.isnan(row).any():
            continue
        # Rows before it in this order can be better; later ones cannot.
        if not any(np.all(better <= row) for better in front):
            kept[i] = True
            front.append(row)
    return kept


@_checked
def pareto(frame: DataFrame, costs: Sequence[str] = _TWO,
           by: str | Sequence[str] | None = None) -> DataFrame:
    """The rows that are on the front of these columns, all to be small, in ascending
    order of the first; of equal ones the first.

    by: columns whose values have fronts of their own, as "name" or ["name", "clock"].
    """
    pandas = _extra("pandas", "pandas")
    if by is None:
        groups = [frame]
    else:
        groups = [group for _, group in frame.groupby(by, sort=False, dropna=False)]
    fronts = []
    for group in groups:
        on = group[_least(_values(group, costs))]
        fronts.append(on.sort_values(list(costs), kind="stable"))
    front: DataFrame = pandas.concat(fronts) if fronts else frame[:0]
    return front


def _volume(rows: npt.NDArray[np.float64], reference: npt.NDArray[np.float64]) -> float:
    """Of the union of the boxes between rows and reference, slice by slice of the
    first column."""
    rows = rows[np.all(rows < reference, axis=1)]
    if len(rows) == 0:
        return 0.0
    if rows.shape[1] == 1:
        return float(reference[0] - rows.min())
    rows = rows[np.argsort(rows[:, 0], kind="stable")]
    ends = np.append(rows[1:, 0], reference[0])
    return float(sum(
        (end - row[0]) * _volume(rows[:k + 1, 1:], reference[1:])
        for k, (row, end) in enumerate(zip(rows, ends)) if end > row[0]))


@_checked
def hypervolume(frame: DataFrame, costs: Sequence[str] = _TWO, *,
                reference: Sequence[float]) -> float:
    """How much of the space below `reference` (a number a column, all to be small)
    lies above some schedule: larger is better. Exact; meant for fronts."""
    corner = np.asarray(reference, np.float64)
    if corner.shape != (len(costs),):
        raise Error("input", f"reference must have {len(costs)} numbers")
    values = _values(frame, costs)
    return _volume(values[_least(values)], corner)


@_checked
def plot_pareto(frame: DataFrame, costs: Sequence[str] = _TWO,
                by: str | Sequence[str] | None = None, ax: Any = None) -> Any:
    """All schedules as points, and the front of each group as steps, in matplotlib's
    axes, which are returned (pip install 'gaus[plot]')."""
    from .drawing import _axes
    if len(costs) != 2:
        raise Error("input", "a picture has two costs")
    ax = _axes(ax)
    groups = [("", frame)] if by is None else list(
        frame.groupby(by, sort=False, dropna=False))
    for k, (name, group) in enumerate(groups):
        values = _values(group, costs)
        ax.plot(values[:, 0], values[:, 1], ".", color=f"C{k}", alpha=0.4)
        front = _values(pareto(group, costs), costs)
        ax.step(front[:, 0], front[:, 1], where="post", marker="o", color=f"C{k}",
                label=" ".join(map(str, name)) if isinstance(name, tuple) else name)
    ax.set_xlabel(costs[0])
    ax.set_ylabel(costs[1])
    if by is not None:
        ax.legend()
    return ax
