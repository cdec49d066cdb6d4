"""Random nests of branches whose inner bounds depend on the outer variables."""

from writer import chance

MOST = 40  # iterations of a loop


class Level:
    """From `first` on, by `step`, below `limit`: both sums of the variables around."""

    def __init__(self, r, depth):
        self.first = self.sum(r, depth, 0, 4)
        self.limit = self.sum(r, depth, 3, 10)
        self.step = r.choice([1, 1, 1, 2])
        self.form = r.choice(["guarded", "guarded", "header"])
        # Where that is where it ends.
        self.equal = self.form == "guarded" and self.step == 1 and chance(r, 0.5)

    @staticmethod
    def sum(r, depth, low, high):
        factors = [r.choice([0, 0, 1, 1, -1, 2]) if depth else 0 for _ in range(depth)]
        return r.randint(low, high), factors


def value(total, variables):
    constant, factors = total
    return constant + sum(f * v for f, v in zip(factors, variables))


class Nest:
    """One function; `trips` are the least and most of each loop, the outermost first,
    where every loop is entered, and how often it begins its body."""

    def __init__(self, r, number):
        self.r, self.number = r, number
        self.levels = [Level(r, k) for k in range(r.choice([2, 2, 3]))]
        self.kind = r.choice(["i64", "i32", "index"])
        self.lines, self.count = [], 0

    def ranges(self):
        """None where a loop is too long."""
        found = [[] for _ in self.levels]

        def run(depth, variables):
            if depth == len(self.levels):
                return
            level = self.levels[depth]
            first, limit = (value(s, variables) for s in (level.first, level.limit))
            turns = list(range(first, limit, level.step))
            if len(turns) > MOST:
                raise OverflowError
            count = len(turns) + (level.form == "header")
            if count:
                found[depth].append(count)
            for v in turns:
                run(depth + 1, variables + [v])

        try:
            run(0, [])
        except OverflowError:
            return None
        return [(min(f), max(f)) if f else None for f in found]

    def put(self, what):
        self.count += 1
        self.lines.append(f"  %v{self.count} = {what}")
        return f"%v{self.count}"

    def constant(self, number):
        if self.kind == "index":
            return self.put(f"arith.constant {number} : index")
        return self.put(f"llvm.mlir.constant({number} : {self.kind}) : {self.kind}")

    def op(self, what, x, y):
        if self.kind == "index":
            return self.put(f"arith.{what}i {x}, {y} : index")
        flags = " overflow<nsw>" if self.kind == "i32" else ""
        return self.put(f"llvm.{what} {x}, {y}{flags} : {self.kind}")

    def less(self, x, y, how="slt"):
        if self.kind == "index":
            return self.put(f"arith.cmpi {how}, {x}, {y} : index")
        return self.put(f'llvm.icmp "{how}" {x}, {y} : {self.kind}')

    def total(self, total, variables):
        constant, factors = total
        out = self.constant(constant)
        for factor, v in zip(factors, variables):
            if factor:
                by = v if factor == 1 else self.op("mul", v, self.constant(factor))
                out = self.op("add", out, by)
        return out

    def branch(self, to, argument=""):
        word = "cf.br" if self.kind == "index" else "llvm.br"
        shown = f"({argument} : {self.kind})" if argument else ""
        self.lines.append(f"  {word} ^{to}{shown}")

    def cond(self, test, yes, no):
        word = "cf.cond_br" if self.kind == "index" else "llvm.cond_br"
        self.lines.append(f"  {word} {test}, {yes}, {no}")

    def loop(self, depth, variables):
        if depth == len(self.levels):
            self.op("mul", variables[-1], variables[0])
            return
        level = self.levels[depth]
        first = self.total(level.first, variables)
        limit = self.total(level.limit, variables)
        if level.form == "guarded":
            self.cond(self.less(first, limit), f"^pre{depth}", f"^out{depth}")
            self.lines.append(f"^pre{depth}:")
        self.branch(f"loop{depth}", first)
        self.lines.append(f"^loop{depth}(%i{depth}: {self.kind}):")
        if level.form == "header":
            self.cond(self.less(f"%i{depth}", limit), f"^body{depth}", f"^out{depth}")
            self.lines.append(f"^body{depth}:")
        self.loop(depth + 1, variables + [f"%i{depth}"])
        following = self.op("add", f"%i{depth}", self.constant(level.step))
        if level.form == "header":
            self.branch(f"loop{depth}", following)
        else:
            test = self.less(following, limit, "ne" if level.equal else "slt")
            self.cond(test, f"^loop{depth}({following} : {self.kind})", f"^out{depth}")
        self.lines.append(f"^out{depth}:")

    def text(self):
        self.loop(0, [])
        func = "func.func" if self.kind == "index" else "llvm.func"
        done = "return" if self.kind == "index" else "llvm.return"
        return f"{func} @f{self.number}() {{\n" + "\n".join(self.lines) + f"\n  {done}\n}}\n"


def bounds(text):
    """Of what a summary states: least and most, None where that is not known."""
    if text == "?":
        return 0, None
    if text.startswith(">="):
        return int(text[2:]), None
    low, _, high = text.partition("..")
    return int(low), int(high or low)


def stated(part):
    """The numbers of iterations of the loops of a function, as they stand."""
    lines = part.splitlines()
    end = lines[0].index("trips") + len("trips")
    return [line[:end].split()[-1] for line in lines[1:]
            if line.strip().startswith("loop")]
