#!/usr/bin/env python3
"""Random programs in func, arith, memref, affine, scf, cf, vector and llvm.

    programs.py SEED [COUNT] [--kind structured|flow|many|llvm|many-llvm] > PROGRAM

Every program has a meaning: subscripts stay within their memory whatever the
arguments are (numbers from 0 to 15), divisors are not 0, loops end. The same seed
gives the same text. A module has one library, with random latencies and limits,
and COUNT functions; all take the same arguments, so that one list of them fits all.
"""

import argparse
import random

from llvm_loops import Llvm
from structured import HELPER, Structured
from writer import chance


def library(r, limited=True):
    groups = {
        "read": ["memref.load", "affine.load", "llvm.load", "affine.vector_load",
                 "vector.load", "vector.transfer_read", "vector.gather",
                 "vector.maskedload"],
        "write": ["memref.store", "affine.store", "llvm.store", "affine.vector_store",
                  "vector.store", "vector.transfer_write", "vector.scatter",
                  "vector.maskedstore"],
        "mul": ["arith.muli", "llvm.mul"],
        "add": ["arith.addi", "arith.subi", "llvm.add", "llvm.sub"],
        "copy": ["memref.copy", "memref.dma_start"],
    }
    out = ["gaus.library @library {"]
    limits = {}
    ports = limited and chance(r, 0.4)
    if ports:
        out.append(f"  gaus.resource @port limit({r.randint(1, 2)}) per(memory)")
    for name in groups:
        if chance(r, 0.5) and limited:
            limits[name] = r.randint(1, 3)
            out.append(f"  gaus.resource @{name} limit({limits[name]})")
    for name, ops in groups.items():
        least = 0 if name == "add" else 1
        latency = r.randint(least, 4)
        text = f"  gaus.operator @{name}_op latency({latency})"
        used = [f"@{name}"] if name in limits else []
        if ports and name in ("read", "write", "copy"):
            used.append("@port")
        if used:
            if chance(r, 0.3):
                text += f" occupancy({r.randint(1, 3)})"
            text += f" uses({', '.join(used)})"
        # They matter with a clock, of at least 4 ns.
        first = r.choice([0.5, 1.0, 1.5, 2.5, 4.0])
        if latency:
            text += f" delay({first}, {r.choice([0.5, 1.0, 3.0])})"
        else:
            text += f" delay({first})"
        out.append(text + " for(" + ", ".join(f'"{op}"' for op in ops) + ")")
    return "\n".join(out) + "\n}\n"


def functions(seed, count, kind):
    """The head of a module, [text of a function], and whether arguments may share
    memory. `lowered` is what mlir-opt can lower of structured and flow."""
    r = random.Random(f"{kind} {seed}")
    shared = chance(r, 0.4)
    # Long loops under limits take the solver long.
    head = library(r, not kind.startswith("many")) + ("" if kind.endswith("llvm") else HELPER)
    texts = []
    for k in range(count):
        mine = random.Random(f"{kind} {seed} {k}")
        if kind.endswith("llvm"):
            texts.append(Llvm(mine, k, not shared).text(kind == "many-llvm"))
        elif kind == "many":
            texts.append(Structured(mine, k).text(many=True))
        else:
            writer = Structured(mine, k, transfers=kind != "lowered")
            texts.append(writer.text(flow=kind == "flow" or
                                     kind == "lowered" and k % 3 == 2))
    return head, texts, shared


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("seed", type=int)
    parser.add_argument("count", type=int, nargs="?", default=20)
    parser.add_argument("--kind", choices=["structured", "flow", "lowered", "many", "llvm",
                                           "many-llvm"],
                        default="structured")
    a = parser.parse_args()
    head, texts, _ = functions(a.seed, a.count, a.kind)
    print(head + "".join(texts), end="")


if __name__ == "__main__":
    main()
