"""Random functions of the llvm dialect."""

from writer import SIZE, Writer, chance, weighted


class Llvm(Writer):
    """Blocks of llvm that jump back to themselves."""

    WIDTHS = {"i8": 1, "i16": 2, "i32": 4, "i64": 8}

    def __init__(self, r, number, apart):
        super().__init__(r)
        self.number = number
        self.apart = apart and chance(r, 0.5)
        self.values = ["%x", "%y"]  # i32
        self.longs = [("%n", 0, 15), ("%s", 0, 15)]
        self.pointers = [("%p", -SIZE, SIZE), ("%q", -SIZE, SIZE)]

    def constant(self, value, kind):
        name = self.fresh("c")
        self.head.append(f"  {name} = llvm.mlir.constant({value} : {kind}) : {kind}")
        return name

    def address(self, size):
        """Bytes from `low` to `high` around a pointer are there."""
        r = self.r
        for _ in range(6):
            base, low, high = r.choice(self.pointers[-4:])
            place, scale = base, r.choice([1, 2, 4, 4, 4, 8, 12])
            span_low = span_high = 0
            if chance(r, 0.7):
                name, least, most = (self.longs[-1] if chance(r, 0.7) else
                                     r.choice(self.longs))
                if chance(r, 0.25):
                    c = r.choice([-2, -1, 2, 3])
                    scaled = self.fresh()
                    by = self.constant(c, "i64")
                    line = f"{scaled} = llvm.mul {name}, {by} : i64"
                    ends = sorted((c * least, c * most))
                else:
                    scaled, line, ends = name, None, [least, most]
                span_low, span_high = scale * ends[0], scale * ends[1]
                # The constant's room, in bytes.
                if low - span_low > high - span_high - size:
                    continue
                if line:
                    self.put(line)
                place = self.fresh()
                element = {1: "i8", 2: "i16", 4: "i32", 8: "i64"}.get(
                    scale, f"!llvm.array<{scale} x i8>")
                self.put(f"{place} = llvm.getelementptr {base}[{scaled}] : "
                         f"(!llvm.ptr, i64) -> !llvm.ptr, {element}")
            least, most = low - span_low, high - span_high - size
            wanted = r.randint(-6, 6) * r.choice([1, 4, 4])
            offset = min(max(wanted, least), most)
            if offset:
                moved = self.fresh()
                self.put(f"{moved} = llvm.getelementptr {place}[{offset}] : "
                         "(!llvm.ptr) -> !llvm.ptr, i8")
                place = moved
            return place
        return self.pointers[0][0]

    def gather(self):
        """A place that depends on data."""
        masked, wide, place = self.fresh(), self.fresh(), self.fresh()
        mask = self.constant(31, "i32")
        self.put(f"{masked} = llvm.and {self.r.choice(self.values)}, {mask} : i32")
        self.put(f"{wide} = llvm.zext {masked} : i32 to i64")
        self.put(f"{place} = llvm.getelementptr {self.r.choice(['%p', '%q'])}[{wide}] : "
                 "(!llvm.ptr, i64) -> !llvm.ptr, i32")
        return place

    def access(self, writes):
        r = self.r
        kind = weighted(r, [("i32", 6), ("i8", 1), ("i16", 1), ("i64", 1),
                            ("vector<4xi32>", 0.6)])
        size = self.WIDTHS.get(kind, 16)
        place = self.gather() if chance(r, 0.06) and size == 4 else self.address(size)
        value = r.choice(self.values[-4:])
        name = self.fresh()
        if not writes:
            self.put(f"{name} = llvm.load {place} {{alignment = 1 : i64}} : "
                     f"!llvm.ptr -> {kind}")
            if kind == "i32":
                self.values.append(name)
            elif size < 16:
                cast = self.fresh()
                self.put(f"{cast} = llvm.{'trunc' if size == 8 else 'sext'} {name} : "
                         f"{kind} to i32")
                self.values.append(cast)
            else:
                sums = self.fresh()
                self.put(f"{sums} = llvm.add {name}, {name} : vector<4xi32>")
                to = self.address(16)
                self.put(f"llvm.store {sums}, {to} {{alignment = 1 : i64}} : "
                         "vector<4xi32>, !llvm.ptr")
            return
        if size == 16:
            kind, size = "i32", 4
        if kind != "i32":
            self.put(f"{name} = llvm.{'sext' if size == 8 else 'trunc'} {value} : "
                     f"i32 to {kind}")
            value = name
        self.put(f"llvm.store {value}, {place} {{alignment = 1 : i64}} : "
                 f"{kind}, !llvm.ptr")

    def arithmetic(self):
        r = self.r
        name = self.fresh()
        x, y = r.choice(self.values), r.choice(self.values[-6:])
        if chance(r, 0.15):
            test = self.compare()
            self.put(f"{name} = llvm.select {test}, {x}, {y} : i1, i32")
        else:
            op = r.choice(["add", "add", "sub", "mul", "mul", "xor", "and", "or",
                           "intr.smin", "intr.umax"])
            if op.startswith("intr"):
                self.put(f"{name} = llvm.{op}({x}, {y}) : (i32, i32) -> i32")
            else:
                self.put(f"{name} = llvm.{op} {x}, {y} : i32")
        self.values.append(name)

    def compare(self):
        test = self.fresh()
        self.put(f"{test} = llvm.icmp \"{self.r.choice(['slt', 'eq', 'ult', 'sge'])}\" "
                 f"{self.r.choice(self.values)}, {self.r.choice(self.values)} : i32")
        return test

    def choose(self):
        """One of two addresses."""
        test, place = self.compare(), self.fresh("q")
        (p, a, b), (q, c, d) = self.r.sample(self.pointers, 2)
        self.put(f"{place} = llvm.select {test}, {p}, {q} : i1, !llvm.ptr")
        self.pointers.append((place, max(a, c), min(b, d)))

    def loop(self, tag, length=None):
        r = self.r
        trips, step = r.randint(1, 12), r.choice([-3, -2, -1, 1, 1, 2, 5])
        first = r.randint(-4, 8)
        last = first + step * trips
        carried = [(f"%i{tag}", self.constant(first, "i64"), "i64"),
                   (f"%v{tag}", r.choice(self.values), "i32")]
        moving = None
        if chance(r, 0.4):
            base, low, high = r.choice(self.pointers[:2])
            by = r.choice([-8, -4, -4, 1, 4, 4, 8, 12])
            reach = by * trips
            moving = f"%w{tag}", by
            carried.append((moving[0], base, "!llvm.ptr"))
        kinds = ", ".join(k for _, _, k in carried)
        self.put(f"llvm.br ^loop{tag}({', '.join(v for _, v, _ in carried)} : {kinds})")
        self.depth -= 1
        self.put(f"^loop{tag}(" + ", ".join(f"{n}: {k}" for n, _, k in carried) + "):")
        self.depth += 1
        kept = list(self.values), list(self.longs), list(self.pointers)
        self.longs.append((f"%i{tag}", min(first, last), max(first, last)))
        self.values.append(f"%v{tag}")
        if moving:
            self.pointers.append((moving[0], low - min(0, reach), high - max(0, reach)))
        for _ in range(length or r.randint(3, 9)):
            what = weighted(r, [("load", 5), ("store", 5), ("arithmetic", 4),
                                ("choose", 0.3)])
            if what in ("load", "store"):
                self.access(what == "store")
            else:
                getattr(self, what)()
        handed = [f"%next{tag}", r.choice(self.values[-3:])]
        by = self.constant(step, "i64")
        flags = r.choice(["", " overflow<nsw>"])
        self.put(f"%next{tag} = llvm.add %i{tag}, {by}{flags} : i64")
        if moving:
            self.put(f"%wn{tag} = llvm.getelementptr {moving[0]}[{moving[1]}] : "
                     "(!llvm.ptr) -> !llvm.ptr, i8")
            handed.append(f"%wn{tag}")
        end = self.constant(last, "i64")
        how = r.choice(["eq", "sle" if step < 0 else "sge"])
        self.put(f"%end{tag} = llvm.icmp \"{how}\" %next{tag}, {end} : i64")
        test = f"%end{tag}"
        if chance(r, 0.25):
            early, test = self.compare(), f"%any{tag}"
            self.put(f"{test} = llvm.or %end{tag}, {early} : i1")
        out = r.choice(self.values[-3:])
        self.put(f"llvm.cond_br {test}, ^exit{tag}({out} : i32), "
                 f"^loop{tag}({', '.join(handed)} : {kinds})")
        self.depth -= 1
        self.put(f"^exit{tag}(%out{tag}: i32):")
        self.depth += 1
        self.values, self.longs, self.pointers = kept
        self.values.append(f"%out{tag}")

    def text(self, many=False):
        for tag in range(1 if many else self.r.choice([1, 1, 2])):
            self.loop(tag, 600 if many else None)
        self.put(f"llvm.return {self.values[-1]} : i32")
        apart = " {llvm.noalias}" if self.apart else ""
        body = "\n".join(self.head + self.lines)
        return (f"llvm.func @f{self.number}(%p: !llvm.ptr{apart}, %q: !llvm.ptr{apart}, "
                "%x: i32, %y: i32, %n: i64, %s: i64) -> i32 "
                f"attributes {{gaus.library = @library}} {{\n{body}\n}}\n")
