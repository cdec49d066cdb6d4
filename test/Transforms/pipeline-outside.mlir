// Loops that hand on what is made outside of them are pipelined.
// RUN: gaus-opt %s --split-input-file --gaus-schedule --gaus-pipeline-loops | FileCheck %s

// CHECK-LABEL: func.func @flag
// CHECK: scf.if
// CHECK: scf.for
func.func @flag(%A: memref<64xi32>, %n: index, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %true = arith.constant true
  %false = arith.constant false
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%first = %true) -> (i1) {
    %v = memref.load %A[%i] : memref<64xi32>
    %w = arith.select %first, %x, %v : i32
    %y = arith.addi %w, %v : i32
    memref.store %y, %A[%i] : memref<64xi32>
    scf.yield %false : i1
  }
  return
}

// -----

// CHECK-LABEL: func.func @constant
// CHECK: scf.if
// CHECK: scf.for
func.func @constant(%A: memref<64xi32>, %n: index, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : i32
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (i32) {
    %v = memref.load %A[%i] : memref<64xi32>
    %w = arith.muli %v, %a : i32
    memref.store %w, %A[%i] : memref<64xi32>
    scf.yield %c7 : i32
  }
  return %r : i32
}

// -----

// CHECK-LABEL: func.func @argument
// CHECK: scf.if
// CHECK: scf.for
func.func @argument(%A: memref<64xi32>, %n: index, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (i32) {
    %v = memref.load %A[%i] : memref<64xi32>
    %w = arith.muli %v, %a : i32
    memref.store %w, %A[%i] : memref<64xi32>
    scf.yield %x : i32
  }
  return %r : i32
}
