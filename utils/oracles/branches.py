#!/usr/bin/env python3
"""Pipelined loops of branches as programs.

    branches.py [--programs N] [--first BATCH] [--seconds S] [--keep DIR] [--record]

Random loops of cf and llvm: ends in the header, in the latch and within, counted or by
what is computed, with conditions, switches, breaks and continues. Calls them on the same memory
for many trip counts, as they are and rewritten by gaus-pipeline-loops: what they return
and sums of the memory, by gaus-replay and, rewritten, by mlir-runner. Exits with 1 if
they differ. --record writes bench/results/oracles/branches.json.
"""

import collections
import random
import re
import subprocess
import sys

import common
import in_order
import programs
from writer import chance

SIZE = 64     # elements of a memory
BATCH = 20    # functions of a module
CALLS = 6     # of each function
WORDS = {
    True: {"const": "llvm.mlir.constant({v} : {t}) : {t}", "add": "llvm.add",
           "sub": "llvm.sub", "mul": "llvm.mul", "xor": "llvm.xor", "or": "llvm.or",
           "and": "llvm.and", "div": "llvm.sdiv", "rem": "llvm.srem",
           "udiv": "llvm.udiv", "urem": "llvm.urem", "cmp": 'llvm.icmp "{p}"', "br": "llvm.br",
           "cond": "llvm.cond_br", "return": "llvm.return", "index": "i64",
           "memory": "!llvm.ptr", "call": "llvm.call", "func": "llvm.func"},
    False: {"const": "arith.constant {v} : {t}", "add": "arith.addi",
            "sub": "arith.subi", "mul": "arith.muli", "xor": "arith.xori",
            "or": "arith.ori", "and": "arith.andi", "div": "arith.divsi",
            "rem": "arith.remsi", "udiv": "arith.divui", "urem": "arith.remui", "cmp": "arith.cmpi {p},",
            "br": "cf.br", "cond": "cf.cond_br", "return": "return", "index": "index",
            "memory": f"memref<{SIZE}xi32>", "call": "call", "func": "func.func"}}


