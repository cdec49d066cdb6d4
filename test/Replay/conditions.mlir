// Of a condition that is one with its loop, starts that are too early are found:
// of what waits for what decides, and of what uses a value before it is known which
// one it is.
// RUN: not gaus-replay %s --function=guarded 2>&1 | FileCheck %s --check-prefix=GUARD
// RUN: not gaus-replay %s --function=joined 2>&1 | FileCheck %s --check-prefix=JOIN
// RUN: not gaus-replay %s --function=limited 2>&1 | FileCheck %s --check-prefix=LIMIT

// GUARD: error: [control] memref.store of iteration 0, started in cycle 1, touches memory before it is known that the iteration takes place, in cycle 2
func.func @guarded(%m: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %v = arith.addi %x, %x {gaus.start = 0 : i64} : i32
    %c = arith.cmpi sge, %v, %v {gaus.start = 1 : i64} : i32
    scf.if %c {
      memref.store %x, %m[%i] {gaus.start = 1 : i64} : memref<64xi32>
    } {gaus.start = 2 : i64}
  } {gaus.ii = 1 : i64, gaus.length = 3 : i64, gaus.start = 0 : i64}
  return
}

// JOIN: error: [operand] arith.addi of iteration 0, started in cycle 0, uses a value that is there in cycle 1
func.func @joined(%m: memref<64xi32>, %x: i32, %y: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %c = arith.cmpi sge, %x, %x {gaus.start = 0 : i64} : i32
    %v = scf.if %c -> i32 {
      %t = arith.addi %x, %x {gaus.start = 0 : i64} : i32
      scf.yield %x : i32
    } else {
      scf.yield %y : i32
    } {gaus.start = 1 : i64}
    %s = arith.addi %v, %x {gaus.start = 0 : i64} : i32
  } {gaus.ii = 1 : i64, gaus.length = 2 : i64, gaus.start = 0 : i64}
  return
}

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.operator @multiplier latency(1) uses(@mul) for("arith.muli")
}

// LIMIT: error: [limit] arith.muli of iteration 0, started in cycle 1: 2 units of resource @mul are in use, the limit is 1
func.func @limited(%m: memref<64xi32>, %x: i32, %y: i32) attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  scf.for %i = %c0 to %c8 step %c1 {
    %c = arith.cmpi sge, %x, %x {gaus.start = 0 : i64} : i32
    %v = scf.if %c -> i32 {
      %t = arith.muli %x, %x {gaus.start = 1 : i64} : i32
      scf.yield %t : i32
    } else {
      scf.yield %y : i32
    } {gaus.start = 2 : i64}
    %s = arith.muli %y, %x {gaus.start = 1 : i64} : i32
  } {gaus.ii = 2 : i64, gaus.length = 2 : i64, gaus.start = 0 : i64}
  return
}

// The length of a condition without results is not printed with its terminator: in a loop
// with others in it, it is none with the loop all the same.
// RUN: gaus-opt %s --gaus-schedule | gaus-replay --function=beside_a_loop --args=,,3,9,1 | FileCheck %s --check-prefix=BESIDE
// BESIDE: @beside_a_loop: as in order
func.func @beside_a_loop(%a: memref<256xi32>, %b: memref<256xi32>, %x: i32, %n: index, %m: index) -> i32 {
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %r = scf.for %i = %c3 to %n step %c1 iter_args(%t = %x) -> i32 {
    %p = arith.cmpi eq, %x, %t : i32
    scf.if %p {
      %v = affine.load %b[%m * 4 + 2] : memref<256xi32>
      affine.store %x, %a[-%m + 17] : memref<256xi32>
      %w = arith.maxsi %v, %x : i32
    }
    affine.for %j = 3 to 15 {
      affine.store %t, %a[%j] : memref<256xi32>
    }
    scf.yield %x : i32
  }
  return %r : i32
}
