// Between the start of a transfer and the wait for it lies what it moves; what
// is behind the wait stays there. Results survive in the generic form alone.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -mlir-print-op-generic -o %t.mlir 2>&1 | FileCheck %s --check-prefix=WARN
// RUN: gaus-opt %t.mlir --gaus-verify --gaus-report -o /dev/null | FileCheck %s
// RUN: gaus-replay --function=moved %t.mlir | FileCheck %s --check-prefix=MOVED
// RUN: gaus-replay --function=buffers --args=,@0+3 %t.mlir | FileCheck %s --check-prefix=BUFFERS

// CHECK-LABEL: function @moved
// CHECK: memref.store #3
// CHECK: memref.dma_start #4
// CHECK: memref.dma_wait #5
// CHECK: memref.load #6
// MOVED: @moved: as in order
func.func @moved(%a: memref<64xi32>, %b: memref<64xi32>, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %n = arith.constant 8 : index
  %fast = memref.alloc() : memref<64xi32>
  %tag = memref.alloc() : memref<1xi32>
  %y = arith.muli %x, %x : i32
  memref.store %y, %a[%c4] : memref<64xi32>
  // WARN: transfers.mlir:[[#@LINE+1]]:3: warning: 'memref.dma_start' is printed in a form that cannot be read again with attributes
  memref.dma_start %a[%c0], %fast[%c4], %n, %tag[%c0] : memref<64xi32>, memref<64xi32>, memref<1xi32>
  memref.dma_wait %tag[%c0], %n : memref<1xi32>
  %v = memref.load %fast[%c4] : memref<64xi32>
  return %v : i32
}

// The buffer of the iteration before is done with when the next transfer starts.
// BUFFERS: @buffers: as in order
func.func @buffers(%a: memref<64xi32>, %b: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %n = arith.constant 4 : index
  %fast = memref.alloc() : memref<64xi32>
  %tag = memref.alloc() : memref<1xi32>
  affine.for %i = 0 to 8 {
    memref.dma_start %a[%i], %fast[%c0], %n, %tag[%c0] : memref<64xi32>, memref<64xi32>, memref<1xi32>
    memref.dma_wait %tag[%c0], %n : memref<1xi32>
    %v = affine.load %fast[1] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %b[%i] : memref<64xi32>
  }
  return
}

// CHECK-LABEL: function @affine
// CHECK: affine.dma_start #1
// CHECK: affine.dma_wait #2
// CHECK: affine.load #3
func.func @affine(%a: memref<64xi32>, %b: memref<64xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %n = arith.constant 8 : index
  %tag = memref.alloc() : memref<1xi32>
  // WARN: :[[#@LINE+1]]:3: warning: 'affine.dma_start' is printed without its attributes
  affine.dma_start %a[%c0], %b[%c0], %tag[%c0], %n : memref<64xi32>, memref<64xi32>, memref<1xi32>
  // WARN: :[[#@LINE+1]]:3: warning: 'affine.dma_wait' is printed without its attributes
  affine.dma_wait %tag[%c0], %n : memref<1xi32>
  %v = affine.load %b[0] : memref<64xi32>
  return %v : i32
}
