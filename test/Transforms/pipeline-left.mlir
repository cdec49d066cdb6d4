// Loops that stay as they are, with a remark.
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops --remarks-filter=gaus -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s < %t

// Memory of the stack lives for one iteration, its stages are in several.
// REMARK: pipeline-left.mlir:[[#@LINE+8]]:{{.*}}: remark: the loop is not rewritten: it takes memory that lives for one iteration
// CHECK-LABEL: func.func @stack
// CHECK-NOT: scf.if
// CHECK: memref.alloca
// CHECK: memref.load
func.func @stack(%A: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %t = memref.alloca() : memref<1xi32>
    %v = memref.load %A[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    memref.store %w, %t[%c0] : memref<1xi32>
    %x = memref.load %t[%c0] : memref<1xi32>
    %y = arith.muli %x, %x : i32
    memref.store %y, %A[%i] : memref<64xi32>
  }
  return
}

// REMARK: the loop is not rewritten: its bounds are compared as unsigned numbers
// CHECK-LABEL: func.func @unsigned
// CHECK: scf.for unsigned
func.func @unsigned(%A: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for unsigned %i = %c0 to %n step %c1 {
    %v = memref.load %A[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    memref.store %w, %A[%i] : memref<64xi32>
  }
  return
}

// Three stages, two iterations.
// REMARK: pipeline-left.mlir:[[#@LINE+8]]:{{.*}}: remark: the loop is not rewritten: it has no more iterations than stages before the last
// CHECK-LABEL: func.func @short
// CHECK: scf.for
// CHECK: gaus.ii
func.func @short(%A: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  scf.for %i = %c0 to %c2 step %c1 {
    %v = arith.muli %x, %x {gaus.latency = 1 : i64} : i32
    %w = arith.addi %v, %x {gaus.latency = 1 : i64} : i32
    %y = arith.xori %w, %x {gaus.latency = 1 : i64} : i32
    memref.store %y, %A[%i] : memref<64xi32>
  }
  return
}

// REMARK: the loop is not rewritten: an iteration ends before the next one begins
// CHECK-LABEL: func.func @one_stage
func.func @one_stage(%x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %v = arith.muli %x, %x : i32
  }
  return
}

// A chain of 140 stages, of which bounds of 7 bits cannot count as many.
// REMARK: the loop is not rewritten: the type of its bounds cannot count the stages
// CHECK-LABEL: func.func @narrow
func.func @narrow(%x: i32, %n: i7) -> i32 {
  %c0 = arith.constant 0 : i7
  %c1 = arith.constant 1 : i7
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (i32) : i7 {
    %v = arith.muli %x, %x {gaus.latency = 140 : i64} : i32
    %w = arith.addi %v, %x : i32
    scf.yield %w : i32
  }
  return %r : i32
}

// What stays has a remark at its line, and what follows goes on.
// REMARK: pipeline-left.mlir:[[#@LINE+2]]:{{.*}}: remark: the loop is not rewritten: an operation of the affine dialect in it is not lowered here
func.func @affine(%m: memref<64xi32>) {
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
    affine.prefetch %m[%i], read, locality<3>, data : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %m[%i] : memref<64xi32>
  }
  return
}
