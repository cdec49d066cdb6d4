// With a clock combinational operations chain, out of the box; without one they take
// the cycles that they always did.
// RUN: gaus-opt %s --gaus-schedule --gaus-report=format=csv -o /dev/null | FileCheck %s --check-prefix=NONE
// RUN: gaus-opt %s --gaus-schedule=clock=5 -o %t.mlir
// RUN: gaus-opt %t.mlir --gaus-verify --gaus-report=format=csv -o /dev/null | FileCheck %s --check-prefix=FIVE
// RUN: FileCheck %s --check-prefix=WRITTEN < %t.mlir
// RUN: gaus-replay --clock=5 %t.mlir
// What was chosen for 5 ns is too slow for 4 ns.
// RUN: not gaus-opt %t.mlir --gaus-verify=clock=4 -o /dev/null 2>&1 | FileCheck %s --check-prefix=HASTY
// The steps know the clock of the first one.
// RUN: gaus-opt %s --gaus-annotate=clock=5 --gaus-relax --gaus-commit --gaus-verify --gaus-report=format=csv -o /dev/null | FileCheck %s --check-prefix=FIVE
// RUN: not gaus-opt %s --gaus-schedule=clock=1.5 -o /dev/null 2>&1 | FileCheck %s --check-prefix=FAST
// RUN: gaus-bench --clock=5 %s | FileCheck %s --check-prefix=BENCH
// RUN: gaus-bench %s | FileCheck %s --check-prefix=BENCH-NONE

// BENCH: clock: function {{.*}} 8 {{[0-9]+}} 4 5
// BENCH-NONE: clock: function {{.*}} 8 {{[0-9]+}} 10 10
// WRITTEN: module attributes {gaus.clock = 5.000000e+00 : f64}
// HASTY: error: [Chain] 'arith.cmpi #2' starts 3.200000 ns into its cycle and takes 1.400000 ns, beyond the clock period of 4.000000 ns
// FAST: error: [Chain] 'arith.addi #0' takes 1.600000 ns, beyond the clock period of 1.500000 ns
// FAST: note: a slower clock would do

func.func @chain(%a: i32, %b: i32) -> i32 {
  %three = arith.constant 3 : i32
  // NONE: 0,arith.addi #0,0,1,1,
  // FIVE: 0,arith.addi #0,0,0,0,
  %0 = arith.addi %a, %b : i32
  // NONE-NEXT: 1,arith.addi #1,1,2,1,
  // FIVE-NEXT: 1,arith.addi #1,0,0,0,
  %1 = arith.addi %0, %b : i32
  // NONE-NEXT: 2,arith.cmpi #2,2,3,1,
  // FIVE-NEXT: 2,arith.cmpi #2,0,0,0,
  %2 = arith.cmpi slt, %1, %b : i32
  // NONE-NEXT: 3,arith.select #3,3,4,1,
  // FIVE-NEXT: 3,arith.select #3,1,1,0,
  %3 = arith.select %2, %1, %a : i32
  // A shift by a constant is wire.
  // NONE-NEXT: 4,arith.shli #4,4,5,1,
  // FIVE-NEXT: 4,arith.shli #4,1,1,0,
  %4 = arith.shli %3, %three : i32
  // NONE-NEXT: 5,arith.xori #5,5,6,1,
  // FIVE-NEXT: 5,arith.xori #5,1,1,0,
  %5 = arith.xori %4, %a : i32
  // What has registers inside takes its cycles.
  // NONE-NEXT: 6,arith.muli #6,6,9,3,
  // FIVE-NEXT: 6,arith.muli #6,1,4,3,
  %6 = arith.muli %5, %a : i32
  // NONE-NEXT: 7,arith.addi #7,9,10,1,
  // FIVE-NEXT: 7,arith.addi #7,4,4,0,
  %7 = arith.addi %6, %a : i32
  return %7 : i32
}
