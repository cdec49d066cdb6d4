// One error a violation, at the operation, with a note at the other end.
// RUN: gaus-opt %s --split-input-file --gaus-verify=objective=memory --verify-diagnostics

gaus.graph @early attributes {gaus.length = 9 : i64} {
  // expected-note @+1 {{'x' starts at cycle 3 (latency 2)}}
  %x = gaus.node "x" latency(2) {gaus.start = 3 : i64}
  // expected-error @+1 {{[Dep] 'y' starts at cycle 4, 1 too early for 'x'}}
  %y = gaus.node "y"(%x) {gaus.start = 4 : i64}
}

// -----

gaus.graph @late attributes {gaus.length = 3 : i64} {
  // expected-error @+1 {{[Lat] 'x' starts at cycle 2 and takes 2, beyond the length 3}}
  %x = gaus.node "x" latency(2) {gaus.start = 2 : i64}
}

// -----

gaus.graph @outside attributes {gaus.length = 9 : i64} {
  // expected-error @+1 {{[Win] 'x' starts at cycle 5, outside its window}}
  %x = gaus.node "x" window(1, 4) {gaus.start = 5 : i64}
}

// -----

gaus.library @l {
  gaus.resource @mul limit(1)
}
gaus.graph @over library(@l) attributes {gaus.length = 9 : i64} {
  // expected-note @+1 {{'x' starts at cycle 0 and holds units for 2 cycles}}
  %x = gaus.node "x" occupancy(2) uses(@mul) {gaus.start = 0 : i64}
  // expected-error @+1 {{[Res] 2 units of 'mul' are in use in cycle 1, above its limit 1}}
  %y = gaus.node "y" uses(@mul) {gaus.start = 1 : i64}
}

// -----

// expected-error @+1 {{is missing on 1 of 2 operations}}
gaus.graph @missing {
  %x = gaus.node "x" {gaus.start = 0 : i64}
  // expected-note @+1 {{the first of them}}
  %y = gaus.node "y"
}

// -----

// expected-error @+1 {{gaus.cost is 7}}
gaus.graph @cost attributes {gaus.cost = 7 : i64} {
  %x = gaus.node "x" width(4) {gaus.start = 0 : i64}
  %y = gaus.node "y"(%x) {gaus.start = 1 : i64}
}

// -----

func.func @outer(%x: i32) {
  // expected-error @below {{gaus.ii on affine.for in @outer, which is never pipelined}}
  affine.for %i = 0 to 4 {
    affine.for %j = 0 to 4 {
      %0 = arith.addi %x, %x {gaus.start = 0 : i64} : i32
    } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 1 : i64}
  } {gaus.start = 0 : i64, gaus.ii = 1 : i64, gaus.length = 4 : i64}
  return
}
