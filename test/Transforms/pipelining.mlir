// Recurrences and limits give the smallest initiation interval.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s

gaus.library @l {
  gaus.resource @alu limit(2)
}

// CHECK: gaus.graph @recurrence attributes {{.*}}gaus.ii = 4 : i64
gaus.graph @recurrence {
  %x = gaus.node "x"(%y[1]) latency(3)
  %y = gaus.node "y"(%x)
}

// CHECK: gaus.graph @work library(@l) ii(3) attributes {{.*}}gaus.ii = 3 : i64
gaus.graph @work library(@l) ii(3) {
  %a = gaus.node "a" uses(@alu)
  %b = gaus.node "b" uses(@alu)
  %c = gaus.node "c"(%a) uses(@alu)
  %d = gaus.node "d"(%b) uses(@alu)
  %e = gaus.node "e"(%c, %d) uses(@alu)
}
