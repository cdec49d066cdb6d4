// One multiplier for six multiplications: the longest path of three cycles is too
// short for any schedule, and a factor is of the least length that is found.
// RUN: gaus-opt %s --gaus-schedule="objective=memory effort=1" --gaus-verify \
// RUN:   | FileCheck %s --check-prefix=ONCE
// RUN: gaus-opt %s --gaus-schedule="objective=resources length=1.5x effort=1" \
// RUN:   --gaus-verify="length=1.5x" | FileCheck %s --check-prefix=MORE
// The steps settle the same length, and those that follow keep it.
// RUN: gaus-opt %s --gaus-annotate="objective=memory length=1.5x effort=1" \
// RUN:   --gaus-relax="objective=memory length=1.5x effort=1" \
// RUN:   --gaus-commit="objective=memory length=1.5x effort=1" --gaus-verify \
// RUN:   | FileCheck %s --check-prefix=MORE

gaus.library @one {
  gaus.resource @mul limit(1)
  gaus.operator @multiply latency(3) uses(@mul) for("arith.muli")
}

// ONCE: func.func @six
// ONCE-SAME: gaus.length = 8 : i64
// MORE: func.func @six
// MORE-SAME: gaus.length = 12 : i64
func.func @six(%a: i32, %b: i32) -> i32 attributes {gaus.library = @one} {
  %0 = arith.muli %a, %a : i32
  %1 = arith.muli %a, %b : i32
  %2 = arith.muli %b, %b : i32
  %3 = arith.muli %b, %a : i32
  %4 = arith.muli %a, %a : i32
  %5 = arith.muli %b, %b : i32
  return %5 : i32
}
