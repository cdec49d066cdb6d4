// What is scheduled as one problem: a function's block, each block of a
// function with several, the bodies of loops. Memory effects keep order.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --verify-roundtrip | FileCheck %s

// Loads that follow the store wait for it, and not for each other.
// CHECK-LABEL: func.func @straight
// CHECK-SAME: gaus.bound = 8 : i64, gaus.cost = 8 : i64, gaus.length = 8 : i64
// CHECK-NEXT: arith.constant 0 : index
// CHECK-NEXT: arith.muli {{.*}} {gaus.start = 0 : i64}
// CHECK-NEXT: arith.addi {{.*}} {gaus.start = 3 : i64}
// CHECK-NEXT: memref.store {{.*}} {gaus.start = 4 : i64}
// CHECK-NEXT: memref.load {{.*}} {gaus.start = 5 : i64}
// CHECK-NEXT: memref.load {{.*}} {gaus.start = 5 : i64}
// CHECK-NEXT: arith.addi {{.*}} {gaus.start = 7 : i64}
func.func @straight(%a: i32, %b: i32, %m: memref<4xi32>) -> i32 {
  %zero = arith.constant 0 : index
  %0 = arith.muli %a, %b : i32
  %1 = arith.addi %0, %a : i32
  memref.store %1, %m[%zero] : memref<4xi32>
  %2 = memref.load %m[%zero] : memref<4xi32>
  %3 = memref.load %m[%zero] : memref<4xi32>
  %4 = arith.addi %2, %3 : i32
  return %4 : i32
}

// Two allocations do not alias: the load need not wait for the store.
// CHECK-LABEL: func.func @distinct
// CHECK: memref.store {{.*}} {gaus.start = 0 : i64}
// CHECK-NEXT: memref.load {{.*}} {gaus.start = 0 : i64}
func.func @distinct(%a: i32) -> i32 {
  %zero = arith.constant 0 : index
  %m = memref.alloc() : memref<4xi32>
  %n = memref.alloc() : memref<4xi32>
  memref.store %a, %m[%zero] : memref<4xi32>
  %0 = memref.load %n[%zero] : memref<4xi32>
  return %0 : i32
}

// CHECK-LABEL: llvm.func @branch
// CHECK: llvm.mul {{.*}} {gaus.start = 0 : i64}
// CHECK-NEXT: llvm.cond_br {{.*}} {gaus.bound = 3 : i64, gaus.cost = 3 : i64, gaus.length = 3 : i64}
// CHECK: llvm.add {{.*}} {gaus.start = 0 : i64}
// CHECK-NEXT: llvm.br {{.*}} {gaus.bound = 1 : i64, gaus.cost = 1 : i64, gaus.length = 1 : i64}
llvm.func @branch(%a: i32, %c: i1) -> i32 {
  %0 = llvm.mul %a, %a : i32
  llvm.cond_br %c, ^bb1, ^bb2
^bb1:
  %1 = llvm.add %0, %a : i32
  llvm.br ^bb2
^bb2:
  llvm.return %0 : i32
}

// A loop around others is a scope, too: iterations of 7 + 7 cycles, one after
// the other.
// CHECK-LABEL: func.func @nested
// CHECK-SAME: gaus.length = 112 : i64
// CHECK: scf.for
// CHECK: scf.for
// CHECK-NEXT: memref.load {{.*}} {gaus.start = 0 : i64}
// CHECK-NEXT: arith.mulf {{.*}} {gaus.start = 2 : i64}
// CHECK-NEXT: memref.store {{.*}} {gaus.start = 6 : i64}
// CHECK-NEXT: } {gaus.bound = 7 : i64, gaus.cost = 7 : i64, gaus.ii = 1 : i64, gaus.ii_proof = "bound", gaus.length = 7 : i64, gaus.start = 0 : i64}
// CHECK-NEXT: } {gaus.bound = 14 : i64, gaus.cost = 14 : i64, gaus.length = 14 : i64, gaus.start = 0 : i64}
func.func @nested(%a: memref<8xf32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    scf.for %j = %c0 to %c8 step %c1 {
      %x = memref.load %a[%j] : memref<8xf32>
      %y = arith.mulf %x, %x : f32
      memref.store %y, %a[%j] : memref<8xf32>
    }
  }
  return
}

// The function sees the loop as one operation of 16 times 6 cycles: the two
// arguments may be the same memory, so iterations cannot overlap.
// CHECK-LABEL: func.func @loop
// CHECK: affine.for
// CHECK: } {gaus.bound = 6 : i64, gaus.cost = 6 : i64, gaus.ii = 6 : i64, gaus.ii_proof = "bound", gaus.length = 6 : i64, gaus.start = 0 : i64}
// CHECK: memref.load {{.*}} {gaus.start = 96 : i64}
func.func @loop(%a: memref<16xi32>, %b: memref<16xi32>) -> i32 {
  %zero = arith.constant 0 : index
  affine.for %i = 0 to 16 {
    %x = affine.load %a[%i] : memref<16xi32>
    %y = affine.load %b[%i] : memref<16xi32>
    %p = arith.muli %x, %y : i32
    affine.store %p, %a[%i] : memref<16xi32>
  }
  %v = memref.load %a[%zero] : memref<16xi32>
  return %v : i32
}
