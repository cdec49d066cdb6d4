// Units and registers of scheduled scopes, and what gaus-verify finds wrong.
// RUN: gaus-opt %s --split-input-file --gaus-schedule=noalias-arguments=true --gaus-bind --gaus-verify 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=SAID --input-file=%t.err
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind=share=all 2>/dev/null | FileCheck %s --check-prefix=ALL
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind --gaus-strip 2>/dev/null | FileCheck %s --check-prefix=STRIP
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind --gaus-schedule 2>/dev/null | FileCheck %s --check-prefix=STRIP
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind --mlir-print-local-scope 2>/dev/null | sed 's/gaus.unit = "mul1"/gaus.unit = "mul0"/' | not gaus-opt --split-input-file --gaus-verify 2>&1 | FileCheck %s --check-prefix=TWICE
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind --mlir-print-local-scope 2>/dev/null | sed 's/gaus.unit = "mul1"/gaus.unit = "div0"/' | not gaus-opt --split-input-file --gaus-verify 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-bind --mlir-print-local-scope 2>/dev/null | sed 's/gaus.registers = array<i64: [0-9]*>/gaus.registers = array<i64: 0>/' | not gaus-opt --split-input-file --gaus-verify 2>&1 | FileCheck %s --check-prefix=REGISTER
// RUN: not gaus-opt %s --split-input-file --gaus-bind 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not gaus-opt %s --gaus-bind=share=some 2>&1 | FileCheck %s --check-prefix=SHARE
// RUN: not gaus-opt %s --gaus-bind=effort=4 2>&1 | FileCheck %s --check-prefix=EFFORT
// STRIP-NOT: gaus.unit
// STRIP-NOT: gaus.register
// NONE: error: gaus.start is missing on 5 of 5 operations of function @products; run gaus-schedule first
// SHARE: error: invalid value 'some' for option 'share'; expected limited, all or none
// EFFORT: error: option 'effort' must be in [0, 3], got 4

// Three products on two units, sums on units of their own.
// SAID: remark: function @products: {{[0-9]+}} registers (bound [[N:[0-9]+]])
// CHECK-LABEL: func.func @products
// CHECK-SAME: gaus.multiplexer_inputs = {{[0-9]+}} : i64
// CHECK-SAME: gaus.register_bits
// CHECK-SAME: gaus.register_widths = array<i64: 32, 32
// CHECK-SAME: gaus.units = {add = 2 : i64, mul = 2 : i64}
// CHECK-DAG: arith.muli {{.*}} gaus.unit = "mul0"
// CHECK-DAG: arith.muli {{.*}} gaus.unit = "mul1"
// CHECK-DAG: arith.addi {{.*}} gaus.unit = "add0"
// CHECK-DAG: arith.addi {{.*}} gaus.unit = "add1"
// ALL-LABEL: func.func @products
// ALL-SAME: gaus.units = {add = 1 : i64, mul = 2 : i64}
// TWICE: error: [Unit] {{.*}}mul0 is held twice in cycle 0
// NAME: error: gaus.unit names no unit of 'mul'
// REGISTER: error: [Register] {{.*}}register 0 is held twice in cycle
gaus.library @l {
  gaus.resource @mul limit(2)
  gaus.operator @m latency(2) uses(@mul) for("arith.muli")
}
func.func @products(%a: i32, %b: i32, %c: i32) -> i32 attributes {gaus.library = @l} {
  %0 = arith.muli %a, %b : i32
  %1 = arith.muli %b, %c : i32
  %2 = arith.muli %a, %c : i32
  %3 = arith.addi %0, %1 : i32
  %4 = arith.addi %3, %2 : i32
  return %4 : i32
}

// -----

// A value that lives longer than the interval has a register for each interval.
// SAID: remark: scf.for in @delay: [[N:[0-9]+]] registers (bound [[N]])
// CHECK-LABEL: func.func @delay
// CHECK: memref.load {{.*}} {gaus.registers = array<i64: {{[0-9]+, [0-9]+}}
// CHECK: gaus.units = {
func.func @delay(%x: memref<64xf32>, %y: memref<64xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = arith.constant 64 : index
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %x[%i] : memref<64xf32>
    %p = arith.mulf %v, %v : f32
    %q = arith.mulf %p, %p : f32
    %s = arith.addf %q, %v : f32
    memref.store %s, %y[%i] : memref<64xf32>
  }
  return
}
