#!/usr/bin/env python3
"""Random programs of what is scheduled as loops, against NumPy.

    as_loops.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Operations of linalg on buffers (products, convolutions, copies, fills, transpositions, sums, generic
operations), loops in any order and loops that count, of whole memories, of windows with
strides and with sizes that the program makes, in loops and in functions that are called. Each program is scheduled under a random library,
verified, and played back by cycle, with memory of its own and with arguments that may
be one memory; what it leaves in memory has to be what NumPy computes. Exits with 1 if
something differs. --record writes bench/results/oracles/as_loops.json.
"""

import pathlib
import random
import re
import subprocess
import sys
import tempfile

import numpy as np

import common
import programs
from loop_kinds import BODIES, LoopKinds
from writer import Writer, chance

BATCH = 10   # functions of a module
SIDE = 8     # of a square memory, and of a row
TYPES = {"a": (SIDE, SIDE), "b": (SIDE, SIDE), "c": (SIDE, SIDE), "v": (SIDE,),
         "w": (SIDE,)}


def memref(shape, layout=""):
    return f"memref<{'x'.join(map(str, [*shape, 'i32']))}{layout}>"


class View:
    """A memory or a window of it: a name, a type, and from an environment the array."""

    def __init__(self, name, shape, of, memory, layout=""):
        self.name, self.shape, self.of, self.memory = name, shape, of, memory
        self.type = memref(shape, layout)


