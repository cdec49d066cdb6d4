// What is left after gaus-strip parses without the dialect.
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-strip | %mlir-opt | FileCheck %s

gaus.library @l {
  gaus.operator @mul latency(2) for("arith.muli")
}

// CHECK-NOT: gaus.library
// CHECK-NOT: #gaus
// CHECK: func.func @f
// CHECK: arith.muli
// CHECK-SAME: gaus.start = 0 : i64
// CHECK: arith.addi
// CHECK-SAME: gaus.start = 2 : i64
func.func @f(%a: i32) -> i32 attributes {gaus.library = @l} {
  %0 = arith.muli %a, %a {gaus.operator = @l::@mul} : i32
  %1 = arith.addi %0, %a : i32
  return %1 : i32
}
