#!/usr/bin/env python3
"""Work of a descent step on a GPU, from counts, and its time by roofline.

    gpu-model.py OUT

Counts what the kernels of lib/Device/kernels load, store and compute for a
graph, and divides by the published peaks of a device. A model, not a
measurement. Writes a Markdown table to OUT.
"""

import pathlib
import sys

# name: GB/s, fp32 TFLOP/s, seconds a kernel of a CUDA graph costs at least
DEVICES = {"A100": (1555, 19.5, 2.0e-6), "H100": (3350, 67.0, 2.0e-6),
           "H200": (4800, 67.0, 2.0e-6)}
# name: nodes, edges, cycles, replicas, stddev, uses a node, memory objective
GRAPHS = {
    "ctrl, B, 64 replicas": (181, 348, 11, 64, 1.5, 0, 1),
    "sin, B, 4 replicas": (5440, 10832, 226, 4, 10, 0, 1),
    "sin, A, 4 replicas": (5440, 10832, 226, 4, 10, 1, 0),
    "div, B, 4 replicas": (57375, 114494, 4373, 4, 100, 0, 1),
    "1 M nodes, B, 1 replica": (10**6, 2 * 10**6, 10**4, 1, 100, 0, 1),
}
KERNELS_A_STEP = 9
WINDOW = 4096  # cycles that a block adds up in shared memory


def counts(n, m, cycles, stddev, uses, memory):
    """(bytes, flops) of a step of one replica."""
    cells = min(36, int(8 * stddev) + 2)
    distributions = 1 + memory             # a node's start, its value's last use
    events = 2 * uses + 2 * memory         # births and deaths a node
    profiles = int(uses > 0) + memory
    blocks = n / max(32, min(512, max(n / 3000, min(cycles, WINDOW) / 64)))
    nbytes = n * 16                                   # PrepareStep
    nbytes += memory * (n * 24 + m * 28)              # LastUses
    nbytes += n * 80 + blocks * profiles * min(cycles, WINDOW) * 16  # AddEvents
    nbytes += m * 28                                  # EdgeForces
    nbytes += n * (80 + events * cells * 16)          # NodeGradients: sums
    nbytes += n * 44 + m * 32                         # TakeStep
    nbytes += profiles * cycles * 100                 # PriceProfiles
    boundary = 40                                     # normal() and its place
    boundaries = cells + 8                            # eight lanes, one more
    flops = n * distributions * (boundaries + 8) * boundary  # AddEvents
    flops += n * events * cells * 12                  # shared additions
    flops += n * distributions * boundaries * boundary       # NodeGradients
    flops += n * events * cells * 12                  # prices
    flops += memory * m * 25 + m * 6 + n * 40 + profiles * cycles * 40
    return nbytes, flops


def main(out):
    lines = ["# A step of the descent by roofline", "",
             "A model of `utils/gpu-model.py`, not measured: microseconds by memory, by",
             "compute and by launches, and the longest of them.", "",
             "| work | MB a step | Mflop a step | flop/byte | " +
             " | ".join(f"{d}: memory, compute, launches, step"
                        for d in DEVICES) + " |",
             "|" + "---|" * (4 + len(DEVICES))]
    for name, (n, m, cycles, replicas, *rest) in GRAPHS.items():
        nbytes, flops = (replicas * x for x in counts(n, m, cycles, *rest))
        cells = [name, f"{nbytes / 1e6:.1f}", f"{flops / 1e6:.1f}",
                 f"{flops / nbytes:.1f}"]
        for bandwidth, peak, launch in DEVICES.values():
            by_memory, by_flops = nbytes / bandwidth / 1e9, flops / peak / 1e12
            floor = KERNELS_A_STEP * launch
            step = max(by_memory, by_flops, floor)
            ruled = " (launches)" if step == floor else " (memory)" \
                if step == by_memory else " (compute)"
            cells.append(f"{by_memory * 1e6:.0f}, {by_flops * 1e6:.0f}, "
                         f"{floor * 1e6:.0f}, **{step * 1e6:.0f} us**{ruled}")
        lines.append("| " + " | ".join(cells) + " |")
    pathlib.Path(out).write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
