// Loops that stay as they are, with a remark.
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops --remarks-filter=gaus -o %t 2>&1 | FileCheck %s --check-prefix=REMARK
// RUN: FileCheck %s < %t

// Memory of the stack lives for one iteration, its stages are in several.
// REMARK: pipeline-left.mlir:[[#@LINE+8]]:{{.*}}NotPipelined{{.*}}it takes memory that lives for one iteration
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

// REMARK: NotPipelined{{.*}}its bounds are compared as unsigned numbers
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
