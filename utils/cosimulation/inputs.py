"""Random and extreme arguments."""

import math
import struct

CORNERS = {"f": [0.0, -0.0, 1.0, -1.0, 0.5, 3.0, 1e-3, -1e4]}


def number(random, kind, size, style, elements):
    """The bytes of one value."""
    if kind == "f":
        value = random.choice(CORNERS["f"]) if random.random() < 0.1 else \
            math.ldexp(random.uniform(-1, 1), random.randint(-3, 4))
        return struct.pack("<f" if size == 4 else "<d", value)
    bits = 8 * size
    if style == "small":  # also good as trip counts and subscripts
        value = random.randrange(4)
    elif style == "index":
        value = random.randrange(min(elements, 2 ** (bits - 1)))
    else:
        value = random.choice([0, 1, 2 ** bits - 1, 2 ** (bits - 1),
                               2 ** (bits - 1) - 1]) \
            if random.random() < 0.1 else random.getrandbits(bits)
    return value.to_bytes(size, "little")


def draw(function, random, elements, tries):
    """(name, bytes) of each parameter: of memories as many elements as asked for,
    of numbers 8 bytes."""
    styles = ["any", "index", "small"]
    all_bytes = []
    for p in function.parameters:
        style = styles[(tries + random.randrange(2)) % 3] if tries else "any"
        if not p.is_memory:
            _, kind, size = p.fields[0]
            if kind == "f":
                data = number(random, kind, size, "any", elements)
            else:
                # Several may be multiplied.
                most = [elements, math.isqrt(elements), 4][tries % 3]
                most = min(most, 2 ** (8 * size - 1) - 1)
                data = random.randint(0, most).to_bytes(size, "little")
            all_bytes.append((p.name, data.ljust(8, b"\0")))
            continue
        content = bytearray(p.bytes * (p.count or elements))
        for k in range(p.count or elements):
            for at, kind, size in p.fields:
                place = k * p.bytes + at
                content[place:place + size] = number(random, kind, size, style,
                                                     elements)
        all_bytes.append((p.name, bytes(content)))
    return all_bytes
