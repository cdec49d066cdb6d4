// What takes as long as it needs is waited for. RUN: gaus-replay --seed=44 %s | FileCheck %s
gaus.library @l {
  gaus.resource @write limit(1)
  gaus.operator @w latency(1) occupancy(2) uses(@write) for("affine.store")
}
// The last store of the loop holds the unit for a cycle longer than the loop lasts.
// CHECK: @after: as in order, 8 operations in 13 cycles
func.func @after(%a: memref<256xi32>, %y: i32, %n: index) attributes {gaus.library = @l, gaus.length = 2 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    affine.store %y, %a[3] {gaus.start = 0 : i64} : memref<256xi32>
  } {gaus.ii = 2 : i64, gaus.length = 1 : i64, gaus.start = 0 : i64}
  affine.store %y, %a[15] {gaus.start = 1 : i64} : memref<256xi32>
  return
}
// What started before goes on beside the loop; what starts later waits.
// CHECK: @beside: as in order, 6 operations in 7 cycles
// RUN: gaus-replay --function=beside --args=,,,9 %s | FileCheck %s --check-prefix=NINE
// NINE: @beside: as in order, 22 operations in 15 cycles
func.func @beside(%a: memref<256xi32>, %b: memref<256xi32>, %y: i32, %n: index) -> i32 attributes {gaus.length = 5 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %x = arith.muli %y, %y {gaus.start = 0 : i64} : i32
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %y) -> (i32) {
    %v = memref.load %b[%i] {gaus.start = 0 : i64} : memref<256xi32>
    %t = arith.addi %s, %v {gaus.start = 2 : i64} : i32
    scf.yield %t : i32
  } {gaus.ii = 1 : i64, gaus.length = 3 : i64, gaus.start = 0 : i64}
  %z = arith.addi %r, %x {gaus.start = 3 : i64} : i32
  affine.store %z, %a[15] {gaus.start = 4 : i64} : memref<256xi32>
  return %z : i32
}
// So does the next block where the one before holds a unit beyond its end.
// CHECK: @blocks: as in order, 3 operations in 6 cycles
llvm.func @blocks(%a: !llvm.ptr, %x: i32) attributes {gaus.library = @l} {
  llvm.br ^next {gaus.length = 1 : i64}
^next:
  llvm.store %x, %a {gaus.occupancy = 4 : i64, gaus.start = 0 : i64, gaus.uses = {write = 1 : i64}} : i32, !llvm.ptr
  %t = llvm.icmp "eq" %x, %x {gaus.start = 0 : i64} : i32
  llvm.cond_br %t, ^then, ^other {gaus.length = 1 : i64}
^then:
  llvm.store %x, %a {gaus.occupancy = 2 : i64, gaus.start = 0 : i64, gaus.uses = {write = 1 : i64}} : i32, !llvm.ptr
  llvm.return {gaus.length = 1 : i64}
^other:
  llvm.return {gaus.length = 1 : i64}
}
// Iterations that run apart find the units free when that was planned, however long they wait.
// CHECK: @apart: as in order, 25 operations in 47 cycles
func.func @apart(%a: memref<256xi32>, %y: i32, %n: index) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  affine.for %k = 0 to 3 {
    affine.store %y, %a[3] {gaus.occupancy = 4 : i64, gaus.start = 1 : i64, gaus.uses = {write = 1 : i64}} : memref<256xi32>
    scf.for %i = %c0 to %n step %c1 {
      %v = memref.load %a[%i] {gaus.start = 1 : i64} : memref<256xi32>
    } {gaus.ii = 2 : i64, gaus.latency_min = 1 : i64, gaus.length = 2 : i64, gaus.start = 2 : i64}
  } {gaus.length = 3 : i64, gaus.start = 0 : i64}
  return
}
