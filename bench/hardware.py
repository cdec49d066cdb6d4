#!/usr/bin/env python3
"""Measures what schedules and bindings are worth in hardware.

    bench/hardware.py [--only KERNEL,...] [--write-only]

Kernels of examples/ go through clang, gaus-schedule under examples/library.mlir,
gaus-bind and gaus-translate --export-verilog; Yosys (Debian's package yosys) maps
each module to ECP5. Writes bench/results/hardware.json and docs/hardware.md; what is
not measured again stays as it was.
"""

import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results" / "hardware.json"
PAGE = ROOT / "docs" / "hardware.md"
BUILD = ROOT / "build" / "bin"
KERNELS = ["dct8", "fir", "fir_stream", "histogram", "nw", "crc"]
# (name, options of gaus-schedule, options of gaus-bind)
VARIANTS = [
    ("list, first binding", "effort=0", "effort=0"),
    ("latency, first binding", "", "effort=0"),
    ("latency", "", "effort=2"),
    ("memory", "objective=memory", "effort=2"),
    ("resources", "objective=resources", "effort=2"),
]
HEAD = """# What schedules are worth in hardware

Written by `bench/hardware.py`; do not edit. Kernels of [examples/](../examples) under
[examples/library.mlir](../examples/library.mlir), exported as Verilog
([hardware-export.md](hardware-export.md)) and mapped to ECP5 by Yosys {yosys}
(`synth_ecp5`, without place and route).

Measured on {date} at commit {commit}, {machine}.

- **FF**, **LUT** (LUT4, and two for each CCU2C), **DSP** (MULT18X18D): cells of the
  whole module, control, ports and addresses of 32 bits included.
- **registers**, **multiplexer inputs**: bits that `gaus-bind` states, the sum of all
  scopes. The module has more registers than those: units have inner ones, and so have
  control, arguments and what control reads later than the binding knows.
- **length**: the longest scope; **II**: of pipelined loops.

| kernel | schedule and binding | length | II | registers | multiplexer inputs | FF | LUT | DSP |
|---|---|---:|---|---:|---:|---:|---:|---:|
"""


def run(*command, **more):
    done = subprocess.run([str(c) for c in command], capture_output=True, text=True,
                          **more)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {(done.stderr or done.stdout)[-2000:]}")
    return done


def imported(kernel, folder):
    source = folder / f"{kernel}.mlir"
    run("clang-22", "-O1", "-ffp-contract=off", "-fno-unroll-loops", "-fno-builtin",
        "-S", "-emit-llvm", "-o", folder / "k.ll", ROOT / "examples" / f"{kernel}.c")
    run("mlir-translate-22", "--import-llvm", folder / "k.ll", "-o", source)
    return source


def cells(verilog, folder):
    """{type: count} of the mapped design."""
    module = folder / "module.v"
    module.write_text(verilog)
    top = re.search(r"^module (\w+)", verilog, re.M)[1]
    run("yosys", "-q", "-p", f"read_verilog {module}; synth_ecp5 -top {top}; "
        f"tee -o {folder / 'stat.txt'} stat")
    text = (folder / "stat.txt").read_text()
    return {name: int(n) for name, n in
            re.findall(r"^\s+([A-Z][A-Z0-9_]+)\s+(\d+)\s*$", text, re.M)}


def measure(source, schedule, binding, folder):
    placed = folder / "placed.mlir"
    said = run(BUILD / "gaus-opt",
               f"--gaus-use-library=library={ROOT / 'examples/library.mlir'}",
               f"--gaus-schedule={schedule}" if schedule else "--gaus-schedule",
               f"--gaus-bind={binding}", "--gaus-verify", source, "-o",
               placed).stderr
    totals = re.findall(r"registers \(bound \d+\) of (\d+) bits \(bound \d+\), "
                        r"(\d+) multiplexer inputs", said)
    text = placed.read_text()
    found = cells(run(BUILD / "gaus-translate", "--export-verilog", placed).stdout,
                  folder)
    return {
        "length": max(map(int, re.findall(r"gaus\.length = (\d+)", text))),
        "ii": sorted(map(int, re.findall(r"gaus\.ii = (\d+)", text))),
        "registers": sum(int(bits) for bits, _ in totals),
        "multiplexers": sum(int(inputs) for _, inputs in totals),
        "ff": found.get("TRELLIS_FF", 0),
        "lut": found.get("LUT4", 0) + 2 * found.get("CCU2C", 0),
        "dsp": found.get("MULT18X18D", 0),
    }


def machine():
    for line in open("/proc/cpuinfo", encoding="utf-8"):
        if line.startswith("model name"):
            return line.split(":")[1].strip()
    return "unknown"


def write_page(results):
    rows = []
    for kernel in KERNELS:
        for name, _, _ in VARIANTS:
            r = results["rows"].get(f"{kernel} {name}")
            if r:
                rows.append(
                    f"| `{kernel}` | {name} | {r['length']} | "
                    f"{', '.join(map(str, r['ii']))} | {r['registers']} | "
                    f"{r['multiplexers']} | {r['ff']} | {r['lut']} | {r['dsp']} |")
    PAGE.write_text(HEAD.format(**results) + "\n".join(rows) + "\n" + closing(results))


def closing(results):
    """Sums over the kernels that have all variants."""
    whole = [k for k in KERNELS
             if all(f"{k} {name}" in results["rows"] for name, _, _ in VARIANTS)]
    if not whole:
        return ""
    lines = ["\n## Sums\n", "| schedule and binding | FF | LUT | multiplexer inputs |",
             "|---|---:|---:|---:|"]
    for name, _, _ in VARIANTS:
        of = [results["rows"][f"{k} {name}"] for k in whole]
        lines.append(f"| {name} | {sum(r['ff'] for r in of)} | "
                     f"{sum(r['lut'] for r in of)} | "
                     f"{sum(r['multiplexers'] for r in of)} |")
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--only", default=",".join(KERNELS))
    parser.add_argument("--write-only", action="store_true")
    a = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {"rows": {}}
    for kernel in [] if a.write_only else a.only.split(","):
        with tempfile.TemporaryDirectory() as scratch:
            folder = pathlib.Path(scratch)
            source = imported(kernel, folder)
            for name, schedule, binding in VARIANTS:
                row = measure(source, schedule, binding, folder)
                results["rows"][f"{kernel} {name}"] = row
                print(kernel, name, row, flush=True)
        commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT,
                                capture_output=True, text=True).stdout.strip()
        results |= {"date": datetime.date.today().isoformat(), "commit": commit,
                    "machine": machine(),
                    "yosys": run("yosys", "-V").stdout.split()[1]}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    write_page(results)


if __name__ == "__main__":
    sys.exit(main())
