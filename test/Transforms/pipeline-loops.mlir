// What gaus-pipeline-loops leaves alone, and what it refuses.
// RUN: gaus-opt %s --split-input-file --gaus-pipeline-loops --verify-diagnostics | FileCheck %s

// Without gaus.ii nothing happens.
// CHECK-LABEL: func.func @unscheduled
// CHECK: scf.for
// CHECK-NEXT: memref.load
// CHECK-NEXT: }
func.func @unscheduled(%a: memref<8xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    %x = memref.load %a[%i] : memref<8xi32>
  }
  return
}

// -----

func.func @missing(%a: memref<8xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-error @+1 {{1 of 1 operations have no gaus.start: schedule the loop first}}
  scf.for %i = %c0 to %n step %c1 {
    %x = memref.load %a[%i] : memref<8xi32>
  } {gaus.ii = 1 : i64}
  return
}

// -----

func.func @wrong(%a: memref<8xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    // expected-note @+1 {{starts at cycle 0}}
    %x = memref.load %a[%i] {gaus.start = 0 : i64} : memref<8xi32>
    // expected-error @+1 {{[Dep]}}
    memref.store %x, %a[%i] {gaus.start = 1 : i64} : memref<8xi32>
  } {gaus.ii = 1 : i64}
  return
}

// -----

// Four iterations are fewer than the stages.
// CHECK-LABEL: func.func @short
// CHECK: scf.for
// CHECK-NEXT: memref.load
// CHECK-NEXT: memref.store
// CHECK-NEXT: } {gaus.ii = 1 : i64}
func.func @short(%a: memref<8xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{the loop is not rewritten: it has no more iterations than stages before the last}}
  scf.for %i = %c0 to %c4 step %c1 {
    %x = memref.load %a[%i] {gaus.start = 0 : i64} : memref<8xi32>
    memref.store %x, %a[%i] {gaus.start = 9 : i64} : memref<8xi32>
  } {gaus.ii = 1 : i64}
  return
}

// -----

// Nor if values are passed on through two iterations.
// CHECK-LABEL: func.func @short_shift
// CHECK: scf.for
// CHECK-NEXT: memref.load
// CHECK-NEXT: memref.store
// CHECK-NEXT: scf.yield
func.func @short_shift(%a: memref<8xi32>, %z: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  // expected-remark @+1 {{the loop is not rewritten: it has no more iterations than stages before the last}}
  %r:2 = scf.for %i = %c0 to %c4 step %c1 iter_args(%u = %z, %v = %z)
      -> (i32, i32) {
    %x = memref.load %a[%i] {gaus.start = 0 : i64} : memref<8xi32>
    memref.store %u, %a[%i] {gaus.start = 9 : i64} : memref<8xi32>
    scf.yield %v, %x : i32, i32
  } {gaus.ii = 1 : i64}
  return %r#0 : i32
}

// -----

// Values that are passed on: the copy of the argument is in the kernel, and the
// loop for short trips has none.
// CHECK-LABEL: func.func @shift
// CHECK: scf.if
// CHECK: scf.for
// CHECK: arith.select
// CHECK: } else {
// CHECK-NEXT: scf.for
// CHECK-NEXT: memref.load
// CHECK-NEXT: memref.store
// CHECK-NEXT: scf.yield
func.func @shift(%a: memref<8xi32>, %z: i32, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%u = %z, %v = %z)
      -> (i32, i32) {
    %x = memref.load %a[%i] {gaus.start = 0 : i64} : memref<8xi32>
    memref.store %u, %a[%i] {gaus.start = 9 : i64} : memref<8xi32>
    scf.yield %v, %x : i32, i32
  } {gaus.ii = 4 : i64}
  return %r#0 : i32
}
