// Where addresses come from tells them apart: through selections and views, an
// allocation from globals and arguments, and what never escapes from everything.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// REPLAY-COUNT-5: as in order
// RUN: gaus-opt %s --gaus-schedule=noalias-arguments --gaus-verify | FileCheck %s --check-prefix=APART
gaus.library @l {
  gaus.operator @ld latency(4) for("memref.load", "llvm.load")
  gaus.operator @st latency(4) for("memref.store", "llvm.store")
}
memref.global "private" @state : memref<16xi32> = dense<3>
memref.global "private" @other : memref<16xi32> = dense<4>
memref.global @public : memref<16xi32> = dense<5>
llvm.mlir.global internal @seed(dense<3> : tensor<8xi32>) : !llvm.array<8 x i32>

// The load need not wait for the store: 4 cycles and not 8.
// CHECK-LABEL: @static
// CHECK-SAME: gaus.length = 4
func.func @static(%a: memref<16xi32>, %i: index, %x: i32) -> i32 attributes {gaus.library = @l} {
  %s = memref.get_global @state : memref<16xi32>
  memref.store %x, %s[%i] : memref<16xi32>
  %r = memref.load %a[%i] : memref<16xi32>
  return %r : i32
}

// Others may know what is public.
// CHECK-LABEL: @shared
// CHECK-SAME: gaus.length = 8
func.func @shared(%a: memref<16xi32>, %i: index, %x: i32) -> i32 attributes {gaus.library = @l} {
  %s = memref.get_global @public : memref<16xi32>
  memref.store %x, %s[%i] : memref<16xi32>
  %r = memref.load %a[%i] : memref<16xi32>
  return %r : i32
}

// Either of two is not the third.
// CHECK-LABEL: @selected
// CHECK-SAME: gaus.length = 5
func.func @selected(%c: i1, %i: index, %x: i32) -> i32 attributes {gaus.library = @l} {
  %s = memref.get_global @other : memref<16xi32>
  %m = memref.alloc() : memref<16xi32>
  %n = memref.get_global @state : memref<16xi32>
  %p = arith.select %c, %s, %m : memref<16xi32>
  memref.store %x, %p[%i] : memref<16xi32>
  %r = memref.load %n[%i] : memref<16xi32>
  return %r : i32
}

// A static of the llvm dialect and an argument.
// CHECK-LABEL: @seeded
// CHECK-SAME: gaus.length = 4
llvm.func @seeded(%a: !llvm.ptr, %x: i32) -> i32 attributes {gaus.library = @l} {
  %s = llvm.mlir.addressof @seed : !llvm.ptr
  llvm.store %x, %s : i32, !llvm.ptr
  %r = llvm.load %a : !llvm.ptr -> i32
  llvm.return %r : i32
}

// Two arguments may be one memory, unless it is said that they are not.
// CHECK-LABEL: @arguments
// CHECK-SAME: gaus.length = 8
// APART-LABEL: @arguments(%{{.*}}: memref<16xi32> {llvm.noalias}, %{{.*}}: memref<16xi32> {llvm.noalias}, %{{.*}}: i32)
// APART-SAME: gaus.length = 4
func.func @arguments(%a: memref<16xi32>, %b: memref<16xi32>, %x: i32) -> i32 attributes {gaus.library = @l} {
  %z = arith.constant 0 : index
  memref.store %x, %a[%z] : memref<16xi32>
  %r = memref.load %b[%z] : memref<16xi32>
  return %r : i32
}
