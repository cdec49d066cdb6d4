"""Types: the package and its users under mypy --strict."""

import pathlib
import re
import subprocess
import sys

import pytest

import gaus

pytest.importorskip("mypy")
HERE = pathlib.Path(__file__).parent


def test_strict(tmp_path):
    """One run for both, as most of its time goes into numpy's types."""
    package = pathlib.Path(gaus.__file__).parent
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", f"--cache-dir={tmp_path}",
         "--no-error-summary", "--hide-error-context", "-p", package.name,
         "-m", "typed"],
        cwd=package.parent, capture_output=True, text=True,
        env={"MYPYPATH": str(HERE), "PATH": ""})
    expected = {(k, match[1]) for k, line in enumerate(
        (HERE / "typed.py").read_text().splitlines(), 1)
        if (match := re.search(r"# expect: (\S+)", line))}
    errors = [line for line in done.stdout.splitlines() if ": error: " in line]
    found = {(int(line.split(":")[1]), re.search(r"\[([\w-]+)\]$", line)[1])
             for line in errors if "typed.py:" in line}
    assert found == expected, done.stdout + done.stderr
    assert len(errors) == len(expected), done.stdout
