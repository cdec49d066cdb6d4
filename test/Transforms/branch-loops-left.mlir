// Loops that are not taken as one: a remark at the loop says why.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir 2>&1 | FileCheck %s
// RUN: FileCheck %s --input-file=%t.mlir --check-prefix=LEFT
// LEFT-NOT: gaus.ii

// CHECK: branch-loops-left.mlir:[[@LINE+6]]:{{.*}} remark: loop in block 1 of function @entries is not pipelined: control enters it at several places
// CHECK-NOT: remark
func.func @entries(%c: i1, %n: i32) {
  cf.cond_br %c, ^a, ^b(%n : i32)
^a:
  %x = arith.addi %n, %n : i32
  cf.br ^b(%x : i32)
^b(%y: i32):
  %z = arith.addi %y, %n : i32
  %more = arith.cmpi slt, %z, %n : i32
  cf.cond_br %more, ^a, ^out
^out:
  return
}
