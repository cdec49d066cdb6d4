"""Loops with one load and one store at random places, against brute force.

    random_loops.py make COUNT > loops.mlir
    random_loops.py check COUNT DOT

`make` prints functions whose loops load and store at base + stride * i + offset
in bytes; `check` compares the distances of the edges in a report in Graphviz's
format with those found by trying all pairs of iterations.
"""

import random
import re
import sys

import dot_loops

WIDTHS = {"i8": 1, "i16": 2, "i32": 4, "i64": 8}
REACH = 100  # distances that are tried


def loop(number):
    """The facts of one loop: every one from its own seed."""
    r = random.Random(number)
    step = r.choice([-3, -2, -1, 1, 1, 2, 5])
    scale = r.choice([1, 2, 4, 8, 12])
    return {"step": step, "scale": scale, "offsets": [r.randint(-40, 40)
                                                      for _ in range(2)],
            "types": [r.choice(list(WIDTHS)) for _ in range(2)],
            "narrow": r.random() < 0.3, "pointer": r.random() < 0.3,
            "trips": r.choice([None, None, r.randint(1, 12)])}


def text(number):
    f = loop(number)
    i = "i32" if f["narrow"] else "i64"
    load, store = f["types"]
    bound = ("" if f["trips"] is None else
             f"  %n = llvm.mlir.constant({7 + f['step'] * f['trips']} : {i}) : {i}\n")
    args = "%a: !llvm.ptr" + ("" if bound else f", %n: {i}")
    each = f["scale"] * f["step"]
    element = f"!llvm.array<{f['scale']} x i8>"
    wide = "%i"
    body = ""
    if f["pointer"]:
        place = "%p"
        body += f"  %pn = llvm.getelementptr %p[{each}] : (!llvm.ptr) -> !llvm.ptr, i8\n"
    else:
        if f["narrow"]:
            body += "  %w = llvm.sext %i : i32 to i64\n"
            wide = "%w"
        body += f"  %q = llvm.getelementptr %a[{wide}] : (!llvm.ptr, i64) -> !llvm.ptr, {element}\n"
        place = "%q"
    carried = ("%i: " + i + ", %p: !llvm.ptr", i + ", !llvm.ptr", "%pn")
    if not f["pointer"]:
        carried = (carried[0], carried[1], "%a")
    x, y = f["offsets"]
    return f"""llvm.func @f{number}({args}) {{
  %first = llvm.mlir.constant(7 : {i}) : {i}
  %step = llvm.mlir.constant({f['step']} : {i}) : {i}
  %value = llvm.mlir.constant(1 : {store}) : {store}
{bound}  llvm.br ^loop(%first, %a : {carried[1]})
^loop({carried[0]}):
{body}  %l = llvm.getelementptr {place}[{x}] : (!llvm.ptr) -> !llvm.ptr, i8
  %s = llvm.getelementptr {place}[{y}] : (!llvm.ptr) -> !llvm.ptr, i8
  %v = llvm.load %l : !llvm.ptr -> {load}
  llvm.store %value, %s : {store}, !llvm.ptr
  %next = llvm.add %i, %step overflow<nsw> : {i}
  %end = llvm.icmp "eq" %next, %n : {i}
  llvm.cond_br %end, ^exit, ^loop(%next, {carried[2]} : {carried[1]})
^exit:
  llvm.return
}}
"""


def expected(number):
    """{(from, to): least distance >= 0} where they meet."""
    f = loop(number)
    each = f["scale"] * f["step"]
    size = {"load": WIDTHS[f["types"][0]], "store": WIDTHS[f["types"][1]]}
    at = dict(zip(("load", "store"), f["offsets"]))
    found = {}
    for a, b in (("load", "store"), ("store", "load"), ("store", "store")):
        # Within an iteration the load comes first.
        for k in range(0 if (a, b) == ("load", "store") else 1, REACH):
            if f["trips"] is not None and k >= f["trips"]:
                break
            gap = at[b] - at[a] + each * k
            if -size[b] < gap < size[a]:
                found.setdefault((a, b), []).append(k)
                if k:
                    break
    return {pair: set(ks) for pair, ks in found.items()}


def edges(graph):
    names = dict(re.findall(r'(n\d+) \[label="llvm\.(\w+)', graph))
    found = {}
    for a, b, rest in re.findall(r"(n\d+) -> s\d+(n\d+)( \[[^]]*\])?;", graph):
        if "dashed" in rest:
            label = re.search(r'label="(\d+)"', rest)
            found.setdefault((names[a], names[b]), set()).add(
                int(label[1]) if label else 0)
    return found


def check(number, graph):
    if edges(graph) != expected(number):
        return f"{edges(graph)}, expected {expected(number)}"
    return ""


def main():
    count = int(sys.argv[2])
    if sys.argv[1] == "make":
        print("".join(map(text, range(count))))
        return
    dot_loops.compare(sys.argv[3], count, r'"loop in .* function @f(\d+)"', check)


if __name__ == "__main__":
    main()
