"""Verilator's opinion of every module.v under a folder."""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
bad = 0
modules = sorted(pathlib.Path(sys.argv[1]).glob("*/module.v"))
for path in modules:
    for name in re.findall(r"^module (\w+)", path.read_text(), re.M):
        done = subprocess.run(
            ["verilator", "--lint-only", "-Wall", "-Wno-DECLFILENAME", "--top-module",
             name, path, ROOT / "share/gaus/float_models.v"],
            capture_output=True, text=True)
        if done.returncode or done.stderr:
            bad += 1
            print(f"{path}: {name}: {done.stderr[:500]}")
print(f"{len(modules)} files, {bad} modules with warnings")
