// Everything that describes a problem survives printing, parsing and bytecode.
// RUN: gaus-opt %s --verify-roundtrip | FileCheck %s
// RUN: gaus-opt %s --emit-bytecode | gaus-opt | FileCheck %s
// RUN: gaus-opt %s --mlir-print-op-generic | gaus-opt | FileCheck %s

// CHECK-LABEL: gaus.library @fpga {
// CHECK-NEXT: gaus.resource @mul limit(2) price(3)
// CHECK-NEXT: gaus.resource @bus
// CHECK-NEXT: gaus.resource @port limit(2) price(0) per(memory)
// CHECK-NEXT: gaus.operator @mul_i32 latency(3) uses(@mul) for ("arith.muli")
// CHECK-NEXT: gaus.operator @div latency(16) occupancy(8) uses(@mul, @bus: 2) delay(1.500000e+00, 2.500000e+00) width(32) for ("arith.divsi", "llvm.sdiv")
gaus.library @fpga {
  gaus.resource @mul limit(2) price(3)
  gaus.resource @bus
  gaus.resource @port limit(2) price(0) per(memory)
  gaus.operator @mul_i32 latency(3) uses(@mul) for("arith.muli")
  gaus.operator @div latency(16) occupancy(8) uses(@mul, @bus: 2)
      delay(1.5, 2.5) width(32) for("arith.divsi", "llvm.sdiv")
}

// CHECK-LABEL: gaus.graph @iir library(@fpga) ii(4) length(20) clock(5.000000e+00)
// CHECK-NEXT: %x = gaus.node "x"(%y[1]) operator(@mul_i32) : i32
// CHECK-NEXT: %y = gaus.node "y"(%x lag(-2) weight(3)) after(%0[1] lag(1)) latency(1) occupancy(2) uses(@mul: 2, @bus) window(2, 9) width(16) delay(5.000000e-01, 2.500000e-01) : i16
// CHECK-NEXT: %0 = gaus.node(%x, %y) operator(@fpga::@div)
// CHECK-NEXT: %free = gaus.node "free" latency(0)
gaus.graph @iir library(@fpga) ii(4) length(20) clock(5.0) {
  %x = gaus.node "x"(%y[1]) operator(@mul_i32) : i32
  %y = gaus.node "y"(%x lag(-2) weight(3)) after(%z[1] lag(1)) latency(1)
      occupancy(2) uses(@mul: 2, @bus) window(2, 9) width(16)
      delay(0.5, 0.25) : i16
  %z = gaus.node(%x, %y) operator(@fpga::@div)
  %w = gaus.node "free" latency(0)
}

// CHECK-LABEL: func.func @attributes
// CHECK-SAME: attributes {gaus.library = @fpga}
// CHECK: gaus.delay = 1.500000e+00 : f64
// CHECK-SAME: gaus.dist = #gaus.normal<mean = 3.500000e+00, stddev = 1.250000e+00>
// CHECK-SAME: gaus.latency = 2 : i64
// CHECK-SAME: gaus.occupancy = 2 : i64
// CHECK-SAME: gaus.operator = @fpga::@mul_i32
// CHECK-SAME: gaus.uses = {mul = 1 : i64}
// CHECK-SAME: gaus.width = 8 : i64
// CHECK-SAME: gaus.window = array<i64: 2, 5>
// CHECK: gaus.delay = array<f64: 1.000000e+00, 2.000000e+00>
func.func @attributes(%a: i32) -> i32 attributes {gaus.library = @fpga} {
  %0 = arith.muli %a, %a {
      gaus.operator = @fpga::@mul_i32, gaus.latency = 2 : i64,
      gaus.occupancy = 2 : i64, gaus.uses = {mul = 1 : i64},
      gaus.width = 8 : i64, gaus.delay = 1.5 : f64,
      gaus.window = array<i64: 2, 5>,
      gaus.dist = #gaus.normal<mean = 3.5, stddev = 1.25>} : i32
  %1 = arith.addi %0, %a {ssp.operator_type = @mul_i32,
      gaus.delay = array<f64: 1.0, 2.0>} : i32
  return %1 : i32
}
