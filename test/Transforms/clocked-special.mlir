// Of the operators for an operation the most special one that fits into the clock period;
// where none does, the most special one is the error's. A function's gives way to no call's.
// RUN: gaus-opt %s --gaus-schedule=clock=10 --gaus-verify=clock=10 -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: gaus-replay %t.mlir --clock=10 | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %s --gaus-schedule=clock=20 -o - | FileCheck %s --check-prefix=SLOW
// RUN: not gaus-opt %s --gaus-schedule=clock=3 -o /dev/null 2>&1 | FileCheck %s --check-prefix=FAST
gaus.library @l {
  gaus.operator @by_constant latency(1) clocked(latency(0) delay(14.0)) for("arith.muli" constant)
  gaus.operator @mul latency(5) clocked(latency(5) delay(4.0, 0.0)) for("arith.muli")
}

// REPLAY: as in order
// FAST: error: [Chain] 'arith.muli #0' takes 14.{{0*}} ns, beyond the clock period
// CHECK: gaus.length = 5 : i64
// SLOW: gaus.length = 1 : i64
func.func @f(%x: i32) -> i32 attributes {gaus.library = @l} {
  %c = arith.constant 5 : i32
  %0 = arith.muli %x, %c : i32
  return %0 : i32
}
