// Hand-written schedules. RUN: not gaus-replay %s 2>&1 | FileCheck %s
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
}
// The load of the next iteration wants what the store writes in cycle 6.
// CHECK: [memory] affine.load of iteration 1, started in cycle 5
func.func @interval(%m: memref<32xi32>, %x: i32) {
  affine.for %i = 0 to 8 step 2 {
    %a = affine.load %m[%i] {gaus.start = 0 : i64} : memref<32xi32>
    %b = arith.muli %a, %x {gaus.start = 2 : i64} : i32
    affine.store %b, %m[%i + 2] {gaus.start = 5 : i64} : memref<32xi32>
  } {gaus.ii = 5 : i64, gaus.length = 6 : i64, gaus.start = 0 : i64}
  return
}
// CHECK: @right: as in order
func.func @right(%m: memref<32xi32>, %x: i32) {
  affine.for %i = 0 to 8 step 2 {
    %a = affine.load %m[%i] {gaus.start = 0 : i64} : memref<32xi32>
    %b = arith.muli %a, %x {gaus.start = 2 : i64} : i32
    affine.store %b, %m[%i + 2] {gaus.start = 5 : i64} : memref<32xi32>
  } {gaus.ii = 6 : i64, gaus.length = 6 : i64, gaus.start = 0 : i64}
  return
}
// CHECK: [operand] memref.store, started in cycle 2, uses a value that is there in cycle 3
// CHECK: [limit] arith.muli of iteration 0, started in cycle 0: 2 units
func.func @early(%m: memref<i32>, %x: i32) attributes {gaus.library = @l, gaus.length = 7 : i64} {
  %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  memref.store %a, %m[] {gaus.start = 2 : i64} : memref<i32>
  affine.for %i = 0 to 2 {
    %b = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.ii = 1 : i64, gaus.length = 3 : i64, gaus.start = 0 : i64}
  return
}
