// Graphs of our own as SSP problems: the kind that fits, and what is lost.
// RUN: gaus-opt %s --split-input-file --gaus-schedule --convert-gaus-to-ssp --verify-diagnostics | FileCheck %s
// RUN: gaus-opt %s --split-input-file --gaus-schedule --convert-gaus-to-ssp 2>/dev/null > %t
// RUN: %python %S/Inputs/check_ssp.py %t
// RUN: not gaus-opt %s --split-input-file --convert-gaus-to-ssp=problem=Other 2>&1 | FileCheck %s --check-prefix=KIND

// KIND: invalid value 'Other' for option 'problem'; expected auto, Problem, CyclicProblem,

// Operators keep their names; nodes with a latency of their own get a type;
// the library goes with the last graph that uses it.
// CHECK-NOT: gaus.{{library|graph}}
// CHECK-LABEL: ssp.instance @limits of "ModuloProblem" [II<5>] {
// CHECK-NEXT: library @fpga {
// CHECK-NEXT: operator_type @mac [latency<3>]
// CHECK-NEXT: operator_type @_1 [latency<1>]
// CHECK-NEXT: operator_type @mac_1 [latency<2>]
// CHECK-NEXT: }
// CHECK-NEXT: resource {
// CHECK-NEXT: resource_type @mul [limit<1>]
// CHECK-NEXT: resource_type @bus
// CHECK-NEXT: }
// CHECK-NEXT: graph {
// CHECK-NEXT: %[[X:.*]] = operation<@mac> @x(%[[Y:.*]] [dist<1>]) uses[@mul] [t<0>]
// CHECK-NEXT: %[[Y]] = operation<@_1> @y(%[[X]], @op2) uses[@bus] [t<{{[34]}}>]
// CHECK-NEXT: operation<@mac_1> @op2() uses[@mul] [t<1>]
gaus.library @fpga {
  gaus.resource @mul limit(1)
  gaus.resource @bus
  gaus.operator @mac latency(3) uses(@mul)
  gaus.operator @add latency(0) delay(2.5)
}
gaus.graph @limits library(@fpga) ii(5) {
  %x = gaus.node "x"(%y[1]) operator(@mac)
  %y = gaus.node "y"(%x) after(%z) latency(1) uses(@bus)
  %z = gaus.node operator(@mac) latency(2)
}

// CHECK-LABEL: ssp.instance @chain of "ChainingProblem" {
// CHECK: operator_type @add [latency<0>, incDelay<2.500000e+00 : f32>, outDelay<2.500000e+00 : f32>]
// CHECK: operation<@add> @a() [t<0>, z<0.000000e+00 : f32>]
// CHECK-NEXT: operation<@add> @b(%{{.*}}) [t<0>, z<2.500000e+00 : f32>]
// CHECK-NEXT: operation<@add> @b_1(%{{.*}}) [t<1>, z<0.000000e+00 : f32>]
// expected-warning @+1 {{SSP cannot express the clock period (CIRCT's option 'cycle-time'); left out}}
gaus.graph @chain library(@fpga) clock(5.0) {
  %a = gaus.node "a" operator(@add)
  %b = gaus.node "b"(%a) operator(@add)
  // expected-warning @+1 {{another operation has this name: it becomes "b_1"}}
  %c = gaus.node "b"(%b) operator(@add)
}

// A chain of an earlier iteration becomes an auxiliary dependence; of two from
// one source the tighter stays.
// CHECK-LABEL: ssp.instance @chained_loop of "ChainingCyclicProblem" [II<2>] {
// CHECK: operation<@add> @a(@b [dist<1>])
// CHECK-NEXT: operation<@_2> @b(%{{.*}}) [t<
gaus.graph @chained_loop library(@fpga) {
  %a = gaus.node "a"(%b[2]) after(%b[1]) operator(@add)
  %b = gaus.node "b"(%a) latency(2)
}

// CHECK-LABEL: ssp.instance @shared of "SharedOperatorsProblem" {
gaus.graph @shared library(@fpga) {
  %a = gaus.node "a" operator(@mac)
}

// CHECK-LABEL: ssp.instance @cyclic of "CyclicProblem" [II<1>] {
gaus.graph @cyclic {
  %a = gaus.node "a"(%a[1])
}

// What a schedule that is there keeps to is only a warning.
// CHECK-LABEL: ssp.instance @lost of "Problem" {
// CHECK: operation<@_1> @a() uses[@r] [t<3>]
// CHECK: operation<@_1> @b(%{{.*}}) [t<6>]
// CHECK: operation<@_2> @c(%{{.*}}) [t<7>]
// expected-warning @+1 {{SSP cannot express a length; left out}}
gaus.graph @lost length(9) {
  // expected-warning @+4 {{SSP cannot express widths (here and in 1 more); left out}}
  // expected-warning @+3 {{SSP cannot express windows of starts; left out}}
  // expected-warning @+2 {{SSP cannot express an occupancy over 1; left out}}
  // expected-warning @+1 {{SSP cannot express several units of a resource in one use; left out}}
  %a = gaus.node "a" uses(@r: 2) occupancy(2) width(8) window(3, 3)
  // expected-warning @+1 {{SSP cannot express lags; left out}}
  %b = gaus.node "b"(%a lag(2)) : i8
  // expected-warning @+2 {{SSP cannot express weights of communication; left out}}
  // expected-warning @+1 {{SSP cannot express negative lags; left out}}
  %c = gaus.node "c"(%b weight(3)) after(%a lag(-1)) latency(2)
}

// -----

// No kind has limits and delays. Functions and the library that they name stay.
// CHECK-LABEL: gaus.library @l
// CHECK-LABEL: ssp.instance @both of "SharedOperatorsProblem" {
// CHECK-LABEL: func.func @f
gaus.library @l {
  gaus.resource @r limit(1) price(2)
  gaus.operator @o latency(1) uses(@r) delay(1.0)
}
// expected-warning @+2 {{SSP cannot express delays within a clock period in a SharedOperatorsProblem; left out}}
// expected-warning @+1 {{SSP cannot express prices of resources; left out}}
gaus.graph @both library(@l) clock(5.0) {
  %a = gaus.node "a" operator(@o)
}

func.func @f(%x: i32) -> i32 attributes {gaus.library = @l} {
  %0 = arith.muli %x, %x : i32
  return %0 : i32
}
