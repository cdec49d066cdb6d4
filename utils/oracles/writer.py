"""What the writers of random programs share: fresh names, and chances."""

SIZE = 256  # elements of a memref; of llvm memory, bytes before and after
SIDE = 16   # of the one with two dimensions


class Index:
    """A value that serves as subscript, and what it can be."""

    def __init__(self, name, low, high, affine=False):
        self.name, self.low, self.high, self.affine = name, low, high, affine


class Writer:
    """Text of one function, with fresh names."""

    def __init__(self, r):
        self.r, self.lines, self.depth, self.count = r, [], 1, 0
        self.head = []  # what the function begins with

    def put(self, line):
        self.lines.append("  " * self.depth + line)

    def fresh(self, prefix="v"):
        self.count += 1
        return f"%{prefix}{self.count}"

    def constant(self, value, kind):
        name = self.fresh("c")
        self.head.append(f"  {name} = arith.constant {value} : {kind}")
        return name


def chance(r, p):
    return r.random() < p


def weighted(r, table):
    return r.choices([k for k, _ in table], [w for _, w in table])[0]
