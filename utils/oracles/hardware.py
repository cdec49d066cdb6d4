#!/usr/bin/env python3
"""Random C functions as hardware, beside themselves.

    hardware.py [--programs N] [--first B] [--runs R] [--calls | --regions]
                [--schedule OPTIONS] [--record]

Each function goes through clang, gaus-schedule under examples/library.mlir and
gaus-translate --export-verilog, and is simulated with Icarus: every byte of memory,
every result and the number of cycles against the C function and gaus-replay, in
every other run stalled at random. With --calls they call functions that are not
inlined. With --regions they are functions of func with regions of scf and affine on
memrefs, each under a random library, and the reference is MLIR's own lowering to LLVM.
Exits with 1 if anything differs. --record writes bench/results/oracles/hardware.json,
with calls hardware_calls.json, with regions hardware_regions.json.
"""

import argparse
import pathlib
import sys
import tempfile

import common

sys.path.insert(0, str(common.ROOT / "utils" / "cosimulation"))
import compare  # noqa: E402
import random_c  # noqa: E402
import scalar  # noqa: E402

FILE = 20  # functions of a file
SUBJECTS = {
    "": "Random C functions with loops, conditions, early ends and values that go "
        "around, scheduled under the limits of `examples/library.mlir` and",
    "calls": "Random C functions that call others in loops, conditions and each other, "
             "which are not inlined, scheduled under the limits of "
             "`examples/library.mlir` and",
    "regions": "Random functions with loops and conditions of scf, affine and cf on "
               "memrefs, scheduled under random libraries and",
}


def written(folder, seeds, a):
    """The programs as one file."""
    if a.regions:
        source = folder / "random.mlir"
        source.write_text(scalar.source(seeds[0]))
        return source
    source = folder / "random.c"
    source.write_text("".join(random_c.source(s, a.calls) for s in seeds))
    return source


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--calls", action="store_true")
    parser.add_argument("--regions", action="store_true")
    parser.add_argument("--schedule", default="")
    parser.add_argument("--share", default="limited", help="as gaus-bind has it")
    parser.add_argument("--record", action="store_true")
    a = parser.parse_args()
    a.library = common.ROOT / "examples" / "library.mlir"
    a.function, a.elements, a.seed, a.simulator = None, random_c.ELEMENTS, 0, "icarus"
    if a.regions:
        a.elements = scalar.MOST
    a.circt, a.modules = None, []
    counts = {"same": 0, "differs": 0, "refused": 0}
    cycles = 0
    step = 1 if a.regions else FILE
    for begin in range(a.first, a.first + a.programs, step):
        seeds = range(begin, min(begin + step, a.first + a.programs))
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            source = written(folder, seeds, a)
            for name, verdict, text in compare.kernel(source, folder, a):
                counts[verdict] += 1
                if verdict == "same":
                    cycles += int(text.split(" cycles")[0].split()[-1])
                else:
                    print(f"{name}: {text}", flush=True)
    figures = {"functions": sum(counts.values()),
               "same bytes, results and cycles": counts["same"],
               "refused": counts["refused"], "wrong": counts["differs"],
               "cycles of the longest runs": cycles}
    common.show(figures, a.programs)
    if a.record:
        kind = "calls" if a.calls else "regions" if a.regions else ""
        common.record(
            "_".join(["hardware", kind]).rstrip("_"), a, a.programs,
            script="hardware.py" + (f" --{kind}" if kind else ""),
            name="Hardware beside MLIR" if a.regions else
            "Hardware beside C" + ", with calls" * a.calls,
            subject=SUBJECTS[kind] + " exported as Verilog: memory, results and cycles "
            "of a simulation with random stalls against the program and the replay.",
            figures=figures)
    sys.exit(1 if counts["differs"] or not counts["same"] else 0)


if __name__ == "__main__":
    main()
