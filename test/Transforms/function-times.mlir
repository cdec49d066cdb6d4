// How long functions of several blocks, nests of loops that branches make, loops with
// bounds and loops with hints take, and what that is where it is called.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: gaus-replay %t.mlir --function=nest | FileCheck %s --check-prefix=NEST
// RUN: gaus-replay %t.mlir --function=caller | FileCheck %s --check-prefix=CALLER
// RUN: gaus-replay %t.mlir --function=triangle | FileCheck %s --check-prefix=TRIANGLE
// RUN: gaus-replay %t.mlir --function=sides --args=1 | FileCheck %s --check-prefix=SIDES
// RUN: gaus-replay %t.mlir --function=sides --args=0 | FileCheck %s --check-prefix=OTHER

// The entry takes no time; 3 iterations of 5 + 4 cycles of the loop within (4
// iterations 1 cycle apart, of 2) and 2 of the block behind it; then 1.
// CHECK-LABEL: func.func @nest
// CHECK-SAME:  gaus.length = 22 : i64
// NEST:        @nest: as in order, {{.*}} in 22 cycles
func.func @nest(%x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c8 = arith.constant 8 : index
  cf.br ^outer(%c0, %x : index, i32)
^outer(%i: index, %s: i32):
  cf.br ^inner(%c0, %s : index, i32)
^inner(%j: index, %t: i32):
  %u = arith.addi %t, %x : i32
  %k = arith.addi %j, %c2 : index
  %more = arith.cmpi ult, %k, %c8 : index
  cf.cond_br %more, ^inner(%k, %u : index, i32), ^behind
^behind:
  %n = arith.addi %i, %c1 : index
  %on = arith.cmpi slt, %n, %c3 : index
  cf.cond_br %on, ^outer(%n, %u : index, i32), ^out
^out:
  %r = arith.addi %u, %x : i32
  return %r : i32
}

// CHECK-LABEL: func.func @caller
// CHECK-SAME:  gaus.length = 23 : i64
// CHECK:       call @nest{{.*}} {gaus.start = 0 : i64}
// CHECK:       arith.addi {{.*}} {gaus.start = 22 : i64}
// CALLER:      @caller: as in order, {{.*}} in 23 cycles
func.func @caller(%x: i32) -> i32 {
  %r = call @nest(%x) : (i32) -> i32
  %s = arith.addi %r, %x : i32
  return %s : i32
}

// The longer side, 1 + 3.
// CHECK-LABEL: func.func @sides
// CHECK-SAME:  gaus.length = 4 : i64
// SIDES:       in 4 cycles
// OTHER:       in 2 cycles
func.func @sides(%c: i1, %x: i32) -> i32 {
  %a = arith.addi %x, %x : i32
  cf.cond_br %c, ^long, ^short
^long:
  %b = arith.addi %a, %x : i32
  %d = arith.addi %b, %x : i32
  %e = arith.addi %d, %x : i32
  cf.br ^meet(%e : i32)
^short:
  %f = arith.addi %a, %a : i32
  cf.br ^meet(%f : i32)
^meet(%r: i32):
  return %r : i32
}

// At most 3 iterations of 1 cycle within each of 4: 3 + (4 - 1) 3.
// CHECK-LABEL: func.func @triangle
// CHECK-SAME:  gaus.length = 12 : i64
// CHECK-NOT:   gaus.latency_min
// TRIANGLE:    @triangle: as in order, {{.*}} in 12 cycles
func.func @triangle(%x: i32) {
  affine.for %i = 0 to 4 {
    affine.for %j = 0 to affine_map<(d0) -> (d0)>(%i) {
      %s = arith.addi %x, %x : i32
    }
  }
  return
}

// A hint: at most 5 iterations. Without one the scope waits.
// CHECK-LABEL: func.func @hinted
// CHECK:       gaus.start = 0 : i64, gaus.trips = array<i64: 0, 5>
// CHECK:       arith.addi {{.*}} {gaus.start = 5 : i64}
func.func @hinted(%x: i32, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> i32 {
    %t = arith.addi %s, %x : i32
    scf.yield %t : i32
  } {gaus.trips = array<i64: 0, 5>}
  %u = arith.addi %r, %x : i32
  return %u : i32
}
// CHECK-LABEL: func.func @waits
// CHECK:       gaus.latency_min = 1 : i64, gaus.length = 1 : i64, gaus.start = 0 : i64
func.func @waits(%x: i32, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %x) -> i32 {
    %t = arith.addi %s, %x : i32
    scf.yield %t : i32
  }
  return %r : i32
}

// What decides, 1 cycle, runs 4 times, what is repeated, 1 cycle, 3 times.
// CHECK-LABEL: func.func @repeats
// CHECK-SAME:  gaus.length = 8 : i64
func.func @repeats(%x: i32, %n: i32) -> i32 {
  %r = scf.while (%s = %x) : (i32) -> i32 {
    %c = arith.cmpi slt, %s, %n : i32
    scf.condition(%c) %s : i32
  } do {
  ^bb0(%s: i32):
    %t = arith.addi %s, %x : i32
    scf.yield %t : i32
  } attributes {gaus.trips = array<i64: 0, 3>}
  %u = arith.addi %r, %x : i32
  return %u : i32
}

// 2 x 3 iterations of 1 cycle.
// CHECK-LABEL: func.func @parallel
// CHECK-SAME:  gaus.length = 6 : i64
func.func @parallel(%x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c6 = arith.constant 6 : index
  scf.parallel (%i, %j) = (%c0, %c0) to (%c2, %c6) step (%c1, %c2) {
    %s = arith.addi %x, %x : i32
  }
  return
}

// A loop of branches whose end nobody knows, with a hint and without.
// CHECK-LABEL: llvm.func @counted
// CHECK-SAME:  gaus.length = 8 : i64
llvm.func @counted(%n: i64) {
  %0 = llvm.mlir.constant(0 : i64) : i64
  %1 = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^l(%0 : i64)
^l(%i: i64):
  %j = llvm.add %i, %1 : i64
  %e = llvm.icmp "eq" %j, %n : i64
  llvm.cond_br %e, ^out, ^l(%j : i64) {gaus.trips = array<i64: 1, 7>}
^out:
  llvm.return
}
// CHECK-LABEL: llvm.func @unknown(
// CHECK-NOT:   gaus.length
// CHECK:       llvm.cond_br
llvm.func @unknown(%n: i64) {
  %0 = llvm.mlir.constant(0 : i64) : i64
  %1 = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^l(%0 : i64)
^l(%i: i64):
  %j = llvm.add %i, %1 : i64
  %e = llvm.icmp "eq" %j, %n : i64
  llvm.cond_br %e, ^out, ^l(%j : i64)
^out:
  llvm.return
}
