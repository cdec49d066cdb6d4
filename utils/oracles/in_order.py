#!/usr/bin/env python3
"""What gaus-replay computes in order, against mlir-runner.

    in_order.py [--programs N] [--first BATCH] [--keep DIR] [--pipelined] [--record]

Calls random programs one after the other on the same memory, prints what they
return and sums of the memory, and compares the two outputs. Needs the mlir-opt and
mlir-runner of Debian's packages. With --pipelined the second output is not that of
mlir-runner but of the same programs, scheduled and rewritten by gaus-pipeline-loops.
Exits with 1 if they differ. --record writes bench/results/oracles/in-order.json, or
pipelined.json.
"""

import argparse
import collections
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import common
import programs

PASSES = ("lower-affine,convert-vector-to-scf,convert-scf-to-cf,arith-expand,"
          "expand-strided-metadata,lower-affine,convert-vector-to-llvm,"
          "finalize-memref-to-llvm,convert-arith-to-llvm,convert-index-to-llvm,"
          "convert-cf-to-llvm,convert-func-to-llvm,reconcile-unrealized-casts")
LLVM = pathlib.Path("/usr/lib/llvm-22")


def module(number, count):
    """A batch without its library, and a @main."""
    head, functions, _ = programs.functions(number, count, "lowered")
    r = random.Random(number)
    text = head[head.index("memref.global"):] + "".join(functions)
    text = re.sub(r"\s*attributes \{gaus\.library = @library\}", "", text)
    out = ["func.func private @printI64(i64)", "func.func private @printNewline()"]
    for name, shape, size in (("a", "256", 256), ("b", "256", 256), ("m", "16x16", 256)):
        values = [str(r.randint(-9, 9)) for _ in range(size)]
        if name == "m":
            rows = [values[k:k + 16] for k in range(0, 256, 16)]
            values = ["[" + ", ".join(row) + "]" for row in rows]
        out.append(f'memref.global "private" @g{name} : memref<{shape}xi32> = '
                   f"dense<[{', '.join(values)}]>")
    out.append(text + "func.func @sum(%a: memref<256xi32>) {\n"
               "  %c0 = arith.constant 0 : index\n  %c1 = arith.constant 1 : index\n"
               "  %end = arith.constant 256 : index\n  %k = arith.constant 31 : i64\n"
               "  %z = arith.constant 0 : i64\n"
               "  %s = scf.for %i = %c0 to %end step %c1 iter_args(%t = %z) -> i64 {\n"
               "    %v = memref.load %a[%i] : memref<256xi32>\n"
               "    %w = arith.extsi %v : i32 to i64\n"
               "    %u = arith.muli %t, %k : i64\n    %x = arith.addi %u, %w : i64\n"
               "    scf.yield %x : i64\n  }\n"
               "  call @printI64(%s) : (i64) -> ()\n  call @printNewline() : () -> ()\n"
               "  return\n}\nfunc.func @main() {")
    for name, shape in (("a", "256"), ("b", "256"), ("m", "16x16")):
        out.append(f"  %{name} = memref.get_global @g{name} : memref<{shape}xi32>")
    for k in range(count):
        for name, kind, low in (("x", "i32", -9), ("y", "i32", -9), ("n", "index", 0),
                                ("s", "index", 0)):
            out.append(f"  %{name}{k} = arith.constant {r.randint(low, 15)} : {kind}")
        pair = r.choice(["%a, %b", "%b, %a", "%a, %a"])
        out.append(f"  %r{k} = call @f{k}({pair}, %m, %x{k}, %y{k}, %n{k}, %s{k}) : "
                   f"({programs.Structured.TYPES}) -> i32\n"
                   f"  %w{k} = arith.extsi %r{k} : i32 to i64\n"
                   f"  call @printI64(%w{k}) : (i64) -> ()\n"
                   "  call @printNewline() : () -> ()\n"
                   "  call @sum(%a) : (memref<256xi32>) -> ()\n"
                   "  call @sum(%b) : (memref<256xi32>) -> ()")
    return "\n".join(out) + "\n  return\n}\n"


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    return done.stdout if done.returncode == 0 else done.stdout + done.stderr[-3000:]


