"""Registers of pipelines of interval 1: never more than ASAP or ALAP, and proven.

    least_registers.py PIPELINES.mlir
"""

import pathlib
import sys

import gaus

text = pathlib.Path(sys.argv[1]).read_text()
for name in ("fir", "dct8", "fft8", "matvec", "biquads"):
    problem = gaus.Problem.from_mlir(text, scope=name)
    best = gaus.schedule(problem, objective="memory", ii=1)
    first, last = gaus.windows(problem, objective="memory", ii=1)
    asap, alap = (gaus.evaluate(problem, starts, ii=1).memory
                  for starts in (first, last))
    good = best.cost == best.bound and best.cost <= min(asap, alap)
    print(f"{name}: {best.cost // 32} registers, bound {best.bound // 32}, "
          f"ASAP {asap // 32}, ALAP {alap // 32}" + ("" if good else ": WRONG"))
