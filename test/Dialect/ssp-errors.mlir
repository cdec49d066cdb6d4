// RUN: gaus-opt %s --split-input-file --verify-diagnostics

// expected-error @+1 {{must contain exactly one 'library' and one 'graph'}}
ssp.instance of "Problem" {
  library {}
}

// -----

// expected-error @+1 {{must contain the 'library' before the 'graph'}}
ssp.instance of "Problem" {
  graph {}
  library {}
}

// -----

ssp.instance of "Problem" {
  library {
    // expected-error @+1 {{unknown property 'latancy'; properties of other dialects start with '#'}}
    operator_type @T [latancy<1>]
  }
  graph {}
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{there is no operator_type @T}}
    operation<@T>()
  }
}

// -----

ssp.library @Other {
  operator_type @T
}
ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{there is no resource_type @Other::@T}}
    operation<@Other::@T>() uses[@Other::@T]
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{has 'uses' twice}}
    operation<> uses<@A> () uses[@A]
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{depends on @nobody, which is no operation of the graph}}
    operation<>(@nobody)
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{expected an operation of the same graph}}
    operation<>(@a::@b)
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    %0 = operation<> @a()
    // expected-error @+1 {{auxiliary dependence on @a stands before an operand}}
    operation<>(@a, %0)
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-note @+1 {{see existing symbol definition here}}
    operation<> @a()
    // expected-error @+1 {{redefinition of symbol named 'a'}}
    operation<> @a()
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{has properties of operand 2, but 0 operands}}
    "ssp.operation"() {dependences = [#ssp.dependence<2>]} : () -> ()
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    %0:2 = operation<>()
    // expected-error @+1 {{properties of operands do not ascend}}
    "ssp.operation"(%0#0, %0#1) {dependences = [#ssp.dependence<1>, #ssp.dependence<0>]} : (none, none) -> ()
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    operation<> @a()
    // expected-error @+1 {{auxiliary dependence on @a has the number 1 instead of 0}}
    "ssp.operation"() {dependences = [#ssp.dependence<1, @a>]} : () -> ()
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{resource types must be symbols, got 3 : i64}}
    operation<>() [rsrcs<[3]>]
  }
}

// -----

ssp.instance of "Problem" {
  library {}
  graph {
    // expected-error @+1 {{has more than 65536 results}}
    %0:65537 = operation<>()
  }
}
