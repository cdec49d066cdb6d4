// How often each argument with gaus.fifo is accessed; one that is another argument's memory,
// too, is none.
// RUN: gaus-opt %s --gaus-schedule | gaus-replay --fifos | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule | gaus-replay --fifos --function=some --args=,@0,,5 | FileCheck %s --check-prefix=SHARED --implicit-check-not=fifo
// RUN: gaus-opt %s --gaus-schedule | gaus-replay | FileCheck %s --check-prefix=NONE --implicit-check-not=fifo
// CHECK: fifo @some arg0 8
// CHECK-NEXT: fifo @some arg1 0
// CHECK-NEXT: @some: as in order
// NONE: @some: as in order
// SHARED: @some: as in order
func.func @some(%a: memref<8xi32> {gaus.fifo}, %b: memref<8xi32> {gaus.fifo},
                %c: memref<8xi32>, %n: i32) {
  affine.for %i = 0 to 8 {
    %x = affine.load %a[%i] : memref<8xi32>
    affine.store %x, %c[%i] : memref<8xi32>
  }
  return
}
