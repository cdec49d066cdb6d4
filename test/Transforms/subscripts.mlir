// Which elements of a memref meet: within an iteration by sums of values, from one to
// the next also in scf and in conditions; a load reads when it starts; an argument with
// llvm.noalias is a memory of its own.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// REPLAY-COUNT-9: as in order
gaus.library @l {
  gaus.operator @ld latency(4) for("memref.load", "affine.load")
  gaus.operator @st latency(1) for("memref.store", "affine.store")
}

// CHECK-LABEL: @constants
// CHECK-SAME: gaus.length = 4
func.func @constants(%x: i32, %o: i32) -> i32 {
  %m = memref.alloc() : memref<200xi32>
  affine.store %x, %m[0] : memref<200xi32>
  %a = affine.load %m[1] : memref<200xi32>
  affine.store %o, %m[2] : memref<200xi32>
  %b = affine.load %m[3] : memref<200xi32>
  %c0 = arith.constant 4 : index
  %c1 = arith.constant 5 : index
  memref.store %x, %m[%c0] : memref<200xi32>
  %d = memref.load %m[%c1] : memref<200xi32>
  %s = arith.addi %a, %b : i32
  %t = arith.addi %s, %d : i32
  return %t : i32
}

// The same element again: what is read is what was written.
// CHECK-LABEL: @again
// CHECK-SAME: gaus.length = 6
func.func @again(%m: memref<200xi32>, %x: i32, %i: index) -> i32 attributes {gaus.library = @l} {
  %c3 = arith.constant 3 : index
  %j = arith.addi %i, %c3 : index
  %k = affine.apply affine_map<(d0) -> (d0 + 3)>(%i)
  memref.store %x, %m[%j] : memref<200xi32>
  %v = memref.load %m[%k] : memref<200xi32>
  return %v : i32
}

// CHECK-LABEL: @evenodd
// CHECK: affine.store {{.*}}gaus.start = 0
// CHECK: affine.load {{.*}}gaus.start = 0
// CHECK: gaus.ii = 1
func.func @evenodd(%a: memref<64xi32>, %x: i32) attributes {gaus.library = @l} {
  affine.for %i = 0 to 32 {
    affine.store %x, %a[2 * %i] : memref<64xi32>
    %v = affine.load %a[2 * %i + 1] : memref<64xi32>
  }
  return
}

// What overwrites what a load reads may start with it.
// CHECK-LABEL: @overwrite
// CHECK: memref.load {{.*}}gaus.start = 0
// CHECK: memref.store {{.*}}gaus.start = 0
func.func @overwrite(%a: memref<64xi32>, %x: i32, %i: index) -> i32 attributes {gaus.library = @l} {
  %v = memref.load %a[%i] : memref<64xi32>
  memref.store %x, %a[%i] : memref<64xi32>
  return %v : i32
}

// From one iteration to the next: nothing is waited for but the order.
// CHECK-LABEL: @around
// CHECK: gaus.ii = 1
func.func @around(%a: memref<64xi32>, %x: i32) -> i32 attributes {gaus.library = @l} {
  %z = arith.constant 0 : i32
  %r = affine.for %i = 1 to 63 iter_args(%acc = %z) -> i32 {
    affine.store %x, %a[%i] : memref<64xi32>
    %v = affine.load %a[%i + 1] : memref<64xi32>
    %s = arith.addi %acc, %v : i32
    affine.yield %s : i32
  }
  return %r : i32
}

// Sums by arith: load, addition and store around three iterations.
// CHECK-LABEL: @three
// CHECK: gaus.ii = 2 : i64, gaus.ii_proof = "bound"
func.func @three(%a: memref<64xi32>, %x: i32) attributes {gaus.library = @l} {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c3 to %c64 step %c1 {
    %j = arith.subi %i, %c3 : index
    %v = memref.load %a[%j] : memref<64xi32>
    %w = arith.addi %v, %x : i32
    memref.store %w, %a[%i] : memref<64xi32>
  }
  return
}

// CHECK-LABEL: @condition
// CHECK: gaus.ii = 1
func.func @condition(%a: memref<64xf32>) {
  affine.for %i = 0 to 64 {
    %v = affine.load %a[%i] : memref<64xf32>
    %c = arith.cmpf ogt, %v, %v : f32
    scf.if %c {
      %w = arith.mulf %v, %v : f32
      affine.store %w, %a[%i] : memref<64xf32>
    }
  }
  return
}

// CHECK-LABEL: @noalias
// CHECK: gaus.ii = 1
func.func @noalias(%a: memref<64xf32> {llvm.noalias}, %b: memref<64xf32>) {
  affine.for %i = 0 to 64 {
    %v = affine.load %a[%i] : memref<64xf32>
    %w = arith.mulf %v, %v : f32
    affine.store %w, %b[%i] : memref<64xf32>
  }
  return
}

// The user knows how near iterations may meet.
// CHECK-LABEL: @distance
// CHECK: gaus.ii = 2 : i64, gaus.ii_proof = "bound"
func.func @distance(%bins: memref<64xi32>, %x: i32) {
  %c7 = arith.constant 7 : index
  affine.for %i = 0 to 64 {
    %k = arith.andi %i, %c7 : index
    %v = memref.load %bins[%k] : memref<64xi32>
    %w = arith.addi %v, %x : i32
    memref.store %w, %bins[%k] {gaus.distance = 2 : i64} : memref<64xi32>
  }
  return
}
