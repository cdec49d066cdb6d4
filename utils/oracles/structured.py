"""Random functions in func, arith, memref, affine, scf, cf and vector."""

from statements import Statements
from writer import Index, chance, weighted


class Structured(Statements):
    """affine, scf and cf on memrefs."""

    TYPES = ("memref<256xi32>, memref<256xi32>, memref<16x16xi32>, i32, i32, index, "
             "index")

    def banked(self, rank):
        """Attributes of a memory: what a library that has ports makes of it."""
        r = self.r
        said = [f"gaus.ports = {r.randint(1, 3)} : i64"] if chance(r, 0.15) else []
        if chance(r, 0.3):
            kind = r.choice(["cyclic", "cyclic", "block"])
            said.append(f'gaus.banks = ["{kind}", {r.choice([2, 2, 3, 4])}, '
                        f"{r.randrange(rank)}]")
        elif chance(r, 0.05):
            said.append('gaus.banks = ["complete"]')
        if chance(r, 0.07):
            said.append("gaus.fifo")
        return f" {{{', '.join(said)}}}" if said else ""

    def signature(self):
        return (f"(%a: memref<256xi32>{self.banked(1)}, "
                f"%b: memref<256xi32>{self.banked(1)}, "
                f"%m: memref<16x16xi32>{self.banked(2)}, "
                "%x: i32, %y: i32, %n: index, %s: index)")

    def nested(self, body, count):
        """A block; what it makes is not seen outside."""
        kept = len(self.values), list(self.indices), list(self.memories)
        self.depth += 1
        values = list(self.values)
        body(count)
        made = self.r.choice(self.values[-3:])
        self.depth -= 1
        self.values = values[:kept[0]]
        self.indices, self.memories = kept[1], kept[2]
        return made

    def condition(self, loops):
        r = self.r
        line = len(self.lines)
        result = chance(r, 0.5)
        other = result or chance(r, 0.3)
        name = self.fresh()
        affine = [i for i in self.indices if i.affine]
        if self.affine and affine and chance(r, 0.5):
            i = affine[-1]
            test = r.choice([f"d0 - {r.randint(i.low, i.high)} >= 0",
                             f"d0 mod {r.randint(2, 4)} == 0",
                             f"{r.randint(i.low, i.high)} - d0 >= 0"])
            head, end = f"affine.if affine_set<(d0) : ({test})>({i.name})", "affine"
        else:
            if chance(r, 0.5):
                test = self.compare()
            else:
                test, i = self.fresh(), self.pick_index(False)
                to = self.constant(r.randint(i.low, max(i.low, i.high)), "index")
                self.put(f"{test} = arith.cmpi {r.choice(['slt', 'eq', 'uge'])}, "
                         f"{i.name}, {to} : index")
            head, end = f"scf.if {test}", "scf"
        self.put((f"{name} = " if result else "") + head +
                 (" -> i32" if result else "") + " {")
        for part in range(2 if other else 1):
            if part:
                self.put("} else {")
            made = self.nested(self.block, r.randint(1, 3))
            if result:
                self.put(f"  {end}.yield {made} : i32")
        self.put("}")
        if result:
            self.values.append(name)

    def bounds(self, r, affine):
        """(lower, upper as texts or None for %n, step as number or None, values)"""
        low = r.choice([0, 0, 0, 1, 3])
        step = r.choice([1, 1, 1, 2, 2, 3, 5])
        if chance(r, 0.25):
            return low, None, step, (low, max(low, 14))
        trips = r.randint(1, 12) if chance(r, 0.9) else 0
        high = low + step * max(trips - 1, 0)
        upper = high + r.randint(1, step) if trips else low
        return low, upper, step, (low, high)

    def loop(self, level, length=None):
        r = self.r
        affine = self.in_affine()
        low, upper, step, (least, most) = self.bounds(r, affine)
        trips = (most - least) // step + 1
        carried = [(self.fresh("a"), r.choice(self.values), "i32")
                   for _ in range(weighted(r, [(0, 4), (1, 3), (2, 1)]))]
        variable = self.fresh("i")
        moving = stepped = None
        if chance(r, 0.3):  # A carried subscript, up or down.
            stepped = r.choice([-3, -2, -1, -1, 1, 2])
            moving = Index(self.fresh("k"), min(0, stepped * trips),
                           max(0, stepped * trips))
            first = -moving.low + r.randint(0, 4)
            moving.low, moving.high = moving.low + first, moving.high + first
            carried.append((moving.name, self.constant(first, "index"), "index"))
        swapped = None
        if chance(r, 0.1):
            swapped = self.fresh("p"), self.fresh("p")
            carried += [(swapped[0], self.memories[0], "memref<256xi32>"),
                        (swapped[1], r.choice(self.memories), "memref<256xi32>")]
        results = [self.fresh("r") for _ in carried]
        kinds = ", ".join(k for _, _, k in carried)
        ends, wide = ("affine", True) if affine else ("scf", chance(r, 0.85))
        if affine:
            to = "%n" if upper is None else str(upper)
            if upper is None and chance(r, 0.3):
                to = f"min affine_map<(d0) -> (d0, 11)>({'%n'})"
            head = (f"affine.for {variable} = {low} to {to}" +
                    (f" step {step}" if step > 1 else ""))
        else:
            by = self.constant(step, "index" if wide else "i32")
            if chance(r, 0.15) and wide:  # symbolic, at least the step
                symbolic = self.fresh()
                self.put(f"{symbolic} = arith.addi %s, {by} : index")
                by = symbolic
                if upper is not None:  # Other values than with the constant.
                    most = max(most, upper - 1)
            if not wide and upper is None:
                upper = low
            kind = "index" if wide else "i32"
            to = "%n" if upper is None else self.constant(upper, kind)
            head = (f"scf.for {variable} = {self.constant(low, kind)} to {to} "
                    f"step {by}")
        if carried:
            head += (" iter_args(" +
                     ", ".join(f"{n} = {v}" for n, v, _ in carried) +
                     f") -> ({kinds})")
        if not affine and not wide:
            head += " : i32"
        self.put((", ".join(results) + " = " if carried else "") + head + " {")

        def body(count):
            self.values += [n for n, _, k in carried if k == "i32"]
            if wide:
                self.indices.append(Index(variable, least, most, affine))
            else:
                self.values.append(variable)
            if moving:
                self.indices.append(moving)
            if swapped:
                self.memories += list(swapped)
            self.block(count, level + 1)
            handed = []
            for n, _, k in carried:
                if k == "i32":
                    handed.append(r.choice(self.values[-4:]))
                elif k == "index":
                    name = self.fresh()
                    by = self.constant(stepped, "index")
                    self.put(f"{name} = arith.addi {n}, {by} : index")
                    handed.append(name)
                else:
                    handed.append(swapped[1] if n == swapped[0] else swapped[0])
            if carried:
                self.put(f"{ends}.yield {', '.join(handed)} : {kinds}")

        self.nested(body, length or r.randint(2, 8))
        self.put("}")
        self.values += [n for n, (_, _, k) in zip(results, carried) if k == "i32"]

    def repeat(self, level):
        """scf.while: what decides runs once more than what is repeated."""
        r = self.r
        trips, step = r.randint(0, 8), r.choice([-2, -1, 1, 1, 2, 3])
        first = max(0, -step * trips) + r.randint(0, 4)
        last = first + step * trips
        low, high = min(first, last), max(first, last)
        i, v, j, w = (self.fresh(p) for p in "ivjw")
        out, more = [self.fresh("r"), self.fresh("r")], self.fresh()
        start, end = self.constant(first, "index"), self.constant(last, "index")
        by = self.constant(step, "index")
        self.put(f"{', '.join(out)} = scf.while ({i} = {start}, {v} = "
                 f"{r.choice(self.values)}) : (index, i32) -> (index, i32) {{")

        def before(count):
            self.indices.append(Index(i, low, high))
            self.values.append(v)
            self.block(count)
            test = more
            how = r.choice(["ne", "sgt" if step < 0 else "slt"])
            self.put(f"{more} = arith.cmpi {how}, {i}, {end} : index")
            if chance(r, 0.4):  # The end depends on data.
                early, test = self.compare(), self.fresh()
                self.put(f"{test} = arith.andi {more}, {early} : i1")
            self.put(f"scf.condition({test}) {i}, {r.choice(self.values[-3:])} : "
                     "index, i32")

        def after(count):
            self.indices.append(Index(j, low, high))
            self.values.append(w)
            self.block(count, level + 1)
            following = self.fresh()
            self.put(f"{following} = arith.addi {j}, {by} : index")
            self.put(f"scf.yield {following}, {r.choice(self.values[-3:])} : "
                     "index, i32")

        self.nested(before, r.randint(0, 3))
        self.put("} do {")
        self.put(f"^bb0({j}: index, {w}: i32):")
        self.nested(after, r.randint(1, 4))
        self.put("}")
        self.values.append(out[1])

    def block(self, count, level=9):
        for _ in range(count):
            if self.budget <= 0:
                return
            self.budget -= 1
            inner = level < 3 and self.nesting and chance(self.r, 0.12)
            what = "loop" if inner else weighted(
                self.r, [("arithmetic", 5), ("load", 5), ("store", 5), ("view", 1),
                         ("vector", 0.8), ("condition", 0.6 if level < 9 else 0.1),
                         ("masked", 0.7), ("transfer", 2 if self.transfers else 0),
                         ("while", 0 if not self.nesting else 1 if level < 3 else 0.2),
                         ("copy", 0.25), ("call", 0.5 if self.helpers else 0),
                         ("apply", 0.5 if self.affine else 0)])
            if what == "loop":
                self.loop(level)
            elif what == "while":
                self.repeat(min(level, 3))
            elif what == "condition":
                self.condition(level)
            else:
                getattr(self, what)()

    def jumping(self):
        """A loop of cf: a block that jumps back to itself."""
        r = self.r
        self.affine = False
        trips = r.randint(1, 12)
        step = r.choice([-3, -2, -1, 1, 1, 2, 3])
        first = max(0, -step * trips) + r.randint(0, 4)
        last = first + step * trips
        start, value = self.constant(first, "index"), r.choice(self.values)
        self.put(f"cf.br ^loop({start}, {value} : index, i32)")
        self.depth -= 1
        self.put("^loop(%i: index, %v: i32):")
        self.depth += 1
        self.indices.append(Index("%i", min(first, last), max(first, last)))
        self.values.append("%v")
        self.block(r.randint(2, 8))
        by, end = self.constant(step, "index"), self.constant(last, "index")
        self.put(f"%next = arith.addi %i, {by} : index")
        self.put(f"%more = arith.cmpi {r.choice(['ne', 'sgt' if step < 0 else 'slt'])}, "
                 f"%next, {end} : index")
        test = "%more"
        if chance(r, 0.3):  # The end depends on data.
            early, test = self.compare(), "%both"
            self.put(f"%both = arith.andi %more, {early} : i1")
        handed = r.choice(self.values[-3:])
        self.put(f"cf.cond_br {test}, ^loop(%next, {handed} : index, i32), "
                 f"^exit({r.choice(self.values[-3:])} : i32)")
        self.depth -= 1
        self.put("^exit(%out: i32):")
        self.depth += 1
        return "%out"

    # Blocks

    def label(self, arguments=""):
        self.count += 1
        return f"^b{self.count}" + arguments

    def begin(self, label):
        self.depth -= 1
        self.put(label + ":")
        self.depth += 1

    def fork(self, level):
        """Two or three ways that meet again, one of which may be empty."""
        r = self.r
        meet, value = self.label(), self.fresh("p")
        ways = [self.label() for _ in range(r.choice([2, 2, 3]))]
        if len(ways) == 3:
            self.put(f"cf.switch {r.choice(self.values)} : i32, [default: {ways[0]}, "
                     f"{r.randint(0, 3)}: {ways[1]}, 7: {ways[2]}]")
        elif chance(r, 0.3):
            ways.pop()
            self.put(f"cf.cond_br {self.compare()}, {ways[0]}, "
                     f"{meet}({r.choice(self.values)} : i32)")
        else:
            self.put(f"cf.cond_br {self.compare()}, {ways[0]}, {ways[1]}")
        # All but the first way may leave the loop, or go on to its next iteration.
        for place, way in enumerate(ways):
            self.begin(way)

            def body(count, leave=place > 0 and self.loops and chance(r, 0.3)):
                self.sequence(count, level + 1)
                if leave and chance(r, 0.5):
                    left = self.loops[-1][1]
                    self.put(f"cf.br {left}({r.choice(self.values[-3:])} : i32)")
                elif leave:
                    self.next_iteration()
                else:
                    self.put(f"cf.br {meet}({r.choice(self.values[-3:])} : i32)")

            self.depth -= 1
            self.nested(body, r.randint(1, 3))
            self.depth += 1
        self.begin(f"{meet}({value}: i32)")
        self.values.append(value)

    def next_iteration(self):
        """The end of an iteration: on to the next one, or out."""
        r = self.r
        head, left, i, by, end, how, at_head = self.loops[-1]
        following, test = self.fresh(), self.fresh()
        self.put(f"{following} = arith.addi {i}, {by} : index")
        on = f"{head}({following}, {r.choice(self.values[-3:])} : index, i32)"
        if at_head:
            self.put(f"cf.br {on}")
            return
        self.put(f"{test} = arith.cmpi {how}, {following}, {end} : index")
        if chance(r, 0.3):
            early, both = self.compare(), self.fresh()
            self.put(f"{both} = arith.andi {test}, {early} : i1")
            test = both
        self.put(f"cf.cond_br {test}, {on}, {left}({r.choice(self.values[-3:])} : i32)")

    def around(self, level):
        """A loop of several blocks, or of one."""
        r = self.r
        trips, step = r.randint(1, 8), r.choice([-2, -1, 1, 1, 3])
        first = max(0, -step * trips) + r.randint(0, 4)
        last = first + step * trips
        i, v, out = self.fresh("i"), self.fresh("v"), self.fresh("p")
        head, left = self.label(), self.label()
        self.put(f"cf.br {head}({self.constant(first, 'index')}, "
                 f"{r.choice(self.values)} : index, i32)")
        self.begin(f"{head}({i}: index, {v}: i32)")
        by, end = self.constant(step, "index"), self.constant(last, "index")
        how = r.choice(["ne", "sgt" if step < 0 else "slt"])
        at_head = chance(r, 0.3)  # Written as `while`.
        self.loops.append((head, left, i, by, end, how, at_head))

        def body(count):
            self.indices.append(Index(i, min(first, last), max(first, last)))
            self.values.append(v)
            if at_head:
                self.sequence(r.randint(0, 1), 9)
                test, inside = self.fresh(), self.label()
                self.put(f"{test} = arith.cmpi {how}, {i}, {end} : index")
                self.put(f"cf.cond_br {test}, {inside}, "
                         f"{left}({r.choice(self.values[-3:])} : i32)")
                self.begin(inside)
            self.sequence(count, level + 1)
            self.next_iteration()

        self.depth -= 1
        self.nested(body, r.randint(1, 4))
        self.depth += 1
        self.loops.pop()
        self.begin(f"{left}({out}: i32)")
        self.values.append(out)

    def sequence(self, count, level):
        for _ in range(count):
            what = weighted(self.r, [("block", 4), ("fork", 1.5), ("around", 1.5)])
            if what == "block" or level > 2:
                self.budget += 1
                self.block(self.r.randint(1, 3), 2)
            else:
                getattr(self, what)(level)

    def text(self, flow=False, many=False):
        r = self.r
        if many:  # More accesses than are compared each with each.
            self.budget = 700
            self.affine = self.nesting = False
            self.loop(1, 700)
            out = r.choice(self.values[-3:])
        elif flow:
            self.affine = chance(r, 0.2)
            self.budget = 4
            self.sequence(r.randint(2, 4), 0)
            out = r.choice(self.values[-3:])
        elif chance(r, 0.2):
            self.budget = r.randint(3, 9)
            out = self.jumping()
        else:
            self.block(r.randint(0, 2), 9)
            for _ in range(r.choice([1, 1, 1, 2])):
                self.budget += 2
                self.loop(1)
            self.block(r.randint(0, 2), 9)
            out = r.choice(self.values[-3:])
        self.put(f"return {out} : i32")
        local = [f"  %local = memref.alloc(){self.banked(1)} : memref<256xi32>",
                 "  %origin = memref.get_global @origin : memref<256xi32>",
                 "  memref.copy %origin, %local : memref<256xi32> to memref<256xi32>"]
        body = "\n".join(self.head + self.lines)
        kind = "memref<256xi32>"
        for name in ("%spare", "%far"):
            if name in body:
                local += [f"  {name} = memref.alloc() : {kind}",
                          f"  memref.copy %origin, {name} : {kind} to {kind}"]
        if "%tag" in body:
            local.append("  %tag = memref.alloc() : memref<2xi32>")
        if "%local" in body or len(local) > 3:
            body = "\n".join(local) + "\n" + body
        return (f"func.func @f{self.number}{self.signature()} -> i32 "
                f"attributes {{gaus.library = @library}} {{\n{body}\n}}\n")


HELPER = """memref.global "private" @origin : memref<256xi32> = dense<7>
func.func @helper(%a: memref<256xi32>, %b: memref<256xi32>, %i: index, %x: i32) -> i32
    attributes {gaus.library = @library} {
  %c = arith.constant 5 : index
  %j = arith.addi %i, %c : index
  %v = memref.load %a[%i] : memref<256xi32>
  %w = arith.muli %v, %x : i32
  memref.store %w, %b[%j] : memref<256xi32>
  return %w : i32
}
"""
