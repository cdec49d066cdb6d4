// How often loops run whose bounds come from loops around them.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report=format=summary -o %t.mlir | FileCheck %s
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// REPLAY-COUNT-6: as in order

// Tiles of 8: where they begin and end step together, and the loops around compare what
// is cut to 32 bits.
// CHECK-LABEL: function @tiles
// CHECK:       loop {{.*}} 4 {{.*}}
// CHECK:       loop {{.*}} 8 {{.*}}
// CHECK-NOT:   how often it runs is not known
llvm.func @tiles() {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  %c24 = llvm.mlir.constant(24 : i32) : i32
  llvm.br ^outer(%c8, %c0 : i64, i64)
^outer(%end: i64, %begin: i64):
  %low = llvm.trunc %begin : i64 to i32
  llvm.br ^inner(%begin : i64)
^inner(%i: i64):
  %n = llvm.add %i, %c1 : i64
  %out = llvm.icmp "eq" %n, %end : i64
  llvm.cond_br %out, ^behind, ^inner(%n : i64)
^behind:
  %b = llvm.add %begin, %c8 : i64
  %more = llvm.icmp "ult" %low, %c24 : i32
  %e = llvm.add %end, %c8 : i64
  llvm.cond_br %more, ^outer(%e, %b : i64, i64), ^done
^done:
  llvm.return
}

// The end steps by more than the begin.
// CHECK-LABEL: function @apart
// CHECK:       loop {{.*}} 4 {{.*}}
// CHECK:       loop {{.*}} 8..11 {{.*}}
llvm.func @apart() {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  %c9 = llvm.mlir.constant(9 : i64) : i64
  %c32 = llvm.mlir.constant(32 : i64) : i64
  llvm.br ^outer(%c8, %c0 : i64, i64)
^outer(%end: i64, %begin: i64):
  llvm.br ^inner(%begin : i64)
^inner(%i: i64):
  %n = llvm.add %i, %c1 : i64
  %out = llvm.icmp "eq" %n, %end : i64
  llvm.cond_br %out, ^behind, ^inner(%n : i64)
^behind:
  %b = llvm.add %begin, %c8 : i64
  %more = llvm.icmp "ult" %b, %c32 : i64
  %e = llvm.add %end, %c9 : i64
  llvm.cond_br %more, ^outer(%e, %b : i64, i64), ^done
^done:
  llvm.return
}

// They begin a constant apart by one way, and another constant by the other.
// CHECK-LABEL: function @ways
// CHECK:       how often it runs is not known: loop
llvm.func @ways(%which: i1) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c2 = llvm.mlir.constant(2 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  llvm.cond_br %which, ^loop(%c0, %c8 : i64, i64), ^loop(%c2, %c8 : i64, i64)
^loop(%first: i64, %end: i64):
  llvm.br ^inner(%first : i64)
^inner(%i: i64):
  %n = llvm.add %i, %c1 : i64
  %out = llvm.icmp "eq" %n, %end : i64
  llvm.cond_br %out, ^done, ^inner(%n : i64)
^done:
  llvm.return
}

// 244, 250, then 256 = 0 modulo 256, which is below 253 again.
// CHECK-LABEL: function @cut
// CHECK:       how often it runs is not known: loop
llvm.func @cut() {
  %first = llvm.mlir.constant(238 : i64) : i64
  %c6 = llvm.mlir.constant(6 : i64) : i64
  %end = llvm.mlir.constant(-3 : i8) : i8
  llvm.br ^loop(%first, %c6 : i64, i64)
^loop(%i: i64, %k: i64):
  %n = llvm.add %i, %c6 : i64
  %low = llvm.trunc %n : i64 to i8
  %m = llvm.add %k, %c6 : i64
  %on = llvm.icmp "ult" %low, %end : i8
  llvm.cond_br %on, ^loop(%n, %m : i64, i64), ^done
^done:
  llvm.return
}

// CHECK-LABEL: function @triangle
// CHECK:       loop {{.*}} 4 {{.*}}
// CHECK:       loop {{.*}} 0..4 {{.*}}
// CHECK-NOT:   how often it runs is not known
func.func @triangle(%x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  scf.for %i = %c0 to %c4 step %c1 {
    %rest = arith.subi %c4, %i : index
    %least = arith.minsi %rest, %c4 : index
    %below = arith.subi %least, %c1 : index
    %up = arith.addi %below, %c1 : index
    scf.for %j = %i to %up step %c1 {
      %s = arith.addi %x, %x : i32
    }
  }
  return
}

// Sums of 8 bits may be others.
// CHECK-LABEL: function @narrow
// CHECK:       how often it runs is not known: loop
func.func @narrow(%x: i32) {
  %c0 = arith.constant 0 : i8
  %c1 = arith.constant 1 : i8
  %c100 = arith.constant 100 : i8
  scf.for %i = %c0 to %c100 step %c1 : i8 {
    %twice = arith.addi %i, %i : i8
    scf.for %j = %c0 to %twice step %c1 : i8 {
      %s = arith.addi %x, %x : i32
    }
  }
  return
}
