"""Straight-line kernels as functions on scalars: pipelines of interval 1.

    pipelines.py > PIPELINES.mlir
"""


class Kernel:
    def __init__(self, name, count):
        self.name, self.lines, self.numbers = name, [], {}
        self.inputs = [f"%x{k}" for k in range(count)]

    def put(self, op, a, b):
        self.lines.append(f"  %{len(self.lines)} = arith.{op} {a}, {b} : i32")
        return f"%{len(self.lines) - 1}"

    def add(self, a, b):
        return self.put("addi", a, b)

    def sub(self, a, b):
        return self.put("subi", a, b)

    def times(self, a, number):
        name = f"%c{number}"
        self.numbers[number] = f"  {name} = arith.constant {number} : i32"
        return self.put("muli", a, name)

    def text(self, results):
        arguments = ", ".join(f"{x}: i32" for x in self.inputs)
        kinds = ", ".join(["i32"] * len(results))
        return "\n".join([f"func.func @{self.name}({arguments}) -> ({kinds}) {{",
                          *self.numbers.values(), *self.lines,
                          f"  return {', '.join(results)} : {kinds}", "}", ""])


def total(k, values):
    """A balanced sum."""
    while len(values) > 1:
        values = [k.add(*values[i:i + 2]) if len(values[i:i + 2]) > 1 else values[i]
                  for i in range(0, len(values), 2)]
    return values[0]


def fir():
    k = Kernel("fir", 8)
    chain = k.times(k.inputs[0], 3)
    for n, x in enumerate(k.inputs[1:], 5):
        chain = k.add(chain, k.times(x, n))
    return k.text([chain])


def dct8():
    k = Kernel("dct8", 8)
    x = k.inputs
    s = [k.add(x[i], x[7 - i]) for i in range(4)]
    d = [k.sub(x[i], x[7 - i]) for i in range(4)]
    even = [k.add(s[0], s[3]), k.add(s[1], s[2]), k.sub(s[0], s[3]), k.sub(s[1], s[2])]
    out = [k.times(k.add(even[0], even[1]), 11), k.times(k.sub(even[0], even[1]), 11),
           k.add(k.times(even[2], 15), k.times(even[3], 6)),
           k.sub(k.times(even[2], 6), k.times(even[3], 15))]
    for row in ([16, 13, 9, 3], [13, 4, 17, 8], [9, 17, 3, 14], [3, 8, 14, 19]):
        out.append(total(k, [k.times(v, c) for v, c in zip(d, row)]))
    return k.text(out)


def fft8():
    """Of complex numbers, by halves."""
    k = Kernel("fft8", 16)

    def transform(points):
        if len(points) == 1:
            return points
        even, odd = transform(points[::2]), transform(points[1::2])
        turned = []
        for i, (re, im) in enumerate(odd):
            if len(points) == 8 and i % 2:
                a, b = k.times(re, 7), k.times(im, 7)
                re, im = k.add(a, b), k.sub(b, a)
            turned.append((im, re) if i * 4 >= len(points) else (re, im))
        pairs = list(zip(even, turned))
        return [(k.add(a, c), k.add(b, d)) for (a, b), (c, d) in pairs] + \
            [(k.sub(a, c), k.sub(b, d)) for (a, b), (c, d) in pairs]

    points = transform(list(zip(k.inputs[::2], k.inputs[1::2])))
    return k.text([v for point in points for v in point])


def matvec():
    k = Kernel("matvec", 4)
    return k.text([total(k, [k.times(x, 5 * r + c + 2) for c, x in enumerate(k.inputs)])
                   for r in range(4)])


def biquads():
    k = Kernel("biquads", 9)
    x, states = k.inputs[0], k.inputs[1:]
    out = []
    for n in range(4):
        a, b = states[2 * n:2 * n + 2]
        y = k.add(k.times(x, 3 + n), a)
        out += [k.add(k.sub(k.times(x, 7 + n), k.times(y, 13 + n)), b),
                k.sub(k.times(x, 17 + n), k.times(y, 23 + n))]
        x = y
    return k.text([x, *out])


if __name__ == "__main__":
    print("".join(make() for make in (fir, dct8, fft8, matvec, biquads)), end="")
