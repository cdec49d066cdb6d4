"""Statements of random programs: loops in any order, and loops that count.

A class with LoopKinds as a base has `windows`, `scalar`, `size`, `put`, `fresh`,
`constant` (as as_loops.Program); each statement puts its text and gives a function of
an environment that does the same.
"""

import numpy as np

from writer import chance

BODIES = {"addi": np.add, "subi": np.subtract, "muli": np.multiply, "xori":
          np.bitwise_xor, "maxsi": np.maximum, "minsi": np.minimum}
# Of scf.parallel; of affine.parallel, which has others, where it begins, and what it is.
SUMS = {"addi": ("addi", 0, np.add), "xori": ("ori", 0, np.bitwise_or),
        "maxsi": ("andi", -1, np.bitwise_and)}


class LoopKinds:
    """Statements that become scf.for and affine.for."""

    def bounds(self, sides):
        """For each dimension (begin, end, step), the iterations of which it makes: at
        most so many."""
        found = []
        for side in sides:
            begin, step = self.r.randint(0, 2), self.r.choice([1, 1, 2, 3])
            found.append((min(begin, side), side, step))
        return found

    def value(self, number):
        return self.size(number) if chance(self.r, 0.4) else \
            self.constant(number, "index")

    @staticmethod
    def places(bounds):
        return [at for at in np.ndindex(*(len(range(*b)) for b in bounds))
                if all(len(range(*b)) for b in bounds)], \
            lambda at: tuple(range(*b)[k] for b, k in zip(bounds, at))

    def any_order(self):
        """Each iteration has an element of its own; some sum something up, too."""
        r = self.r
        kind = r.choice(["parallel", "forall", "affine"])
        sides = self.sides(r.choice([1, 2]))
        x, out = self.windows([sides] * 2)
        bounds, op = self.bounds(sides), r.choice(list(BODIES))
        (name, number), total = self.scalar(), r.choice([None, *SUMS])
        total = None if kind == "forall" else total
        zero = self.constant(0, "index") if total else None
        opening, element = getattr(self, f"put_{kind}")(bounds, total)
        self.put(opening)
        at = ", ".join(f"%p{d}" for d in range(len(sides)))
        self.put(f"  %x = {element}.load {x.name}[{at}] : {x.type}")
        self.put(f"  %y = {element}.load {out.name}[{at}] : {out.type}")
        self.put(f"  %s = arith.{op} %x, %y : i32")
        self.put(f"  %t = arith.addi %s, {name} : i32")
        self.put(f"  {element}.store %t, {out.name}[{at}] : {out.type}")
        self.put_end(kind, total)
        if total:
            self.put(f"memref.store {self.total}, %w[{zero}] : {self.whole['w'].type}")
        self.races = True

        def run(env):
            sums = [np.int32(self.first(kind, total))]
            for k in (found := self.places(bounds))[0]:
                p = found[1](k)
                value = BODIES[op](x.of(env)[p], out.of(env)[p]) + \
                    np.int32(number(env))
                out.of(env)[p] = value
                sums.append(value)
            if total:
                env["w"][0] = self.sum_up(kind, total, sums)
        return run

    @staticmethod
    def first(kind, total):
        if not total:
            return 0
        return SUMS[total][1] if kind == "affine" else 7

    @staticmethod
    def sum_up(kind, total, values):
        how = SUMS[total][2] if kind == "affine" else BODIES[total]
        found = values[0]
        for v in values[1:]:
            found = how(found, v)
        return found

    @staticmethod
    def opening(name, bounds, text):
        """`name` over `bounds`, each number of which is written as `text` does."""
        low, high, step = ("(" + ", ".join(text(b[k]) for b in bounds) + ")"
                           for k in range(3))
        names = ", ".join(f"%p{d}" for d in range(len(bounds)))
        return f"{name} ({names}) = {low} to {high} step {step}"

    def summed(self, opening, how):
        """With a result, if `how` says what is summed up."""
        self.total = self.fresh("r")
        return f"{self.total} = {opening}{how} {{" if how else f"{opening} {{"

    def put_parallel(self, bounds, total):
        opening = self.opening("scf.parallel", bounds, self.value)
        init = f" init ({self.constant(7, 'i32')}) -> i32" if total else ""
        return self.summed(opening, init), "memref"

    def put_forall(self, bounds, _):
        return self.opening("scf.forall", bounds, lambda number: self.value(number)
                            if chance(self.r, 0.3) else str(number)) + " {", "memref"

    def put_affine(self, bounds, total):
        opening = self.opening("affine.parallel", bounds, str)
        how = f' reduce ("{SUMS[total][0]}") -> (i32)' if total else ""
        return self.summed(opening, how), "affine"

    def put_end(self, kind, total):
        if total and kind == "affine":
            self.put("  affine.yield %t : i32")
        elif total:
            self.put("  scf.reduce(%t : i32) {")
            self.put("  ^bb0(%m: i32, %n: i32):")
            self.put(f"    %o = arith.{total} %m, %n : i32")
            self.put("    scf.reduce.return %o : i32")
            self.put("  }")
        self.put("}")

    def counted(self):
        """scf.while: counts in steps, or while something in memory is small."""
        r = self.r
        begin, step, end = r.randint(0, 9), r.choice([1, 1, 1, 2, 3]), r.randint(0, 8)
        kind, out = r.choice(["index", "index", "i32"]), self.window([8], sized=True)
        asks, early = step == 1 and chance(r, 0.5), chance(r, 0.2)
        (name, number) = self.scalar()
        first, by = self.constant(begin, kind), self.constant(step, kind)
        last = self.size(end) if kind == "index" and chance(r, 0.5) else \
            self.constant(end, kind)
        result = self.fresh("r")
        order = ("slt", "%p", last) if chance(r, 0.6) else ("sgt", last, "%p")
        self.put(f"{result}:2 = scf.while (%p = {first}, %s = {name}) : ({kind}, i32) "
                 f"-> ({kind}, i32) {{")
        self.put(f"  %d = arith.cmpi {order[0]}, {order[1]}, {order[2]} : {kind}")
        if early:
            self.put("  %e = arith.cmpi slt, %s, %big : i32")
            self.put("  %both = arith.andi %d, %e : i1")
        self.put(f"  scf.condition({'%both' if early else '%d'}) %p, %s : {kind}, i32")
        self.put("} do {")
        self.put(f"^bb0(%p: {kind}, %s: i32):")
        at = "%p"
        if kind != "index":
            self.put("  %q = arith.index_cast %p : i32 to index")
            at = "%q"
        self.put(f"  %x = memref.load {out.name}[{at}] : {out.type}")
        self.put("  %t = arith.addi %x, %s : i32")
        self.put(f"  memref.store %t, {out.name}[{at}] : {out.type}")
        wraps = " overflow<nsw>" if chance(r, 0.3) else ""
        self.put(f"  %n = arith.addi %p, {by}{wraps} : {kind}")
        self.put(f"  scf.yield %n, %t : {kind}, i32")
        self.put("}")
        self.head.append("  %big = arith.constant 50 : i32") \
            if early and "  %big = arith.constant 50 : i32" not in self.head else None
        self.keep(result, kind, asks)

        def run(env):
            p, s = begin, np.int32(number(env))
            while p < end and not (early and s >= 50):
                s = out.of(env)[p] + s
                out.of(env)[p] = s
                p += step
            env["w"][1] = s
            if asks:
                env["w"][2] = p
        return run

    def keep(self, result, kind, asks):
        """What the loop ended with, in memory."""
        row = self.whole["w"].type
        places = [self.constant(k, "index") for k in (1, 2)]
        self.put(f"memref.store {result}#1, %w[{places[0]}] : {row}")
        if not asks:
            return
        name = f"{result}#0"
        if kind == "index":
            name = self.fresh("e")
            self.put(f"{name} = arith.index_cast {result}#0 : index to i32")
        self.put(f"memref.store {name}, %w[{places[1]}] : {row}")
