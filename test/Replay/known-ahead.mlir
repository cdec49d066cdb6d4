// The end of a loop is known ahead however long the way is from what does not change:
// the next iteration touches memory before the comparison has run.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | gaus-replay | FileCheck %s
// CHECK: @late: as in order
func.func @late(%a: memref<64xi32>, %y: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c33 = arith.constant 33 : index
  cf.br ^loop(%c0 : index)
^loop(%i: index):
  %v0 = arith.muli %y, %y : i32
  %v1 = arith.addi %v0, %y : i32
  %v2 = arith.muli %v1, %y : i32
  %v3 = arith.xori %v2, %v0 : i32
  %v4 = arith.muli %v3, %v1 : i32
  %v5 = arith.addi %v4, %v2 : i32
  %v6 = arith.muli %v5, %v3 : i32
  %v7 = arith.xori %v6, %v4 : i32
  %v8 = arith.muli %v7, %v5 : i32
  %v9 = arith.addi %v8, %v6 : i32
  %w = memref.load %a[%i] : memref<64xi32>
  %s = arith.addi %w, %y : i32
  memref.store %s, %a[%i] : memref<64xi32>
  %next = arith.addi %i, %c1 : index
  %more = arith.cmpi slt, %next, %c33 : index
  %same = arith.cmpi eq, %v9, %v9 : i32
  %both = arith.andi %more, %same : i1
  cf.cond_br %both, ^loop(%next : index), ^exit
^exit:
  return
}
