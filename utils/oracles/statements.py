"""Random statements of a block: arithmetic, memrefs, vectors, calls."""

from writer import SIDE, SIZE, Index, Writer, chance, weighted


class Statements(Writer):
    """What a block of affine, scf and cf holds beside control."""

    def __init__(self, r, number, transfers=True):
        super().__init__(r)
        self.number = number
        self.transfers = transfers and chance(r, 0.2)
        self.matrix = True  # whether %m may be touched
        self.nesting = True  # whether there are loops in loops
        self.values = ["%x", "%y"]
        self.indices = [Index("%n", 0, 15, True), Index("%s", 0, 15, True)]
        self.memories = ["%a", "%b"]   # memref<256xi32>
        self.loops = []         # of branches, that this is in
        self.budget = r.randint(4, 14)  # statements
        self.affine = chance(r, 0.5)    # whether loops are affine where they can
        self.helpers = chance(r, 0.15)

    # Subscripts

    def pick_index(self, affine):
        mine = [i for i in self.indices if i.affine or not affine]
        # Variables of loops come last.
        return mine[-1] if chance(self.r, 0.7) else self.r.choice(mine)

    def linear(self, affine, size):
        """[(coefficient, index)], constant: within 0 .. size - 1."""
        r = self.r
        if chance(r, 0.1):
            return [], r.randrange(min(size, 24))
        for _ in range(4):
            terms = [(r.choice([1, 1, 1, 1, 2, 3, -1, -1, -2, 4]),
                      self.pick_index(affine))]
            if chance(r, 0.2):
                terms.append((r.choice([1, 1, -1, 2, 16]), self.pick_index(affine)))
            low = sum(min(c * i.low, c * i.high) for c, i in terms)
            high = sum(max(c * i.low, c * i.high) for c, i in terms)
            if high - low < size:
                return terms, -low + r.randint(0, min(6, size - 1 - (high - low)))
        return [], r.randrange(min(size, 24))

    def expression(self, size):
        terms, constant = self.linear(True, size)
        text = " + ".join([f"{i.name} * {c}" for c, i in terms] + [str(constant)])
        if terms and chance(self.r, 0.08):
            text = self.r.choice([f"({text}) mod {self.r.randint(2, size)}",
                                  f"({text}) floordiv {self.r.randint(2, 4)}"])
        return text.replace("+ -", "- ")

    def computed(self, size):
        """A subscript as a value, made by operations."""
        r = self.r
        if chance(r, 0.08):  # of data
            mask = self.constant(size - 1, "i32")
            masked, name = self.fresh(), self.fresh()
            self.put(f"{masked} = arith.andi {r.choice(self.values)}, {mask} : i32")
            self.put(f"{name} = arith.index_cast {masked} : i32 to index")
            return name
        terms, constant = self.linear(False, size)
        total = self.constant(constant, "index") if constant or not terms else None
        for c, i in terms:
            term = i.name
            if c != 1:
                term = self.fresh()
                self.put(f"{term} = arith.muli {i.name}, "
                         f"{self.constant(c, 'index')} : index")
            if total is not None:
                added = self.fresh()
                self.put(f"{added} = arith.addi {term}, {total} : index")
                term = added
            total = term
        return total

    def in_affine(self):
        return self.affine and chance(self.r, 0.8)

    # Statements

    def arithmetic(self):
        r = self.r
        x, y = r.choice(self.values), self.r.choice(self.values[-6:])
        name = self.fresh()
        what = weighted(r, [("plain", 10), ("select", 2), ("divide", 0.5),
                            ("cast", 1), ("float", 1)])
        if what == "plain":
            op = r.choice(["addi", "addi", "subi", "muli", "muli", "xori", "andi",
                           "ori", "minsi", "maxsi", "maxui", "minui"])
            self.put(f"{name} = arith.{op} {x}, {y} : i32")
        elif what == "select":
            test = self.compare()
            self.put(f"{name} = arith.select {test}, {x}, {y} : i32")
        elif what == "divide":
            op = r.choice(["divsi", "remsi", "divui", "remui", "floordivsi"])
            by = self.constant(r.randint(2, 9), "i32")
            self.put(f"{name} = arith.{op} {x}, {by} : i32")
        elif what == "cast":
            narrow = self.fresh()
            self.put(f"{narrow} = arith.trunci {x} : i32 to i16")
            self.put(f"{name} = arith.{r.choice(['extsi', 'extui'])} {narrow} "
                     ": i16 to i32")
        else:
            p, q, test = self.fresh(), self.fresh(), self.fresh()
            self.put(f"{p} = arith.sitofp {x} : i32 to f32")
            self.put(f"{q} = arith.{r.choice(['addf', 'mulf'])} {p}, {p} : f32")
            self.put(f"{test} = arith.cmpf olt, {q}, {p} : f32")
            self.put(f"{name} = arith.select {test}, {x}, {y} : i32")
        self.values.append(name)

    def compare(self):
        test = self.fresh()
        how = self.r.choice(["slt", "sge", "eq", "ne", "ult"])
        self.put(f"{test} = arith.cmpi {how}, {self.r.choice(self.values)}, "
                 f"{self.r.choice(self.values)} : i32")
        return test

    def place(self):
        """(memory, its type, subscripts in affine or not, affine)"""
        affine = self.in_affine()
        make = self.expression if affine else self.computed
        if chance(self.r, 0.15) and self.matrix:
            return "%m", "memref<16x16xi32>", f"{make(SIDE)}, {make(SIDE)}", affine
        return self.r.choice(self.memories), "memref<256xi32>", make(SIZE), affine

    def load(self):
        memory, kind, at, affine = self.place()
        name = self.fresh()
        self.put(f"{name} = {'affine' if affine else 'memref'}.load {memory}[{at}] "
                 f": {kind}")
        self.values.append(name)

    def store(self):
        memory, kind, at, affine = self.place()
        self.put(f"{'affine' if affine else 'memref'}.store "
                 f"{self.r.choice(self.values[-4:])}, {memory}[{at}] : {kind}")

    def view(self):
        """A window on memory that may move with the loop, and an access."""
        r = self.r
        memory = r.choice(self.memories)
        first, size = self.computed(SIZE - 32), r.choice([8, 16])
        step = r.choice([1, 1, 2])
        view = self.fresh("w")
        kind = f"memref<{size}xi32, strided<[{step}], offset: ?>>"
        if chance(r, 0.6):
            self.put(f"{view} = memref.subview {memory}[{first}] [{size}] [{step}] : "
                     f"memref<256xi32> to {kind}")
        else:
            self.put(f"{view} = memref.reinterpret_cast {memory} to offset: [{first}], "
                     f"sizes: [{size}], strides: [{step}] : memref<256xi32> to {kind}")
        for _ in range(r.randint(1, 2)):
            affine = self.in_affine()
            dialect = "affine" if affine else "memref"
            at = (self.expression if affine else self.computed)(size)
            if chance(r, 0.5):
                name = self.fresh()
                self.put(f"{name} = {dialect}.load {view}[{at}] : {kind}")
                self.values.append(name)
            else:
                self.put(f"{dialect}.store {r.choice(self.values)}, {view}[{at}] "
                         f": {kind}")

    def vector(self):
        r = self.r
        memory, kind = r.choice(self.memories), "memref<256xi32>, vector<4xi32>"
        how = weighted(r, [("vector", 2), ("affine", 3 if self.affine else 0),
                           ("transfer", 1)])

        def at():
            return (self.expression if how == "affine" else
                    self.computed)(SIZE - (0 if how == "transfer" else 3))

        v, w = self.fresh(), self.fresh()
        if how == "transfer":
            pad = self.constant(r.randint(0, 3), "i32")
            self.put(f"{v} = vector.transfer_read {memory}[{at()}], {pad} : {kind}")
        elif how == "affine":
            self.put(f"{v} = affine.vector_load {memory}[{at()}] : {kind}")
        else:
            self.put(f"{v} = vector.load {memory}[{at()}] : {kind}")
        self.put(f"{w} = arith.{r.choice(['addi', 'muli', 'xori'])} {v}, {v} "
                 ": vector<4xi32>")
        if chance(r, 0.4):
            name = self.fresh()
            self.put(f"{name} = vector.reduction <add>, {w} : vector<4xi32> into i32")
            self.values.append(name)
        elif chance(r, 0.3):
            name = self.fresh()
            self.put(f"{name} = vector.extract {w}[2] : i32 from vector<4xi32>")
            self.values.append(name)
        if chance(r, 0.6):
            to = r.choice(self.memories)
            if how == "transfer":
                self.put(f"vector.transfer_write {w}, {to}[{at()}] : vector<4xi32>, "
                         "memref<256xi32>")
            elif how == "affine":
                self.put(f"affine.vector_store {w}, {to}[{at()}] : {kind}")
            else:
                self.put(f"vector.store {w}, {to}[{at()}] : {kind}")

    def masked(self):
        """Lanes by a mask, and by subscripts of their own."""
        r = self.r
        memory, kind = r.choice(self.memories), "memref<256xi32>"
        lanes = r.sample(range(12), 4)  # Two of a scatter must not meet.
        indices = self.constant(f"dense<{lanes}>", "vector<4xi32>")
        if chance(r, 0.6):
            at = self.computed(SIZE - 12)
        else:  # They depend on data.
            at = self.constant(r.randint(0, 8), "index")
            masked, wide, moved = self.fresh(), self.fresh(), self.fresh()
            self.put(f"{masked} = arith.andi {r.choice(self.values)}, "
                     f"{self.constant(63, 'i32')} : i32")
            self.put(f"{wide} = vector.broadcast {masked} : i32 to vector<4xi32>")
            self.put(f"{moved} = arith.addi {wide}, {indices} : vector<4xi32>")
            indices = moved
        mask = self.constant(
            "dense<[" + ", ".join(r.choice(["true", "true", "false"])
                                  for _ in range(4)) + "]>", "vector<4xi1>")
        v, w = self.fresh(), self.fresh()
        self.put(f"{v} = vector.broadcast {r.choice(self.values)} : i32 to "
                 "vector<4xi32>")
        if chance(r, 0.3):  # So does the mask.
            mask = self.fresh()
            self.put(f"{mask} = arith.cmpi slt, {v}, {indices} : vector<4xi32>")
        of = f"{kind}, vector<4xi32>, vector<4xi1>, vector<4xi32>"
        near = f"{kind}, vector<4xi1>, vector<4xi32>"
        what = r.choice(["gather", "gather", "scatter", "scatter", "load", "store"])
        if what == "gather":
            self.put(f"{w} = vector.gather {memory}[{at}] [{indices}], {mask}, {v} : "
                     f"{of} into vector<4xi32>")
        elif what == "load":
            self.put(f"{w} = vector.maskedload {memory}[{at}], {mask}, {v} : "
                     f"{near} into vector<4xi32>")
        elif what == "scatter":
            self.put(f"vector.scatter {memory}[{at}] [{indices}], {mask}, {v} : {of}")
        else:
            self.put(f"vector.maskedstore {memory}[{at}], {mask}, {v} : {near}")
        if what in ("gather", "load"):
            name = self.fresh()
            self.put(f"{name} = vector.reduction <xor>, {w} : vector<4xi32> into i32")
            self.values.append(name)

    def transfer(self):
        """From one memory to another, in two steps; between them nothing else
        touches the two."""
        r = self.r
        source, target = r.sample(["%local", "%far", "%b"], 2)
        tag = self.constant(r.randrange(2), "index")
        count = self.constant(r.randint(1, 8), "index")
        kind = "memref<256xi32>"
        self.put(f"memref.dma_start {source}[{self.computed(SIZE - 8)}], "
                 f"{target}[{self.computed(SIZE - 8)}], {count}, %tag[{tag}] : {kind}, "
                 f"{kind}, memref<2xi32>")
        # Arguments may share memory.
        kept, kept_m = self.memories, self.matrix
        if "%b" in (source, target):
            self.memories, self.matrix = [], False
        self.memories = self.memories + ["%spare"]
        for _ in range(r.randint(0, 3)):
            getattr(self, r.choice(["arithmetic", "load", "store"]))()
        self.memories, self.matrix = kept, kept_m
        self.put(f"memref.dma_wait %tag[{tag}], {count} : memref<2xi32>")
        if chance(r, 0.7):
            name = self.fresh()
            self.put(f"{name} = memref.load {r.choice([source, target, target])}"
                     f"[{self.computed(SIZE)}] : {kind}")
            self.values.append(name)

    def copy(self):
        kind = "memref<8xi32, strided<[1], offset: ?>>"
        views = []
        for k in range(2):
            view = self.fresh("w")
            # Windows of one memory would have to be the same or apart.
            memory = "%b" if k else "%local"
            self.put(f"{view} = memref.subview {memory}[{self.computed(SIZE - 32)}] [8] "
                     f"[1] : memref<256xi32> to {kind}")
            views.append(view)
        if chance(self.r, 0.5):
            views.reverse()
        self.put(f"memref.copy {views[0]}, {views[1]} : {kind} to {kind}")

    def call(self):
        name = self.fresh()
        self.put(f"{name} = func.call @helper({self.r.choice(self.memories)}, "
                 f"{self.r.choice(self.memories)}, {self.computed(SIZE - 16)}, "
                 f"{self.r.choice(self.values)}) "
                 ": (memref<256xi32>, memref<256xi32>, index, i32) -> i32")
        self.values.append(name)

    def apply(self):
        terms, constant = self.linear(True, SIZE)
        low = constant + sum(min(c * i.low, c * i.high) for c, i in terms)
        high = constant + sum(max(c * i.low, c * i.high) for c, i in terms)
        dims = ", ".join(f"d{k}" for k in range(len(terms)))
        text = " + ".join([f"d{k} * {c}" for k, (c, _) in enumerate(terms)] +
                          [str(constant)])
        name = self.fresh("i")
        self.put(f"{name} = affine.apply affine_map<({dims}) -> ({text})>"
                 f"({', '.join(i.name for _, i in terms)})")
        self.indices.insert(2, Index(name, low, high, True))
