"""What the package shows: names, documentation, formats, types."""

import ast
import pathlib
import pickle

import numpy as np
import pytest

import gaus
from gaus import _gaus


def test_names_are_the_packages():
    for name in gaus.__all__:
        one = getattr(gaus, name)
        assert one.__module__ == "gaus"
        assert one.__name__ == name
        assert pickle.loads(pickle.dumps(one)) is one


def test_read_names_the_formats():
    first = gaus.read.__doc__.splitlines()[0]
    for _, endings, reads, _, _, _ in _gaus.formats():
        for ending in endings.split():
            assert (ending in first) == reads


def test_every_format_is_written(layered, tmp_path):
    schedule = gaus.schedule(layered, effort=0)
    for name, endings, reads, writes, _, _ in _gaus.formats():
        if not writes:
            with pytest.raises(gaus.Error, match="format must be one of csv|json"):
                schedule.export(name)
            continue
        path = tmp_path / f"x{(endings or '.txt').split()[0]}"
        text = schedule.export(name, path)
        assert text and path.read_text() == text
        if reads:
            again = gaus.read(path)
            assert np.array_equal(again.latency, layered.latency)
            assert np.array_equal(again.edges, layered.edges)
    assert schedule.to_csv() == schedule.export("csv")
    with pytest.raises(gaus.Error):
        schedule.export("docx")


def test_stub_has_every_name():
    stub = pathlib.Path(_gaus.__file__).parent / "_gaus.pyi"
    tree = ast.parse(stub.read_text())
    names = {node.name for node in tree.body
             if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    names |= {node.target.id for node in tree.body
              if isinstance(node, ast.AnnAssign)}
    assert names == {n for n in vars(_gaus) if not n.startswith("_")}
    problem, = (n for n in tree.body if isinstance(n, ast.ClassDef))
    methods = {n.name for n in problem.body if isinstance(n, ast.FunctionDef)}
    assert {m for m in vars(_gaus.Problem) if not m.startswith("_")} <= methods


def test_pins_of_the_extras(source):
    """What `pip install 'gaus[sweep]'` gets is what the tests run with."""
    import re
    pin = re.compile(r"([a-z]+)(?:\[[a-z]+\])?==([0-9.]+)")
    tested = dict(pin.findall((source / "python/requirements.txt").read_text()))
    asked = pin.findall((source / "pyproject.toml").read_text())
    asked = [(name, version) for name, version in asked if name != "nanobind"]
    assert asked and all(tested[name] == version for name, version in asked)


def test_one_version(source):
    """docs/versions.md: that of CMakeLists.txt is everybody's."""
    import re
    built = re.search(r"project\(GauS VERSION ([0-9.]+)",
                      (source / "CMakeLists.txt").read_text())[1]
    asked = re.search(r'^version = "(.*)"', (source / "pyproject.toml").read_text(),
                      re.M)[1]
    newest = re.search(r"^## ([0-9.]+)", (source / "CHANGELOG.md").read_text(), re.M)[1]
    assert built == asked == newest == gaus.__version__
