// From SSP through the scheduler and back: everything stays but the solution,
// and the solution is one for CIRCT.
// RUN: gaus-opt %s --convert-ssp-to-gaus=clock=5.0 --gaus-schedule \
// RUN:   --gaus-verify --convert-gaus-to-ssp > %t
// RUN: FileCheck %s < %t
// RUN: %python %S/Inputs/check_ssp.py %t --like %s | FileCheck %s --check-prefix=OK
// Unscheduled it comes back as it was, and a second way round changes nothing.
// RUN: gaus-opt %s --convert-ssp-to-gaus --convert-gaus-to-ssp > %t.same
// RUN: gaus-opt %t.same --convert-ssp-to-gaus --convert-gaus-to-ssp | diff %t.same -
// RUN: gaus-opt %t --convert-ssp-to-gaus --gaus-verify --convert-gaus-to-ssp | diff %t -
// In the plugin, and by the generic form.
// RUN: %mlir-opt %load-plugin %s --mlir-print-op-generic \
// RUN:   | %mlir-opt %load-plugin --pass-pipeline='builtin.module(convert-ssp-to-gaus{clock=5.0},any(gaus-schedule,gaus-verify),convert-gaus-to-ssp)' \
// RUN:   | diff %t -

// OK: @fir ModuloProblem: 5 operations ok
// OK-NEXT: @chain ChainingProblem: 4 operations ok
// OK-NEXT: @loop ChainingCyclicProblem: 4 operations ok
// OK-NEXT: None CyclicProblem: 2 operations ok
// OK-NEXT: @no_recurrence ModuloProblem: 3 operations ok
// OK-NEXT: @older SharedOperatorsProblem: 3 operations ok
// OK-NEXT: @plain Problem: 2 operations ok

// CHECK-LABEL: ssp.library @Ext {
// CHECK-NEXT: operator_type @Mul [latency<4>]
ssp.library @Ext {
  operator_type @Mul [latency<4>]
}
// CHECK-LABEL: ssp.resource @Pool {
// CHECK-NEXT: resource_type @Dsp [limit<2>]
ssp.resource @Pool {
  resource_type @Dsp [limit<2>]
}