class Loop:
    """One function with one loop, and what is behind it."""

    def __init__(self, r, number, is_llvm):
        self.r, self.number, self.llvm = r, number, is_llvm
        self.w = WORDS[is_llvm]
        self.index = self.w["index"]
        self.head, self.lines, self.count = [], [], 0
        self.values = ["%x", "%y"]

    def fresh(self, kind="v"):
        self.count += 1
        return f"%{kind}{self.count}"

    def put(self, text):
        self.lines.append("  " + text)

    def block(self, label, arguments=()):
        shown = ", ".join(f"{n}: {t}" for n, t in arguments)
        self.lines.append(f"^{label}" + (f"({shown})" if shown else "") + ":")

    def constant(self, value, kind):
        name = self.fresh("c")
        line = f"{name} = " + self.w["const"].format(v=value, t=kind)
        # Some are within the loop.
        (self.put if self.lines and chance(self.r, 0.2) else self.head.append)(line)
        return name

    def op(self, what, x, y, kind="i32"):
        name = self.fresh()
        self.put(f"{name} = {self.w[what]} {x}, {y} : {kind}")
        return name

    def cmp(self, predicate, x, y, kind="i32"):
        name = self.fresh("t")
        self.put(f"{name} = {self.w['cmp'].format(p=predicate)} {x}, {y} : {kind}")
        return name

    def jump(self, to, values=()):
        shown = ", ".join(v for v, _ in values)
        kinds = ", ".join(k for _, k in values)
        return f"^{to}" + (f"({shown} : {kinds})" if values else "")

    def cond(self, test, yes, no):
        self.put(f"{self.w['cond']} {test}, {yes}, {no}")

    #===--- Statements -------------------------------------------------------===#

    def place(self):
        r = self.r
        at, memory = "%i", r.choice(["%p", "%p", "%q"])
        if chance(r, 0.8):
            at = self.op("add", at, self.constant(r.randint(0, 8), self.index),
                         self.index)
        if not self.llvm:
            return f"{memory}[{at}] : memref<{SIZE}xi32>"
        name = self.fresh("a")
        self.put(f"{name} = llvm.getelementptr {memory}[{at}] : (!llvm.ptr, i64) -> "
                 "!llvm.ptr, i32")
        return name

    def load(self):
        place, name = self.place(), self.fresh()
        self.put(f"{name} = llvm.load {place} : !llvm.ptr -> i32" if self.llvm else
                 f"{name} = memref.load {place}")
        self.values.append(name)

    def store(self):
        place, value = self.place(), self.r.choice(self.values[-4:])
        self.put(f"llvm.store {value}, {place} : i32, !llvm.ptr" if self.llvm else
                 f"memref.store {value}, {place}")

    def arithmetic(self):
        r = self.r
        self.values.append(self.op(r.choice(["add", "sub", "mul", "xor"]),
                                   r.choice(self.values), r.choice(self.values[-5:])))

    def test(self):
        return self.cmp(self.r.choice(["slt", "sge", "eq", "ne", "ult"]),
                        self.r.choice(self.values[-5:]), self.r.choice(self.values))

    def divide(self):
        """Where the divisor is not 0."""
        by, tag = self.r.choice(self.values[-4:]), self.fresh("d")[1:]
        safe = self.op("or", by, self.constant(1, "i32")) if chance(self.r, 0.3) else by
        test = self.cmp("sgt", safe, self.constant(0, "i32"))
        self.cond(test, self.jump(f"do{tag}"), self.jump(
            f"on{tag}", [(self.r.choice(self.values), "i32")]))
        self.block(f"do{tag}")
        what = self.r.choice(["div", "div", "rem", "udiv", "urem"])
        made = self.op(what, self.r.choice(self.values), safe)
        self.put(f"{self.w['br']} " + self.jump(f"on{tag}", [(made, "i32")]))
        out = self.fresh()
        self.block(f"on{tag}", [(out, "i32")])
        self.values.append(out)

    def condition(self, depth):
        r, tag = self.r, self.fresh("d")[1:]
        test, known = self.test(), list(self.values)
        other = chance(r, 0.6)
        direct = (r.choice(known), "i32")
        self.cond(test, self.jump(f"yes{tag}"),
                  self.jump(f"no{tag}") if other else self.jump(f"on{tag}", [direct]))
        for side in ["yes", "no"] if other else ["yes"]:
            self.block(side + tag)
            self.statements(r.randint(1, 3), depth + 1)
            made = r.choice(self.values[-3:])
            self.put(f"{self.w['br']} " + self.jump(f"on{tag}", [(made, "i32")]))
            self.values = list(known)
        out = self.fresh()
        self.block(f"on{tag}", [(out, "i32")])
        self.values.append(out)

    def choose(self, value, kind, default, cases):
        """A switch: `cases` are pairs of a number and where it leads."""
        ways = [f"{number}: {way}" for number, way in cases]
        if self.llvm:
            self.put(f"llvm.switch {value} : {kind}, {default} [{', '.join(ways)}]")
        else:
            ways = [f"default: {default}"] + ways
            self.put(f"cf.switch {value} : {kind}, [{', '.join(ways)}]")

    def switch(self, depth):
        """Cases that share a way, hand on a value, leave or continue."""
        r, tag, known = self.r, self.fresh("d")[1:], list(self.values)
        sides = [f"side{k}{tag}" for k in range(r.randint(1, 3))]

        def on():
            return self.jump(f"on{tag}", [(r.choice(known), "i32")])

        def way():
            what = r.random()
            if what < 0.1 and self.breaks:
                return self.exit()
            if what < 0.2 and self.form == "header":
                return self.jump("loop", self.handed())
            return on() if what < 0.4 else self.jump(r.choice(sides))

        value, kind = r.choice(known[-4:]), "i32"
        if self.llvm and chance(r, 0.3):
            value, kind = "%i", self.index
        elif chance(r, 0.7):
            value = self.op("and", value, self.constant(3, "i32"))
        default = on() if chance(r, 0.3) else self.jump(sides[0])
        # LLVM 22 crashes where it translates one without cases that hands a value on.
        cases = [(k, way()) for k in r.sample(range(-1, 6), r.randint(1, 5))]
        self.choose(value, kind, default, cases)
        used = [to for _, to in cases] + [default]
        for side in [side for side in sides if f"^{side}" in used]:
            self.block(side)
            self.statements(r.randint(1, 3), depth + 1)
            self.put(f"{self.w['br']} " + self.jump(
                f"on{tag}", [(r.choice(self.values[-3:]), "i32")]))
            self.values = list(known)
        out = self.fresh()
        self.block(f"on{tag}", [(out, "i32")])
        self.values.append(out)

    def leave(self):
        """A break, or a continue."""
        r, tag = self.r, self.fresh("d")[1:]
        on = self.jump(f"on{tag}")
        if chance(r, 0.3):
            again = self.jump("loop", self.handed())
            # Not for ever.
            test = self.cmp("slt", self.next, self.constant(20, self.index), self.index)
            self.cond(test, self.jump(f"may{tag}"), on)
            self.block(f"may{tag}")
            self.cond(self.test(), again, on)
        else:
            self.cond(self.test(), self.exit(), on)
        self.block(f"on{tag}")

    def statements(self, count, depth=0):
        for _ in range(count):
            what = self.r.choice(["load"] * 4 + ["store"] * 4 + ["arithmetic"] * 4 +
                                 ["condition"] * 2 + ["divide", "leave", "switch"])
            if what in ("condition", "switch"):
                if depth < 2 and self.branchy:
                    getattr(self, what)(depth)
            elif what in ("divide", "leave"):
                if self.branchy and (what == "divide" or self.breaks):
                    getattr(self, what)()
            else:
                getattr(self, what)()

    #===--- The loop ---------------------------------------------------------===#

    def exit(self):
        """A way out of the loop."""
        number = self.r.randrange(2) if self.breaks else 0
        self.exits.add(number)
        return self.jump(f"exit{number}", [(self.r.choice(self.values[-4:]), "i32")])

    def handed(self):
        """What the next iteration gets."""
        new = [(self.next, self.index), (self.r.choice(self.values[-3:]), "i32")]
        return new + [("%k0", "i32"), ("%k1", "i32")][:self.chain]

    def latch(self):
        """Some are left where the counter is one number, by a switch: no continue may
        pass by it."""
        r, again = self.r, self.jump("loop", self.handed())
        if self.llvm and not self.breaks and chance(r, 0.15):
            last = self.first + self.step * r.randint(1, 14)
            cases = [(last, self.exit())] + [(last + 40, again)] * chance(r, 0.3)
            self.choose("%next", self.index, again, cases)
        else:
            self.cond(self.end(), self.exit(), again)

    def end(self):
        """Whether the loop ends after this iteration, or before."""
        r = self.r
        before = self.form == "header"
        at = "%i" if before else self.next
        if self.bound == "n":
            limit = "%n"
        else:
            limit = self.constant(self.first + self.step * r.randint(1, 14), self.index)
        test = self.cmp("sge", at, limit, self.index)
        if self.data:
            test = self.op("or", test, self.test(), "i1")
        return test

    def text(self):
        r = self.r
        self.form = r.choice(["latch", "latch", "header", "middle"])
        self.bound, self.data = r.choice(["n", "n", "constant"]), chance(r, 0.3)
        self.first, self.step = r.choice([0, 0, 2]), r.choice([1, 1, 2])
        self.branchy = chance(r, 0.5)
        self.breaks = self.branchy and chance(r, 0.5)
        self.chain, self.exits, self.next = r.randint(0, 2), set(), "%next"
        begin = [(self.constant(self.first, self.index), self.index),
                 (r.choice(self.values), "i32")]
        begin += [("%x", "i32"), ("%y", "i32")][:self.chain]
        self.put(f"{self.w['br']} " + self.jump("loop", begin))
        # k0 is the last k1 or carried value, k1 the last k0: chains and rings.
        names = ["%i", "%k0" if self.chain else "%k", "%k1", "%k2"]
        self.block("loop", [(n, k) for n, (_, k) in zip(names, begin)])
        self.values += names[1:2 + self.chain]
        self.put(f"%next = {self.w['add']} %i, {self.constant(self.step, self.index)} : "
                 f"{self.index}")
        always = list(self.values)
        if self.form == "header":
            self.statements(r.randint(0, 2) if not self.branchy else 0)
            always = list(self.values)
            self.cond(self.end(), self.exit(), self.jump("body"))
            self.block("body")
        self.statements(r.randint(2, 7))
        if self.form == "middle":
            always = list(self.values)
            self.cond(self.end(), self.exit(), self.jump("body"))
            self.block("body")
            self.statements(r.randint(1, 4))
        if self.form == "latch":
            always = list(self.values)
            self.latch()
        else:
            self.put(f"{self.w['br']} " + self.jump("loop", self.handed()))
        return self.finish(always)

    def finish(self, always):
        """Some values of the loop are used behind it."""
        r = self.r
        if len(self.exits) == 1 and not self.breaks:
            seen = r.choice(always)
        else:
            seen = r.choice(["%x", "%y", "%k0" if self.chain else "%k"])
        for number in sorted(self.exits):
            self.block(f"exit{number}", [(f"%e{number}", "i32")])
            out = self.op("mul", f"%e{number}", self.constant(number + 3, "i32"))
            out = self.op("xor", out, seen)
            self.put(f"{self.w['return']} {out}" + (" : i32"))
        apart = " {llvm.noalias}" if chance(r, 0.5) else ""
        memory = self.w["memory"] + apart
        return (f"{self.w['func']} @f{self.number}(%p: {memory}, %q: {memory}, %x: i32, "
                f"%y: i32, %n: {self.index}) -> i32 attributes "
                "{gaus.library = @library} {\n" + "\n".join(self.head + self.lines) +
                "\n}\n"), bool(apart)


