"""Problems from files and from MLIR."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
from typing import Any

from . import _gaus
from .arrays import _int
from .errors import Error, _checked, _unwrap
from .problem import Problem
from .schedules import Path


@_checked
def read(path: Path, node_latency: int | None = None,
         resources: Path | None = None) -> Problem:
    model = "" if resources is None else os.fspath(resources)
    if node_latency is not None:
        node_latency = _int("node_latency", node_latency)
    return Problem._from(_unwrap(_gaus.read(os.fspath(path), node_latency,
                                            model)))


read.__doc__ = f"""A problem from a {_gaus.READ_ENDINGS} file.

    node_latency: cycles, of every node. resources: the resource model of a .graphml;
    by default the one beside it. Raises Error ("io", or "input" with a line).
    """


@_checked
def _read_text(form: str, path: Path, node_latency: Any) -> Problem:
    try:
        data = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise Error("io", str(error)) from error
    if node_latency is not None:
        node_latency = _int("node_latency", node_latency)
    native = _unwrap(_gaus.read_text(form, data, node_latency))
    native.name = pathlib.Path(path).stem
    return Problem._from(native)


def read_gml(path: Path, node_latency: int | None = 1) -> Problem:
    """A problem from a file in GML, whatever its ending."""
    return _read_text("gml", path, node_latency)


def read_aiger(path: Path, node_latency: int | None = 1) -> Problem:
    """A problem from a file in AIGER, whatever its ending."""
    return _read_text("aiger", path, node_latency)


def read_json(path: Path) -> Problem:
    """A problem from a file in JSON, whatever its ending."""
    return _read_text("json", path, None)


def _tool(name: str) -> str | None:
    """An installed tool, or the one of the build that this package lies in."""
    beside = pathlib.Path(__file__).resolve().parents[2] / "bin" / name
    return shutil.which(name) or (str(beside) if beside.exists() else None)


@_checked
def _from_mlir(source: Any, scope: Any) -> Problem:
    tool = _tool("gaus-translate")
    if tool is None:
        raise Error("io", "gaus-translate is not on the path: it reads MLIR",
                    notes=["it comes with the tools of GauS (cmake --install, or "
                           "the Debian package), which need MLIR"])
    if isinstance(source, str) and not source.endswith(".mlir"):
        where, text = "-", source
    else:
        where, text = os.fspath(source), ""
    command = [tool, "--export-json", where]
    if scope is not None:
        command.append(f"--scope={scope}")
    try:
        done = subprocess.run(command, input=text, text=True, capture_output=True)
    except OSError as error:
        raise Error("io", f"{tool}: {error.strerror}") from error
    if done.returncode:
        raise Error("input", done.stderr.strip())
    return Problem._from(_unwrap(_gaus.read_text("json", done.stdout.encode(),
                                                 None)))
