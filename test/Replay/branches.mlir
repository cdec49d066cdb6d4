// Starts that are too early in an iteration of several blocks are found: of what
// waits for its condition, of what uses a value that is not decided on yet, and of
// what the next iteration does before it is known to take place.
// RUN: not gaus-replay %s --function=guarded 2>&1 | FileCheck %s --check-prefix=GUARD
// RUN: not gaus-replay %s --function=joined 2>&1 | FileCheck %s --check-prefix=JOIN
// RUN: gaus-replay %s --function=meet | FileCheck %s --check-prefix=MEET
// RUN: not gaus-replay %s --function=early 2>&1 | FileCheck %s --check-prefix=EARLY

// GUARD: error: [control] memref.store of iteration 0, started in cycle 0, touches memory before it is known that the iteration takes place, in cycle 1
func.func @guarded(%m: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %c = arith.cmpi sge, %x, %x {gaus.start = 0 : i64} : i32
  cf.cond_br %c, ^then, ^meet {gaus.ii = 1 : i64, gaus.length = 2 : i64}
^then:
  memref.store %x, %m[%i] {gaus.start = 0 : i64} : memref<64xi32>
  cf.br ^meet
^meet:
  %j = arith.addi %i, %c1 {gaus.start = 0 : i64} : index
  %more = arith.cmpi ne, %j, %c8 {gaus.start = 1 : i64} : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// JOIN: error: [operand] arith.addi of iteration 0, started in cycle 0, uses a value that is there in cycle 1
func.func @joined(%m: memref<64xi32>, %x: i32, %y: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %c = arith.cmpi sge, %x, %x {gaus.start = 0 : i64} : i32
  cf.cond_br %c, ^then, ^meet(%y : i32) {gaus.ii = 1 : i64, gaus.length = 2 : i64}
^then:
  cf.br ^meet(%x : i32)
^meet(%p: i32):
  %s = arith.addi %p, %x {gaus.start = 0 : i64} : i32
  %j = arith.addi %i, %c1 {gaus.start = 0 : i64} : index
  %more = arith.cmpi ne, %j, %c8 {gaus.start = 1 : i64} : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// EARLY: error: [control] memref.store of iteration 1, started in cycle 1, touches memory before it is known that the iteration takes place, in cycle 2
func.func @early(%m: memref<64xi32>, %n: memref<64xi32>, %x: i32) {
  %neg = arith.constant -1 : i32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  memref.store %x, %n[%i] {gaus.start = 0 : i64} : memref<64xi32>
  %v = memref.load %m[%i] {gaus.start = 0 : i64} : memref<64xi32>
  %c = arith.cmpi slt, %v, %neg {gaus.start = 1 : i64} : i32
  cf.cond_br %c, ^out, ^body {gaus.ii = 1 : i64, gaus.length = 3 : i64}
^body:
  %j = arith.addi %i, %c1 {gaus.start = 0 : i64} : index
  %more = arith.cmpi ne, %j, %c8 {gaus.start = 1 : i64} : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// Which way control came to ^join is decided behind ^middle, where both ways of the
// first condition meet: it may be there later.
// MEET: @meet: as in order
llvm.func @meet(%n: i64, %x: i64) -> i64 {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %few = llvm.icmp "slt" %n, %x : i64
  llvm.br ^loop(%zero, %zero : i64, i64)
^loop(%i: i64, %sum: i64):
  %c = llvm.icmp "slt" %i, %x {gaus.latency = 5 : i64, gaus.start = 0 : i64} : i64
  llvm.cond_br %c, ^left, ^middle {gaus.length = 7 : i64, gaus.ii = 3 : i64}
^left:
  llvm.br ^middle
^middle:
  llvm.cond_br %few, ^join(%i : i64), ^other
^other:
  llvm.br ^join(%x : i64)
^join(%v: i64):
  %more = llvm.add %sum, %v {gaus.start = 0 : i64} : i64
  %next = llvm.add %i, %one {gaus.start = 0 : i64} : i64
  %end = llvm.icmp "eq" %next, %x {gaus.start = 1 : i64} : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %more : i64, i64)
^exit:
  llvm.return %more : i64
}
