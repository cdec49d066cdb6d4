// What is in regions that hand on no control has no start: that is said, and its time is
// not taken for that of an access.
// RUN: gaus-opt %s --gaus-schedule=effort=0 --gaus-verify --verify-diagnostics | FileCheck %s

// CHECK-LABEL: @atomic
// CHECK: gaus.latency_min = 1 : i64, gaus.start = 0 : i64
func.func @atomic(%m: memref<8xi32>, %i: index, %v: i32) {
  // expected-remark @+1 {{'memref.generic_atomic_rmw' counts as 1 cycle and what follows waits for it: its regions are not scheduled; an operator of the library with for("memref.generic_atomic_rmw") says its time}}
  %x = memref.generic_atomic_rmw %m[%i] : memref<8xi32> {
  ^bb0(%c: i32):
    %s = arith.muli %c, %v : i32
    memref.atomic_yield %s : i32
  }
  return
}
