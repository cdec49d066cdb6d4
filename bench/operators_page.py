"""The page of what bench/operators.py has measured."""

from operators_verilog import OPERATORS, WIDTHS
from operators_write import delay_of

TEXT = """# Measured operators

Written by `bench/operators.py`; do not edit. The libraries
[share/gaus/ice40.mlir](../share/gaus/ice40.mlir) and
[share/gaus/ecp5.mlir](../share/gaus/ecp5.mlir) hold these figures.

## How

Each operator of each width is synthesised by Yosys between registers: operands come in
through a shift register, the result goes into registers and from there out through a
chain of exclusive ors. nextpnr places and routes it for 250 MHz with one seed. The
longest path between registers is the operator's, or where that is one LUT, as long as
the chain's.

- **ns**: that path without the clock-to-output time of the register it starts at and
  the setup time of the one it ends at: wires to the operator, its logic, and the wires
  in it. (On iCE40 the setup time counts, as it is that of the last LUT of the path, with
  which the register shares a cell.) Wires of the result belong to what comes next. An
  almost empty device has shorter wires than a full one.
- **LUT**, **FF**, **DSP**: cells of Yosys without those of registers and chain around
  it; a cell of ECP5's carry chain is two LUTs.
- `mul_pipelined` cuts the operands into pieces of 8 (iCE40) or 16 bits (ECP5) and
  registers their products and each level of sums; `div_iterative` makes a bit of the
  quotient a cycle, of magnitudes. Both were simulated with random operands against the
  right results. Their time is that of the slowest stage, and stands for the delay in.
- `mul_constant` has a factor with a digit in every second place, the dearest there is;
  `shift` is an arithmetic one to the right by any amount, `compare` a signed less than.

Products of more than four pieces and quotients of more than 16 bits were measured with
registers inside alone. Where there is no figure, the next wider one counts. One seed: differences of a tenth are chance. Vectors, more than 64 bits, and memory were not measured: there the default
library counts.
"""


def cell(name, row):
    if row is None:
        return ""
    if "failed" in row:
        return "too large"
    ff = row["ff"] if row["latency"] else 0
    parts = [f"{delay_of(name, row):.2f} ns", f"{row['lut']} LUT"]
    parts += [f"{ff} FF"] if ff else []
    parts += [f"{row['dsp']} DSP"] if row["dsp"] else []
    parts += [f"{row['latency']} cycles"] if row["latency"] else []
    return ", ".join(parts)


def write_page(results):
    out = [TEXT]
    for name, target in results.items():
        ops = [op for op in OPERATORS if op in target["operators"]]
        out.append(f"\n## {target['device']}\n\nMeasured on {target['date']} with "
                   f"{'; '.join(target['tools'])}.\n\n")
        out.append("| bits | " + " | ".join(f"`{op}`" for op in ops) + " |\n")
        out.append("|---" * (len(ops) + 1) + "|\n")
        for width in WIDTHS:
            row = [cell(name, target["operators"][op].get(str(width))) for op in ops]
            out.append(f"| {width} | " + " | ".join(row) + " |\n")
    return "".join(out)