// CHECK-LABEL: ssp.instance @fir of "ModuloProblem" [II<2>, 7 : i32] {
// CHECK-NEXT: library @own {
// CHECK-NEXT: operator_type @Load [latency<2>]
// CHECK-NEXT: operator_type @Unused [latency<1>, 5 : i32]
// CHECK-NEXT: operator_type @Add [latency<1>]
// CHECK-NEXT: }
// CHECK-NEXT: resource @ports {
// CHECK-NEXT: resource_type @Load [limit<1>]
// CHECK-NEXT: resource_type @Unused
// CHECK-NEXT: }
// CHECK-NEXT: graph {
// CHECK-NEXT: %[[A:.*]]:2 = operation<@Load> @a() uses[@Load] [t<{{[0-9]+}}>]
// CHECK-NEXT: %[[B:.*]] = operation<@Load>(@a [dist<1>]) uses[@Load] [t<{{[0-9]+}}>]
// CHECK-NEXT: %[[P:.*]] = operation<@Ext::@Mul>(%[[A]]#1, %[[B]]) uses[@Pool::@Dsp] [t<{{[0-9]+}}>]
// CHECK-NEXT: %[[Q:.*]] = operation<@Ext::@Mul>(%[[A]]#0, %[[B]]) uses[@Pool::@Dsp] [t<{{[0-9]+}}>, "mine"]
// CHECK-NEXT: operation<@Add> @"the sum"(%[[P]], %[[Q]], @"the sum" [dist<2>, 42 : i32]) [t<{{[0-9]+}}>] {other.attribute = "x"}
// CHECK: } {other.attribute}
ssp.instance @fir of "ModuloProblem" [7 : i32] {
  library @own {
    operator_type @Load [latency<2>]
    operator_type @Unused [latency<1>, 5 : i32]
    operator_type @Add [latency<1>]
  }
  resource @ports {
    resource_type @Load [limit<1>]
    resource_type @Unused
  }
  graph {
    %a:2 = operation<@Load> @a() uses[@Load]
    %b = operation<@Load>(@a [dist<1>]) uses[@Load]
    %p = operation<@Ext::@Mul>(%a#1, %b) uses[@Pool::@Dsp]
    %q = operation<@Ext::@Mul>(%a#0, %b) uses[@Pool::@Dsp] ["mine"]
    operation<@Add> @"the sum"(%p, %q, @"the sum" [dist<2>, 42 : i32]) {other.attribute = "x"}
  }
} {other.attribute}

// Two of 2.4 ns fit into 5 ns, three do not; behind a register its outgoing
// delay counts.
// CHECK-LABEL: ssp.instance @chain of "ChainingProblem" {
// CHECK: operation<@add>() [t<0>, z<0.000000e+00 : f32>]
// CHECK-NEXT: operation<@add>(%{{.*}}) [t<0>, z<2.400000e+00 : f32>]
// CHECK-NEXT: operation<@mul>(%{{.*}}) [t<1>, z<0.000000e+00 : f32>]
// CHECK-NEXT: operation<@add>(%{{.*}}) [t<3>, z<1.500000e+00 : f32>]
ssp.instance @chain of "ChainingProblem" {
  library {
    operator_type @add [latency<0>, incDelay<2.4 : f32>, outDelay<2.4 : f32>]
    operator_type @mul [latency<2>, incDelay<0.3 : f32>, outDelay<1.5 : f32>]
  }
  resource {
  }
  graph {
    %0 = operation<@add>()
    %1 = operation<@add>(%0)
    %2 = operation<@mul>(%1)
    operation<@add>(%2)
  }
}

// CHECK-LABEL: ssp.instance @loop of "ChainingCyclicProblem" [II<2>] {
ssp.instance @loop of "ChainingCyclicProblem" {
  library {
    operator_type @add [latency<0>, incDelay<1.0 : f32>, outDelay<1.0 : f32>]
    operator_type @mul [latency<2>, incDelay<3.0 : f32>, outDelay<3.0 : f32>]
  }
  resource {
  }
  graph {
    %0 = operation<@add>(@m [dist<1>])
    %1 = operation<@mul> @m(%0)
    %2 = operation<@add>(%1)
    operation<@add> @last(%2)
  }
}

// CHECK-LABEL: ssp.instance of "CyclicProblem" [II<3>] {
ssp.instance of "CyclicProblem" {
  library {
    operator_type @three [latency<3>]
  }
  resource {
  }
  graph {
    %0 = operation<@three> @x(@x [dist<1>])
    operation<@three>(%0 [dist<1>])
  }
}

// An interval is part of the solution even where nothing recurs.
// CHECK-LABEL: ssp.instance @no_recurrence of "ModuloProblem" [II<3>] {
ssp.instance @no_recurrence of "ModuloProblem" {
  library {
    operator_type @load [latency<1>]
  }
  resource {
    resource_type @port [limit<1>]
  }
  graph {
    operation<@load>() uses[@port]
    operation<@load>() uses[@port]
    operation<@load>() uses[@port]
  }
}

// The limit stays on the operator type.
// CHECK-LABEL: ssp.instance @older of "SharedOperatorsProblem" {
// CHECK-NEXT: library {
// CHECK-NEXT: operator_type @div [latency<3>, limit<1>]
// CHECK-NEXT: }
// CHECK-NEXT: resource {
// CHECK-NEXT: resource_type @other [limit<1>]
// CHECK-NEXT: }
// CHECK-NEXT: graph {
// CHECK-NEXT: operation<@div>() [t<
// CHECK-NEXT: operation<@div>() uses[@other] [t<
ssp.instance @older of "SharedOperatorsProblem" {
  library {
    operator_type @div [latency<3>, limit<1>]
  }
  resource {
    resource_type @other [limit<1>]
  }
  graph {
    operation<@div>()
    operation<@div>() uses[@other]
    operation<@div>()
  }
}

// CHECK-LABEL: ssp.instance @plain of "Problem" {
ssp.instance @plain of "Problem" {
  library {
    operator_type @two [latency<2>, limit<1>]
  }
  resource {
  }
  graph {
    %0 = operation<@two>()
    operation<@two>(%0)
  }
}
