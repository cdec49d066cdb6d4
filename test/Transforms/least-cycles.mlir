// What a function takes at least is that of the way that ends first, not of the block
// that starts first.
// RUN: gaus-opt %s --gaus-schedule --gaus-report=format=summary -o %t.mlir | FileCheck %s
// RUN: gaus-replay %t.mlir --args=0 | FileCheck %s --check-prefix=SHORT
// CHECK: function @two {{.*}} >=3
// SHORT: @two: as in order, {{.*}} in 3 cycles
func.func @two(%p: i1, %x: i32) -> i32 {
  cf.cond_br %p, ^long, ^short
^long:
  %a = arith.muli %x, %x : i32
  %b = arith.muli %a, %a : i32
  return %b : i32
^short:
  %c = arith.muli %x, %x : i32
  return %c : i32
}
