// A program under a library that comes along, or one of a file.
// RUN: gaus-opt %s --gaus-use-library=library=ice40 --gaus-schedule=clock=20 --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: %mlir-opt %load-plugin %s --pass-pipeline="builtin.module(gaus-use-library{library=ecp5},any(gaus-schedule{clock=10}))" | FileCheck %s --check-prefix=ECP5
// RUN: echo 'gaus.library @own { gaus.operator @m latency(9) for("arith.muli") }' > %t.own.mlir
// RUN: gaus-opt %s --gaus-use-library=library=%t.own.mlir --gaus-schedule | FileCheck %s --check-prefix=OWN

// CHECK: module attributes {gaus.clock = 2.000000e+01 : f64, gaus.library = @ice40}
// CHECK-NEXT: gaus.library @ice40 {
// ECP5: gaus.library @ecp5
// OWN: gaus.library @own
// OWN: arith.muli {{.*}}gaus.start = 2
// OWN: arith.addi {{.*}}gaus.start = 11

// RUN: not gaus-opt %s --gaus-use-library 2>&1 | FileCheck %s --check-prefix=NONE
// NONE: error: option 'library' names no library
// RUN: not gaus-opt %s --gaus-use-library=library=%t.missing.mlir 2>&1 | FileCheck %s --check-prefix=MISSING
// MISSING: error: library '{{.*}}missing.mlir' cannot be read
// RUN: not gaus-opt %s --gaus-use-library=library=%s 2>&1 | FileCheck %s --check-prefix=EMPTY
// EMPTY: error: there is no gaus.library in '{{.*}}use-library.mlir'
// RUN: not gaus-opt %s --gaus-use-library=library=ice40 --gaus-use-library=library=ice40 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: has the name of the library @ice40

// CHECK: arith.addi {{.*}}gaus.start = 0
// CHECK: arith.xori {{.*}}gaus.start = 0
func.func @f(%a: i12) -> i12 {
  %0 = arith.addi %a, %a : i12
  %1 = arith.xori %0, %a : i12
  %2 = arith.muli %1, %a : i12
  %3 = arith.addi %2, %a : i12
  return %3 : i12
}
