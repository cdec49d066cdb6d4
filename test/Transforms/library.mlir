// Where latency, units and widths come from: the operation's attributes, its
// operator, the operator for its name, the default library, in this order.
// RUN: gaus-opt %s --allow-unregistered-dialect --gaus-schedule --gaus-report=format=csv -o /dev/null 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=WARN --implicit-check-not=warning < %t.err

gaus.library @fpga {
  gaus.resource @mul limit(1)
  gaus.operator @mul2 latency(2) uses(@mul) for("arith.muli")
  gaus.operator @mul5 latency(5) occupancy(2) uses(@mul)
  gaus.operator @wide width(99)
}

// CHECK: node,name,start,end,latency,occupancy,width,uses
// CHECK-NEXT: 0,arith.muli #0,{{[0-9]+}},{{[0-9]+}},2,1,32,mul
// CHECK-NEXT: 1,arith.muli #1,{{[0-9]+}},{{[0-9]+}},5,2,32,mul
// CHECK-NEXT: 2,arith.muli #2,{{[0-9]+}},{{[0-9]+}},7,1,8,mul
// CHECK-NEXT: 3,arith.addi #3,{{[0-9]+}},{{[0-9]+}},1,1,32,
// CHECK-NEXT: 4,arith.addi #4,{{[0-9]+}},{{[0-9]+}},1,1,99,
// CHECK-NEXT: 5,arith.divsi #5,{{[0-9]+}},{{[0-9]+}},16,1,32,
// CHECK-NEXT: 6,arith.mulf #6,{{[0-9]+}},{{[0-9]+}},{{[0-9]+}},1,64,dsp:3
// CHECK-NEXT: 7,test.unknown #7,{{[0-9]+}},{{[0-9]+}},1,1,32,

// WARN: library.mlir:[[@LINE+8]]:{{.*}}: warning: resource @dsp is not in the library @fpga: it counts as unlimited
func.func @f(%a: i32, %x: f64) attributes {gaus.library = @fpga} {
  %0 = arith.muli %a, %a : i32
  %1 = arith.muli %a, %a {ssp.operator_type = @mul5} : i32
  %2 = arith.muli %a, %a {gaus.latency = 7 : i64, gaus.width = 8 : i64} : i32
  %3 = arith.addi %a, %a : i32
  %4 = arith.addi %a, %a {gaus.operator = @fpga::@wide} : i32
  %5 = arith.divsi %a, %a : i32
  %6 = arith.mulf %x, %x {gaus.uses = {dsp = 3 : i64}} : f64
  %7 = "test.unknown"(%a) : (i32) -> i32
  return
}
