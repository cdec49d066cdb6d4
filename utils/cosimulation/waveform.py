#!/usr/bin/env python3
"""Draws signals of a VCD file as an SVG picture.

    waveform.py FILE.vcd OUT.svg [--signals clk,go,...] [--cycles N] [--scope dut]

One column a cycle of `clk`; a bit is a line, a word a box with its value in
hexadecimal. `NAME=LABEL` shows a signal by another name.
"""

import argparse
import pathlib
import re

CELL, ROW, LEFT = 46, 26, 150


def read(path, scope):
    """{name: (width, [(time, value)])} of a scope, and the end."""
    names, changes, width, time, inside = {}, {}, {}, 0, []
    for line in path.read_text().splitlines():
        words = line.split()
        if line.startswith("$scope"):
            inside.append(words[2])
        elif line.startswith("$upscope"):
            inside.pop()
        elif line.startswith("$var") and inside and inside[-1] == scope:
            names.setdefault(words[4], words[3])
            width[words[3]] = int(words[2])
        elif line.startswith("#"):
            time = int(line[1:])
        elif re.match(r"[01xz]\S+$", line):
            changes.setdefault(line[1:], []).append((time, line[0]))
        elif re.match(r"b", line):
            changes.setdefault(words[1], []).append((time, words[0][1:]))
    return {name: (width[k], changes.get(k, [])) for name, k in names.items()}, time


def value_at(changes, time):
    found = "x"
    for when, value in changes:
        if when > time:
            break
        found = value
    return found


def shown(bits, width):
    if set(bits) & set("xz"):
        return "x"
    return f"{int(bits, 2):x}" if width > 1 else bits


def bit_line(values, y):
    points = []
    for k, v in enumerate(values):
        level = y + 4 if v == "1" else y + ROW - 8
        points += [f"{LEFT + k * CELL},{level}", f"{LEFT + (k + 1) * CELL},{level}"]
    return f'<polyline fill="none" stroke="#2563eb" points="{" ".join(points)}"/>'


def word_boxes(values, y):
    parts, begin = [], 0
    for k in range(1, len(values) + 1):
        if k < len(values) and values[k] == values[begin]:
            continue
        x, w = LEFT + begin * CELL, (k - begin) * CELL
        known = values[begin] != "x"
        parts.append(f'<rect x="{x + 1}" y="{y + 2}" width="{w - 2}" '
                     f'height="{ROW - 9}" rx="3" fill="{"#dbeafe" if known else "#eee"}"'
                     ' stroke="#2563eb"/>')
        if known:
            parts.append(f'<text x="{x + w / 2}" y="{y + ROW - 11}" '
                         f'text-anchor="middle">{values[begin]}</text>')
        begin = k
    return "".join(parts)


def draw(signals, names, edges):
    rows = []
    for row, name in enumerate(names):
        name, _, label = name.partition("=")
        width, changes = signals[name]
        values = [shown(value_at(changes, t - 1), width) for t in edges]
        y = 24 + row * ROW
        rows.append(f'<text x="{LEFT - 8}" y="{y + ROW - 11}" text-anchor="end">'
                    f"{label or name}</text>")
        rows.append(bit_line(values, y) if width == 1 else word_boxes(values, y))
    for k in range(len(edges)):
        rows.append(f'<text x="{LEFT + (k + 0.5) * CELL}" y="14" fill="#666" '
                    f'text-anchor="middle">{k}</text>')
    size = (LEFT + len(edges) * CELL + 8, 28 + len(names) * ROW)
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" '
            f'height="{size[1]}" font-family="monospace" font-size="11">'
            f'<rect width="100%" height="100%" fill="white"/>{"".join(rows)}</svg>\n')


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("vcd", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--signals", default="clk,go,done")
    parser.add_argument("--cycles", type=int, default=20)
    parser.add_argument("--scope", default="dut")
    a = parser.parse_args()
    signals, _ = read(a.vcd, a.scope)
    unknown = [s for s in a.signals.split(",") if s.split("=")[0] not in signals]
    if unknown:
        raise SystemExit(f"error: no signal {', '.join(unknown)} in scope {a.scope}; "
                         f"there are {', '.join(sorted(signals))}")
    clock = signals["clk"][1]
    rises = [t for t, v in clock if v == "1"]
    begin = next(t for t, v in signals["go"][1] if v == "1")
    # What a cycle holds is what stands before the edge that ends it.
    edges = [t for t in rises if t > begin][1:a.cycles + 1]
    a.out.write_text(draw(signals, a.signals.split(","), edges))


if __name__ == "__main__":
    main()
