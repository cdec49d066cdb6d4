// The same schedule on cpu and simt, in any order of threads.
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x backend=cpu" -o %t.cpu
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x backend=simt" -o %t.0
// RUN: env GAUS_SIMT_ORDER=1 gaus-opt %s --gaus-schedule="objective=memory length=2x backend=simt" -o %t.1
// RUN: env GAUS_SIMT_ORDER=2 gaus-opt %s --gaus-schedule="objective=memory length=2x backend=simt" -o %t.2
// RUN: diff %t.cpu %t.0
// RUN: diff %t.cpu %t.1
// RUN: diff %t.cpu %t.2
// auto says why it takes the cpu.
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x" --remarks-filter=gaus -o /dev/null 2>&1 | FileCheck %s
// CHECK: Backend=cpu, BackendReason="{{no CUDA device|the problem is small}}
gaus.graph @g {
  %a = gaus.node "a" width(8)
  %b = gaus.node "b" width(8)
  %c = gaus.node "c"(%a, %b) width(16)
  %d = gaus.node "d" width(8)
  %e = gaus.node "e" width(8)
  %f = gaus.node "f"(%d, %e) width(16)
  %g = gaus.node "g"(%c, %f) width(4)
  %h = gaus.node "h"(%g, %a) width(4)
  %i = gaus.node "i"(%h, %d) width(4)
}
