// The largest use of each limited resource. Iterations that run apart do so for as
// long as the longer branch holds its unit, 6 cycles, whichever one is taken.
// RUN: gaus-opt %s --gaus-verify -o /dev/null
// RUN: gaus-replay %s --use --args=,0 | FileCheck %s
// RUN: gaus-replay %s --use --args=,1 | FileCheck %s --check-prefixes=CHECK,TAKEN
// TAKEN: use @f mul 1 of 1
// CHECK: use @f add 1 of 2
// CHECK: @f: as in order
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.resource @add limit(2)
  gaus.operator @m latency(1) occupancy(6) uses(@mul) for("arith.muli")
  gaus.operator @a latency(1) occupancy(3) uses(@add) for("arith.addi")
}
func.func @f(%x: i32, %b: i1) attributes {gaus.library = @l, gaus.length = 8 : i64} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  scf.for %i = %c0 to %c2 step %c1 {
    %s = arith.addi %x, %x {gaus.start = 0 : i64} : i32
    scf.if %b {
      %p = arith.muli %x, %x {gaus.start = 0 : i64} : i32
      scf.yield {gaus.length = 1 : i64}
    } {gaus.start = 0 : i64}
  } {gaus.start = 0 : i64, gaus.length = 2 : i64}
  return
}
