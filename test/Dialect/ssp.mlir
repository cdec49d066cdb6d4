// CIRCT's text, custom and generic, old and new, in and out.
// RUN: gaus-opt %s --verify-roundtrip | FileCheck %s
// RUN: gaus-opt %s --emit-bytecode | gaus-opt | FileCheck %s
// RUN: gaus-opt %s --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC
// RUN: gaus-opt %s --mlir-print-op-generic | gaus-opt | FileCheck %s

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

// CHECK-LABEL: ssp.instance @dot of "ModuloProblem" [II<3>, 7 : i32] {
// CHECK-NEXT: library @own {
// CHECK-NEXT: operator_type @Load [latency<2>, incDelay<5.000000e-01 : f32>, outDelay<2.500000e-01 : f64>]
// CHECK-NEXT: operator_type @Mac [limit<1>]
// CHECK-NEXT: operator_type @None{{$}}
// CHECK-NEXT: }
// CHECK-NEXT: resource @pool {
// CHECK-NEXT: resource_type @Port [limit<1>]
// CHECK: graph {
// CHECK-NEXT: %[[A:.*]]:2 = operation<@Load> @a() uses[@Port] [t<0>, z<5.000000e-01 : f32>]
// CHECK-NEXT: %[[B:.*]] = operation<@Load> @"odd name"(@a [dist<1>]) uses[@Port]
// CHECK-NEXT: %[[C:.*]] = operation<@Load>() uses[@Port, @Pool::@Dsp] [t<1>]
// CHECK-NEXT: operation<>(%[[A]]#1 [dist<1>], %[[B]], @a, @sum [dist<2>, 42 : i32])
// CHECK-NEXT: operation<@own::@Mac> @sum() {other.attribute = "x"}
// CHECK-NEXT: operation<@Ext::@Mul>(%[[C]])
// CHECK-NEXT: }
// CHECK-NEXT: } {other.attribute}

// GENERIC: "ssp.instance"() <{problemName = "ModuloProblem", sspProperties = [#ssp.II<3>, 7 : i32], sym_name = "dot"}>
// GENERIC: "ssp.operation"() <{sspProperties = [#ssp.opr<@Load>, #ssp.rsrcs<[@Port]>, #ssp.t<0>, #ssp.z<5.000000e-01 : f32>], sym_name = "a"}> : () -> (none, none)
// GENERIC: "ssp.operation"(%{{.*}}#1, %{{.*}}) <{dependences = [#ssp.dependence<0 : [#ssp.dist<1>]>, #ssp.dependence<2, @a>, #ssp.dependence<3, @sum : [#ssp.dist<2>, 42 : i32]>]}> : (none, none) -> ()
ssp.instance @dot of "ModuloProblem" [II<3>, 7 : i32] {
  library @own {
    operator_type @Load [latency<2>, incDelay<0.5 : f32>, outDelay<0.25>]
    operator_type @Mac [limit<1>]
    operator_type @None
  }
  resource @pool {
    resource_type @Port [limit<1>]
  }
  graph {
    %a:2 = operation<@Load> @a() uses[@Port] [t<0>, z<0.5 : f32>]
    %b = ssp.operation<@Load> uses<@Port> @"odd name"(@a [dist<1>])
    %c = operation<> uses[@Port, @Pool::@Dsp] () [t<1>, opr<@Load>]
    operation<>(%a#1 [#ssp.dist<1>], %b, @a, @sum [dist<2>, 42 : i32])
    operation<@own::@Mac> @sum() {other.attribute = "x"}
    operation<@Ext::@Mul>(%c)
  }
} {other.attribute}

// A library alone is enough; neither needs a name.
// CHECK-LABEL: ssp.instance of "Problem" {
// CHECK-NEXT: library {
// CHECK-NEXT: }
// CHECK-NEXT: graph {
"ssp.instance"() <{problemName = "Problem"}> ({
  "ssp.library"() ({
  ^bb0:
  }) : () -> ()
  "ssp.graph"() ({
  ^bb0:
  }) : () -> ()
}) : () -> ()
