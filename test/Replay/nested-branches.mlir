// A loop of branches within another one has its interval, however the loop around
// comes back to it; what the summary states is what it takes.
// RUN: gaus-opt %s --gaus-schedule --gaus-report=format=summary -o %t.mlir | FileCheck %s
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY

// 10 times 3 cycles for %f, 7 intervals of 3 and 3 of the last iteration, and 2.
// CHECK: function @nest {{.*}} 290
// CHECK: loop {{.*}} 10 290
// CHECK: loop {{.*}} 8 3 yes 3 1 3 24
// REPLAY: @nest: as in order, {{.*}} in 290 cycles
llvm.func @nest(%m: i64) -> i64 {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  %c10 = llvm.mlir.constant(10 : i64) : i64
  llvm.br ^outer(%c0 : i64)
^outer(%i: i64):
  %f = llvm.mul %i, %m : i64
  llvm.br ^inner(%c0, %f : i64, i64)
^inner(%j: i64, %s: i64):
  %t = llvm.mul %s, %j : i64
  %j1 = llvm.add %j, %c1 : i64
  %e = llvm.icmp "eq" %j1, %c8 : i64
  llvm.cond_br %e, ^latch, ^inner(%j1, %t : i64, i64)
^latch:
  %i1 = llvm.add %i, %c1 : i64
  %o = llvm.icmp "eq" %i1, %c10 : i64
  llvm.cond_br %o, ^end, ^outer(%i1 : i64)
^end:
  llvm.return %t : i64
}
