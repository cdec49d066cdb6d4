"""What pipelining the loops of examples/ gives, as a table.

    bench/loops.py [--out PAGE] [--iterations N] [--only FILE,...]

Takes the C kernels through clang and mlir-translate, puts them under the
operators of examples/library.mlir, schedules them with build/bin and writes
docs/loops.md. Every schedule passes gaus-verify.
"""

import argparse
import datetime
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

from performance import ROOT, commit, machine

BUILD = pathlib.Path(os.environ.get("GAUS_BUILD_DIR", ROOT / "build"))
sys.path.insert(0, str(ROOT / "utils"))
withlib = __import__("with-library")

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
HEAD = ["loop", "what", "operations", "ResMII", "RecMII", "II", "length",
        "stages", "registers, list", "registers", "cycles, one by one",
        "cycles, pipelined", "faster"]
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
- **length**: cycles of one iteration; **stages** is length / II, rounded up.
- **registers**: live bits (`objective=memory`) at that II in as many stages, by
  the heuristics alone (`effort=0`) and by the default effort.
- **cycles** of {iterations} iterations: one after the other (`ii=none`), and
  pipelined, (N - 1) II + length.

## Reading it

{notes}
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
  state goes through one of them and four additions. Whether 10 cycles are
  possible is not known."""


def run(*command, **more):
    return subprocess.run([str(c) for c in command], check=True, text=True,
                          stdout=subprocess.PIPE, **more).stdout


def program(name, edit, folder, debug=False):
    """The kernel as MLIR under the library, with lines and names of the source if
    `debug`; its path."""
    lowered, imported = folder / f"{name}.ll", folder / f"{name}.mlir"
    run("clang-22", "-O1", "-ffp-contract=off", "-fno-unroll-loops", "-S",
        *["-g"] * debug, "-emit-llvm", "-o", lowered, ROOT / f"examples/{name}.c")
    text = run("mlir-translate-22", "--import-llvm",
               *["--mlir-print-debuginfo"] * debug, lowered)
    if edit:
        text = text.replace(*edit)
    imported.write_text(withlib.combine(
        (ROOT / "examples/library.mlir").read_text(), text))
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


def rows_of(name, what, edit, iterations, folder):
    path = program(name, edit, folder)
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
        yield [f"`{loop['scope'].split('@')[1]}`", what.split("; ")[k],
               len(loop["operations"]), loop["res_mii"], loop["rec_mii"],
               ii if ii == least else f"**{ii}**", length,
               stages, *live, slow, fast,
               f"{slow / fast:.1f}"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=pathlib.Path,
                        default=ROOT / "docs/loops.md")
    parser.add_argument("--iterations", type=int, default=1000)
    parser.add_argument("--only", type=lambda text: text.split(","))
    args = parser.parse_args()
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    with tempfile.TemporaryDirectory() as folder:
        for name, what, edit in KERNELS:
            if args.only and name not in args.only:
                continue
            for row in rows_of(name, what, edit, args.iterations,
                               pathlib.Path(folder)):
                lines.append("| " + " | ".join(map(str, row)) + " |")
                print(lines[-1], flush=True)
    args.out.write_text(TEXT.format(
        date=datetime.date.today().isoformat(), commit=commit(),
        machine=machine(), table="\n".join(lines), iterations=args.iterations,
        notes=NOTES, library="two read ports and\none write port "
        "of memory, two integer multipliers, one floating-point adder,\n"
        "multiplier and divider."))


if __name__ == "__main__":
    main()
