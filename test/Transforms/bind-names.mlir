// An operator of the default library that is called as a limited resource is: its units
// have another name.
// RUN: gaus-opt %s --gaus-schedule --gaus-bind --gaus-verify 2>/dev/null | gaus-opt --gaus-verify | FileCheck %s
gaus.library @l {
  gaus.resource @add limit(1)
  gaus.operator @sum latency(1) uses(@add) for("arith.addi")
}
// CHECK: func.func @names
// CHECK-SAME: gaus.units = {add = 1 : i64, add_op = 1 : i64}
// CHECK: gaus.unit = "add0"
// CHECK: gaus.unit = "add_op0"
func.func @names(%a: i32, %b: i32) -> (i32, i32) attributes {gaus.library = @l} {
  %s = arith.addi %a, %b : i32
  %d = arith.subi %a, %b : i32
  return %s, %d : i32, i32
}