class Program(LoopKinds, Writer):
    """Text of one function, and the same as functions of an environment: {name: array
    or number}."""

    def __init__(self, r, number, callee):
        super().__init__(r)
        self.number, self.callee = number, callee
        self.whole = {name: View(f"%{name}", shape, lambda env, n=name: env[n], name)
                      for name, shape in TYPES.items()}
        self.races = callee is not None and callee.races  # if memories are the same
        self.variables = []  # of loops around: (name, how often)
        self.steps = []
        for _ in range(r.randint(2, 4)):
            self.steps += self.statement()

    # Windows

    def view(self, rank, apart=()):
        """A memory of `rank` dimensions or a window; of none of the memories `apart`."""
        names = [n for n, shape in TYPES.items() if len(shape) == rank and n not in apart]
        whole = self.whole[self.r.choice(names)]
        return whole

    def windows(self, shapes, apart=True, sized=False):
        """One for each shape, the last one of a memory that no other is of; `sized`:
        the sizes are in the types."""
        found, taken = [], []
        for shape in reversed(shapes):
            found.insert(0, self.window(shape, taken, sized))
            if apart and not taken:
                taken.append(found[0].memory)
        return found

    def window(self, shape, apart=(), sized=False):
        whole, r = self.view(len(shape), apart), self.r
        if tuple(shape) == whole.shape and chance(r, 0.7):
            return whole
        strides = [r.choice([1, 1, 2]) if 2 * (n - 1) < SIDE else 1 for n in shape]
        room = [SIDE - s * (n - 1) - 1 for n, s in zip(shape, strides)]
        at, moving = [], self.variables and chance(r, 0.6)
        for free in room:
            loop = self.variables[-1] if moving else None
            if loop and loop[1] - 1 <= free:
                at.append((loop[0], loop[0][1:]))
            else:
                at.append((str(low := r.randint(0, free)), low))
        sizes = [str(n) for n in shape]
        if chance(r, 0.3) and not sized:
            k = r.randrange(len(shape))
            sizes[k] = self.size(shape[k])
        name = self.fresh("w")
        steps = [SIDE * strides[0], strides[1]] if len(shape) == 2 else [strides[0]]
        shown = ["?" if s.startswith("%") else s for s in sizes]
        fixed = all(isinstance(low, int) for _, low in at)
        offset = "?" if not fixed else (at[0][1] * SIDE + at[1][1] if len(at) == 2
                                        else at[0][1])
        found = View(name, shape, self.cut(whole, at, shape, strides), whole.memory,
                     f", strided<{steps}, offset: {offset}>")
        found.type = memref(shown, f", strided<{steps}, offset: {offset}>")
        self.put(f"{name} = memref.subview {whole.name}[{', '.join(t for t, _ in at)}] "
                 f"[{', '.join(sizes)}] [{', '.join(map(str, strides))}] : {whole.type} "
                 f"to {found.type}")
        return found

    def size(self, number):
        """A value that nobody sees to be constant: from memory that is an argument."""
        name = self.fresh("n")
        zero = self.constant(number, "index")
        self.put(f"{name} = arith.addi %zero, {zero} : index")
        return name

    @staticmethod
    def cut(whole, at, shape, strides):
        def array(env):
            low = [n if isinstance(n, int) else env[n] for _, n in at]
            return whole.of(env)[tuple(slice(a, a + s * (n - 1) + 1, s)
                                       for a, n, s in zip(low, shape, strides))]
        return array

    # Statements: each puts its text and gives functions of an environment

    def statement(self, depth=0):
        r = self.r
        kinds = ["product", "product", "generic", "generic", "generic", "copy", "fill",
                 "transpose", "map", "reduce", "broadcast", "window1", "window2",
                 "any_order", "any_order", "any_order", "counted", "counted"]
        if depth < 2:
            kinds += ["loop", "loop"]
        if self.callee:
            kinds.append("call")
        kind = r.choice(kinds)
        if kind == "loop":
            return self.loop(depth)
        return [getattr(self, kind)()]

    def put_op(self, name, ins, out, rest=""):
        into = ", ".join(v.name for v in ins), ", ".join(v.type for v in ins)
        ins = f"ins({into[0]} : {into[1]}) " if ins else ""
        self.put(f"linalg.{name} {ins}outs({out.name} : {out.type}){rest}")

    def sides(self, count):
        return [self.r.choice([1, 2, 3, 4, SIDE]) for _ in range(count)]

    def product(self):
        m, k, n = self.sides(3)
        name, shapes = self.r.choice([
            ("matmul", [(m, k), (k, n), (m, n)]), ("matvec", [(m, k), (k,), (m,)]),
            ("vecmat", [(k,), (k, n), (n,)])])
        x, y, out = self.windows(shapes)
        self.put_op(name, [x, y], out)

        def run(env):
            out.of(env)[...] += x.of(env) @ y.of(env)
        return run

    def copy(self):
        shape = self.sides(self.r.choice([1, 2]))
        x, out = self.windows([shape, shape])
        self.put_op("copy", [x], out)

        def run(env):
            out.of(env)[...] = x.of(env)
        return run

    def scalar(self):
        """A number: (name, function of an environment)."""
        if self.variables and chance(self.r, 0.5):
            variable, name = self.variables[-1][0], self.fresh("s")
            self.put(f"{name} = arith.index_cast {variable} : index to i32")
            return name, lambda env, v=variable[1:]: env[v]
        number = self.r.randint(-9, 9)
        return self.constant(number, "i32"), lambda env: number

    def fill(self):
        out, (name, number) = self.window(self.sides(self.r.choice([1, 2]))), \
            self.scalar()
        self.put(f"linalg.fill ins({name} : i32) outs({out.name} : {out.type})")

        def run(env):
            out.of(env)[...] = number(env)
        return run

    def transpose(self):
        m, n = self.sides(2)
        x, out = self.windows([(m, n), (n, m)], sized=True)
        self.put_op("transpose", [x], out, " permutation = [1, 0]")

        def run(env):
            out.of(env)[...] = x.of(env).T
        return run

    def map(self):
        shape = self.sides(self.r.choice([1, 2]))
        x, y, out = self.windows([shape] * 3, sized=True)
        name = self.r.choice(list(BODIES))
        self.put(f"linalg.map {{ arith.{name} }} ins({x.name}, {y.name} : {x.type}, "
                 f"{y.type}) outs({out.name} : {out.type})")

        def run(env):
            out.of(env)[...] = BODIES[name](x.of(env), y.of(env))
        return run

    def reduce(self):
        m, n = self.sides(2)
        name, along = self.r.choice(["addi", "xori", "maxsi"]), self.r.randrange(2)
        x, out = self.windows([(m, n), (m if along else n,)], sized=True)
        self.put(f"linalg.reduce {{ arith.{name} }} ins({x.name} : {x.type}) "
                 f"outs({out.name} : {out.type}) dimensions = [{along}]")

        def run(env):
            out.of(env)[...] = BODIES[name](out.of(env), BODIES[name].reduce(
                x.of(env), axis=along))
        return run

    def broadcast(self):
        m, n = self.sides(2)
        along = self.r.randrange(2)
        x, out = self.windows([(n if along == 0 else m,), (m, n)], sized=True)
        self.put_op("broadcast", [x], out, f" dimensions = [{along}]")

        def run(env):
            out.of(env)[...] = np.expand_dims(x.of(env), along)
        return run

    def window1(self):
        n, k = self.r.randint(1, 4), self.r.randint(1, 4)
        x, y, out = self.windows([(n + k - 1,), (k,), (n,)])
        self.put_op("conv_1d", [x, y], out)

        def run(env):
            out.of(env)[...] += np.correlate(x.of(env), y.of(env), "valid")
        return run

    def window2(self):
        m, n, k, l = (self.r.randint(1, 3) for _ in range(4))
        x, y, out = self.windows([(m + k - 1, n + l - 1), (k, l), (m, n)])
        self.put_op("conv_2d", [x, y], out)

        def run(env):
            parts = np.lib.stride_tricks.sliding_window_view(x.of(env), (k, l))
            out.of(env)[...] += np.einsum("ijkl,kl->ij", parts, y.of(env))
        return run

    def generic(self):
        """Permuted and left out dimensions, in one order: memories may be the same."""
        r = self.r
        sides = self.sides(r.randint(1, 3))
        dims = range(len(sides))
        maps = [r.sample(dims, r.randint(1, min(2, len(sides))))
                for _ in range(r.randint(2, 3))]
        maps[0] = r.sample(dims, min(2, len(sides)))
        if missing := [d for d in dims if not any(d in m for m in maps)]:
            maps[-1] = missing[:1]
        views = self.windows([[sides[d] for d in m] for m in maps], chance(r, 0.6))
        ops = [r.choice(list(BODIES)) for _ in views]
        index = r.randrange(len(sides)) if chance(r, 0.4) else None
        name, number = self.scalar()
        self.put_generic(len(sides), maps, views, ops, index, name)

        def run(env):
            arrays, scalar = [v.of(env) for v in views], np.int32(number(env))
            for at in np.ndindex(*sides):
                value = scalar
                for array, m, op in zip(arrays, maps, ops):
                    value = BODIES[op](value, array[tuple(at[d] for d in m)])
                if index is not None:
                    value = np.add(value, np.int32(at[index]))
                arrays[-1][tuple(at[d] for d in maps[-1])] = value
        return run

    def put_generic(self, count, maps, views, ops, index, scalar):
        dims = ", ".join(f"d{d}" for d in range(count))
        texts = [f"affine_map<({dims}) -> ({', '.join(f'd{d}' for d in m)})>"
                 for m in [*maps[:-1], [], maps[-1]]]
        kinds = ", ".join('"parallel"' if d in maps[-1] else '"reduction"'
                          for d in range(count))
        ins, out = views[:-1], views[-1]
        self.put(f"linalg.generic {{indexing_maps = [{', '.join(texts)}], "
                 f"iterator_types = [{kinds}]}} "
                 f"ins({', '.join([v.name for v in ins] + [scalar])} : "
                 f"{', '.join([v.type for v in ins] + ['i32'])}) "
                 f"outs({out.name} : {out.type}) {{")
        named = [f"%x{k}" for k in range(len(views))]
        arguments = [*named[:-1], "%k", named[-1]]
        self.put(f"^bb0({', '.join(a + ': i32' for a in arguments)}):")
        value = "%k"
        for k, (x, op) in enumerate(zip(named, ops)):
            self.put(f"  %t{k} = arith.{op} {value}, {x} : i32")
            value = f"%t{k}"
        if index is not None:
            self.put(f"  %i = linalg.index {index} : index")
            self.put("  %j = arith.index_cast %i : index to i32")
            self.put(f"  %u = arith.addi {value}, %j : i32")
            value = "%u"
        self.put(f"  linalg.yield {value} : i32")
        self.put("}")

    def loop(self, depth):
        trips, variable = self.r.randint(1, 3), self.fresh("i")
        if chance(self.r, 0.5):
            self.put(f"affine.for {variable} = 0 to {trips} {{")
        else:
            bounds = [self.constant(n, "index") for n in (0, trips, 1)]
            self.put(f"scf.for {variable} = {bounds[0]} to {bounds[1]} step "
                     f"{bounds[2]} {{")
        self.variables.append((variable, trips))
        self.depth += 1
        steps = [s for _ in range(self.r.randint(1, 2)) for s in self.statement(depth + 1)]
        self.depth -= 1
        self.variables.pop()
        self.put("}")

        def run(env):
            for k in range(trips):
                env[variable[1:]] = k
                for step in steps:
                    step(env)
        return [run]

    def call(self):
        """The function before on memories in another order."""
        squares, rows = self.r.sample("abc", 3), self.r.sample("vw", 2)
        passed, callee = squares + rows, self.callee
        self.put(f"func.call @f{callee.number}({', '.join('%' + n for n in passed)}, %zero) : "
                 f"({', '.join(memref(s) for s in TYPES.values())}, index) -> ()")
        return lambda env: callee.run({n: env[p] for n, p in zip(TYPES, passed)})

    def run(self, env):
        for step in self.steps:
            step(env)

    def text(self):
        arguments = ", ".join(f"%{n}: {memref(s)}" for n, s in TYPES.items())
        return (f"func.func @f{self.number}({arguments}, %zero: index) attributes "
                "{gaus.library = @library} {\n" +
                "\n".join(self.head + self.lines) + "\n  return\n}\n")


