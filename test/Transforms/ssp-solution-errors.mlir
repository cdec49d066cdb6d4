// Wrong solutions are reported, not replaced.
// RUN: gaus-opt %s --split-input-file --convert-ssp-to-gaus=clock=5 --gaus-verify --verify-diagnostics
// RUN: gaus-opt %s --split-input-file --convert-ssp-to-gaus=clock=5 --convert-gaus-to-ssp --verify-diagnostics

ssp.instance @early of "ChainingProblem" {
  library { operator_type @_0 [latency<0>, incDelay<1.0>, outDelay<1.0>] }
  resource {}
  graph {
    // expected-note @+1 {{it is made here}}
    %0 = operation<@_0>() [t<0>, z<1.1>]
    // expected-error @+1 {{[Chain] z is 2, but a value arrives at 2.1 in cycle 0}}
    operation<@_0>(%0) [t<0>, z<2.0>]
  }
}

// -----

ssp.instance @register of "ChainingProblem" {
  library {
    operator_type @add [latency<0>, incDelay<1.0>, outDelay<1.0>]
    operator_type @mul [latency<3>, incDelay<2.5>, outDelay<3.75>]
  }
  graph {
    // expected-note @+1 {{it is made here}}
    %0 = operation<@mul>() [t<0>, z<0.0>]
    // expected-error @+1 {{[Chain] z is 3, but a value arrives at 3.75 in cycle 3}}
    operation<@add>(%0) [t<3>, z<3.0>]
  }
}

// -----

ssp.instance @clock of "ChainingProblem" {
  library { operator_type @_0 [latency<0>, incDelay<1.0>, outDelay<1.0>] }
  graph {
    // expected-error @+1 {{[Chain] z is 4.5 and 1 ns follow, over the clock period of 5}}
    operation<@_0>() [t<0>, z<4.5>]
  }
}

// -----

ssp.instance @negative of "ChainingProblem" {
  library { operator_type @_0 [latency<0>, incDelay<1.0>, outDelay<1.0>] }
  graph {
    // expected-error @+1 {{[Chain] z is -1; times within a cycle are >= 0}}
    operation<@_0>() [t<0>, z<-1.0>]
  }
}

// -----

// expected-error @+1 {{z is missing on 1 of 2 operations of graph @half}}
ssp.instance @half of "ChainingProblem" {
  library { operator_type @_0 [latency<0>, incDelay<1.0>, outDelay<1.0>] }
  graph {
    operation<@_0>() [t<0>, z<0.0>]
    operation<@_0>() [t<0>]
  }
}

// -----

// An interval that is too short, as after editing.
ssp.instance @stale of "CyclicProblem" [II<1>] {
  library { operator_type @_2 [latency<2>] }
  graph {
    // expected-error @+2 {{[Dep] 'x' starts at cycle 0, 1 too early for 'x'}}
    // expected-note @+1 {{initiation interval 1}}
    operation<@_2> @x(@x [dist<1>]) [t<0>]
  }
}
