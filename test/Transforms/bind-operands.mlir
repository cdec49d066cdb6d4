// What comes to the inputs of units: constants, and what loops hand on.
// RUN: gaus-opt %s --gaus-schedule --gaus-bind --gaus-verify 2>/dev/null | FileCheck %s

gaus.library @one {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}

// Two constants at one input of the multiplier, the argument at the other.
// CHECK-LABEL: func.func @constants
// CHECK-SAME: gaus.multiplexer_inputs = 32 : i64
func.func @constants(%x: i32) -> (i32, i32)
    attributes {gaus.library = @one, gaus.interface = "none"} {
  %a = arith.constant 11 : i32
  %b = arith.constant 22 : i32
  %0 = arith.muli %x, %a : i32
  %1 = arith.muli %b, %x : i32
  return %0, %1 : i32, i32
}

// The same constant twice is one wire.
// CHECK-LABEL: func.func @same
// CHECK-SAME: gaus.multiplexer_inputs = 0 : i64
func.func @same(%x: i32) -> (i32, i32)
    attributes {gaus.library = @one, gaus.interface = "none"} {
  %a = arith.constant 11 : i32
  %b = arith.constant 11 : i32
  %0 = arith.muli %x, %a : i32
  %1 = arith.muli %x, %b : i32
  return %0, %1 : i32, i32
}

// The sum so far, or what it is before the first iteration.
// CHECK-LABEL: func.func @sum
// CHECK: scf.for
// CHECK: gaus.ii = 1
// CHECK-SAME: gaus.multiplexer_inputs = 32 : i64
func.func @sum(%a: memref<64xi32>, %n: index) -> i32 {
  %z = arith.constant 0 : i32
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%s = %z) -> i32 {
    %x = memref.load %a[%i] : memref<64xi32>
    %t = arith.addi %s, %x : i32
    scf.yield %t : i32
  }
  return %r : i32
}
