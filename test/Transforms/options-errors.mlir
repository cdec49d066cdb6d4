// A wrong option is named, with what was expected, and nothing is written.
// RUN: not gaus-opt %s --gaus-schedule=length=0 2>&1 | FileCheck %s --check-prefix=LENGTH
// RUN: not gaus-opt %s --gaus-schedule=length=0.5x 2>&1 | FileCheck %s --check-prefix=FACTOR
// RUN: not gaus-opt %s --gaus-schedule=ii=x 2>&1 | FileCheck %s --check-prefix=II
// RUN: not gaus-opt %s --gaus-schedule=ratio=-1 2>&1 | FileCheck %s --check-prefix=RATIO
// RUN: not gaus-opt %s --gaus-schedule=effort=9 2>&1 | FileCheck %s --check-prefix=EFFORT
// RUN: not gaus-opt %s --gaus-schedule=backend=gpu 2>&1 | FileCheck %s --check-prefix=BACKEND
// RUN: not gaus-opt %s --gaus-schedule=start=x 2>&1 | FileCheck %s --check-prefix=START
// RUN: not gaus-opt %s --gaus-schedule=gradient=maybe 2>&1 | FileCheck %s --check-prefix=GRADIENT
// RUN: not gaus-opt %s --gaus-schedule=clock=-1 2>&1 | FileCheck %s --check-prefix=CLOCK
// RUN: not gaus-opt %s --gaus-schedule=trace=%t.none/x 2>&1 | FileCheck %s --check-prefix=TRACE
// RUN: not gaus-opt %s --gaus-schedule=start=existing 2>&1 | FileCheck %s --check-prefix=EXISTING
// RUN: not gaus-opt %s --gaus-schedule=frobnicate=1 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not gaus-opt %s --gaus-relax 2>&1 | FileCheck %s --check-prefix=RELAX
// RUN: not gaus-opt %s --gaus-schedule=effort=9 2>/dev/null | count 0

// LENGTH: error: invalid value '0' for option 'length'; expected cycles, or a factor of the least length as in 1.25x
// FACTOR: error: invalid value '0.5x' for option 'length'
// II: error: invalid value 'x' for option 'ii'; expected none, cycles, auto
// RATIO: error: invalid value '-1' for option 'ratio'; expected integer >= 0
// EFFORT: error: invalid value '9' for option 'effort'; expected 0..5
// BACKEND: error: invalid value 'gpu' for option 'backend'; expected cpu, cuda, simt, auto
// START: error: invalid value 'x' for option 'start'; expected portfolio, midpoint, list, flow, existing
// GRADIENT: error: invalid value 'maybe' for option 'gradient'; expected true, false
// CLOCK: error: invalid value '-1' for option 'clock'; expected ns > 0, or none
// TRACE: options-errors.mlir:[[@LINE+5]]:1: error: [io] cannot write the trace to
// EXISTING: options-errors.mlir:[[@LINE+4]]:1: error: start=existing needs a gaus.start on every operation
// UNKNOWN: no such option frobnicate
// RELAX: options-errors.mlir:[[@LINE+3]]:{{.*}}: error: has no gaus.dist; run gaus-annotate before this pass

gaus.graph @g {
  %x = gaus.node "x"
}
