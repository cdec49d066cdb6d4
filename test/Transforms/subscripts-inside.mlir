// Subscripts by what each iteration computes anew from values of outside: distances are
// those of the same sums made before the loop.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: gaus-replay %t.mlir --args=,2,3,5 --function=product | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --args=,2,3,5 --function=branches | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --args=,2,3,5 --function=remainder | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --function=memrefs | FileCheck %s --check-prefix=REPLAY
// REPLAY: as in order

// CHECK-LABEL: func.func @product
// CHECK:       gaus.ii = 1 : i64
func.func @product(%m: memref<200xi32>, %k: index, %n: index, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c20 = arith.constant 20 : index
  scf.for %i = %c0 to %c20 step %c1 {
    %nk = arith.muli %n, %k : index
    %a = arith.addi %i, %nk : index
    %b = arith.addi %a, %c1 : index
    %v = memref.load %m[%b] : memref<200xi32>
    %w = arith.muli %v, %x : i32
    memref.store %w, %m[%a] : memref<200xi32>
  }
  return
}

// CHECK-LABEL: llvm.func @branches
// CHECK:       gaus.ii = 1 : i64
llvm.func @branches(%m: !llvm.ptr, %k: i64, %n: i64, %x: i32) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c20 = llvm.mlir.constant(20 : i64) : i64
  llvm.br ^l(%c0 : i64)
^l(%i: i64):
  %nk = llvm.mul %n, %k : i64
  %a = llvm.add %i, %nk : i64
  %b = llvm.add %a, %c1 : i64
  %p = llvm.getelementptr %m[%b] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %q = llvm.getelementptr %m[%a] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %p : !llvm.ptr -> i32
  %w = llvm.mul %v, %x : i32
  llvm.store %w, %q : i32, !llvm.ptr
  %j = llvm.add %i, %c1 : i64
  %d = llvm.icmp "slt" %j, %c20 : i64
  llvm.cond_br %d, ^l(%j : i64), ^e
^e:
  llvm.return
}

// A view that is the same one each time.
// CHECK-LABEL: func.func @view
// CHECK:       gaus.ii = 1 : i64
func.func @view(%m: memref<200xi32>, %k: index, %x: i32) {
  affine.for %i = 0 to 20 {
    %s = memref.subview %m[%k] [30] [1] : memref<200xi32> to memref<30xi32, strided<[1], offset: ?>>
    %v = affine.load %s[%i + 1] : memref<30xi32, strided<[1], offset: ?>>
    %w = arith.muli %v, %x : i32
    affine.store %w, %s[%i] : memref<30xi32, strided<[1], offset: ?>>
  }
  return
}

// Of the iteration.
// CHECK-LABEL: func.func @remainder
// CHECK:       gaus.ii = 6 : i64
func.func @remainder(%m: memref<200xi32>, %k: index, %n: index, %x: i32) {
  affine.for %i = 0 to 20 {
    %nk = arith.remsi %i, %k : index
    %b = arith.addi %nk, %i : index
    %v = memref.load %m[%b] : memref<200xi32>
    %w = arith.muli %v, %x : i32
    memref.store %w, %m[%b] : memref<200xi32>
  }
  return
}

// Loops of branches on memrefs: three iterations apart, and one row.
// CHECK-LABEL: func.func @memrefs
// CHECK:       gaus.ii = 2 : i64
func.func @memrefs(%m: memref<4x32xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %c1 = arith.constant 1 : index
  %c20 = arith.constant 20 : index
  cf.br ^l(%c3 : index)
^l(%i: index):
  %b = arith.subi %i, %c3 : index
  %v = memref.load %m[%c1, %b] : memref<4x32xi32>
  %w = arith.muli %v, %x : i32
  memref.store %x, %m[%c0, %i] : memref<4x32xi32>
  memref.store %w, %m[%c1, %i] : memref<4x32xi32>
  %j = arith.addi %i, %c1 : index
  %d = arith.cmpi slt, %j, %c20 : index
  cf.cond_br %d, ^l(%j : index), ^e
^e:
  return
}
