#!/usr/bin/env python3
"""Runs C functions and the hardware that their schedules become, side by side.

    utils/cosim.py KERNEL.c|FILE.mlir [--function F] [--library FILE] [--elements 64]
                   [--runs 20] [--seed 0] [--schedule OPTIONS] [--share WHAT] [--simulator NAME]
                   [--circt LIBRARY] [--pipeline] [--modules FILE.v...] [--streams NAME...]
                   [--keep FOLDER]

Each function of the file (or the one that is named) is compiled, scheduled under
the library and exported as Verilog. It gets arrays of so many elements for pointers,
with random and extreme content, and numbers up to that for integers. Every byte of
memory and every result have to be those of the C function, and the cycles those
that gaus-replay counts for the same input. In every other run the hardware is
stalled at random; streams have random gaps on their other side, cycles of waiting are
not counted, and as many elements have to move as the program accesses.

Functions of `func` in an .mlir file run beside themselves, lowered to LLVM by MLIR;
memrefs of a known size get as many elements.

One line a function says what came out. Exits with 1 if anything differs, with 2 if
nothing could be compared. What cannot become hardware is refused with its place, and
counts as refused, not as passed. Inputs for which C itself has no meaning (an access
outside of an array) are drawn again, with more elements if need be.
"""

import argparse
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "utils" / "cosimulation"))

import compare  # noqa: E402


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], epilog=__doc__.split("\n\n", 2)[2],
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kernel", type=pathlib.Path, nargs="+")
    parser.add_argument("--function", help="only this one")
    parser.add_argument("--library", type=pathlib.Path,
                        default=ROOT / "examples" / "library.mlir",
                        help="operators and limits (default: examples/library.mlir)")
    parser.add_argument("--elements", type=int, default=64)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--schedule", default="",
                        help="options of gaus-schedule, as 'objective=memory'")
    parser.add_argument("--share", choices=("limited", "all", "none"),
                        default="limited", help="units, as gaus-bind has it")
    parser.add_argument("--simulator", choices=("icarus", "verilator"),
                        default="icarus")
    parser.add_argument("--circt", type=pathlib.Path, metavar="LIBRARY",
                        help="through hw and CIRCT, whose C interface is this "
                        "(utils/get-circt.sh fetches it)")
    parser.add_argument("--pipeline", action="store_true",
                        help="as pipelines that start in every cycle, through CIRCT")
    parser.add_argument("--modules", type=pathlib.Path, nargs="+", default=[],
                        metavar="FILE.v", help="what operators name as gaus.hardware")
    parser.add_argument("--streams", nargs="+", default=[], metavar="NAME",
                        help="parameters of C functions that are streams (gaus.fifo)")
    parser.add_argument("--keep", type=pathlib.Path,
                        help="where to leave all files")
    arguments = parser.parse_args()
    if arguments.pipeline and not arguments.circt:
        parser.error("--pipeline needs --circt")
    if arguments.elements < 1 or arguments.runs < 1:
        parser.error("--elements and --runs are at least 1")
    counts = {"same": 0, "differs": 0, "refused": 0}
    for kernel in arguments.kernel:
        if not kernel.is_file():
            parser.error(f"{kernel}: no such file")
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            if arguments.keep:
                folder = arguments.keep / kernel.stem
                folder.mkdir(parents=True, exist_ok=True)
            for name, verdict, text in compare.kernel(kernel, folder, arguments):
                counts[verdict] += 1
                print(f"{kernel.name}: @{name}: {text}", flush=True)
    print(", ".join(f"{n} {what}" for what, n in counts.items()))
    return 1 if counts["differs"] else 0 if counts["same"] else 2


if __name__ == "__main__":
    sys.exit(main())
