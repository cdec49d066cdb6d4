"""Rows of a sweep, in memory and in Parquet files."""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from .errors import Error, _checked, _extra

if TYPE_CHECKING:
    from pandas import DataFrame  # type: ignore[import-untyped,unused-ignore]

#: Columns and their types in pyarrow; those with a "*" are lists.
_COLUMNS = {
    "name": "string", "nodes": "int64", "edges": "int64", "objective": "string",
    "asked_length": "string", "asked_ii": "string", "clock": "float64",
    "limits": "string", "options": "string", "cost": "int64", "bound": "int64",
    "gap": "float64", "length": "int64", "ii": "int64", "ii_proof": "string",
    "resources": "int64", "communication": "int64", "memory": "int64",
    "cycles": "int64", "peaks": "int64*", "method": "string", "cut": "string",
    "starts": "int32*", "seconds": "float64", "cpu_seconds": "float64",
    "code": "string", "error": "string", "key": "string"}
#: Whether there is a schedule then depends on the machine: tried again.
_AGAIN = ("stop", "lost")
_PART_SECONDS = 5.0


def _schema() -> Any:
    pyarrow = _extra("pyarrow", "sweep")
    kinds = {"string": pyarrow.string(), "int64": pyarrow.int64(),
             "float64": pyarrow.float64(), "int64*": pyarrow.list_(pyarrow.int64()),
             "int32*": pyarrow.list_(pyarrow.int32())}
    return pyarrow.schema([(name, kinds[kind]) for name, kind in _COLUMNS.items()])


def _table(rows: Iterable[dict[str, Any]]) -> Any:
    pyarrow = _extra("pyarrow", "sweep")
    whole = [{name: row.get(name) for name in _COLUMNS} for row in rows]
    return pyarrow.Table.from_pylist(whole, schema=_schema())


def _frame(table: Any) -> DataFrame:
    """Whole numbers stay whole where some are missing."""
    pandas = _extra("pandas", "sweep")
    pyarrow = _extra("pyarrow", "sweep")
    frame: DataFrame = table.to_pandas(
        types_mapper={pyarrow.int64(): pandas.Int64Dtype()}.get)
    return frame


def _write(table: Any, path: pathlib.Path) -> None:
    """The file has all of it, or what it had before."""
    parquet = _extra("pyarrow.parquet", "sweep")
    beside = path.with_name(path.name + ".new")
    parquet.write_table(table, beside)
    os.replace(beside, path)


def _rows(path: pathlib.Path) -> list[dict[str, Any]]:
    parquet = _extra("pyarrow.parquet", "sweep")
    try:
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    except (OSError, ValueError) as error:
        raise Error("io", f"{path}: {error}") from error
    return rows


class Results:
    """Rows by key. With a path they are written as parts while they come, and as
    one file at the end."""

    def __init__(self, path: str | os.PathLike[str] | None) -> None:
        _schema()  # says now what is missing
        self.path = None if path is None else pathlib.Path(path)
        self.rows: dict[str, dict[str, Any]] = {}
        self.fresh: list[dict[str, Any]] = []
        self.written = time.monotonic()
        if self.path is None:
            return
        self.parts = self.path.with_name(self.path.name + ".parts")
        files = [self.path] if self.path.exists() else []
        if self.parts.is_dir():
            files += sorted(self.parts.glob("*.parquet"))
        for file in files:
            for row in _rows(file):
                if "key" not in row:
                    raise Error("io", f"{file}: not the results of a sweep")
                if row["code"] not in _AGAIN:
                    self.rows[row["key"]] = row

    def __contains__(self, key: str) -> bool:
        return key in self.rows

    def add(self, row: dict[str, Any]) -> None:
        self.rows[row["key"]] = row
        self.fresh.append(row)
        if time.monotonic() > self.written + _PART_SECONDS:
            self._flush()

    def _flush(self) -> None:
        self.written = time.monotonic()
        if self.path is None or not self.fresh:
            return
        self.parts.mkdir(parents=True, exist_ok=True)
        number = len(list(self.parts.glob("*.parquet")))
        _write(_table(self.fresh), self.parts / f"{number:06}.parquet")
        self.fresh = []

    def close(self) -> None:
        """One file of all, and no parts."""
        if self.path is None or not (self.fresh or self.parts.exists()):
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        _write(_table(self.rows.values()), self.path)
        shutil.rmtree(self.parts, ignore_errors=True)

    def frame(self, keys: list[str]) -> DataFrame:
        return _frame(_table(self.rows[key] for key in keys if key in self.rows))


@_checked
def read_results(*paths: str | os.PathLike[str]) -> DataFrame:
    """Results of sweeps (.parquet) and of gaus-bench --json (.json) as one frame with
    the columns of sweep(), and `source`, the file; gaus-bench says nothing of some."""
    pandas = _extra("pandas", "sweep")
    frames = []
    for path in map(pathlib.Path, paths):
        if path.suffix == ".json":
            try:
                rows = json.loads(path.read_text())
            except (OSError, ValueError) as error:
                raise Error("io", f"{path}: {error}") from error
            if not isinstance(rows, list) or not all(
                    isinstance(row, dict) and "name" in row for row in rows):
                raise Error("io", f"{path}: not the rows of gaus-bench --json")
        else:
            rows = _rows(path)
        frames.append(_frame(_table(rows)).assign(source=str(path)))
    if not frames:
        raise Error("input", "there is no file to read")
    frame: DataFrame = pandas.concat(frames, ignore_index=True)
    return frame
