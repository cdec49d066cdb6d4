// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule | sed s/1000000000/999999999/g | not gaus-opt --gaus-verify 2>&1 | FileCheck %s --check-prefix=SHORT

// The last operation may end behind the last cycle in which one may start.
// CHECK: gaus.graph @far {{.*}}gaus.length = 1000000000
gaus.graph @far {
  %x = gaus.node "x" latency(500000000)
  %y = gaus.node "y"(%x) latency(500000000)
}
// SHORT: [Lat] ends at cycle 1000000000, beyond the length 999999999
