#!/usr/bin/env python3
"""What pipelining the loops of examples/ gives, as a table.

    bench/loops.py [--out PAGE] [--iterations N] [--only FILE,...]

Takes the C kernels through clang and mlir-translate, puts them under the
operators of examples/library.mlir and of examples/ram.mlir, schedules them with
build/bin and writes docs/loops.md. Every schedule passes gaus-verify.
"""

import argparse
import collections
import datetime
import json
import math
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from performance import ROOT, commit, machine

BUILD = pathlib.Path(os.environ.get("GAUS_BUILD_DIR", ROOT / "build"))
# The oracles look there, too.
os.environ.setdefault("GAUS_BUILD", str(BUILD))
sys.path.insert(0, str(ROOT / "utils" / "oracles"))
import dependences
import kernels

# File, what it is, and an edit of the program.
KERNELS = [
    ("fir_stream", "8-tap filter", None),
    ("biquad", "recursive filter", None),
    ("dot", "dot product", None),
    ("matmul", "matrix product", None),
    ("sobel", "edges of an image", None),
    ("histogram", "counts of bytes", None),
    ("histogram", "bins told apart", ("{alignment = 4 : i64",
                                      "{gaus.independent, alignment = 4 : i64")),
    ("aes", "cipher rounds by tables", None),
    ("fft", "butterflies of a stage", None),
    ("stencil", "five points; three in place", None),
    ("newton", "square root, until it is", None),
]
HEAD = ["loop", "what", "operations", "ResMII", "RecMII", "II", "by addresses",
        "what holds II", "length",
        "stages", "registers, list", "registers", "cycles, one by one",
        "cycles, pipelined", "faster"]
CLOCKS = None, 10, 5  # ns
HEAD_OF_PORTS = ["loop", *[f"{what}{clock}" for clock in ("", " at 10 ns", " at 5 ns")
                           for what in ("II", "length")], "what holds II"]
TEXT = """# Loops of C programs

Written by `bench/loops.py`; do not edit. Each kernel of
[examples/](../examples) goes through `clang-22 -O1 -ffp-contract=off
-fno-unroll-loops` and `mlir-translate-22 --import-llvm`, under the operators of
[examples/library.mlir](../examples/library.mlir): {library}

Measured on {date} at commit {commit}, {machine}.

{table}

- **ResMII**, **RecMII**: what limits and recurrences ask of the interval
  ([spec.md](spec.md)). **II** is what was reached with `gaus-schedule`; in bold
  where it is more than both.
- **by addresses**: the smallest interval that values, limits and those dependences of
  memory ask for that a run shows: the test of each kernel (`utils/oracles/kernels.py`)
  runs in order, and `gaus-replay --dependences` says which operations touch the same
  byte how many iterations apart. Where it is below II, II is paid for dependences that
  this run does not have, or, in bold, for a search that found no smaller one.
- **length**: cycles of one iteration; **stages** is length / II, rounded up.
- **registers**: live bits (`objective=memory`) at that II in as many stages, by
  the heuristics alone (`effort=0`) and by the default effort.
- **cycles** of {iterations} iterations: one after the other (`ii=none`), and
  pipelined, (N - 1) II + length.

## Reading it

{notes}

## Ports of each memory, and a clock

Under [examples/ram.mlir](../examples/ram.mlir) each memory has two ports, a product with
a constant is a sum, and with a clock what is combinational chains
([guide-loops.md](guide-loops.md#memories-and-ports)). II and the length of an iteration, without a
clock and with two; what holds II is from `gaus-report=format=summary`, without a clock.

{ports}
"""
NOTES = """- `dot`, `matmul`: one floating-point addition around the loop, 4 cycles.
- `biquad`: addition, multiplication and subtraction around the loop, 12.
- `histogram`: load, addition, store: the bin of an iteration may be that of the
  one before. A remark names the two; `gaus.independent` on both says that bins
  differ, and two memory ports are all that is left.
- `relax` (in place) stores what the third iteration after it loads: 11 cycles
  over a distance of 3.
- `fft`: both halves are written in place; that they never meet follows from the
  64 iterations of 8 bytes and the 512 bytes between them.
- `newton`: a division, an addition and a multiplication around the loop. That
  the end depends on the value costs nothing, since nothing touches memory.
- `aes`: the tables are read through the two ports, 20 loads an iteration; the
  state goes through one of them and four additions. That 10 cycles do not
  suffice the exact search has shown (`gaus.ii_proof`)."""


