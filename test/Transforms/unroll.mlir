// Loops that ask to be unrolled are, once, and computes what they did.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --split-input-file --verify-diagnostics -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --split-input-file --gaus-schedule -o %t.again.mlir
// RUN: diff %t.mlir %t.again.mlir
// RUN: gaus-opt %s --split-input-file --gaus-annotate 2>/dev/null | FileCheck %s --check-prefix=STEPS
// STEPS-LABEL: @affine
// STEPS: affine.for %{{.*}} = 0 to 60 step 4
// STEPS: gaus.unrolled = 4

// CHECK-LABEL: @affine
// CHECK: affine.for %{{.*}} = 0 to 60 step 4
// CHECK-COUNT-4: affine.store {{.*}}gaus.start
// CHECK-NOT: affine.store
// CHECK: gaus.ii = 1
// CHECK-SAME: gaus.request = {unroll = 4 : i64}
// CHECK-SAME: gaus.unrolled = 4
// What is left.
// CHECK: affine.for
func.func @affine(%a: memref<64xi32>, %x: i32) {
  affine.for %i = 0 to 62 {
    %v = affine.load %a[%i] : memref<64xi32>
    %w = arith.muli %v, %x : i32
    affine.store %w, %a[%i] : memref<64xi32>
  } {gaus.request = {unroll = 4}}
  return
}

// CHECK-LABEL: @scf
// CHECK: arith.addi {{.*}}gaus.start
// CHECK-NEXT: arith.addi {{.*}}gaus.start
// CHECK-NEXT: scf.yield
// CHECK-NEXT: gaus.ii = 2
func.func @scf(%x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %r = scf.for %i = %c0 to %c64 step %c1 iter_args(%s = %x) -> i32 {
    %w = arith.addi %s, %x : i32
    scf.yield %w : i32
  } {gaus.request = {unroll = 2}}
  return %r : i32
}

// -----

// Unrolled it would return what the first iteration got.
func.func @passed(%a: memref<8xi32>, %x: i32, %y: i32) -> i32 {
  // expected-remark @+1 {{the loop is not unrolled: it hands on what it got as another value}}
  %r:2 = affine.for %i = 0 to 8 iter_args(%s = %x, %t = %y) -> (i32, i32) {
    %v = affine.load %a[%i] : memref<8xi32>
    %w = arith.addi %v, %t : i32
    affine.yield %w, %s : i32, i32
  } {gaus.request = {unroll = 2}}
  return %r#1 : i32
}

// -----

func.func @dynamic(%a: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-remark @+1 {{the loop is not unrolled: its bounds are no constants from 0 on}}
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %a[%i] : memref<64xi32>
    memref.store %v, %a[%i] : memref<64xi32>
  } {gaus.request = {unroll = 2}}
  return
}

// -----

func.func @branches(%a: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^loop(%c0 : index)
^loop(%i: index):
  %v = memref.load %a[%i] : memref<64xi32>
  memref.store %v, %a[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi slt, %j, %n : index
  // expected-remark @+1 {{the loop is not unrolled: only scf.for and affine.for are; of loops of branches clang does it by #pragma unroll}}
  cf.cond_br %more, ^loop(%j : index), ^out {gaus.request = {unroll = 2}}
^out:
  return
}
