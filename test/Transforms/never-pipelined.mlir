// Loops that never have an interval say so, and what helps does.
// RUN: gaus-opt %s --gaus-schedule 2>&1 | FileCheck %s
// RUN: %mlir-opt %s --lower-affine --scf-forall-to-for --scf-parallel-for-to-nested-fors \
// RUN:     --convert-scf-to-cf \
// RUN:   | gaus-opt --gaus-schedule --gaus-verify 2>&1 | FileCheck %s --check-prefix=LOOPS

// CHECK: never-pipelined.mlir:[[@LINE+12]]:8: remark: the loop is not pipelined: 'scf.while' never is; --convert-scf-to-cf makes a loop of branches of it
// CHECK-NOT: the loop is not pipelined: 'scf.while'
// CHECK: remark: the loop is not pipelined: 'scf.parallel' never is; --scf-parallel-for-to-nested-fors makes scf.for of it
// CHECK: remark: the loop is not pipelined: 'scf.forall' never is; --scf-forall-to-for makes scf.for of it
// CHECK: remark: the loop is not pipelined: 'affine.parallel' never is; --lower-affine --scf-parallel-for-to-nested-fors make scf.for of it
// CHECK-NOT: never is
// LOOPS-NOT: is not pipelined
// LOOPS-COUNT-4: gaus.ii = 

func.func @while(%m: memref<64xi32>, %n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.while (%i = %c0) : (index) -> index {
    %c = arith.cmpi slt, %i, %n : index
    scf.condition(%c) %i : index
  } do {
  ^bb0(%i: index):
    %v = memref.load %m[%i] : memref<64xi32>
    %k = arith.addi %v, %v : i32
    memref.store %k, %m[%i] : memref<64xi32>
    %j = arith.addi %i, %c1 : index
    scf.yield %j : index
  }
  return %r : index
}

// A loop around others is not what would be pipelined.
func.func @parallel(%m: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c64 = arith.constant 64 : index
  scf.parallel (%h) = (%c0) to (%c4) step (%c1) {
    scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
      %v = memref.load %m[%i] : memref<64xi32>
      %k = arith.addi %v, %v : i32
      memref.store %k, %m[%i] : memref<64xi32>
    }
  }
  return
}

func.func @forall(%m: memref<64xi32>) {
  scf.forall (%i) in (64) {
    %v = memref.load %m[%i] : memref<64xi32>
    %k = arith.addi %v, %v : i32
    memref.store %k, %m[%i] : memref<64xi32>
  }
  return
}

func.func @affine(%m: memref<64xi32>) {
  affine.parallel (%i) = (0) to (64) {
    %v = affine.load %m[%i] : memref<64xi32>
    %k = arith.addi %v, %v : i32
    affine.store %k, %m[%i] : memref<64xi32>
  }
  return
}
