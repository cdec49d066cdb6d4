// Loops of branches whose end joins conditions, that are never entered, that a hint
// bounds, or that the loops around bound; and what calls of them take.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report=format=summary -o %t.mlir | FileCheck %s
// RUN: FileCheck %s --input-file=%t.mlir --check-prefix=CALL
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %t.mlir --gaus-pipeline-loops -o - | FileCheck %s --check-prefix=GUARD
// REPLAY-COUNT-10: as in order

// i below 30 and k = 30 - 2 i above 3.
// CHECK-LABEL: function @both
// CHECK-SAME:  {{ }}16
// CHECK:       loop {{.*}} 14 {{.*}} 16
func.func @both(%m: memref<64xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0 : i32
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c30 = arith.constant 30 : index
  %c3 = arith.constant 3 : index
  cf.br ^l(%c0, %c30, %z : index, index, i32)
^l(%i: index, %k: index, %s: i32):
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.addi %v, %s : i32
  %j = arith.addi %i, %c1 : index
  %q = arith.subi %k, %c2 : index
  %a = arith.cmpi slt, %j, %c30 : index
  %b = arith.cmpi sgt, %q, %c3 : index
  %d = arith.andi %a, %b : i1
  cf.cond_br %d, ^l(%j, %q, %w : index, index, i32), ^e
^e:
  return %w : i32
}

// At most 30, and no more than an argument says: as a pipeline, short trips take the
// loop as it was.
// CHECK-LABEL: function @some
// CHECK:       loop {{.*}} 1..30 {{.*}}
// GUARD-LABEL: func.func @some
// GUARD:       cf.cond_br
// GUARD:       cf.cond_br
// GUARD:       cf.cond_br
func.func @some(%m: memref<64xi32>, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %z = arith.constant 0 : i32
  %c1 = arith.constant 1 : index
  %c30 = arith.constant 30 : index
  cf.br ^l(%c0, %z : index, i32)
^l(%i: index, %s: i32):
  %v = memref.load %m[%i] : memref<64xi32>
  %x = arith.muli %v, %v : i32
  %w = arith.addi %x, %s : i32
  %j = arith.addi %i, %c1 : index
  %a = arith.cmpi sge, %j, %c30 : index
  %b = arith.cmpi sge, %j, %n : index
  %d = arith.ori %a, %b : i1
  cf.cond_br %d, ^e, ^l(%j, %w : index, i32)
^e:
  return %w : i32
}

// As clang writes && of something that is not known.
// CHECK-LABEL: function @select
// CHECK:       loop {{.*}} 1..30 {{.*}}
func.func @select(%m: memref<64xi1>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c30 = arith.constant 30 : index
  %no = arith.constant false
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi1>
  %j = arith.addi %i, %c1 : index
  %a = arith.cmpi ne, %j, %c30 : index
  %d = arith.select %a, %v, %no : i1
  cf.cond_br %d, ^l(%j : index), ^e
^e:
  return
}

// for i < 16: for j < i.
// CALL-LABEL: func.func @triangle
// CALL-SAME:  gaus.length = [[LENGTH:[0-9]+]]
func.func @triangle(%x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  cf.br ^outer(%c0, %x : index, i32)
^outer(%i: index, %s: i32):
  %some = arith.cmpi slt, %c0, %i : index
  cf.cond_br %some, ^inner(%c0, %s : index, i32), ^behind(%s : i32)
^inner(%j: index, %t: i32):
  %u = arith.muli %t, %x : i32
  %k = arith.addi %j, %c1 : index
  %more = arith.cmpi slt, %k, %i : index
  cf.cond_br %more, ^inner(%k, %u : index, i32), ^behind(%u : i32)
^behind(%r: i32):
  %n = arith.addi %i, %c1 : index
  %on = arith.cmpi slt, %n, %c16 : index
  cf.cond_br %on, ^outer(%n, %r : index, i32), ^out
^out:
  return %r : i32
}