def run(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, text=True,
                          stdout=subprocess.PIPE, **more).stdout


def program(name, edit, folder, debug=False, library="library"):
    """The kernel as MLIR under a library of examples/, with lines and names of the source if
    `debug`; its path."""
    lowered, imported = folder / f"{name}.ll", folder / f"{name}.mlir"
    run("clang-22", "-O1", "-ffp-contract=off", "-fno-unroll-loops", "-S",
        *["-g"] * debug, "-emit-llvm", "-o", lowered, ROOT / f"examples/{name}.c")
    text = run("mlir-translate-22", "--import-llvm",
               *["--mlir-print-debuginfo"] * debug, lowered)
    if edit:
        text = text.replace(*edit)
    imported.write_text(text)
    run(BUILD / "bin/gaus-opt", imported, "--mlir-print-debuginfo",
        f"--gaus-use-library=library={ROOT}/examples/{library}.mlir", "-o", imported)
    return imported


def loops(path, options, folder):
    """The reports of the file's loops."""
    report = folder / "report.json"
    run(BUILD / "bin/gaus-opt", path, f"--gaus-schedule={options}",
        "--gaus-verify", f"--gaus-report=format=json output={report}", "-o",
        "/dev/null")
    scopes = [scope | {"place": place} for place, scope in
              enumerate(json.loads(report.read_text())["scopes"])]
    return [s for s in scopes if s["scope"].startswith("loop ")]


def registers(path, place, ii, length, effort, folder):
    """Live bits of the file's scope number `place`."""
    rows = folder / "rows.json"
    # The blocks beside the loop are not looked at.
    subprocess.run([BUILD / "bin/gaus-bench", path, "--objective=memory",
                    f"--ii={ii}", f"--length={length}", f"--effort={effort}",
                    f"--json={rows}"], stdout=subprocess.DEVNULL, check=False)
    return json.loads(rows.read_text())[place].get("cost", "none found")


class Met(dependences.Loop):
    """A pipelined loop, and what its operations met in a run."""

    def meet(self, text):
        self.met = [(int(a), int(b), int(k), kind) for a, kind, b, k in
                    re.findall(r"(\d+)([raw])(\d+)@(\d+)", text)]

    def least(self):
        """By values, control, limits and meetings; a load reads as it starts."""
        edges = [(a, b, k, self.latency[a]) for a, b, k, orders in self.edges
                 if not orders or a == self.decider]
        edges += [(a, b, k, 0 if kind == "a" else self.latency[a])
                  for a, b, k, kind in self.met]
        ii = max(1, self.report["res_mii"])
        while self.is_circular(edges, ii):
            ii += 1
        return ii

    def is_circular(self, edges, ii):
        start = [0] * len(self.latency)
        for _ in range(len(start) + 1):
            before = list(start)
            for a, b, k, latency in edges:
                start[b] = max(start[b], start[a] + latency - ii * k)
            if start == before:
                return False
        return True


def least_by_addresses(folder):
    """{function: the least interval of each of its pipelined loops}, from the tests."""
    source, placed = folder / "tests.mlir", folder / "placed.mlir"
    source.write_text(kernels.module(folder))
    dot, report = folder / "dot", folder / "json"
    run(BUILD / "bin/gaus-opt", source, "--gaus-schedule=effort=0",
        f"--gaus-report=format=dot output={dot}",
        f"--gaus-report=format=json output={report}", "-o", placed)
    loops_of = collections.defaultdict(list)
    graphs = dot.read_text().split("  subgraph cluster")[1:]
    for graph, scope in zip(graphs, json.loads(report.read_text())["scopes"], strict=True):
        if "ii" in scope:
            loops_of["@" + scope["scope"].split("@")[1]].append(Met(graph, scope))
    found = {}
    for test in sorted(set(re.findall(r"@(test_\w+)\(", source.read_text()))):
        said = run(BUILD / "bin/gaus-replay", placed, f"--function={test}", "--dependences")
        places = collections.Counter()
        for name, decider, rest in re.findall(
                r"^\d*loop (@\w+) ii \d+ iterations \d+ decider (-?\d+):(.*)$", said, re.M):
            loop = loops_of[name][places[name]]
            places[name] += 1
            loop.decider = int(decider)
            loop.meet(rest)
            found.setdefault(name, {})[places[name] - 1] = loop.least()
    return {name: [least[k] for k in sorted(least)] for name, least in found.items()}


