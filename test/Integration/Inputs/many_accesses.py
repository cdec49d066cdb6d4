"""A loop with many loads and stores, by the kind of what makes them hard to compare.

    many_accesses.py KIND COUNT > loop.mlir
    many_accesses.py count DOT
    many_accesses.py check KIND COUNT DOT

`count` prints the number of edges in a report in Graphviz's format. `check` takes
the kinds `sizes`, `steps`, `types` and `many-types`: every two accesses that touch the same byte, one
writing, must be joined by a path whose distance is that of the iterations.
"""

import pathlib
import re
import sys

sys.path.append(str(pathlib.Path(__file__).parents[3] / "utils" / "oracles"))
import reach  # noqa: E402

TRIPS = 64


def places(count):
    """Of each load and its store."""
    return [(3 * k % count, (7 * k + 1) % count) for k in range(count // 2)]


def affine(count):
    """One memory, other offsets."""
    of = "memref<100000xi32>"
    print(f"func.func @f(%m: {of}) {{\n  affine.for %i = 0 to {TRIPS} {{")
    for k, (p, q) in enumerate(places(count)):
        print(f"    %v{k} = affine.load %m[%i + {p}] : {of}\n"
              f"    affine.store %v{k}, %m[%i + {q}] : {of}")
    print("  }\n  return\n}")


def scf(count):
    """The same with computed subscripts."""
    of = "memref<100000xi32>"
    print(f"func.func @f(%m: {of}, %n: index) {{\n"
          "  %z = arith.constant 0 : index\n  %o = arith.constant 1 : index\n"
          "  scf.for %i = %z to %n step %o {")
    for k, (p, q) in enumerate(places(count)):
        for name, at in (("p", p), ("q", q)):
            print(f"    %c{name}{k} = arith.constant {at} : index\n"
                  f"    %{name}{k} = arith.addi %i, %c{name}{k} : index")
        print(f"    %v{k} = memref.load %m[%p{k}] : {of}\n"
              f"    memref.store %v{k}, %m[%q{k}] : {of}")
    print("  }\n  return\n}")


def memrefs(count, local):
    """A memref for each load."""
    of = "memref<100xi32>"
    names = [f"%m{k}" for k in range(count // 2)]
    taken = [] if local else [f"{name}: {of}" for name in names]
    print(f"func.func @f({', '.join(taken + ['%n: index'])}) {{\n"
          "  %z = arith.constant 0 : index\n  %o = arith.constant 1 : index")
    if local:
        for name in names:
            print(f"  {name} = memref.alloc() : {of}")
    print("  scf.for %i = %z to %n step %o {")
    for k, (_, q) in enumerate(places(count)):
        print(f"    %v{k} = memref.load {names[k]}[%z] : {of}\n"
              f"    memref.store %v{k}, {names[q % len(names)]}[%o] : {of}")
    print("  }\n  return\n}")


def kind_of(kind, access):
    """The type of an access by its tag; the first one may be any."""
    return {"types": [0, 1, 2, 3, 1, 2, 3][access % 7],
            "many-types": access % 40}.get(kind, 0)


def tag(kind, access):
    t = kind_of(kind, access)
    return f" {{tbaa = [#tag{t}]}}" if kind in ("types", "many-types") else ""


def types(count, kind):
    print('#root = #llvm.tbaa_root<id = "C">\n#type0 = #llvm.tbaa_type_desc<id = "char",'
          " members = {<#root, 0>}>")
    for t in range(40):
        if t:
            print(f'#type{t} = #llvm.tbaa_type_desc<id = "t{t}",'
                  " members = {<#type0, 0>}>")
        print(f"#tag{t} = #llvm.tbaa_tag<base_type = #type{t}, access_type = #type{t},"
              " offset = 0>")
    llvm(count, kind)


def llvm(count, kind="llvm"):
    """Addresses of the llvm dialect: one base or two, or one for each load; equal
    or other steps and sizes; places that are loaded; tags of types."""
    print("llvm.func @f(%m: !llvm.ptr, %b: !llvm.ptr) {\n"
          "  %zero = llvm.mlir.constant(0 : i64) : i64\n"
          "  %one = llvm.mlir.constant(1 : i64) : i64\n"
          f"  %n = llvm.mlir.constant({TRIPS} : i64) : i64")
    if kind == "bases":
        for k in range(count // 2):
            print(f"  %g{k} = llvm.getelementptr %b[{k}] : (!llvm.ptr) -> !llvm.ptr, "
                  f"i64\n  %m{k} = llvm.load %g{k} : !llvm.ptr -> !llvm.ptr")
    print("  llvm.br ^l(%zero : i64)\n^l(%i: i64):")
    for k, (p, q) in enumerate(places(count)):
        at, base, other = "%i", "%m", "%m"
        if kind == "steps":
            at = f"%j{k}"
            print(f"  %f{k} = llvm.mlir.constant({k % 5 + 1} : i64) : i64\n"
                  f"  {at} = llvm.mul %i, %f{k} : i64")
        if kind == "two":
            other = "%b"
        if kind == "bases":
            base, other = f"%m{k}", f"%m{q % (count // 2)}"
        of = "(!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<1 x i32>"
        print(f"  %p{k} = llvm.getelementptr {base}[{at}, {p}] : {of}\n"
              f"  %q{k} = llvm.getelementptr {other}[%i, {q}] : {of}\n"
              f"  %v{k} = llvm.load %p{k}{tag(kind, 2 * k)} : !llvm.ptr -> i32")
        if kind == "sizes":
            to = "i64" if k % 2 else "i16"
            print(f"  %w{k} = llvm.{'sext' if k % 2 else 'trunc'} %v{k} : i32 to {to}\n"
                  f"  llvm.store %w{k}, %q{k} : {to}, !llvm.ptr")
        elif kind == "gather":
            print(f"  %r{k} = llvm.getelementptr %m[%v{k}] : (!llvm.ptr, i32) -> "
                  f"!llvm.ptr, i32\n  llvm.store %v{k}, %r{k} : i32, !llvm.ptr")
        else:
            print(f"  llvm.store %v{k}, %q{k}{tag(kind, 2 * k + 1)} : i32, !llvm.ptr")
    print("  %next = llvm.add %i, %one : i64\n"
          '  %end = llvm.icmp "eq" %next, %n : i64\n'
          "  llvm.cond_br %end, ^exit, ^l(%next : i64)\n"
          "^exit:\n  llvm.return\n}")


def accesses(kind, count):
    """(step, offset, size in bytes, whether it writes) of each."""
    found = []
    for k, (p, q) in enumerate(places(count)):
        step = 4 * (k % 5 + 1) if kind == "steps" else 4
        size = 4 if kind != "sizes" else 8 if k % 2 else 2
        found += [(step, 4 * p, 4, False), (4, 4 * q, size, True)]
    return found


def check(kind, count, dot):
    """Prints what is not covered."""
    graph = next(g for g in pathlib.Path(dot).read_text()
                 .split("  subgraph cluster") if 'label="loop' in g[:40])
    names = re.findall(r'(n\d+) \[label="llvm\.(?:load|store) ', graph)
    names = sorted(dict.fromkeys(names), key=lambda n: int(n[1:]))
    number = {name: k for k, name in enumerate(names)}
    edges = [(a, b, int(label[1]) if (label := re.search(r'label="(\d+)"', rest)) else 0)
             for a, b, rest in re.findall(r"(n\d+) -> s\d+(n\d+)( \[[^]]*\])?;", graph)]
    paths = reach.Reach(edges)
    all_of, wrong = accesses(kind, count), 0
    of = [kind_of(kind, a) for a in range(len(all_of))]
    touched = {}  # byte -> accesses and iterations
    for a, (step, offset, size, _) in enumerate(all_of):
        for n in range(TRIPS):
            for byte in range(size):
                touched.setdefault(step * n + offset + byte, set()).add((a, n))
    least = {}
    for who in touched.values():
        for a, n in who:
            for b, m in who:
                if (m, b) > (n, a) and (all_of[a][3] or all_of[b][3]) \
                        and (of[a] == of[b] or 0 in (of[a], of[b])):
                    least[a, b] = min(least.get((a, b), TRIPS), m - n)
    nearest = {}
    for (a, b), k in least.items():
        if a not in nearest:
            nearest[a] = {number.get(x): d for x, d in paths.nearest(names[a]).items()}
        if nearest[a].get(b, TRIPS) > k:
            wrong += 1
            print(f"from access {a} to {b}, {k} iterations later")
    print(f"{len(least)} dependences, {wrong} not covered")


KINDS = {"affine": affine, "scf": scf, "llvm": llvm,
         "arguments": lambda n: memrefs(n, False), "allocs": lambda n: memrefs(n, True),
         **{kind: lambda n, kind=kind: llvm(n, kind)
            for kind in ("two", "bases", "steps", "sizes", "gather")},
         **{kind: lambda n, kind=kind: types(n, kind) for kind in ("types", "many-types")}}

if __name__ == "__main__":
    if sys.argv[1] == "count":
        print(open(sys.argv[2]).read().count("->"))
    elif sys.argv[1] == "check":
        check(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    else:
        KINDS[sys.argv[1]](int(sys.argv[2]))