PRINT = """  affine.for %i = 0 to 8 {
    affine.for %j = 0 to 8 {
      %x = affine.load %NAME[AT] : KIND
      %y = arith.extsi %x : i32 to i64
      func.call @printI64(%y) : (i64) -> ()
      func.call @printNewline() : () -> ()
    }
  }
"""


def main_function(number, arrays):
    """A @main of its own memory that calls @f and prints what is there then."""
    out = []
    lines = ["  %zero = arith.constant 0 : index"]
    for name, array in arrays.items():
        kind = memref(array.shape)
        out.append(f'memref.global "private" @g{number}{name} : {kind} = '
                   f"dense<{array.tolist()}>")
        lines.append(f"  %{name} = memref.get_global @g{number}{name} : {kind}")
    lines.append(f"  call @f{number}({', '.join('%' + n for n in arrays)}, %zero) : "
                 f"({', '.join(memref(a.shape) for a in arrays.values())}, index) -> ()")
    for name, array in arrays.items():
        text = PRINT.replace("NAME", name).replace("KIND", memref(array.shape))
        lines.append(text.replace("AT", "%i, %j" if array.ndim == 2 else "%j"))
    return "\n".join(out) + f"\nfunc.func @main{number}() {{\n" + "\n".join(lines) + \
        "\n  return\n}\n"


