#!/usr/bin/env python3
"""Random functions in func, arith, memref, affine, scf and cf that hardware has all
operations of: those of structured.py without vectors, copies and moving windows.

    scalar.py SEED             prints a module with one function f<SEED>
"""

import random
import re
import sys

import programs
from structured import HELPER, Structured

MOST = 15  # the largest number that a function takes


class Scalar(Structured):
    view = vector = transfer = Structured.load
    masked = copy = Structured.store

    def banked(self, rank):
        return ""  # ports of memories change nothing of what is computed

    def filled(self, match):
        """A copy as a loop."""
        self.count += 1
        i, v = f"%i_copy{self.count}", f"%v_copy{self.count}"
        return (f"affine.for {i} = 0 to 256 {{\n    {v} = affine.load {match[1]}[{i}] : "
                f"memref<256xi32>\n    affine.store {v}, {match[2]}[{i}] : "
                "memref<256xi32>\n  }")


def source(seed):
    r = random.Random(f"scalar {seed}")
    writer = Scalar(r, seed, transfers=False)
    text = writer.text(flow=r.random() < 0.3)
    text = re.sub(r"memref.copy (%\w+), (%\w+) : .*", writer.filled, text)
    library = programs.library(random.Random(f"scalar library {seed}"), limited=r.random() < 0.8)
    library = re.sub(r"^.*per\(memory\)\n|(, )?@port", "", library, flags=re.M)
    library = library.replace(" uses()", "")
    text = library + HELPER.replace("func.func @helper", "func.func private @helper") + text
    # So that several may stand in one file.
    return re.sub(r"@(library|helper|origin)\b", rf"@\g<1>{seed}", text)


if __name__ == "__main__":
    sys.path.insert(0, str(__import__("pathlib").Path(__file__).parent))
    print(source(int(sys.argv[1])), end="")
