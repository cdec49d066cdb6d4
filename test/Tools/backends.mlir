// The same schedule on cpu and simt, in any order of threads: of a batch of descents,
// and of one alone.
// DEFINE: %{backend} = cpu
// DEFINE: %{o} = "objective=memory length=2x effort=1 backend=%{backend}"
// DEFINE: %{steps} = gaus-opt %s --gaus-annotate=%{o} --gaus-relax=%{o} --gaus-commit=%{o}
// RUN: gaus-opt %s --gaus-schedule=%{o} -o %t.cpu
// RUN: %{steps} -o %t.one
// REDEFINE: %{backend} = simt
// RUN: gaus-opt %s --gaus-schedule=%{o} -o %t.0
// RUN: env GAUS_SIMT_SEED=1 %{steps} -o %t.1
// RUN: env GAUS_SIMT_SEED=2 %{steps} -o %t.2
// RUN: diff %t.cpu %t.0
// RUN: diff %t.one %t.1
// RUN: diff %t.one %t.2
// auto says why it takes the cpu.
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x effort=1" --remarks-filter=gaus -o /dev/null 2>&1 | FileCheck %s
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