def batch(number):
    """A module, and for each program what its memory is in the end, and whether its
    memories have to be apart."""
    r = random.Random(f"as loops {number}")
    text = re.sub("limit\\(1\\) per", "limit(2) per", programs.library(r)) + \
        "func.func private @printI64(i64)\nfunc.func private @printNewline()\n"
    ends, before = [], None
    for k in range(BATCH):
        program = Program(r, k, before if chance(r, 0.5) else None)
        values = np.random.default_rng([number, k])
        arrays = {n: values.integers(-99, 99, s, dtype=np.int32)
                  for n, s in TYPES.items()}
        text += program.text() + main_function(k, arrays)
        program.run(dict(arrays))
        ends.append((np.concatenate([a if a.ndim == 2 else np.tile(a, (SIDE, 1))
                                     for a in arrays.values()]).ravel().tolist(),
                     program.races))
        before = program
    return text, ends


def options(number):
    r = random.Random(f"options {number}")
    objective = r.choice(["latency", "latency", "latency", "resources length=2x",
                          "memory length=2x"])
    flat = " flatten-loops=true" if chance(r, 0.2) else ""
    return f"objective={objective} effort=0 threads=1{flat}"


def judge(number, text, directory, ends):
    """What is wrong with a batch, or None; and how many operations ran."""
    source, placed = directory / "program.mlir", directory / "placed.mlir"
    source.write_text(text)
    done = subprocess.run(
        [common.tool("gaus-opt"), str(source), f"--gaus-schedule={options(number)}",
         "--gaus-verify", "-o", str(placed)], capture_output=True, text=True)
    if done.returncode:
        return "not scheduled: " + done.stderr[-2000:], 0
    if left := re.search(r"linalg\.\w+|scf\.(parallel|forall)|affine\.parallel",
                         placed.read_text()):
        return f"{left[0]} did not become loops", 0
    ran = 0
    for k, (end, races) in enumerate(ends):
        shared = ",," if races else \
            random.Random(f"{number} {k}").choice([",@0,", ",@0,@0", ",,"])
        for command in ([f"--function=main{k}"],
                        [f"--function=f{k}", f"--args={shared},,,0", f"--seed={k}"]):
            done = subprocess.run([common.tool("gaus-replay"), str(placed), *command],
                                  capture_output=True, text=True)
            if done.returncode:
                return f"@f{k} {command}: {done.stdout[-200:]}{done.stderr[-900:]}", ran
            ran += int(re.search(r"as in order, (\d+) operations", done.stdout)[1])
            found = [int(x) for x in re.findall(r"^-?\d+$", done.stdout, re.M)]
            if "main" in command[0] and found != end:
                return f"@f{k}: memory is not what NumPy says", ran
    return None, ran


def main():
    a = common.arguments(__doc__)
    counts = {"operations executed": 0}

    def judged(number, text, directory):
        said, ran = judge(number, text, directory, batch(number)[1])
        counts["operations executed"] += ran
        return said

    tried, wrong = common.judge_batches(a, "as_loops", lambda n: batch(n)[0], judged, BATCH)
    common.show(counts | {"batches that differ": wrong}, tried)
    if a.record:
        common.record(
            "as_loops", a, tried, name="linalg, loops in any order, counting",
            subject="Random programs of linalg on buffers (products, convolutions, "
            "generic operations with permuted maps, windows with strides and sizes that "
            "the program makes), of scf.parallel, scf.forall, affine.parallel with sums, "
            "of scf.while that count or do not, in loops and calls, scheduled under random libraries, then "
            "executed by cycle: against the program in order, and what is in memory "
            "afterwards against NumPy.",
            figures=counts | {"batches that differ": wrong})
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
