"""Arguments as arrays and numbers that the native half takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from . import _gaus
from .errors import Error


def _array(name: str, values: Any) -> npt.NDArray[Any]:
    if values is None:
        raise Error("input", f"{name} must not be None")
    try:
        return np.asarray(values)
    except (TypeError, ValueError, OverflowError) as error:
        raise Error("input", f"{name}: {error}") from error


def _ints(name: str, values: Any, size: int | None = None, low: int = 0,
          high: int = 2**62) -> npt.NDArray[np.int64]:
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


def _int(name: str, value: Any, low: int = 0, high: int | None = None) -> int:
    """An integer within bounds; by default a number of cycles."""
    if np.ndim(value):
        raise Error("input", f"{name} must be an integer")
    return int(_ints(name, [value], 1, low,
                     _gaus.MAX_CYCLE if high is None else high)[0])


def _filled(name: str, values: Any, size: int, default: int, low: int = 0,
            high: int = 2**62) -> npt.NDArray[np.int64]:
    """An array; a number or None stands for all entries."""
    if values is None:
        values = default
    values = _array(name, values)
    if values.ndim == 0:
        values = np.full(size, values)
    return _ints(name, values, size, low, high)


def _floats(name: str, values: Any, size: int) -> list[float]:
    array = _array(name, 0.0 if values is None else values)
    if array.dtype.kind not in "iufbO":
        raise Error("input", f"{name} must be numbers")
    array = array.astype(float)
    if array.ndim == 0:
        array = np.full(size, float(array))
    if array.shape != (size,):
        raise Error("input", f"{name} has {array.size} entries, not {size}")
    out: list[float] = array.tolist()
    return out