SUM = """{func} @sum(%m: {memory}) {{
  %zero = {zero}
  %one = {one}
  %end = {end}
  %k = {k}
  %z = {z}
  {br} ^loop(%zero, %z : {index}, i64)
^loop(%i: {index}, %s: i64):
  {load}
  %w = {sext} %v : i32 to i64
  %u = {mul} %s, %k : i64
  %t = {add} %u, %w : i64
  %j = {add} %i, %one : {index}
  %c = {cmp} %j, %end : {index}
  {cond} %c, ^loop(%j, %t : {index}, i64), ^out
^out:
  {call} @printI64(%t) : (i64) -> ()
  {call} @printNewline() : () -> ()
  {ret}
}}
"""


def sums(is_llvm):
    w = WORDS[is_llvm]

    def constant(v, t):
        return w["const"].format(v=v, t=t)

    load = ("%a = llvm.getelementptr %m[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32\n"
            "  %v = llvm.load %a : !llvm.ptr -> i32" if is_llvm else
            f"%v = memref.load %m[%i] : memref<{SIZE}xi32>")
    return SUM.format(
        func=w["func"], memory=w["memory"], zero=constant(0, w["index"]),
        one=constant(1, w["index"]), end=constant(SIZE, w["index"]),
        k=constant(31, "i64"), z=constant(0, "i64"), br=w["br"], index=w["index"],
        load=load, sext="llvm.sext" if is_llvm else "arith.extsi", mul=w["mul"],
        add=w["add"], cmp=w["cmp"].format(p="slt"), cond=w["cond"], call=w["call"],
        ret=w["return"])


