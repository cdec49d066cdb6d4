// An infeasible problem names why, where, and the smallest change that helps.
// RUN: gaus-opt %s --split-input-file --gaus-schedule --verify-diagnostics

gaus.graph @cycle {
  // expected-error @+2 {{[Dep] the cycle through 'x' has a length of 2 cycles and no distance: no schedule satisfies it}}
  // expected-note @+1 {{'x' (latency 1) before 'y'}}
  %x = gaus.node "x"(%y)
  // expected-note @+1 {{'y' (latency 1) before 'x'}}
  %y = gaus.node "y"(%x)
}

// -----

gaus.graph @self {
  // expected-error @+2 {{[Dep] the cycle through 'x' has a length of 1 cycle and no distance}}
  // expected-note @+1 {{'x' (latency 1) before 'x'}}
  %x = gaus.node "x"(%x)
}

// -----

gaus.graph @windows {
  // expected-note @+2 {{'x' starts at cycle 5 or later, and the path from it takes 1 cycle}}
  // expected-note @+1 {{'x' at cycle 5 (latency 1) before 'y'}}
  %x = gaus.node "x" window(5, 7)
  // expected-error @+2 {{[Win] 'y' must start by cycle 4, but cannot start before cycle 6}}
  // expected-note @+1 {{a window of 'y' that ends at cycle 6 or later would do, or one of 'x' that starts at cycle 3 or before}}
  %y = gaus.node "y"(%x) window(2, 4)
}

// -----

// expected-note @+1 {{the least possible length is 3}}
gaus.graph @short length(2) {
  // expected-note @+1 {{'x' at cycle 0 (latency 1) before 'y'}}
  %x = gaus.node "x"
  // expected-note @+1 {{'y' at cycle 1 (latency 1) before 'z'}}
  %y = gaus.node "y"(%x)
  // expected-error @+2 {{[Lat] the length of 2 cycles is below the longest path of 3 cycles, which ends in 'z'}}
  // expected-note @+1 {{'z' at cycle 2 (latency 1)}}
  %z = gaus.node "z"(%y)
}

// -----

gaus.library @l {
  gaus.resource @r limit(1)
}
// expected-error @+2 {{[Res] r cannot do its work in 2 cycles: 3 unit cycles over a limit of 1 need at least 3}}
// expected-note @+1 {{a length of 3 or a limit of 2 would not be ruled out by this}}
gaus.graph @full library(@l) length(2) {
  %x = gaus.node "x" uses(@r)
  %y = gaus.node "y" uses(@r)
  %z = gaus.node "z" uses(@r)
}

// -----

gaus.library @l {
  gaus.resource @r limit(1)
}
// expected-error @+2 {{[Res] r cannot do its work in an initiation interval of 2: 3 unit cycles over a limit of 1 need at least 3}}
// expected-note @+1 {{an initiation interval of 3 or a limit of 2 would not be ruled out by this}}
gaus.graph @interval library(@l) ii(2) {
  %x = gaus.node "x" uses(@r)
  %y = gaus.node "y" uses(@r)
  %z = gaus.node "z" uses(@r)
}

// -----

// expected-note @+1 {{the smallest initiation interval that satisfies every recurrence is 4}}
gaus.graph @recurrence ii(2) {
  // expected-error @+2 {{[Dep] the cycle through 'x' has a length of 4 cycles over a distance of 1, which needs an initiation interval of at least 4, not 2}}
  // expected-note @+1 {{'x' (latency 2) before 'y'}}
  %x = gaus.node "x"(%y[1]) latency(2)
  // expected-note @+1 {{'y' (latency 2, distance 1) before 'x'}}
  %y = gaus.node "y"(%x) latency(2)
}

// -----

func.func @unknown(%a: i32) {
  // expected-error @+1 {{there is no gaus.operator @nope}}
  arith.muli %a, %a {gaus.operator = @nope} : i32
  return
}

// -----

// expected-warning @+1 {{nothing to schedule: graph @empty has no operations}}
gaus.graph @empty {
}

// -----

// expected-warning @+1 {{nothing to schedule: function @empty has no operations}}
func.func @empty() {
  return
}

// -----

func.func private @declaration()
