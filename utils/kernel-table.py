#!/usr/bin/env python3
"""Registers, spills, shared memory and occupancy of the CUDA kernels.

    kernel-table.py NVCC HOST_COMPILER OUT

Compiles lib/Device/cuda/CudaBackend.cu for each architecture with ptxas' report
and writes a Markdown table to OUT. Exits with 1 when a kernel spills.
"""

import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Per multiprocessor: registers, shared memory in bytes, threads, blocks.
MACHINES = {"sm_80": (65536, 164 * 1024, 2048, 32),
            "sm_90": (65536, 228 * 1024, 2048, 32)}
ENTRY = re.compile(r"Compiling entry function '(\S+)' for '(\w+)'")
SPILLS = re.compile(r"(\d+) bytes stack frame, (\d+) bytes spill stores, "
                    r"(\d+) bytes spill loads")
USED = re.compile(r"Used (\d+) registers")
SHARED = re.compile(r"(\d+) bytes smem")
NAME = re.compile(r"gaus7kernels(\d+)(\w+)")
BLOCK = re.compile(r"struct (\w+)(?: : [\w<>]+)? \{\s*"
                   r"static constexpr int32_t block = (\w+);")
SIZES = {"kBlock": 256, "kLossLanes": 256}


def blocks():
    sizes = {}
    for path in sorted((ROOT / "lib/Device/kernels").glob("*.h")):
        for name, size in BLOCK.findall(path.read_text()):
            sizes[name] = SIZES.get(size) or int(size)
    return sizes


def compile_for(nvcc, host, arch):
    run = subprocess.run(
        [nvcc, f"-ccbin={host}", "-std=c++20", "-O3", "-DNDEBUG",
         f"-arch={arch}", "-fmad=false", "-cubin", "-Xptxas=-v", "-I",
         ROOT / "include", "-o", "/dev/null",
         ROOT / "lib/Device/cuda/CudaBackend.cu"],
        capture_output=True, text=True)
    if run.returncode:
        sys.exit(run.stderr)
    return run.stderr


def kernels(report):
    """{name: (registers, stack, spills, shared)}"""
    found, name, stack, spills = {}, None, 0, 0
    for line in report.splitlines():
        if match := ENTRY.search(line):
            mangled = NAME.search(match[1])
            name = mangled[2][:int(mangled[1])]
        elif match := SPILLS.search(line):
            stack, spills = int(match[1]), int(match[2]) + int(match[3])
        elif name and (match := USED.search(line)):
            shared = SHARED.search(line)
            found[name] = (int(match[1]), stack, spills,
                           int(shared[1]) if shared else 0)
            name = None
    return found


def occupancy(arch, registers, shared, threads):
    """Share of the resident threads, as the CUDA guide computes it."""
    all_registers, all_shared, most, most_blocks = MACHINES[arch]
    warps = -(-threads // 32)
    of_warp = -(-registers * 32 // 256) * 256
    by_registers = all_registers // of_warp // warps
    # Each block has 1 KiB of the system's.
    by_shared = all_shared // (-(-shared // 128) * 128 + 1024)
    fit = min(by_registers, by_shared, most // (warps * 32), most_blocks)
    return fit * warps * 32 / most


def main(nvcc, host, out):
    version = subprocess.run([nvcc, "--version"], capture_output=True,
                             text=True).stdout.split("release ")[1].split(",")[0]
    sizes, spilled = blocks(), False
    lines = [f"Compiled by nvcc {version} (`utils/kernel-table.py`).", "",
             "| kernel | arch | threads a block | registers | stack | spills | "
             "shared | occupancy |", "|" + "---|" * 8]
    for arch in MACHINES:
        for name, facts in sorted(kernels(compile_for(nvcc, host,
                                                      arch)).items()):
            registers, stack, spills, shared = facts
            spilled |= spills > 0
            share = occupancy(arch, registers, shared, sizes[name])
            lines.append(f"| {name} | {arch} | {sizes[name]} | {registers} | "
                         f"{stack} | {spills} | {shared} | {share:.0%} |")
    pathlib.Path(out).write_text("\n".join(lines) + "\n")
    sys.exit(1 if spilled else 0)


if __name__ == "__main__":
    main(*sys.argv[1:4])
