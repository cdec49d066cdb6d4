// Recurrences of loops: values handed on, and conflicts of memory.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --remarks-filter=gaus 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.err
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify | FileCheck %s --check-prefix=NONE
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify | FileCheck %s

// NONE-NOT: gaus.ii

// The accumulator is one addition around the loop; the function sees 6 + 15.
// CHECK-LABEL: func.func @dot
// CHECK-SAME: gaus.length = 21 : i64
// CHECK: affine.yield
// CHECK-NEXT: } {{.*}}gaus.ii = 1 : i64, {{.*}}gaus.length = 6 : i64
func.func @dot(%a: memref<16xi32>, %b: memref<16xi32>) -> i32 {
  %zero = arith.constant 0 : i32
  %r = affine.for %i = 0 to 16 iter_args(%acc = %zero) -> (i32) {
    %x = affine.load %a[%i] : memref<16xi32>
    %y = affine.load %b[%i] : memref<16xi32>
    %p = arith.muli %x, %y : i32
    %s = arith.addi %acc, %p : i32
    affine.yield %s : i32
  }
  return %r : i32
}

// Two iterations from the store to the load, 6 cycles: II 3.
// CHECK-LABEL: func.func @stencil
// CHECK: gaus.ii = 3 : i64
func.func @stencil(%a: memref<64xi32>) {
  affine.for %i = 2 to 64 {
    %x = affine.load %a[%i - 2] : memref<64xi32>
    %y = arith.muli %x, %x : i32
    affine.store %y, %a[%i] : memref<64xi32>
  }
  return
}

// Every iteration has its own element.
// CHECK-LABEL: func.func @elementwise
// CHECK: gaus.ii = 1 : i64
// CHECK: gaus.ii = 1 : i64
func.func @elementwise(%a: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  affine.for %i = 0 to 64 {
    %x = affine.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %x : i32
    affine.store %y, %a[%i] : memref<64xi32>
  }
  scf.for %i = %c0 to %c64 step %c1 {
    %x = memref.load %a[%i] : memref<64xi32>
    %y = arith.muli %x, %x : i32
    memref.store %y, %a[%i] : memref<64xi32>
  }
  return
}

// The bins are not known: load, add, store around the loop, II 4.
// CHECK-LABEL: func.func @histogram
// CHECK: gaus.ii = 4 : i64
func.func @histogram(%h: memref<256xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  scf.for %i = %c0 to %n step %c1 {
    %k = arith.muli %i, %i : index
    %v = memref.load %h[%k] : memref<256xi32>
    %w = arith.addi %v, %one : i32
    // REMARK: loops.mlir:[[@LINE+1]]:{{.*}}: remark: [Missed] LoopCarried {{.*}}memref.load
    memref.store %w, %h[%k] : memref<256xi32>
  }
  return
}

// The same, told that the bins differ.
// CHECK-LABEL: func.func @told
// CHECK: gaus.ii = 1 : i64
func.func @told(%h: memref<256xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  scf.for %i = %c0 to %n step %c1 {
    %k = arith.muli %i, %i : index
    %v = memref.load %h[%k] {gaus.independent} : memref<256xi32>
    %w = arith.addi %v, %one : i32
    memref.store %w, %h[%k] {gaus.independent} : memref<256xi32>
  }
  return
}

// A chain of arguments is a distance of two: 5 cycles over it, II 3.
// CHECK-LABEL: func.func @shift
// CHECK: gaus.ii = 3 : i64
func.func @shift(%n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %one = arith.constant 1 : i32
  %r:2 = scf.for %i = %c0 to %n step %c1 iter_args(%x = %one, %y = %one)
      -> (i32, i32) {
    %z = arith.muli %x, %x {gaus.latency = 5 : i64} : i32
    scf.yield %y, %z : i32, i32
  }
  return %r#0 : i32
}

// A row of a matrix times a vector: a sum of 4 cycles, in both forms of a loop.
// CHECK-LABEL: func.func @matvec
// CHECK: gaus.ii = 4 : i64
// CHECK: gaus.ii = 4 : i64
func.func @matvec(%a: memref<8x8xf32>, %x: memref<8xf32>, %y: memref<8xf32>) {
  %zero = arith.constant 0.0 : f32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  affine.for %i = 0 to 8 {
    %r = affine.for %j = 0 to 8 iter_args(%s = %zero) -> (f32) {
      %u = affine.load %a[%i, %j] : memref<8x8xf32>
      %v = affine.load %x[%j] : memref<8xf32>
      %p = arith.mulf %u, %v : f32
      %t = arith.addf %s, %p : f32
      affine.yield %t : f32
    }
    affine.store %r, %y[%i] : memref<8xf32>
  }
  scf.for %i = %c0 to %c8 step %c1 {
    %r = scf.for %j = %c0 to %c8 step %c1 iter_args(%s = %zero) -> (f32) {
      %u = memref.load %a[%i, %j] : memref<8x8xf32>
      %v = memref.load %x[%j] : memref<8xf32>
      %p = arith.mulf %u, %v : f32
      %t = arith.addf %s, %p : f32
      scf.yield %t : f32
    }
    memref.store %r, %y[%i] : memref<8xf32>
  }
  return
}

// In place: 2 + 4 + 4 + 1 cycles over three iterations, whoever makes the
// subscripts.
// CHECK-LABEL: func.func @relax
// CHECK-COUNT-2: gaus.ii = 4 : i64
func.func @relax(%a: memref<64xf32>) {
  %c3 = arith.constant 3 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  affine.for %i = 3 to 64 {
    %u = affine.load %a[%i - 3] : memref<64xf32>
    %v = affine.load %a[%i] : memref<64xf32>
    %p = arith.mulf %u, %u : f32
    %t = arith.addf %v, %p : f32
    affine.store %t, %a[%i] : memref<64xf32>
  }
  scf.for %i = %c3 to %c64 step %c1 {
    %j = arith.subi %i, %c3 : index
    %u = memref.load %a[%j] : memref<64xf32>
    %v = memref.load %a[%i] : memref<64xf32>
    %p = arith.mulf %u, %u : f32
    %t = arith.addf %v, %p : f32
    memref.store %t, %a[%i] : memref<64xf32>
  }
  return
}
