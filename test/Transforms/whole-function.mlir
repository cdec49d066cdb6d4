// Limited units are counted over the whole function, cycle by cycle, from the
// schedules of all that is inside.
// RUN: gaus-opt %s --split-input-file --verify-diagnostics --gaus-verify -o /dev/null

// Two loops of 69 cycles: each has the multiplier for 64 of them, from its cycle 2
// on, and the multiplication before the first one.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
}
func.func @turns(%x: i32) -> i32 attributes {gaus.library = @l, gaus.length = 133 : i64} {
  %m = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  %o = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] {gaus.start = 0 : i64} : memref<64xi32>
    %w = arith.muli %v, %v {gaus.start = 2 : i64} : i32
    affine.store %w, %m[%i] {gaus.start = 5 : i64} : memref<64xi32>
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 6 : i64}
  affine.for %i = 0 to 64 {
    %v = affine.load %o[%i] {gaus.start = 0 : i64} : memref<64xi32>
    %w = arith.muli %v, %v {gaus.start = 2 : i64} : i32
    affine.store %w, %o[%i] {gaus.start = 5 : i64} : memref<64xi32>
  } {gaus.start = 64 : i64, gaus.ii = 1 : i64, gaus.length = 6 : i64}
  %y = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  return %y : i32
}

// -----

// One cycle too early: in each scope all is well, in cycle 65 it is not.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
}
func.func @one_early(%x: i32) -> i32 attributes {gaus.library = @l, gaus.length = 132 : i64} {
  %m = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  %o = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] {gaus.start = 0 : i64} : memref<64xi32>
    // expected-note @+1 {{beside this, 1 since cycle 2}}
    %w = arith.muli %v, %v {gaus.start = 2 : i64} : i32
    affine.store %w, %m[%i] {gaus.start = 5 : i64} : memref<64xi32>
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 6 : i64}
  affine.for %i = 0 to 64 {
    %v = affine.load %o[%i] {gaus.start = 0 : i64} : memref<64xi32>
    // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 65 of the whole, above its limit 1}}
    %w = arith.muli %v, %v {gaus.start = 2 : i64} : i32
    affine.store %w, %o[%i] {gaus.start = 5 : i64} : memref<64xi32>
  } {gaus.start = 63 : i64, gaus.ii = 1 : i64, gaus.length = 6 : i64}
  %y = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  return %y : i32
}

// -----

// Half a billion cycles, two loops at odds: one has the unit every 3 cycles, the
// other one every 2, so they meet.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @long(%x: i32) attributes {gaus.library = @l, gaus.length = 480000001 : i64} {
  affine.for %i = 0 to 160000000 {
    // expected-note @+1 {{beside this, 1 since cycle 3}}
    %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 3 : i64, gaus.length = 1 : i64}
  affine.for %i = 0 to 160000000 {
    // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 3 of the whole, above its limit 1}}
    %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 1 : i64, gaus.ii = 2 : i64, gaus.length = 1 : i64}
  return
}

// -----

// Every 4 cycles each, at other cycles of the four.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @in_turns(%x: i32) attributes {gaus.library = @l, gaus.length = 400000003 : i64} {
  affine.for %i = 0 to 100000000 {
    %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 4 : i64, gaus.length = 1 : i64}
  affine.for %i = 0 to 100000000 {
    %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 2 : i64, gaus.ii = 4 : i64, gaus.length = 1 : i64}
  return
}

// -----

// Calls of one function overlap: iterations are 4 cycles apart, calls take 5.
gaus.library @l {
  gaus.operator @m latency(5) for("arith.muli")
}
func.func @square(%x: i32) -> i32 attributes {gaus.library = @l, gaus.length = 5 : i64} {
  %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  return %a : i32
}
func.func @calls(%x: i32) attributes {gaus.library = @l, gaus.length = 13 : i64} {
  affine.for %i = 0 to 3 {
    // expected-note @+2 {{beside this, 1 since cycle 0}}
    // expected-error @+1 {{[Res] 2 units of '@square' are in use in cycle 4 of the whole, above its limit 1}}
    %b = func.call @square(%x) {gaus.start = 0 : i64, gaus.independent} : (i32) -> i32
  } {gaus.start = 0 : i64, gaus.ii = 4 : i64, gaus.length = 5 : i64}
  return
}

