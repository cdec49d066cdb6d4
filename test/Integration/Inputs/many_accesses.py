"""A loop with many loads and stores of one memory, each at another offset.

    many_accesses.py affine|llvm COUNT > loop.mlir
    many_accesses.py count DOT

`count` prints the number of edges in a report in Graphviz's format.
"""

import sys


def affine(count):
    of = "memref<100000xi32>"
    print(f"func.func @f(%m: {of}) {{\n  affine.for %i = 0 to 64 {{")
    for k in range(count // 2):
        print(f"    %v{k} = affine.load %m[%i + {3 * k % count}] : {of}\n"
              f"    affine.store %v{k}, %m[%i + {(7 * k + 1) % count}] : {of}")
    print("  }\n  return\n}")


def llvm(count):
    print("llvm.func @f(%m: !llvm.ptr, %n: i64) {\n"
          "  %zero = llvm.mlir.constant(0 : i64) : i64\n"
          "  %one = llvm.mlir.constant(1 : i64) : i64\n"
          "  llvm.br ^l(%zero : i64)\n^l(%i: i64):")
    for k in range(count // 2):
        for name, at in (("p", 3 * k % count), ("q", (7 * k + 1) % count)):
            print(f"  %{name}{k} = llvm.getelementptr %m[%i, {at}] : "
                  "(!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<1 x i32>")
        print(f"  %v{k} = llvm.load %p{k} : !llvm.ptr -> i32\n"
              f"  llvm.store %v{k}, %q{k} : i32, !llvm.ptr")
    print("  %next = llvm.add %i, %one : i64\n"
          '  %end = llvm.icmp "eq" %next, %n : i64\n'
          "  llvm.cond_br %end, ^exit, ^l(%next : i64)\n"
          "^exit:\n  llvm.return\n}")


if __name__ == "__main__":
    if sys.argv[1] == "count":
        print(open(sys.argv[2]).read().count("->"))
    else:
        {"affine": affine, "llvm": llvm}[sys.argv[1]](int(sys.argv[2]))
