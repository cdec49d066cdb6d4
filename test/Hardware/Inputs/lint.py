"""Verilator's opinion of every module.v under a folder."""

import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
bad = 0
modules = sorted(pathlib.Path(sys.argv[1]).glob("*/module.v"))
for path in modules:
    name = path.read_text().split("module ")[1].split()[0]
    done = subprocess.run(
        ["verilator", "--lint-only", "-Wall", "-Wno-DECLFILENAME", "--top-module",
         name, path, ROOT / "share/gaus/float_models.v"],
        capture_output=True, text=True)
    if done.returncode or done.stderr:
        bad += 1
        print(f"{path}: {done.stderr[:500]}")
print(f"{len(modules)} modules, {bad} with warnings")
