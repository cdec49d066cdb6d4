// Schedules and attributes that are wrong.
// RUN: gaus-opt %s --split-input-file --convert-gaus-to-ssp --verify-diagnostics

// expected-error @+1 {{gaus.start is missing on 1 of 2 operations of graph @half}}
gaus.graph @half {
  %a = gaus.node "a" {gaus.start = 0 : i64}
  %b = gaus.node "b"(%a)
}

// -----

gaus.graph @illegal {
  // expected-note @+1 {{}}
  %a = gaus.node "a" latency(2) {gaus.start = 0 : i64}
  // expected-error @+1 {{[Dep]}}
  %b = gaus.node "b"(%a) {gaus.start = 1 : i64}
}

// -----

// expected-error @+1 {{ssp.problem is "Other"; expected one of Problem,}}
gaus.graph @kind attributes {ssp.problem = "Other"} {
}

// -----

// Without a clock nothing has looked at the cycle.
gaus.graph @loop {
  // expected-error @+1 {{has no time within its cycle: it is on a combinational cycle or behind one}}
  %a = gaus.node "a"(%b) latency(0) delay(1.0) {gaus.start = 0 : i64}
  %b = gaus.node "b"(%a) latency(0) delay(1.0) {gaus.start = 0 : i64}
}
