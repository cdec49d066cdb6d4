#!/usr/bin/env python3
"""Line coverage by folder: builds, runs all tests, writes docs/coverage.md.

    utils/coverage.py [--page FILE]

Needs what utils/quickstart.sh has installed, and its build/venv. The build is
build-coverage, without CUDA (the simt backend runs the kernels); the unit tests,
the lit tests and the Python tests run in it. The exit status is 1 when a folder of
FLOORS is below its floor. Tests that fail are named and fail the command, too.
"""

import argparse
import collections
import datetime
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = ROOT / "build-coverage"
# Percent of lines that the tests must reach.
FLOORS = {
    "lib/Core": 90,
    "lib/Solver": 90,
    "lib/Device": 90,
    "lib/Transforms": 90,
}
JOBS = str(os.cpu_count())


def run(*command, **options):
    print("$", *command, file=sys.stderr)
    return subprocess.run([str(c) for c in command], **options).returncode


def configure_and_build():
    # Debug information is not needed, and optimization would move lines.
    flags = {
        "CMAKE_C_COMPILER": "clang-22",
        "CMAKE_CXX_COMPILER": "clang++-22",
        "CMAKE_C_COMPILER_LAUNCHER": "ccache",
        "CMAKE_CXX_COMPILER_LAUNCHER": "ccache",
        "CMAKE_BUILD_TYPE": "Release",
        "GAUS_COVERAGE": "ON",
        "GAUS_ENABLE_CUDA": "OFF",
        "GAUS_ENABLE_PYTHON": "ON",
        "Python_EXECUTABLE": ROOT / "build" / "venv" / "bin" / "python",
    }
    defines = [f"-D{name}={value}" for name, value in flags.items()]
    BUILD.mkdir(exist_ok=True)
    if not (BUILD / "build.ninja").exists():
        if run("cmake", "-S", ROOT, "-B", BUILD, "-G", "Ninja", *defines):
            sys.exit("cmake failed")
    if not (BUILD / "venv").exists():
        (BUILD / "venv").symlink_to(ROOT / "build" / "venv")
    if run("ninja", "-C", BUILD, "-j", JOBS, "--quiet"):
        sys.exit("the build failed")


def run_tests(raw):
    """Runs everything; the number of test runs that failed."""
    environment = dict(
        os.environ,
        LLVM_PROFILE_FILE=f"{raw}/%8m.profraw",
        PYTHONPATH=str(BUILD / "python"),
    )
    results = BUILD / "results"
    results.mkdir(exist_ok=True)
    unit = [sys.executable, ROOT / "utils" / "unit-tests.py", BUILD / "bin", results]
    python = [BUILD / "venv" / "bin" / "python", "-m", "pytest", "-q"]
    commands = [
        [*unit, "--jobs", JOBS],
        ["lit-22", "-j", JOBS, "-q", BUILD / "test"],
        [*python, "-p", "no:cacheprovider", ROOT / "python" / "tests"],
    ]
    return sum(run(*c, env=environment) != 0 for c in commands)


def lines_by_folder(profile):
    """{folder: (lines, reached)} of the project's own sources and headers."""
    binaries = [b for b in (BUILD / "bin").iterdir() if b.is_file()]
    binaries += (BUILD / "lib").glob("*.so")
    binaries += (BUILD / "python").glob("**/*.so")
    objects = [f"-object={b}" for b in binaries]
    out = subprocess.run(
        ["llvm-cov-22", "export", "-summary-only", f"-instr-profile={profile}"]
        + objects,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    folders = collections.defaultdict(lambda: [0, 0])
    for entry in json.loads(out)["data"][0]["files"]:
        folder = folder_of(entry["filename"])
        if folder:
            lines = entry["summary"]["lines"]
            folders[folder][0] += lines["count"]
            folders[folder][1] += lines["covered"]
    return folders


def folder_of(name):
    """lib/Core for lib/Core/Chains.cpp and include/gaus/Core/Chains.h."""
    name = name.removeprefix(str(ROOT) + "/").removeprefix("./")
    parts = name.split("/")
    if parts[0].startswith("build") or name.startswith("/"):
        return None
    if parts[:2] == ["include", "gaus"]:
        return "lib/" + parts[2]
    if parts[0] in ("lib", "tools") and len(parts) > 2:
        return "/".join(parts[:2])
    return parts[0] if parts[0] in ("python", "plugin") else None


def page(folders, commit):
    rows = [
        "# Line coverage\n",
        "What the unit tests, the lit tests and the Python tests reach together, by",
        "folder with its public headers. `utils/coverage.py` builds, runs them and",
        "writes this page; it fails when a folder falls below its floor.\n",
        f"{datetime.date.today()}, commit {commit}, without CUDA.\n",
        "| folder | lines | reached | percent | floor |",
        "|---|---:|---:|---:|---:|",
    ]
    for folder, (lines, reached) in sorted(folders.items()):
        rows.append(
            f"| {folder} | {lines:,} | {reached:,} | {100 * reached / lines:.1f} | "
            f"{FLOORS.get(folder, '')} |"
        )
    return "\n".join(rows) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", default=str(ROOT / "docs" / "coverage.md"))
    args = parser.parse_args()
    configure_and_build()
    raw = BUILD / "profiles"
    subprocess.run(["rm", "-rf", raw], check=True)
    failed = run_tests(raw)
    profile = BUILD / "tests.profdata"
    pieces = sorted(raw.glob("*.profraw"))
    if run("llvm-profdata-22", "merge", "-sparse", "-o", profile, *pieces):
        sys.exit("no profile")
    folders = lines_by_folder(profile)
    commit = subprocess.run(
        ["git", "-C", ROOT, "rev-parse", "--short", "HEAD"],
        capture_output=True,
        text=True,
    ).stdout.strip()
    pathlib.Path(args.page).write_text(page(folders, commit))
    for folder, floor in FLOORS.items():
        lines, reached = folders.get(folder, (1, 0))
        if 100 * reached < floor * lines:
            failed += 1
            print(f"{folder}: {100 * reached / lines:.1f} % < {floor} %")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
