// How often loops of branches run whose bounds depend on the loops around: at least and
// at most, without the iterations in which control does not come to them.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report=format=summary -o %t.mlir | FileCheck %s
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// REPLAY-COUNT-6: as in order

// for i < 64: for j < i. The inner one does not run at first.
// CHECK-LABEL: function @below
// CHECK:       loop {{.*}} 64 {{.*}}
// CHECK:       loop {{.*}} 1..63 {{.*}}
// CHECK:       how often it runs is known within bounds only: loop
llvm.func @below() {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c64 = llvm.mlir.constant(64 : i64) : i64
  llvm.br ^outer(%c0 : i64)
^outer(%i: i64):
  %none = llvm.icmp "eq" %i, %c0 : i64
  llvm.cond_br %none, ^behind, ^before
^before:
  llvm.br ^inner(%c0 : i64)
^inner(%j: i64):
  %n = llvm.add %j, %c1 : i64
  %out = llvm.icmp "eq" %n, %i : i64
  llvm.cond_br %out, ^behind, ^inner(%n : i64)
^behind:
  %m = llvm.add %i, %c1 : i64
  %done = llvm.icmp "eq" %m, %c64 : i64
  llvm.cond_br %done, ^end, ^outer(%m : i64)
^end:
  llvm.return
}

// for k < 8: for i from k + 1 below 8: for j from k below i, of 32 bits. What is asked
// of one variable, another one that steps beside it says, too.
// CHECK-LABEL: function @three
// CHECK:       loop {{.*}} 8 {{.*}}
// CHECK:       loop {{.*}} 1..7 {{.*}}
// CHECK:       loop {{.*}} 1..7 {{.*}}
llvm.func @three() {
  %c0 = llvm.mlir.constant(0 : i32) : i32
  %c1 = llvm.mlir.constant(1 : i32) : i32
  %c7 = llvm.mlir.constant(7 : i32) : i32
  %c8 = llvm.mlir.constant(8 : i32) : i32
  llvm.br ^k(%c0, %c1 : i32, i32)
^k(%k: i32, %first: i32):
  %some = llvm.icmp "ult" %k, %c7 : i32
  llvm.cond_br %some, ^i(%first : i32), ^behind
^i(%i: i32):
  llvm.br ^j(%k : i32)
^j(%j: i32):
  %nj = llvm.add %j, %c1 overflow<nsw, nuw> : i32
  %mj = llvm.icmp "ult" %nj, %i : i32
  llvm.cond_br %mj, ^j(%nj : i32), ^next
^next:
  %ni = llvm.add %i, %c1 overflow<nsw, nuw> : i32
  %mi = llvm.icmp "ne" %ni, %c8 : i32
  llvm.cond_br %mi, ^i(%ni : i32), ^behind
^behind:
  %nk = llvm.add %k, %c1 overflow<nsw, nuw> : i32
  %nf = llvm.add %first, %c1 overflow<nsw, nuw> : i32
  %mk = llvm.icmp "ne" %nk, %c8 : i32
  llvm.cond_br %mk, ^k(%nk, %nf : i32, i32), ^end
^end:
  llvm.return
}

// Ends in headers, as structured loops become: the last visit counts.
// CHECK-LABEL: function @headers
// CHECK:       loop {{.*}} 5 {{.*}}
// CHECK:       loop {{.*}} 2..5 {{.*}}
func.func @headers() {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  cf.br ^i(%c0 : index)
^i(%i: index):
  %mi = arith.cmpi slt, %i, %c4 : index
  cf.cond_br %mi, ^body, ^end
^body:
  cf.br ^j(%i : index)
^j(%j: index):
  %mj = arith.cmpi slt, %j, %c4 : index
  cf.cond_br %mj, ^in, ^next
^in:
  %nj = arith.addi %j, %c1 : index
  cf.br ^j(%nj : index)
^next:
  %ni = arith.addi %i, %c1 : index
  cf.br ^i(%ni : index)
^end:
  return
}

// Left by a break as well: at most so often.
// CHECK-LABEL: function @break
// CHECK:       loop {{.*}} 1..9 {{.*}}
llvm.func @break(%p: !llvm.ptr) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c9 = llvm.mlir.constant(9 : i64) : i64
  %z = llvm.mlir.constant(0 : i32) : i32
  llvm.br ^l(%c0 : i64)
^l(%i: i64):
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %t = llvm.icmp "eq" %v, %z : i32
  llvm.cond_br %t, ^end, ^on
^on:
  %n = llvm.add %i, %c1 : i64
  %more = llvm.icmp "ne" %n, %c9 : i64
  llvm.cond_br %more, ^l(%n : i64), ^end
^end:
  llvm.return
}

// A condition that is not understood: as if the first time were for 2^64 iterations.
// CHECK-LABEL: function @unguarded
// CHECK:       loop {{.*}} 3 {{.*}}
// CHECK:       loop {{.*}} ? {{.*}}
// CHECK:       how often it runs is not known: loop
llvm.func @unguarded(%x: i64) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c3 = llvm.mlir.constant(3 : i64) : i64
  llvm.br ^outer(%c0 : i64)
^outer(%i: i64):
  %t = llvm.mul %i, %x : i64
  %stop = llvm.icmp "eq" %t, %c0 : i64
  llvm.cond_br %stop, ^behind, ^inner(%c0 : i64)
^inner(%j: i64):
  %n = llvm.add %j, %c1 : i64
  %out = llvm.icmp "eq" %n, %i : i64
  llvm.cond_br %out, ^behind, ^inner(%n : i64)
^behind:
  %m = llvm.add %i, %c1 : i64
  %done = llvm.icmp "eq" %m, %c3 : i64
  llvm.cond_br %done, ^end, ^outer(%m : i64)
^end:
  llvm.return
}

// Additions of 32 bits that may wrap are not followed.
// CHECK-LABEL: function @wraps
// CHECK:       loop {{.*}} 3 {{.*}}
// CHECK:       loop {{.*}} ? {{.*}}
llvm.func @wraps() {
  %c0 = llvm.mlir.constant(0 : i32) : i32
  %c1 = llvm.mlir.constant(1 : i32) : i32
  %c3 = llvm.mlir.constant(3 : i32) : i32
  llvm.br ^outer(%c0 : i32)
^outer(%i: i32):
  %limit = llvm.add %i, %c3 : i32
  llvm.br ^inner(%c0 : i32)
^inner(%j: i32):
  %n = llvm.add %j, %c1 overflow<nsw> : i32
  %more = llvm.icmp "slt" %n, %limit : i32
  llvm.cond_br %more, ^inner(%n : i32), ^behind
^behind:
  %m = llvm.add %i, %c1 overflow<nsw, nuw> : i32
  %done = llvm.icmp "eq" %m, %c3 : i32
  llvm.cond_br %done, ^end, ^outer(%m : i32)
^end:
  llvm.return
}
