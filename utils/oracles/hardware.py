#!/usr/bin/env python3
"""Random C functions as hardware, beside themselves.

    hardware.py [--programs N] [--first B] [--runs R] [--calls | --regions] [--streams]
                [--schedule OPTIONS] [--jobs J] [--record] [--keep FOLDER]

Each function goes through clang, gaus-schedule under examples/library.mlir and
gaus-translate --export-verilog, and is simulated with Icarus: every byte of memory,
every result and the number of cycles against the C function and gaus-replay, in
every other run stalled at random. With --calls they call functions that are not
inlined. With --regions they are functions of func with regions of scf and affine on
memrefs, each under a random library, and the reference is MLIR's own lowering to LLVM.
With --streams they take and give some arrays element after element, as streams whose
other sides have random gaps.
Many are a file and simulated together; what is not the same there goes through all of
it again alone, with inputs for which C is known to have a meaning.
Exits with 1 if anything differs. --record writes bench/results/oracles/hardware.json,
with more in its name for what is asked for.
"""

import argparse
import collections
import concurrent.futures
import pathlib
import shutil
import sys
import tempfile

import common

sys.path.insert(0, str(common.ROOT / "utils" / "cosimulation"))
import compare  # noqa: E402
import random_c  # noqa: E402
import scalar  # noqa: E402

FILE = 50  # functions of a file
SUBJECTS = {
    "": "Random C functions with loops, conditions, early ends and values that go "
        "around, scheduled under the limits of `examples/library.mlir` and",
    "calls": "Random C functions that call others in loops, conditions and each other, "
             "which are not inlined, scheduled under the limits of "
             "`examples/library.mlir` and",
    "regions": "Random functions with loops and conditions of scf, affine and cf on "
               "memrefs, scheduled under random libraries and",
}
STREAMS = (" Some arrays are streams, whose other sides have random gaps: as many elements "
           "move as the program accesses.")


def written(folder, seeds, a):
    """The programs as one file."""
    source = folder / ("random.mlir" if a.regions else "random.c")
    source.write_text("".join(scalar.source(s, a.with_streams) if a.regions else
                              random_c.source(s, a.calls, a.with_streams)
                              for s in seeds))
    return source


def judged(seeds, a):
    """(function, verdict, text) of each program; those that are not the same after all
    of it alone."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        source = written(folder, seeds, a)
        alone = len(seeds) == 1
        found = list(compare.kernel(source, folder, a, is_trusted=not alone))
        if alone and a.keep and found[0][1] != "same":
            shutil.copytree(folder, a.keep / found[0][0], dirs_exist_ok=True)
    if alone:
        return found
    # A file is refused as a whole where one program of it has no schedule.
    if all(verdict == "refused" for _, verdict, _ in found):
        half = len(seeds) // 2
        return judged(seeds[:half], a) + judged(seeds[half:], a)
    return [entry for seed, (name, verdict, text) in zip(seeds, found, strict=True)
            for entry in (judged([seed], a) if verdict == "differs"
                          else [(name, verdict, text)])]


def all_judged(a):
    """What `judged` says of file after file, until something ends the run."""
    until = common.Until(None)
    ends = a.first + a.programs
    files = [range(b, min(b + FILE, ends)) for b in range(a.first, ends, FILE)]
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        running = collections.deque()
        while (files and until.goes_on()) or running:
            while files and until.goes_on() and len(running) < a.jobs:
                running.append(pool.submit(judged, files.pop(0), a))
            yield running.popleft().result()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--calls", action="store_true")
    parser.add_argument("--regions", action="store_true")
    parser.add_argument("--streams", action="store_true", dest="with_streams")
    parser.add_argument("--schedule", default="")
    parser.add_argument("--share", default="limited", help="as gaus-bind has it")
    parser.add_argument("--jobs", type=int, default=1, help="files at once")
    parser.add_argument("--record", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path,
                        help="where to leave the files of what is not the same")
    a = parser.parse_args()
    a.library = common.ROOT / "examples" / "library.mlir"
    a.function, a.elements, a.seed, a.simulator = None, random_c.ELEMENTS, 0, "icarus"
    if a.regions:
        a.elements = scalar.MOST
    a.circt, a.modules, a.pipeline = None, [], False
    a.streams = random_c.STREAMS if a.with_streams else []
    counts = {"same": 0, "differs": 0, "refused": 0}
    cycles, tried = 0, 0
    for found in all_judged(a):
        tried += len(found)
        for name, verdict, text in found:
            counts[verdict] += 1
            if verdict == "same":
                cycles += int(text.split(" cycles")[0].split()[-1])
            else:
                print(f"{name}: {text}", flush=True)
    figures = {"functions": sum(counts.values()),
               "same bytes, results and cycles": counts["same"],
               "refused": counts["refused"], "wrong": counts["differs"],
               "cycles of the longest runs": cycles}
    common.show(figures, tried)
    if a.record:
        kinds = [k for k, is_asked in (("calls", a.calls), ("regions", a.regions),
                                       ("streams", a.with_streams)) if is_asked]
        common.record(
            "_".join(["hardware", *kinds]), a, tried,
            script=" ".join(["hardware.py", *(f"--{k}" for k in kinds)]),
            name=("Hardware beside MLIR" if a.regions else "Hardware beside C") +
            ", with calls" * a.calls + ", with streams" * a.with_streams,
            subject=SUBJECTS[kinds[0] if kinds and kinds[0] != "streams" else ""] +
            " exported as Verilog: memory, results and cycles "
            "of a simulation with random stalls against the program and the replay." +
            STREAMS * a.with_streams,
            figures=figures)
    sys.exit(1 if counts["differs"] or not counts["same"] else 0)


if __name__ == "__main__":
    main()
