// Operators that are several at different clocks: the one at the graph's is written.
// RUN: gaus-opt %s --gaus-schedule --convert-gaus-to-ssp --verify-diagnostics | FileCheck %s

// CHECK-LABEL: ssp.instance @chain of "ChainingProblem" {
// CHECK: operator_type @mul [latency<2>, incDelay<3.000000e+00 : f32>, outDelay<5.000000e-01 : f32>]
// CHECK: operation<@mul> @a() [t<0>, z<0.000000e+00 : f32>]
// CHECK-NEXT: operation<@mul> @b(%{{.*}}) [t<2>, z<5.000000e-01 : f32>]
gaus.library @device {
  // expected-warning @+2 {{SSP cannot express areas; left out}}
  // expected-warning @+1 {{SSP cannot express timings at other clocks; left out}}
  gaus.operator @mul latency(3) area(dsp: 1) clocked(latency(0) delay(8.0), latency(2) delay(3.0, 0.5))
}
// expected-warning @+1 {{SSP cannot express the clock period (CIRCT's option 'cycle-time'); left out}}
gaus.graph @chain library(@device) clock(5.0) {
  %a = gaus.node "a" operator(@mul)
  %b = gaus.node "b"(%a) operator(@mul)
}
