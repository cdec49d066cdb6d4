"""Loops with many loads and stores at random places, against brute force.

    random_streams.py make COUNT > loops.mlir
    random_streams.py check COUNT DOT

Affine loops of one and of two subscripts and llvm loops, with steps of either
sign. `check` reads the edges in a report in Graphviz's format: of every pair of
iterations in which two operations touch the same bytes, one writing, a path of
edges must lead from the one to the other within that distance; and every edge
between iterations must be the least distance of such a pair.
"""

import pathlib
import random
import re
import sys

import dot_loops

sys.path.append(str(pathlib.Path(__file__).parents[3] / "utils" / "oracles"))
import reach  # noqa: E402

REACH = 64  # no dependence here is longer


def loop(number):
    """The facts of one loop: every one from its own seed."""
    r = random.Random(number)
    kind = r.choice(["affine", "affine2", "llvm"])
    count = r.randint(2, 12)
    rows = r.choice([0, 1])
    steps = r.choice([-3, -2, -1, 0, 1, 1, 2])
    return {"kind": kind, "steps": steps, "by": r.choice([1, 1, 2, 3]),
            "rows": rows, "trips": r.choice([2, 5, 30]),
            "accesses": [{"store": r.random() < 0.5, "memory": r.choice("aaab"),
                          "at": r.randint(0, 9), "row": r.randint(0, 2),
                          "bits": r.choice([32, 32, 32, 32, 64])
                          if kind == "llvm" and number % 3 == 0 else 32}
                         for _ in range(count)]}


def text(number):
    f = loop(number)
    lines = []
    if f["kind"] == "llvm":
        lines.append(f"llvm.func @f{number}(%a: !llvm.ptr {{llvm.noalias}}, "
                     "%b: !llvm.ptr {llvm.noalias}, %v32: i32, %v64: i64) {\n"
                     "  %zero = llvm.mlir.constant(0 : i64) : i64\n"
                     "  %one = llvm.mlir.constant(1 : i64) : i64\n"
                     f"  %s = llvm.mlir.constant({f['steps']} : i64) : i64\n"
                     f"  %n = llvm.mlir.constant({f['trips']} : i64) : i64\n"
                     "  llvm.br ^l(%zero : i64)\n^l(%i: i64):\n"
                     "  %j = llvm.mul %i, %s : i64")
        for k, x in enumerate(f["accesses"]):
            lines.append(
                f"  %q{k} = llvm.getelementptr %{x['memory']}[%j] : "
                f"(!llvm.ptr, i64) -> !llvm.ptr, i32\n"
                f"  %p{k} = llvm.getelementptr %q{k}[{x['at']}] : "
                f"(!llvm.ptr) -> !llvm.ptr, i32")
            of = f"i{x['bits']}"
            lines.append(
                f"  llvm.store %v{x['bits']}, %p{k} : {of}, !llvm.ptr"
                if x["store"] else
                f"  %x{k} = llvm.load %p{k} : !llvm.ptr -> {of}")
        lines.append("  %next = llvm.add %i, %one : i64\n"
                     '  %end = llvm.icmp "eq" %next, %n : i64\n'
                     "  llvm.cond_br %end, ^exit, ^l(%next : i64)\n"
                     "^exit:\n  llvm.return\n}")
        return "\n".join(lines) + "\n"
    of = "memref<1000xi32>" if f["kind"] == "affine" else "memref<9x1000xi32>"
    lines.append(f"func.func @f{number}(%v: i32) {{\n"
                 f"  %a = memref.alloc() : {of}\n  %b = memref.alloc() : {of}\n"
                 f"  affine.for %i = 0 to {f['trips'] * f['by']} "
                 f"step {f['by']} {{")
    for k, x in enumerate(f["accesses"]):
        place = f"{f['steps']} * %i + {x['at'] + 300}"
        if f["kind"] == "affine2":
            place = f"{f['rows']} * %i + {x['row']}, {place}"
        lines.append(f"    affine.store %v, %{x['memory']}[{place}] : {of}"
                     if x["store"] else
                     f"    %x{k} = affine.load %{x['memory']}[{place}] : {of}")
    lines.append("  }\n  return\n}")
    return "\n".join(lines) + "\n"


def touched(f, access, n):
    """The places that an access touches in iteration n."""
    if f["kind"] == "llvm":
        first = 4 * (f["steps"] * n + access["at"])
        return {(access["memory"], first + byte)
                for byte in range(access["bits"] // 8)}
    i = n * f["by"]
    row = f["rows"] * i + access["row"] if f["kind"] == "affine2" else 0
    return {(access["memory"], row, f["steps"] * i + access["at"])}


def dependences(f):
    """{(from, to): distances >= 1} of accesses that meet."""
    found = {}
    for a, x in enumerate(f["accesses"]):
        for b, y in enumerate(f["accesses"]):
            if not (x["store"] or y["store"]):
                continue
            met = [k for k in range(1, min(REACH, f["trips"]))
                   if touched(f, x, 0) & touched(f, y, k)]
            if met:
                found[a, b] = met
    return found


def edges(graph):
    names = {}
    for node, name in re.findall(
            r'(n\d+) \[label="(?:affine|llvm)\.(?:load|store)( )', graph):
        names[node] = None
    for number, node in enumerate(sorted(names, key=lambda n: int(n[1:]))):
        names[node] = number
    found = []
    for a, b, rest in re.findall(r"(n\d+) -> s\d+(n\d+)( \[[^]]*\])?;", graph):
        if a in names and b in names and "dashed" in rest:
            label = re.search(r'label="(\d+)"', rest)
            found.append((names[a], names[b], int(label[1]) if label else 0))
    return found


def check(number, graph):
    f = loop(number)
    found = edges(graph)
    wanted = dependences(f)
    paths = reach.Reach(found)
    for a in range(len(f["accesses"])):
        best = paths.nearest(a)
        for (x, b), met in wanted.items():
            if x == a and best.get(b, REACH) > met[0]:
                return f"from access {a} to {b}, {met[0]} iterations later"
    for a, b, k in found:
        if k > 0 and (wanted.get((a, b)) or [0])[0] != k:
            return f"an edge from {a} to {b} over {k} iterations"
    return ""


def main():
    count = int(sys.argv[2])
    if sys.argv[1] == "make":
        print("".join(map(text, range(count))))
        return
    dot_loops.compare(sys.argv[3], count,
                      r'"(?:loop in .*function|affine.for in) @f(\d+)"', check)


if __name__ == "__main__":
    main()
