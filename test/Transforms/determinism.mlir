// The schedule is a function of input, options and seed, not of the threads.
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x threads=1" -o %t.1
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x threads=2" -o %t.2
// RUN: gaus-opt %s --gaus-schedule="objective=memory length=2x threads=4" -o %t.4
// RUN: diff %t.1 %t.2
// RUN: diff %t.1 %t.4
// RUN: FileCheck %s < %t.1
// A previous schedule as the start gives nothing worse.
// RUN: gaus-opt %t.1 --gaus-schedule="objective=memory length=2x start=existing" | FileCheck %s

// CHECK: gaus.cost = [[#]] : i64, gaus.length = 10 : i64
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