def module(number, count=BATCH):
    """Even ones are of llvm."""
    is_llvm = number % 2 == 0
    w, r = WORDS[is_llvm], random.Random(f"branches {number}")
    functions = [Loop(random.Random(f"branches {number} {k}"), k, is_llvm).text()
                 for k in range(count)]
    private = "" if is_llvm else "private "
    out = [programs.library(r), f"{w['func']} {private}@printI64(i64)",
           f"{w['func']} {private}@printNewline()"]
    for name in "ab":
        values = ", ".join(str(r.randint(-9, 9)) for _ in range(SIZE))
        out.append(f"llvm.mlir.global internal @g{name}(dense<[{values}]> : "
                   f"tensor<{SIZE}xi32>) : !llvm.array<{SIZE} x i32>" if is_llvm else
                   f'memref.global "private" @g{name} : memref<{SIZE}xi32> = '
                   f"dense<[{values}]>")
    out += [text for text, _ in functions]
    out.append(sums(is_llvm) + f"{w['func']} @main() {{")
    for name in "ab":
        out.append(f"  %{name} = " + (f"llvm.mlir.addressof @g{name} : !llvm.ptr"
                                      if is_llvm else
                                      f"memref.get_global @g{name} : memref<{SIZE}xi32>"))
    for k, (_, apart) in enumerate(functions):
        for call in range(CALLS):
            out += calls(r, w, f"{k}_{call}", k, apart, call)
    return "\n".join(out) + f"\n  {w['return']}\n}}\n"


