// RUN: gaus-opt %s --split-input-file --convert-ssp-to-gaus --verify-diagnostics \
// RUN:   --allow-unregistered-dialect

// expected-error @+1 {{is of unknown kind 'OwnProblem'; expected one of Problem, CyclicProblem, ChainingProblem, SharedOperatorsProblem, SharedResourcesProblem, ModuloProblem, ChainingCyclicProblem}}
ssp.instance of "OwnProblem" {
  library {}
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {}
  resource {}
  // expected-error @+1 {{an 'instance' holds one 'library', one 'resource' and one 'graph'}}
  resource {}
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{has no operator type}}
    operation<>()
  }
}

// -----

ssp.instance of "Problem" {
  library {
    // expected-note @+1 {{it is this one}}
    operator_type @T
  }
  graph {
    // expected-error @+1 {{has an operator type without latency}}
    operation<@T>()
  }
}

// -----

ssp.instance of "Problem" {
  library {
    // expected-error @+1 {{has the property 'latency' twice}}
    operator_type @T [latency<1>, latency<2>]
  }
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {
    // expected-error @+1 {{has 'latency' of 4294967295, over the largest number 536870911}}
    operator_type @T [latency<4294967295>]
  }
  graph {}
}

// -----

// MLIR reads a negative number of an unsigned property as a large one.
ssp.instance of "ModuloProblem" {
  library {}
  resource {
    // expected-error @+1 {{has 'limit' of 4294967295, over the largest number 536870911}}
    resource_type @R [limit<-1>]
  }
  graph {}
}

// -----

ssp.instance of "ChainingProblem" {
  library {
    // expected-error @+1 {{has no 'outDelay', which a ChainingProblem needs}}
    operator_type @T [latency<1>, incDelay<1.0>]
  }
  graph {}
}

// -----

ssp.instance of "ChainingProblem" {
  library {
    // expected-error @+1 {{delays are finite and >= 0}}
    operator_type @T [latency<1>, incDelay<1.0>, outDelay<-1.0>]
  }
  graph {}
}

// -----

ssp.instance of "ChainingProblem" {
  library {
    // expected-error @+1 {{has latency 0 and two delays}}
    operator_type @T [latency<0>, incDelay<1.0>, outDelay<2.0>]
  }
  graph {}
}

// -----

ssp.instance of "ChainingCyclicProblem" {
  library {
    operator_type @T [latency<0>, incDelay<1.0>, outDelay<1.0>]
  }
  graph {
    %0 = operation<@T>()
    // expected-error @+1 {{has an operand of an earlier iteration, which a ChainingCyclicProblem does not allow}}
    operation<@T>(%0 [dist<3>])
  }
}

// -----

ssp.instance of "SharedOperatorsProblem" {
  library {
    operator_type @T [latency<0>]
  }
  resource {
    // expected-note @+1 {{the limit is set here}}
    resource_type @R [limit<1>]
  }
  graph {
    // expected-error @+1 {{has latency 0 and a limit on its starts}}
    operation<@T>() uses[@R]
  }
}

// -----

ssp.instance of "ModuloProblem" {
  library {
    // expected-note @+1 {{the limit is set here}}
    operator_type @T [latency<1>, limit<0>]
  }
  graph {
    // expected-error @+1 {{uses what has a limit of 0}}
    operation<@T>()
  }
}

// -----

// expected-error @+1 {{has an initiation interval of 0}}
ssp.instance of "CyclicProblem" [II<0>] {
  library {}
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {
    // expected-error @+1 {{a 'library' holds only 'operator_type'}}
    "test.other"() : () -> ()
  }
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {}
  resource {
    // expected-error @+1 {{a 'resource' holds only 'resource_type'}}
    "test.other"() : () -> ()
  }
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {
    operator_type @T [latency<1>]
  }
  graph {
    // expected-error @+1 {{a 'graph' holds only 'operation'}}
    %0 = "test.other"() : () -> none
    operation<@T>(%0)
  }
}

// -----

func.func @no_table() {
  // expected-error @+1 {{must stand in a module to be converted}}
  ssp.instance of "Problem" {
    library {}
    graph {}
  }
  return
}
