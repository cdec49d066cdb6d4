#!/usr/bin/env python3
"""Random functions in func, arith, memref, affine, scf and cf that hardware has all
operations of: those of structured.py without vectors, copies and moving windows.

    scalar.py SEED [streams]   prints a module with one function f<SEED>
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


STREAMS = {"%p": "memref<256xi32> {gaus.fifo}", "%q": "memref<256xi32> {gaus.fifo}",
           "%o": "memref<256xi32> {gaus.fifo, llvm.noalias}"}
HEAD = re.compile(r"  (?:%\w+(?::\d+)? = )?(affine|scf)\.for (%i\d+) = (\S+) to (.*) \{")


def counts(line, text):
    """The match of a loop of the function that counts 0, 1, 2, ...; else None."""
    head = HEAD.fullmatch(line)
    if not head or head[1] == "affine":
        return head if head and head[3] == "0" and " step " not in line else None
    step = re.search(r" step (%\w+)", line)

    def number(name):
        known = re.search(rf"^  {name} = arith.constant (\d+) : index$", text, re.M)
        return known and int(known[1])

    return head if number(head[3]) == 0 and number(step[1]) == 1 else None


def with_streams(text, r):
    """The function with three more arguments, which loops access by their counts."""
    text = text.replace("%s: index)", "%s: index" + "".join(
        f", {name}: {kind}" for name, kind in STREAMS.items()) + ")", 1)
    lines = text.split("\n")
    if not any(counts(line, text) for line in lines):
        lines[1:1] = ["  affine.for %i0 = 0 to %n {", "  }"]
    loops = [k for k, line in enumerate(lines) if counts(line, text)]
    placed = sorted(((r.choice(loops), name) for name in STREAMS), reverse=True)
    for k, name in placed:
        kind, i = counts(lines[k], text).group(1, 2)
        of = "memref" if kind == "scf" else "affine"
        carried = re.findall(r"(%a\d+) = ", lines[k])
        value = r.choice([*carried, "%x", "%y"])
        if name == "%o":
            lines[k + 1:k + 1] = [
                f"    %so = arith.muli {value}, %x : i32",
                f"    {of}.store %so, %o[{i}] : memref<256xi32>"]
            continue
        own = f"%s{name[1:]}"
        # What comes after it in the loop takes the element's value in one place.
        uses = [u for u in range(k + 1, lines.index("  }", k))
                if re.search(rf"(?<!\w){value}\b(?!:)", lines[u])]
        if uses:
            u = r.choice(uses)
            lines[u] = re.sub(rf"{value}\b", own, lines[u], count=1)
        lines.insert(k + 1, f"    {own} = {of}.load {name}[{i}] : memref<256xi32>")
    return "\n".join(lines)


def source(seed, streams=False):
    r = random.Random(f"scalar {seed}")
    writer = Scalar(r, seed, transfers=False)
    text = writer.text(flow=r.random() < 0.3)
    text = re.sub(r"memref.copy (%\w+), (%\w+) : .*", writer.filled, text)
    if streams:
        text = with_streams(text, random.Random(f"streams {seed}"))
    library = programs.library(random.Random(f"scalar library {seed}"), limited=r.random() < 0.8)
    library = re.sub(r"^.*per\(memory\)\n|(, )?@port", "", library, flags=re.M)
    library = library.replace(" uses()", "")
    text = library + HELPER.replace("func.func @helper", "func.func private @helper") + text
    # So that several may stand in one file.
    return re.sub(r"@(library|helper|origin)\b", rf"@\g<1>{seed}", text)


if __name__ == "__main__":
    sys.path.insert(0, str(__import__("pathlib").Path(__file__).parent))
    print(source(int(sys.argv[1]), "streams" in sys.argv[2:]), end="")