// The call is not waited for.
// CHECK-LABEL: function @caller
// CHECK-NOT:   not known
// CALL-LABEL: func.func @caller
// CALL:       call @triangle({{.*}}) {gaus.start = 0 : i64}
// CALL:       call @some({{.*}}) {gaus.start = [[LENGTH]] : i64}
func.func @caller(%m: memref<64xi32>, %n: index, %x: i32) -> i32 {
  %a = call @triangle(%x) : (i32) -> i32
  %b = call @some(%m, %n) : (memref<64xi32>, index) -> i32
  %c = arith.addi %a, %b : i32
  return %c : i32
}

// for i < 4: for j from 9 below i.
// CHECK-LABEL: function @never
// CHECK:       loop {{.*}} 4 {{.*}}
// CHECK:       loop {{.*}} 0 {{.*}}
func.func @never(%x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c9 = arith.constant 9 : index
  cf.br ^outer(%c0 : index)
^outer(%i: index):
  %some = arith.cmpi slt, %c9, %i : index
  cf.cond_br %some, ^inner(%c9 : index), ^behind
^inner(%j: index):
  %u = arith.muli %x, %x : i32
  %k = arith.addi %j, %c1 : index
  %more = arith.cmpi slt, %k, %i : index
  cf.cond_br %more, ^inner(%k : index), ^behind
^behind:
  %n = arith.addi %i, %c1 : index
  %on = arith.cmpi slt, %n, %c4 : index
  cf.cond_br %on, ^outer(%n : index), ^out
^out:
  return
}

// CHECK-LABEL: function @hint
// CHECK:       loop {{.*}} 2..70 {{.*}}
func.func @hint(%m: memref<80xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<80xi32>
  %w = arith.addi %v, %v : i32
  memref.store %w, %m[%i] : memref<80xi32>
  %j = arith.addi %i, %c1 : index
  %a = arith.cmpi slt, %j, %n : index
  cf.cond_br %a, ^l(%j : index), ^e {gaus.trips = array<i64: 2, 70>}
^e:
  return
}

// for i < (n & 15), as clang ends it: until they meet, behind a test that there is one.
// CHECK-LABEL: function @mask
// CHECK:       loop {{.*}} 1..15 {{.*}}
llvm.func @mask(%x: i32, %n: i32) -> i32 {
  %z = llvm.mlir.constant(0 : i32) : i32
  %m = llvm.mlir.constant(15 : i32) : i32
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %end = llvm.and %n, %m : i32
  %none = llvm.icmp "eq" %end, %z : i32
  llvm.cond_br %none, ^e(%x : i32), ^p
^p:
  %wide = llvm.zext %end : i32 to i64
  llvm.br ^l(%c0, %x : i64, i32)
^l(%i: i64, %s: i32):
  %w = llvm.mul %s, %x : i32
  %j = llvm.add %i, %c1 : i64
  %d = llvm.icmp "eq" %j, %wide : i64
  llvm.cond_br %d, ^e(%w : i32), ^l(%j, %w : i64, i32)
^e(%r: i32):
  llvm.return %r : i32
}

// Without the test it may never end; below a remainder it does.
// CHECK-LABEL: function @untested
// CHECK:       loop {{.*}} ? {{.*}}
llvm.func @untested(%x: i32, %n: i64) -> i32 {
  %m = llvm.mlir.constant(15 : i64) : i64
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %some = llvm.or %n, %c1 : i64
  %end = llvm.and %some, %m : i64
  llvm.br ^l(%c0, %x : i64, i32)
^l(%i: i64, %s: i32):
  %w = llvm.mul %s, %x : i32
  %j = llvm.add %i, %c1 : i64
  %d = llvm.icmp "eq" %j, %end : i64
  llvm.cond_br %d, ^e, ^l(%j, %w : i64, i32)
^e:
  llvm.return %w : i32
}

// CHECK-LABEL: function @remainder
// CHECK:       loop {{.*}} 1..9 {{.*}}
llvm.func @remainder(%x: i32, %n: i64) -> i32 {
  %m = llvm.mlir.constant(10 : i64) : i64
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %end = llvm.urem %n, %m : i64
  llvm.br ^l(%c0, %x : i64, i32)
^l(%i: i64, %s: i32):
  %w = llvm.mul %s, %x : i32
  %j = llvm.add %i, %c1 : i64
  %d = llvm.icmp "slt" %j, %end : i64
  llvm.cond_br %d, ^l(%j, %w : i64, i32), ^e
^e:
  llvm.return %w : i32
}
