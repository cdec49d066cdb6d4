// A call of a function that the library names takes what it says, whether the
// function has a body or not; others of no body count as nothing known, with a remark.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: not gaus-opt %s --gaus-schedule=unknown-calls=error 2>&1 | FileCheck %s --check-prefix=ERROR
// RUN: not gaus-opt %s --gaus-schedule=unknown-calls=never 2>&1 | FileCheck %s --check-prefix=VALUE
// ERROR: callees.mlir:[[#@LINE+26]]:{{.*}} error: nothing is known of how long this call takes, and unknown-calls=error allows no such call
// VALUE: error: invalid value 'never' for option 'unknown-calls'; expected wait, error
// REMARK-NOT: @sqrt
// REMARK:     callees.mlir:[[#@LINE+23]]:{{.*}} remark: this call counts as 1 cycle and what follows waits for it: the function that it calls has no body; an operator of the library with for("@other") says its time

gaus.library @l {
  gaus.resource @root limit(1)
  gaus.operator @sqrt_unit latency(9) occupancy(3) uses(@root) for("@sqrt")
  gaus.operator @call latency(2) for("func.call")
}
func.func private @sqrt(f32) -> f32
func.func private @other(f32) -> f32

// CHECK-LABEL: func.func @f
// CHECK-SAME:  gaus.length = 18
// CHECK:       call @sqrt{{.*}} {gaus.start = 0 : i64}
// CHECK:       call @sqrt{{.*}} {gaus.start = 9 : i64}
func.func @f(%x: f32, %y: f32) -> (f32, f32) attributes {gaus.library = @l} {
  %0 = call @sqrt(%x) : (f32) -> f32
  %1 = call @sqrt(%y) : (f32) -> f32
  return %0, %1 : f32, f32
}

// CHECK-LABEL: func.func @g
// CHECK:       call @other{{.*}} {gaus.latency_min = 1 : i64, gaus.start = 0 : i64}
func.func @g(%x: f32) -> f32 {
  %0 = call @other(%x) : (f32) -> f32
  return %0 : f32
}
