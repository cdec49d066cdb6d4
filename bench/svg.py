"""Line plots as SVG: what the pages need, and no dependency."""

import math
from xml.sax.saxutils import escape

# Distinguishable without colour vision; with a marker each.
COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#666666", "#e69f00"]
MARKERS = ["circle", "square", "diamond", "up", "down", "cross"]


def marker(kind, x, y, color, r=3.2):
    def polygon(points):
        at = " ".join(f"{x + a * r:.1f},{y + b * r:.1f}" for a, b in points)
        return f'<polygon points="{at}" fill="{color}"/>'

    if kind == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}" fill="{color}"/>'
    if kind == "cross":
        return (f'<path d="M{x - r:.1f} {y - r:.1f}l{2 * r} {2 * r}m0 {-2 * r}'
                f'l{-2 * r} {2 * r}" stroke="{color}" stroke-width="1.6"/>')
    return polygon({"square": [(-.9, -.9), (.9, -.9), (.9, .9), (-.9, .9)],
                    "diamond": [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)],
                    "up": [(-1.1, .9), (1.1, .9), (0, -1.2)],
                    "down": [(-1.1, -.9), (1.1, -.9), (0, 1.2)]}[kind])


def text(x, y, words, anchor="middle", size=11, rotate=""):
    return (f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" '
            f'text-anchor="{anchor}"{rotate}>{escape(words)}</text>')


class Axis:
    """Values to positions, logarithmic or linear, with ticks."""

    def __init__(self, low, high, begin, end, log):
        if log:
            low = 10 ** math.floor(math.log10(low) + 1e-9)
            high = 10 ** math.ceil(math.log10(high) - 1e-9)
            high = high if high > low else 10 * low
        elif high <= low:
            high = low + 1
        self.low, self.high, self.log = low, high, log
        self.begin, self.end = begin, end

    def at(self, value):
        value = min(max(value, self.low), self.high)
        if self.log:
            f = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            f = (value - self.low) / (self.high - self.low)
        return self.begin + f * (self.end - self.begin)

    def ticks(self):
        if self.log:
            count = round(math.log10(self.high / self.low))
            return [self.low * 10 ** k for k in range(count + 1)]
        step = 10 ** math.floor(math.log10((self.high - self.low) / 2))
        for factor in (1, 2, 5, 10):
            if (self.high - self.low) / (step * factor) <= 5:
                break
        first = math.ceil(self.low / (step * factor) - 1e-9)
        last = math.floor(self.high / (step * factor) + 1e-9)
        return [k * step * factor for k in range(first, last + 1)]

    @staticmethod
    def label(value):
        if value >= 10000 or 0 < value < 0.001:
            return f"1e{round(math.log10(value))}"
        return f"{value:g}"


def panel(left, top, width, height, title, lines, x_name, y_name, x_log=True,
          y_log=False, y_limits=None, steps=False):
    """One plot. lines: name -> points; a name keeps its colour by position."""
    points = [p for line in lines.values() for p in line]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    low, high = y_limits or (min(ys), max(ys))
    x_axis = Axis(min(xs), max(xs), left + 46, left + width - 8, x_log)
    y_axis = Axis(low, high, top + height - 36, top + 22, y_log)
    out = [text(left + width / 2, top + 14, title, size=12)]
    for value in x_axis.ticks():
        x = x_axis.at(value)
        out += [f'<path d="M{x:.1f} {y_axis.begin}V{y_axis.end}" '
                'stroke="#ddd"/>',
                text(x, y_axis.begin + 14, Axis.label(value), size=10)]
    for value in y_axis.ticks():
        y = y_axis.at(value)
        out += [f'<path d="M{x_axis.begin} {y:.1f}H{x_axis.end}" '
                'stroke="#ddd"/>',
                text(x_axis.begin - 4, y + 3.5, Axis.label(value), "end", 10)]
    out.append(text((x_axis.begin + x_axis.end) / 2, top + height - 6, x_name))
    side = (y_axis.begin + y_axis.end) / 2
    out.append(text(left + 10, side, y_name,
                    rotate=f' transform="rotate(-90 {left + 10} {side:.1f})"'))
    for k, line in enumerate(lines.values()):
        if not line:
            continue
        out += curve([(x_axis.at(x), y_axis.at(y)) for x, y in line],
                     COLORS[k], MARKERS[k], steps, x_axis.end)
    return out


def curve(points, color, kind, steps, end):
    path = f"M{points[0][0]:.1f} {points[0][1]:.1f}"
    for x, y in points[1:]:
        path += f"H{x:.1f}V{y:.1f}" if steps else f"L{x:.1f} {y:.1f}"
    if steps:
        path += f"H{end:.1f}"
    out = [f'<path d="{path}" fill="none" stroke="{color}" '
           f'stroke-width="1.5"/>']
    shown = points if not steps else [points[0], points[-1]]
    return out + [marker(kind, x, y, color) for x, y in shown]


def legend(left, top, names):
    out = []
    for k, name in enumerate(names):
        out += [marker(MARKERS[k], left + 6, top - 4, COLORS[k]),
                text(left + 14, top, name, "start")]
        left += 28 + 6.4 * len(name)
    return out


def page(width, height, parts):
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" '
            f'height="{height}" viewBox="0 0 {width} {height}" '
            f'font-family="sans-serif">\n<rect width="{width}" '
            f'height="{height}" fill="white"/>\n' + "\n".join(parts) +
            "\n</svg>\n")
