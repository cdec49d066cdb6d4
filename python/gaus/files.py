"""Problems from files and from MLIR."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess

from . import _gaus
from .arrays import _int
from .errors import Error, _checked, _unwrap
from .problem import Problem


@_checked
def read(path, node_latency=None, resources=None):
    model = "" if resources is None else os.fspath(resources)
    if node_latency is not None:
        node_latency = _int("node_latency", node_latency)
    return Problem._from(_unwrap(_gaus.read(os.fspath(path), node_latency,
                                            model)))


read.__doc__ = f"""A problem from a {_gaus.READ_ENDINGS} file.

    resources: the resource model of a .graphml; by default the one beside it.
    """


@_checked
def _read_text(form, path, node_latency):
    try:
        data = pathlib.Path(path).read_bytes()
    except OSError as error:
        raise Error("io", str(error)) from error
    if node_latency is not None:
        node_latency = _int("node_latency", node_latency)
    native = _unwrap(_gaus.read_text(form, data, node_latency))
    native.name = pathlib.Path(path).stem
    return Problem._from(native)


def read_gml(path, node_latency=1):
    return _read_text("gml", path, node_latency)


def read_aiger(path, node_latency=1):
    return _read_text("aiger", path, node_latency)


def read_json(path):
    return _read_text("json", path, None)


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
                                                 None)))