def calls(r, w, tag, function, apart, call):
    out = []
    for name, kind, low, high in (("x", "i32", -9, 9), ("y", "i32", -9, 9),
                                  ("n", w["index"], 0, 16)):
        value = call if name == "n" and call < 3 else r.randint(low, high)
        out.append(f"  %{name}{tag} = " + w["const"].format(v=value, t=kind))
    pair = r.choice(["%a, %b", "%b, %a"] + ["%a, %a"] * (not apart))
    m = w["memory"]
    return out + [
        f"  %r{tag} = {w['call']} @f{function}({pair}, %x{tag}, %y{tag}, %n{tag}) : "
        f"({m}, {m}, i32, i32, {w['index']}) -> i32",
        f"  %w{tag} = {'llvm.sext' if m == '!llvm.ptr' else 'arith.extsi'} %r{tag} : "
        "i32 to i64",
        f"  {w['call']} @printI64(%w{tag}) : (i64) -> ()",
        f"  {w['call']} @printNewline() : () -> ()",
        *[f"  {w['call']} @sum(%{x}) : ({m}) -> ()" for x in "ab"]]


def judge(number, text, directory, left):
    """What is wrong, or None."""
    source, rewritten = directory / "loops.mlir", directory / "rewritten.mlir"
    source.write_text(text)
    done = subprocess.run(
        [common.tool("gaus-opt"), str(source), "--gaus-schedule=effort=0",
         "--gaus-pipeline-loops", "--gaus-strip", "-o", str(rewritten)], capture_output=True, text=True)
    if done.returncode != 0:
        return next((line for line in done.stderr.splitlines() if ": error: " in line),
                    done.stderr[-3000:])
    for reason in re.findall(r"the loop is not rewritten: (.*)", done.stderr):
        left["left: " + reason] += 1
        left["rewritten"] -= 1
    left["rewritten"] += text.count("^loop(%i: ")
    was = in_order.replayed(source)
    for what, now in (("replayed", in_order.replayed(rewritten)),
                      ("run", in_order.runner(rewritten, directory))):
        if was != now or was.count("\n") != 3 * CALLS * BATCH:
            pairs = zip(was.splitlines(), now.splitlines())
            at = next((k for k, (x, y) in enumerate(pairs) if x != y), 0)
            return (f"{what} @f{at // (3 * CALLS)}: {was.splitlines()[at:at + 3]} beside "
                    f"{now.splitlines()[at:at + 3]}")
    return None


def main():
    a = common.arguments(__doc__)
    left = collections.Counter()
    tried, wrong = common.judge_batches(
        a, "branches", module,
        lambda number, text, directory: judge(number, text, directory, left), BATCH)
    figures = {"rewritten": left.pop("rewritten", 0),
               **dict(left.most_common()), "batches that differ": wrong}
    common.show(figures, tried)
    if a.record:
        common.record(
            "branches", a, tried, name="Pipelined loops of branches",
            subject="Random loops of cf and llvm (ends in the header, the latch and "
            "within, counted or by what is computed; conditions, switches, breaks, continues, "
            "divisions under a condition), each called six times on the same memory, "
            "from no iteration on: as they are beside rewritten by gaus-pipeline-loops, "
            "played back and run by mlir-runner.", figures=figures)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
