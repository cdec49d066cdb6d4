// RUN: gaus-opt %s --gaus-verify --split-input-file --verify-diagnostics

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.operator @multiplier latency(1) uses(@mul) for("arith.muli")
}

func.func @both(%x: i32, %c: i1) attributes {gaus.library = @lib, gaus.length = 66 : i64} {
  affine.for %i = 0 to 64 {
    // expected-note@+1 {{the other operation of this number}}
    %p = arith.muli %x, %x {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    scf.if %c {
      // expected-error@+1 {{gaus.alternative: both may take place in one iteration}}
      %q = arith.muli %x, %p {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    } {gaus.start = 1 : i64}
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 2 : i64}
  return
}

// -----

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.operator @multiplier latency(1) uses(@mul) for("arith.muli")
}

// They start together, and after the condition.
func.func @early(%x: i32) attributes {gaus.library = @lib, gaus.length = 66 : i64} {
  affine.for %i = 0 to 64 {
    // expected-note@+1 {{'arith.cmpi #0' starts at cycle 0 (latency 1)}}
    %c = arith.cmpi slt, %x, %x {gaus.start = 0 : i64} : i32
    scf.if %c {
      // expected-error@+1 {{[Dep] 'arith.muli #1' starts at cycle 0, 1 too early for 'arith.cmpi #0'}}
      %p = arith.muli %x, %x {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    } else {
      // expected-error@+1 {{[Dep] 'arith.muli #2' starts at cycle 0, 1 too early for 'arith.cmpi #0'}}
      %q = arith.muli %x, %x {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    } {gaus.start = 1 : i64}
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 3 : i64}
  return
}

// -----

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.operator @multiplier latency(1) uses(@mul) for("arith.muli")
}

func.func @units(%x: i32, %c: i1) attributes {gaus.library = @lib, gaus.length = 66 : i64} {
  affine.for %i = 0 to 64 {
    scf.if %c {
      // expected-note@+1 {{the other operation of this number}}
      %p = arith.muli %x, %x {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    } else {
      // expected-error@+1 {{gaus.alternative: the two use different units}}
      %q = arith.addi %x, %x {gaus.start = 0 : i64, gaus.alternative = 0 : i64} : i32
    } {gaus.start = 1 : i64}
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 3 : i64}
  return
}
