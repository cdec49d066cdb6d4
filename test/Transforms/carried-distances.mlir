// Distances between iterations where the step is not 1, where a view changes
// in the loop, and where an access has several elements.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s

// The store of an iteration is the load of the next.
// CHECK-LABEL: func.func @step
// CHECK: gaus.ii = 6 : i64
func.func @step(%x: i32) {
  %m = memref.alloc() : memref<200xi32>
  affine.for %i = 0 to 60 step 2 {
    %a = affine.load %m[%i] : memref<200xi32>
    %b = arith.muli %a, %x : i32
    affine.store %b, %m[%i + 2] : memref<200xi32>
  }
  return
}

// All iterations meet in one element.
// CHECK-LABEL: func.func @view
// CHECK: gaus.ii = 6 : i64
// CHECK-LABEL: func.func @applied
// CHECK: gaus.ii = 6 : i64
// CHECK-LABEL: func.func @handed_on
// CHECK: gaus.ii = 6 : i64
func.func @view(%m: memref<200xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c60 = arith.constant 60 : index
  scf.for %i = %c0 to %c60 step %c1 {
    %o = arith.subi %c60, %i : index
    %v = memref.subview %m[%o][100][1] : memref<200xi32> to memref<100xi32, strided<[1], offset: ?>>
    %a = memref.load %v[%i] : memref<100xi32, strided<[1], offset: ?>>
    %b = arith.muli %a, %x : i32
    memref.store %b, %v[%i] : memref<100xi32, strided<[1], offset: ?>>
  }
  return
}
func.func @applied(%m: memref<200xi32>, %x: i32) {
  %c60 = arith.constant 60 : index
  affine.for %i = 0 to 60 {
    %o = affine.apply affine_map<(d0) -> (60 - d0)>(%i)
    %v = memref.subview %m[%o][100][1] : memref<200xi32> to memref<100xi32, strided<[1], offset: ?>>
    %a = affine.load %v[%i] : memref<100xi32, strided<[1], offset: ?>>
    %b = arith.muli %a, %x : i32
    affine.store %b, %v[%i] : memref<100xi32, strided<[1], offset: ?>>
  }
  return
}
func.func @handed_on(%m: memref<200xi32, strided<[1], offset: ?>>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c60 = arith.constant 60 : index
  %r = scf.for %i = %c0 to %c60 step %c1 iter_args(%p = %m) -> memref<200xi32, strided<[1], offset: ?>> {
    %a = memref.load %p[%i] : memref<200xi32, strided<[1], offset: ?>>
    %b = arith.muli %a, %x : i32
    memref.store %b, %p[%i] : memref<200xi32, strided<[1], offset: ?>>
    %bb, %off, %sz, %st = memref.extract_strided_metadata %p : memref<200xi32, strided<[1], offset: ?>> -> memref<i32>, index, index, index
    %o2 = arith.subi %off, %c1 : index
    %q = memref.reinterpret_cast %bb to offset: [%o2], sizes: [200], strides: [1] : memref<i32> to memref<200xi32, strided<[1], offset: ?>>
    scf.yield %q : memref<200xi32, strided<[1], offset: ?>>
  }
  return
}

// Iteration n stores m[n - 7 .. n], and the next one loads m[n - 2].
// CHECK-LABEL: func.func @vector
// CHECK: gaus.ii = 8 : i64
// CHECK-LABEL: func.func @vectors
// CHECK: gaus.ii = 7 : i64
func.func @vector(%m: memref<200xf32>) {
  affine.for %i = 10 to 60 {
    %a = affine.load %m[%i - 3] : memref<200xf32>
    %s = arith.mulf %a, %a : f32
    %v = vector.broadcast %s : f32 to vector<8xf32>
    affine.vector_store %v, %m[%i - 7] : memref<200xf32>, vector<8xf32>
  }
  return
}
func.func @vectors(%m: memref<200xf32>) {
  affine.for %i = 10 to 60 {
    %a = affine.vector_load %m[%i - 4] : memref<200xf32>, vector<8xf32>
    %s = arith.mulf %a, %a : vector<8xf32>
    affine.vector_store %s, %m[%i - 7] : memref<200xf32>, vector<8xf32>
  }
  return
}