def runner(source, directory):
    """What mlir-runner prints, or what went wrong."""
    lowered = directory / "lowered.mlir"
    said = run([str(LLVM / "bin" / "mlir-opt"), str(source), "-o", str(lowered),
                f"--pass-pipeline=builtin.module({PASSES})"])
    return said or run([
        str(LLVM / "bin" / "mlir-runner"), str(lowered), "-e", "main",
        "--entry-point-result=void", "-O0",
        f"--shared-libs={LLVM}/lib/libmlir_c_runner_utils.so,"
        f"{LLVM}/lib/libmlir_runner_utils.so"])


def pipelined(source, directory, number):
    """What the programs print after gaus-pipeline-loops, or what went wrong; and why
    loops were left as they are, with numbers. Odd ones have no affine dialect."""
    rewritten = directory / "pipelined.mlir"
    done = subprocess.run([common.tool("gaus-opt"), str(source),
                           *["--lower-affine"] * (number % 2),
                           "--gaus-schedule=effort=0", "--gaus-pipeline-loops",
                           "-o", str(rewritten)], capture_output=True, text=True)
    if done.returncode != 0:
        return done.stderr[-3000:], collections.Counter()
    reasons = collections.Counter(re.findall(r"the loop is not rewritten: (.*)",
                                             done.stderr))
    return replayed(rewritten), reasons


def replayed(source):
    return run([common.tool("gaus-replay"), "--run", "--function=main", str(source)])


def record(a, tried, wrong, left):
    figures = {f"loops left: {reason}": count for reason, count in left.most_common()}
    name, subject = "Programs in order", (
        "Random programs as in the replay, called one after the other on the same "
        "memory: what gaus-replay computes in order against mlir-runner.")
    if a.pipelined:
        name, subject = "Pipelined loops as programs", (
            "Random programs as in the replay, called one after the other on the same "
            "memory, as they are and rewritten by gaus-pipeline-loops.")
    result = {"name": name, "subject": subject,
              "figures": figures | {"batches that differ": wrong}}
    if a.pipelined:
        common.record("pipelined", a, tried, script="in_order.py --pipelined", **result)
    else:
        common.record("in-order", a, tried, script="in_order.py", **result)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--programs", type=int, default=200)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--pipelined", action="store_true")
    parser.add_argument("--record", action="store_true")
    a = parser.parse_args()
    tried, wrong, number = 0, 0, a.first
    left = collections.Counter()
    with tempfile.TemporaryDirectory() as directory:
        source = pathlib.Path(directory) / "program.mlir"
        while tried < a.programs:
            count = min(common.BATCH, a.programs - tried)
            source.write_text(module(number, count))
            ours = replayed(source)
            if a.pipelined:
                theirs, reasons = pipelined(source, pathlib.Path(directory), number)
                left += reasons
            else:
                theirs = runner(source, pathlib.Path(directory))
            if ours != theirs or ours.count("\n") != 3 * count:
                wrong += 1
                lines = zip(ours.splitlines(), theirs.splitlines())
                at = next((k for k, (x, y) in enumerate(lines) if x != y), 0)
                print(f"batch {number} @f{at // 3}: {ours.splitlines()[at:at + 3]}, "
                      f"beside {theirs.splitlines()[at:at + 3]}")
                if a.keep:
                    a.keep.mkdir(parents=True, exist_ok=True)
                    (a.keep / f"in-order-{number}.mlir").write_text(source.read_text())
            tried += count
            number += 1
    for reason, count in left.most_common():
        print(f"{count} loops are left: {reason}")
    print(f"{tried} programs, {wrong} batches differ; "
          f"{common.seconds():.0f} CPU seconds")
    if a.record:
        record(a, tried, wrong, left)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
