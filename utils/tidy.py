#!/usr/bin/env python3
"""clang-tidy over every C++ source of the compile database; no finding is let pass.

    utils/tidy.py [--quick] [--build DIR] [--jobs N] [SUBSTRING...]

A source that passed is not looked at again until it, a project header that it
includes, its command or .clang-tidy changes (DIR/tidy/ has the hashes). With
SUBSTRINGs only the sources whose path has one of them. --quick leaves out the
checks that follow paths (clang-analyzer-*), which take two thirds of the time. The
exit status is 1 when there was a finding.
"""

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
TIDY = "clang-tidy-22"


def dependencies(build):
    """What each object was compiled from, as ninja has recorded it."""
    text = subprocess.run(
        ["ninja", "-C", build, "-t", "deps"], capture_output=True, text=True
    ).stdout
    found, current = {}, None
    for line in text.splitlines():
        if line.startswith("    "):
            current.append(line.strip())
        elif ": #deps" in line:
            current = found.setdefault(line.split(": #deps")[0], [])
    return found


def is_ours(path):
    return path.suffix == ".cpp" and path.is_relative_to(ROOT)


def key(entry, files, flags):
    """The hash of all that a verdict depends on, system headers aside."""
    digest = hashlib.sha256(" ".join(flags).encode())
    for rules in sorted(ROOT.glob("**/.clang-tidy")):
        digest.update(rules.read_bytes())
    digest.update(entry["command"].replace(str(ROOT), ".").encode())
    for name in sorted(files):
        path = pathlib.Path(os.path.join(entry["directory"], name))
        if path.resolve().is_relative_to(ROOT) and path.exists():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def check(build, path, flags):
    return subprocess.run(
        [TIDY, "--quiet", "--warnings-as-errors=*", "-p", build, *flags, path],
        capture_output=True,
        text=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default=str(ROOT / "build"))
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("substrings", nargs="*")
    args = parser.parse_args()
    flags = ["--checks=-clang-analyzer-*"] if args.quick else []

    build = pathlib.Path(args.build).resolve()
    stamps = build / "tidy"
    stamps.mkdir(exist_ok=True)
    deps = dependencies(build)
    todo, sources = [], 0
    database = json.loads((build / "compile_commands.json").read_text())
    for entry in database:
        path = pathlib.Path(entry["file"])
        name = os.path.relpath(path, ROOT)
        wanted = not args.substrings or any(s in name for s in args.substrings)
        if not is_ours(path) or path.is_relative_to(build) or not wanted:
            continue
        sources += 1
        output = entry.get("output", "")
        files = set(deps.get(output, [])) | {str(path)}
        ending = ".quick" if args.quick else ".passed"
        stamp = stamps / (name.replace("/", "-") + ending)
        now = key(entry, files, flags)
        if not stamp.exists() or stamp.read_text() != now:
            todo.append((path, stamp, now))

    failed = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        runs = {pool.submit(check, build, t[0], flags): t for t in todo}
        for run in concurrent.futures.as_completed(runs):
            path, stamp, now = runs[run]
            result = run.result()
            if result.returncode == 0:
                stamp.write_text(now)
            else:
                failed.append(path)
                print(result.stdout + result.stderr, flush=True)
    print(
        f"clang-tidy: {sources} sources, {len(todo)} looked at, "
        f"{len(failed)} with findings"
    )
    return 1 if failed or not sources else 0


if __name__ == "__main__":
    sys.exit(main())
