// Every kind of SSP problem becomes a graph with what counts for the kind.
// RUN: gaus-opt %s --convert-ssp-to-gaus=clock=5.0 --verify-roundtrip | FileCheck %s
// RUN: gaus-opt %s --mlir-print-op-generic | gaus-opt --convert-ssp-to-gaus=clock=5.0 | FileCheck %s
// RUN: not gaus-opt %s --convert-ssp-to-gaus=clock=-1 2>&1 | FileCheck %s --check-prefix=CLOCK

// CLOCK: invalid value for option 'clock'; expected a period in ns

// CHECK-NOT: ssp.instance
// CHECK-LABEL: gaus.library @Ext attributes {ssp.standalone = "library"} {
// CHECK-NEXT: gaus.operator @Mul {ssp.properties = [#ssp.latency<4>]}
ssp.library @Ext {
  operator_type @Mul [latency<4>]
}
// CHECK-LABEL: gaus.library @Pool attributes {ssp.standalone = "resource"} {
ssp.resource @Pool {
  resource_type @Dsp [limit<2>]
}

// The limit on an operator type is a resource of its own; resources with the
// name of an operator type get another.
// CHECK-LABEL: gaus.library @dot_lib attributes {ssp.name = "own", ssp.resource_name = "pool"} {
// CHECK-NEXT: gaus.operator @Load latency(2)
// CHECK-NEXT: gaus.operator @Mac latency(3) uses(@Mac_units)
// CHECK-NEXT: gaus.resource @Mac_units limit(1) {ssp.limit_of = @Mac}
// CHECK-NEXT: gaus.resource @Load_1 limit(1) {ssp.name = "Load"}
// CHECK-NEXT: gaus.operator @Mul latency(4) {ssp.ref = @Ext::@Mul}
// CHECK-NEXT: gaus.resource @Dsp limit(2) {ssp.ref = @Pool::@Dsp}
// CHECK-NEXT: }
// CHECK-NEXT: gaus.graph @dot library(@dot_lib) ii(3) attributes {ssp.problem = "ModuloProblem", ssp.properties = [7 : i32]} {
// CHECK-NEXT: %a = gaus.node "a" operator(@Load) uses(@Load_1) {gaus.start = 0 : i64, ssp.results = 2 : i64}
// CHECK-NEXT: %b = gaus.node "b" after(%a[1]) operator(@Load) uses(@Load_1)
// CHECK-NEXT: %[[M:.*]] = gaus.node(%a, %b) operator(@Mul) uses(@Dsp) {ssp.operands = array<i64: 1, 0>, ssp.results = 1 : i64}
// CHECK-NEXT: %sum = gaus.node "sum"(%[[M]], %a[1]) after(%sum[2]) operator(@Mac) uses(@Mac_units, @Dsp) {{.*}}ssp.attributes = {other.attribute = "x"}, ssp.edges = {{\[}}[], [], [42 : i32]]
ssp.instance @dot of "ModuloProblem" [II<3>, 7 : i32] {
  library @own {
    operator_type @Load [latency<2>]
    operator_type @Mac [latency<3>, limit<1>]
  }
  resource @pool {
    resource_type @Load [limit<1>]
  }
  graph {
    %a:2 = operation<@Load> @a() uses[@Load] [t<0>]
    %b = operation<@Load> @b(@a [dist<1>]) uses[@Load]
    %m = operation<@Ext::@Mul>(%a#1, %b) uses[@Pool::@Dsp]
    operation<@own::@Mac> @sum(%m, %a#0 [dist<1>], @sum [dist<2>, 42 : i32])
        uses[@Pool::@Dsp] {other.attribute = "x"}
  }
}

// Limits, distances and delays mean nothing in a Problem: they are kept.
// CHECK-LABEL: gaus.library @plain_lib
// CHECK-NEXT: gaus.operator @T latency(1) {ssp.properties = [#ssp.incDelay<1.000000e+00 : f64>]}
// CHECK-NEXT: gaus.resource @R {ssp.properties = [#ssp.limit<1>]}
// CHECK: gaus.graph @plain library(@plain_lib) attributes {ssp.problem = "Problem", ssp.properties = [#ssp.II<2>]} {
// CHECK-NEXT: %x = gaus.node "x" operator(@T) uses(@R) {ssp.results = 0 : i64}
// CHECK-NEXT: %y = gaus.node "y" after(%x) operator(@T) {ssp.edges = {{\[\[}}#ssp.dist<1>]]
ssp.instance @plain of "Problem" [II<2>] {
  library {
    operator_type @T [latency<1>, incDelay<1.0>]
  }
  resource {
    resource_type @R [limit<1>]
  }
  graph {
    operation<@T> @x() uses[@R]
    operation<@T> @y(@x [dist<1>])
  }
}

// CHECK-LABEL: gaus.graph @shared library(@shared_lib) attributes {ssp.problem = "SharedOperatorsProblem"}
ssp.instance @shared of "SharedOperatorsProblem" {
  library {}
  resource {}
  graph {}
}
// CHECK-LABEL: gaus.graph @shared2 library(@shared2_lib) attributes {ssp.problem = "SharedResourcesProblem"}
ssp.instance @shared2 of "SharedResourcesProblem" {
  library {}
  graph {}
}
// CHECK-LABEL: gaus.graph @cyclic library(@cyclic_lib) attributes {ssp.problem = "CyclicProblem"}
ssp.instance @cyclic of "CyclicProblem" {
  library {}
  graph {}
}

// Delays as they were written in decimal, the clock from the option; without
// names there are names.
// CHECK-LABEL: gaus.library @instance_lib attributes {ssp.name = ""} {
// CHECK-NEXT: gaus.operator @add latency(0) delay(1.000000e-01)
// CHECK-NEXT: gaus.operator @mul latency(2) delay(5.000000e-01, 2.500000e-01)
// CHECK: gaus.graph @instance library(@instance_lib) clock(5.000000e+00) attributes {ssp.name = "", ssp.problem = "ChainingProblem"}
ssp.instance of "ChainingProblem" {
  library {
    operator_type @add [latency<0>, incDelay<0.1 : f32>, outDelay<0.1 : f32>]
    operator_type @mul [latency<2>, incDelay<0.5 : f32>, outDelay<0.25 : f32>]
  }
  resource {}
  graph {
    operation<@add>() [t<0>, z<0.0>]
  }
}

// CHECK-LABEL: module @inner
// CHECK: gaus.graph @chained library(@chained_lib) clock(5.000000e+00)
module @inner {
  ssp.instance @chained of "ChainingCyclicProblem" {
    library {}
    graph {}
  }
}
