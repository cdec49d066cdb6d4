// CHECK-LABEL: equal
// SIMPLEX-SAME: [II<2>]
ssp.instance @equal of "CyclicProblem" {
  library {
    operator_type @two [latency<2>]
  }
  graph {
    %0 = operation<@two> @turn(@turn [dist<1>])
    // SIMPLEX: @last(%{{.*}}) [t<2>]
    operation<@two> @last(%0)
  }
}

// CHECK-LABEL: better
// SIMPLEX-SAME: [II<3>]
ssp.instance @better of "CyclicProblem" {
  library {
    operator_type @two [latency<2>]
  }
  graph {
    %0 = operation<@two> @turn(@turn [dist<1>])
    operation<@two> @last(%0)
  }
}

// CHECK-LABEL: impossible
ssp.instance @impossible of "Problem" {
  library {
    operator_type @two [latency<2>]
  }
  graph {
    %0 = operation<@two>()
    // SIMPLEX: @last(%{{.*}}) [t<1>]
    operation<@two> @last(%0)
  }
}