def rows_of(name, what, edit, iterations, met, folder):
    reasons = iter(held_by(program(name, edit, folder, debug=True), folder))
    path = program(name, edit, folder)
    places = collections.Counter()
    plain = loops(path, "ii=none effort=0", folder)
    after = loops(path, "", folder)
    for k, (one, loop) in enumerate(zip(plain, after)):
        ii, length = loop["ii"], loop["costs"]["T"]
        stages = math.ceil(length / ii)
        live = [registers(path, loop["place"], ii, stages * ii, effort, folder)
                for effort in (0, 2)]
        least = max(loop["res_mii"], loop["rec_mii"])
        slow = iterations * one["costs"]["T"]
        fast = (iterations - 1) * ii + length
        function = "@" + loop["scope"].split("@")[1]
        place, places[function] = places[function], places[function] + 1
        # What is told of the program no run shows.
        by_addresses = "" if edit else met[function][place]
        reason = next(reasons, "")
        yield [f"`{function[1:]}`", what.split("; ")[k],
               len(loop["operations"]), loop["res_mii"], loop["rec_mii"],
               ii if ii == least else f"**{ii}**", by_addresses,
               reason.split(" (")[0], length,
               stages, *live, slow, fast,
               f"{slow / fast:.1f}"]


def held_by(path, folder):
    """What holds the interval of each loop, by the name of its function in turn."""
    text = run(BUILD / "bin/gaus-opt", path, "--gaus-schedule",
               "--gaus-report=format=summary", "-o", "/dev/null")
    found = []
    for part in text.split("what holds the intervals\n")[1:]:
        lines = part.split("\n\n")[0].splitlines()
        for line, reason in zip(lines, [*lines[1:], ""]):
            if line.startswith("  loop"):
                # One that is longer than a line is that no smaller II was found.
                long = reason.startswith("     ")
                found.append((line + " " + reason.strip()).split("; ")[-1] if long else
                             reason.strip() if reason.startswith("    ") else "")
    return found


def rows_of_ports(name, edit, folder):
    path = program(name, edit, folder, debug=True, library="ram")
    by_clock = [loops(path, f"clock={clock}" if clock else "", folder)
                for clock in CLOCKS]
    reasons = iter(held_by(path, folder))
    for same in zip(*by_clock):
        reason = next(reasons, "") if same[0]["ii"] > 1 else ""
        cells = [cell for loop in same for cell in (loop["ii"], loop["costs"]["T"])]
        yield [f"`{same[0]['scope'].split('@')[1]}`", *cells, reason.split(" (")[0]]


def table(head, rows):
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for row in rows:
        lines.append("| " + " | ".join(map(str, row)) + " |")
        print(lines[-1], flush=True)
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "docs/loops.md")
    parser.add_argument("--iterations", type=int, default=1000)
    parser.add_argument("--only", type=lambda text: text.split(","))
    args = parser.parse_args()
    chosen = [kernel for kernel in KERNELS
              if not args.only or kernel[0] in args.only]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        met = least_by_addresses(folder)
        rows = table(HEAD, (row for kernel in chosen for row in
                            rows_of(*kernel, args.iterations, met, folder)))
        ports = table(HEAD_OF_PORTS, (row for kernel, _, edit in chosen
                                      for row in rows_of_ports(kernel, edit, folder)))
    args.out.write_text(TEXT.format(
        date=datetime.date.today().isoformat(), commit=commit(),
        machine=machine(), table=rows, ports=ports, iterations=args.iterations,
        notes=NOTES, library="two read ports and\none write port "
        "of memory, two integer multipliers, one floating-point adder,\n"
        "multiplier and divider."))


if __name__ == "__main__":
    main()
