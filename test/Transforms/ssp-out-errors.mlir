// What would be another problem, or one that CIRCT refuses, is an error.
// RUN: gaus-opt %s --split-input-file --convert-gaus-to-ssp --verify-diagnostics
// RUN: gaus-opt %s --split-input-file --convert-gaus-to-ssp=lossy=true 2>&1 | FileCheck %s --check-prefix=LOSSY
// RUN: not gaus-opt %s --split-input-file --convert-gaus-to-ssp=problem=Problem 2>&1 | FileCheck %s --check-prefix=KIND

// LOSSY: warning: SSP cannot express a length; left out
// LOSSY: warning: SSP cannot express windows of starts; left out
// LOSSY: warning: SSP cannot express lags; left out
// LOSSY: warning: SSP cannot express negative lags; left out
// LOSSY: operation<@_1> @c(%{{.*}})
// KIND: error: SSP cannot express limits in a Problem (here and in 1 more); with lossy=true it is left out
// KIND: error: SSP cannot express distances in a Problem; with lossy=true it is left out

// expected-error @+1 {{SSP cannot express a length; with lossy=true it is left out}}
gaus.graph @unscheduled length(9) {
  // expected-error @+1 {{SSP cannot express windows of starts; with lossy=true it is left out}}
  %a = gaus.node "a" window(3, 3)
  // expected-error @+1 {{SSP cannot express lags; with lossy=true it is left out}}
  %b = gaus.node "b"(%a lag(2))
  // expected-error @+1 {{SSP cannot express negative lags; with lossy=true it is left out}}
  %c = gaus.node "c"(%b) after(%a lag(-1))
}

// -----

gaus.library @l {
  gaus.resource @r limit(2)
}
gaus.graph @limits library(@l) {
  // expected-error @+2 {{SSP cannot express an occupancy over 1; with lossy=true it is left out}}
  // expected-error @+1 {{SSP cannot express several units of a resource in one use; with lossy=true it is left out}}
  %a = gaus.node "a" uses(@r: 2) occupancy(2)
  %b = gaus.node "b"(%a[1])
  // expected-error @+1 {{SSP cannot express a limit on operations of latency 0; with lossy=true it is left out}}
  %c = gaus.node "c" latency(0) uses(@r)
}

// -----

// Too early for SSP by what the negative lag allows.
gaus.graph @early {
  %a = gaus.node "a" latency(3) {gaus.start = 0 : i64}
  // expected-error @+1 {{SSP cannot express negative lags; with lossy=true it is left out}}
  %b = gaus.node "b"(%a lag(-2)) {gaus.start = 1 : i64}
}
