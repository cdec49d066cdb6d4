"""Libraries from what bench/operators.py has measured."""

import textwrap

# Operation names by measured operator: of arith, index and llvm.
NAMES = {
    "add": ["arith.addi", "arith.subi", "index.add", "index.sub", "llvm.add",
            "llvm.sub", "llvm.getelementptr", "affine.apply"],
    "logic": ["arith.andi", "arith.ori", "arith.xori", "index.and", "index.or",
              "index.xor", "llvm.and", "llvm.or", "llvm.xor"],
    "compare": ["arith.cmpi", "index.cmp", "llvm.icmp"],
    "select": ["arith.select", "llvm.select"],
    "minmax": ["arith.minsi", "arith.maxsi", "arith.minui", "arith.maxui",
               "index.mins", "index.maxs", "index.minu", "index.maxu",
               "llvm.intr.smin", "llvm.intr.smax", "llvm.intr.umin",
               "llvm.intr.umax"],
    "shift": ["arith.shli", "arith.shrsi", "arith.shrui", "index.shl",
              "index.shrs", "index.shru", "llvm.shl", "llvm.lshr", "llvm.ashr"],
    "mul": ["arith.muli", "index.mul", "llvm.mul"],
    "div": ["arith.divsi", "arith.divui", "arith.remsi", "arith.remui",
            "index.divs", "index.divu", "index.rems", "index.remu", "llvm.sdiv",
            "llvm.udiv", "llvm.srem", "llvm.urem"],
}
# A register of iCE40 is behind the LUT in its cell: nextpnr counts the last LUT of a
# path as setup. That is the operator's; the rest, from clock to output, takes so long.
CLOCK_TO_OUTPUT = {"ice40": 0.54}
# One operator, several ways to build it; the first one without registers inside.
WAYS = {"mul": ["mul", "mul_pipelined"], "div": ["div", "div_iterative"],
        "mul_constant": ["mul_constant"]}
# A select is as wide as what it selects.
FLOATS = {16: ["f16", "bf16"], 32: ["f32"], 64: ["f64"]}


def fill(selectors):
    """Lines of selectors, each in one piece."""
    text = ", ".join(selectors).replace(": ", ":~").replace(" constant", "~constant")
    lines = textwrap.fill(text, width=88, initial_indent=" " * 8,
                          subsequent_indent=" " * 8, break_long_words=False,
                          break_on_hyphens=False)
    return lines.strip().replace("~", " ")


def delay_of(name, row):
    """ns of the wires to an operator and its logic."""
    inside = row["registers"] - CLOCK_TO_OUTPUT.get(name, row["registers"])
    return round(row["delay"] + inside, 2)


def area_of(row):
    parts = [f"{kind}: {max(0, row[kind])}" for kind in ("lut", "ff", "dsp")
             if row[kind] > 0]
    return f" area({', '.join(parts)})" if parts else ""


def timing(row, own):
    """What the operator has without a clock is not said again."""
    area = area_of(row) if area_of(row) != area_of(own) else ""
    if row["latency"] == 0:
        return f"latency(0) delay({row['delay']}){area}"
    occupancy = f" occupancy({row['occupancy']})" if row["occupancy"] > 1 else ""
    # The result comes out of a register, whose time is not counted.
    return (f"latency({row['latency']}){occupancy} delay({row['delay']}, 0.0)"
            f"{area}")


def measured(name, results, op):
    """By width: the ways to build it that fitted on the device."""
    rows = {}
    for way in WAYS.get(op, [op]):
        for width, row in results["operators"].get(way, {}).items():
            if "failed" not in row:
                # Registers behind it are no part of it.
                row = dict(row, ff=row["ff"] if row["latency"] else 0,
                           delay=delay_of(name, row))
                rows.setdefault(int(width), []).append(row)
    return dict(sorted(rows.items()))


def selectors(op, names, low, high):
    # What has addresses and index alone is as wide as these.
    if not any(low <= width <= high for width in (16, 32, 64)):
        names = [name for name in names if name.startswith(("arith.", "llvm."))
                 and name != "llvm.getelementptr"]
    widths = f"i{high}" if low == high else f"i{low}..i{high}"
    constant = " constant" if op == "mul_constant" else ""
    out = [f'"{name}": {widths}{constant}' for name in names]
    if op == "select":
        out += [f'"{name}": {kind}' for kind in FLOATS.get(high, [])
                for name in names]
    return out


def operator(op, names, low, high, rows):
    """One without a clock takes the cycles of the way with registers, else 1."""
    own = rows[-1]
    latency = max(1, own["latency"])
    occupancy = f" occupancy({own['occupancy']})" if own["occupancy"] > 1 else ""
    head = (f"  gaus.operator @{op}_{high} latency({latency}){occupancy}"
            f"{area_of(own)}")
    clocked = ",\n              ".join(timing(row, own) for row in rows)
    return f"{head}\n      clocked({clocked})\n    for({fill(selectors(op, names, low, high))})\n"


def overhead(name, results):
    if name in CLOCK_TO_OUTPUT:
        return CLOCK_TO_OUTPUT[name]
    return max(row["registers"] for rows in results["operators"].values()
               for row in rows.values() if "failed" not in row)


def write_library(name, results):
    tools = "\n// ".join(results["tools"])
    out = [f"""// Written by bench/operators.py; do not edit. Integer operators of 1 to 64 bits as
// measured on {results['device']} on {results['date']}, with
// {tools}.
// docs/operators.md says how. Widths in between are as the next one that was
// measured. Delays (ns) are of the wires to an operator and its logic. A register
// takes up to {overhead(name, results):.2f} ns from its clock to its output and before the next edge: the
// period to schedule for is that of the device less these.
gaus.library @{name} {{
"""]
    for op in [*NAMES, "mul_constant"]:
        names = NAMES[op.removesuffix("_constant")]
        low = 1
        for width, rows in measured(name, results, op).items():
            out.append(operator(op, names, low, width, rows))
            low = width + 1
    shifts = [f'"{name}" constant' for name in NAMES["shift"]]
    out.append("  // Wires.\n  gaus.operator @shift_constant latency(0)\n"
               f"    for({fill(shifts)})\n}}\n")
    return "".join(out)
