// The peak over the whole function, in reports.
// RUN: gaus-opt %s --gaus-verify --gaus-report -o /dev/null | FileCheck %s
// RUN: gaus-opt %s --gaus-report=format=json -o /dev/null | FileCheck %s --check-prefix=JSON
gaus.library @l {
  gaus.resource @mul limit(2)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}

// Loops of 3 cycles that use one unit in two of them: both units in cycle 3 alone.
// CHECK-LABEL: function @known
// CHECK: resource mul: peak
// CHECK: in the whole function mul: peak 2 of 2
// JSON: "function_use": [
// JSON-NEXT: {
// JSON-NEXT: "exact": true,
// JSON-NEXT: "limit": 2,
// JSON-NEXT: "name": "mul",
// JSON-NEXT: "peak": 2
func.func @known(%x: i32) attributes {gaus.library = @l, gaus.length = 7 : i64} {
  affine.for %i = 0 to 2 {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  affine.for %i = 0 to 2 {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 3 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  return
}

// The cycles of one are the gaps of the other.
// CHECK-LABEL: function @turns
// CHECK: in the whole function mul: peak 1 of 2
func.func @turns(%x: i32) attributes {gaus.library = @l, gaus.length = 7 : i64} {
  affine.for %i = 0 to 2 {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  affine.for %i = 0 to 2 {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 1 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  return
}

// It may run not at all; a call from elsewhere has the one instance.
// CHECK-LABEL: function @unknown
// CHECK: in the whole function mul: peak at most 1 of 2
// CHECK: in the whole function @known: peak 1 of 1
// JSON: "exact": false
func.func @unknown(%x: i32, %n: index) attributes {gaus.library = @l, gaus.length = 8 : i64} {
  affine.for %i = 0 to %n {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  return
}
func.func @caller(%x: i32) attributes {gaus.library = @l, gaus.length = 8 : i64} {
  func.call @known(%x) {gaus.start = 1 : i64} : (i32) -> ()
  return
}

// Iterations that are at work at once count together, also where one waits.
// CHECK-LABEL: function @waits
// CHECK: in the whole function mul: peak at most 2 of 2
func.func @loops(%x: i32, %n: index) attributes {gaus.library = @l, gaus.length = 1 : i64} {
  affine.for %i = 0 to %n {
    %v = arith.xori %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 1 : i64}
  return
}
func.func @waits(%x: i32, %n: index) attributes {gaus.library = @l, gaus.length = 1 : i64} {
  affine.for %i = 0 to 9 {
    func.call @loops(%x, %n) {gaus.start = 0 : i64} : (i32, index) -> ()
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
    %b = arith.muli %x, %a {gaus.start = 4 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 5 : i64}
  return
}
