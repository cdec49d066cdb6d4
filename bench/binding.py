#!/usr/bin/env python3
"""Multiplexer inputs of gaus-bind by effort, for kernels of examples/, as the
table of docs/binding.md:

    bench/binding.py [KERNEL...]

Each kernel is compiled by clang, put under examples/library.mlir, scheduled
once, and bound with effort 0 and 2; gaus-verify checks both.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "utils" / "cosimulation"))
import importing  # noqa: E402

OPT = ROOT / "build/bin/gaus-opt"
KERNELS = ["dct8", "fft", "biquad", "fir", "gsm", "sha", "viterbi", "md", "sobel"]


def run(*command):
    return subprocess.run(list(map(str, command)), check=True, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def scheduled(kernel, folder):
    """A scheduled program as a file."""
    mlir = importing.from_c(ROOT / "examples" / f"{kernel}.c", folder, run)
    starts = folder / "starts.mlir"
    run(OPT, mlir, f"--gaus-use-library=library={ROOT}/examples/library.mlir",
        "--gaus-schedule=effort=0", "-o", starts)
    return starts


def total(text, name):
    return sum(int(n) for n in re.findall(rf"gaus\.{name} = (\d+)", text))


def main():
    print("| kernel | registers | bits | inputs, effort 0 | inputs, effort 2 | less |")
    print("|---|---|---|---|---|---|")
    for kernel in sys.argv[1:] or KERNELS:
        with tempfile.TemporaryDirectory() as name:
            starts = scheduled(kernel, pathlib.Path(name))
            before, after = (run(OPT, starts, f"--gaus-bind=effort={effort}",
                                 "--gaus-verify") for effort in (0, 2))
        a, b = (total(t, "multiplexer_inputs") for t in (before, after))
        print(f"| {kernel} | {total(after, 'register_count')} | "
              f"{total(after, 'register_bits')} | {a} | {b} | "
              f"{100 * (a - b) / max(a, 1):.0f} % |")


if __name__ == "__main__":
    main()