// -----

// Branches: in every cycle the larger one. Cycles 0 and 3 have it, 1 and 2 do not.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @branches(%x: i32, %c: i1) attributes {gaus.library = @l, gaus.length = 4 : i64} {
  scf.if %c {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
    scf.yield {gaus.length = 1 : i64}
  } else {
    // expected-note @+1 {{beside this, 1 since cycle 3}}
    %a = arith.muli %x, %x {gaus.start = 3 : i64} : i32
    scf.yield {gaus.length = 4 : i64}
  } {gaus.start = 0 : i64}
  %a = arith.muli %x, %x {gaus.start = 1 : i64} : i32
  %b = arith.muli %x, %x {gaus.start = 2 : i64} : i32
  // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 3 of the whole, above its limit 1}}
  %d = arith.muli %x, %x {gaus.start = 3 : i64} : i32
  return
}

// -----

// Not known how long: it may still have the unit whenever what began before wants
// it, so that has it all the time.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @waits(%x: i32, %n: index) attributes {gaus.library = @l, gaus.length = 9 : i64} {
  // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 1 of the whole, above its limit 1}}
  affine.for %i = 0 to %n {
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.start = 1 : i64, gaus.ii = 1 : i64, gaus.length = 1 : i64}
  // expected-note @+1 {{beside this, 1 since cycle 0}}
  affine.for %i = 0 to 2 {
    %a = arith.muli %x, %x {gaus.start = 2 : i64} : i32
  } {gaus.start = 0 : i64, gaus.ii = 4 : i64, gaus.length = 3 : i64}
  return
}

// -----

// Within a loop of unknown length, iterations of the inner loop overlap with an
// operation beside it.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @within(%x: i32, %n: index) attributes {gaus.library = @l, gaus.length = 1 : i64} {
  affine.for %i = 0 to %n {
    affine.for %j = 0 to 5 {
      // expected-note @+1 {{beside this, 1 since cycle 8}}
      %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
    } {gaus.start = 0 : i64, gaus.ii = 2 : i64, gaus.length = 1 : i64}
    // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 8 of the whole, above its limit 1}}
    %a = arith.muli %x, %x {gaus.start = 8 : i64} : i32
  } {gaus.start = 0 : i64, gaus.length = 9 : i64}
  return
}

// -----

// Occupancy alone does not say that the inside uses less.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @shortened(%x: i32) attributes {gaus.library = @l, gaus.length = 8 : i64} {
  affine.for %i = 0 to 8 {
    // expected-note @+1 {{beside this, 1 since cycle 0}}
    %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  } {gaus.occupancy = 1 : i64, gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 1 : i64}
  // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 1 of the whole, above its limit 1}}
  %a = arith.muli %x, %x {gaus.start = 1 : i64} : i32
  return
}

// -----

// Of a function without a body nothing is known.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func private @outside()
func.func @unknown(%x: i32) attributes {gaus.library = @l, gaus.length = 8 : i64} {
  %a = arith.muli %x, %x {gaus.start = 0 : i64} : i32
  // expected-warning @+1 {{what it uses is not known and counts as nothing: the function that it calls has no body}}
  func.call @outside() {gaus.start = 0 : i64} : () -> ()
  return
}

// -----

// Two periods that meet too late to be looked for: not decided, so refused.
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(1) uses(@mul) for("arith.muli")
}
func.func @undecided(%x: i32) attributes {gaus.library = @l, gaus.length = 500000000 : i64} {
  affine.for %i = 0 to 20000 {
    affine.for %j = 0 to 2 {
      // expected-note @+1 {{beside this}}
      %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
    } {gaus.start = 0 : i64, gaus.ii = 7 : i64, gaus.length = 1 : i64}
  } {gaus.start = 0 : i64, gaus.length = 20011 : i64}
  affine.for %i = 0 to 20000 {
    affine.for %j = 0 to 2 {
      // expected-error @+1 {{[Res] whether the limit 1 of 'mul' holds is not decided: up to 2 units may be in use from cycle 0 of the whole on}}
      %w = arith.muli %x, %x {gaus.start = 0 : i64} : i32
    } {gaus.start = 0 : i64, gaus.ii = 7 : i64, gaus.length = 1 : i64}
  } {gaus.start = 0 : i64, gaus.length = 20021 : i64}
  return
}
