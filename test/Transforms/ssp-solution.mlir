// Solutions come back as they are, and are solved for anew by the scheduler.
// RUN: gaus-opt %s --convert-ssp-to-gaus=clock=10 --gaus-verify --convert-gaus-to-ssp | FileCheck %s --check-prefixes=CHECK,KEPT
// RUN: gaus-opt %s --convert-ssp-to-gaus=clock=10 --gaus-schedule --gaus-verify --convert-gaus-to-ssp | FileCheck %s --check-prefixes=CHECK,ANEW
// RUN: gaus-opt %s --convert-ssp-to-gaus=clock=10 --gaus-schedule=ii=7 --convert-gaus-to-ssp=lossy=true | FileCheck %s --check-prefix=GIVEN

// An interval that was longer than need be.
// KEPT-LABEL: ssp.instance @long of "CyclicProblem" [II<5>] {
// ANEW-LABEL: ssp.instance @long of "CyclicProblem" [II<2>] {
// GIVEN-LABEL: ssp.instance @long of "CyclicProblem" [II<7>] {
ssp.instance @long of "CyclicProblem" [II<5>] {
  library { operator_type @_2 [latency<2>] }
  resource {}
  graph { operation<@_2> @x(@x [dist<1>]) [t<0>] }
}

// A time within the cycle that is later than need be is no error.
// CHECK-LABEL: ssp.instance @late of "ChainingProblem" {
// KEPT: operation<@add>() [t<0>, z<1.500000e+00 : f32>]
// KEPT: [t<0>, z<4.000000e+00 : f32>]
// ANEW: operation<@add>() [t<0>, z<0.000000e+00 : f32>]
// ANEW: [t<0>, z<1.000000e+00 : f32>]
ssp.instance @late of "ChainingProblem" {
  library { operator_type @add [latency<0>, incDelay<1.0>, outDelay<1.0>] }
  resource {}
  graph {
    %0 = operation<@add>() [t<0>, z<1.5>]
    operation<@add>(%0) [t<0>, z<4.0>]
  }
}

// Without a schedule there is nothing to check; it comes back.
// CHECK-LABEL: ssp.instance @only of "ChainingCyclicProblem"
// ANEW-SAME: [II<1>]
// ANEW: [t<0>, z<0.000000e+00 : f32>]
ssp.instance @only of "ChainingCyclicProblem" [II<3>] {
  library { operator_type @add [latency<1>, incDelay<1.0>, outDelay<1.0>] }
  resource {}
  graph { operation<@add>() [t<2>, z<9.0>] }
}

// Seven ns in and four out around a register, fed by the iteration before: in one
// cycle of 10 ns that is too long. A dependence within the iteration orders only.
// ANEW-LABEL: ssp.instance @self of "ChainingCyclicProblem" [II<2>] {
// ANEW: operation<@op> @y(@x) [t<1>, z<0.000000e+00 : f32>]
ssp.instance @self of "ChainingCyclicProblem" [II<2>] {
  library { operator_type @op [latency<1>, incDelay<7.0>, outDelay<4.0>] }
  graph {
    operation<@op> @x(@x [dist<1>]) [t<0>, z<0.0>]
    operation<@op> @y(@x) [t<1>, z<0.0>]
  }
}

// The same through two operations.
// ANEW-LABEL: ssp.instance @pair of "ChainingCyclicProblem" [II<4>] {
ssp.instance @pair of "ChainingCyclicProblem" [II<4>] {
  library { operator_type @op [latency<1>, incDelay<7.0>, outDelay<4.0>] }
  graph {
    %0 = operation<@op> @x(@y [dist<1>]) [t<0>, z<0.0>]
    operation<@op> @y(%0) [t<2>, z<0.0>]
  }
}
