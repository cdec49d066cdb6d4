// The same module in the dialects of CIRCT.
// RUN: gaus-opt %s --gaus-verify | gaus-translate --export-hw | FileCheck %s

// CHECK: hw.module.extern @gaus_fadd_32_32_3<IN: i32, OUT: i32, STAGES: i32>
// CHECK-SAME: attributes {verilogName = "gaus_fadd"}
// CHECK: hw.module @sum(in %clk : i1, in %rst : i1, in %stall : i1, in %go : i1
// CHECK-SAME: in %arg0 : i32
// CHECK: %clock = seq.to_clock %clk
// CHECK-DAG: hw.instance "fadd_unit" @gaus_fadd_32_32_3<IN: i32 = 32, OUT: i32 = 32, STAGES: i32 = 3>
// CHECK-DAG: seq.compreg.ce {{.*}} reset %rst, {{.*}} : i1
// CHECK: hw.output
llvm.func @sum(%x: f32, %y: f32) -> f32 {
  %s = llvm.fadd %x, %y {gaus.start = 0 : i64} : f32
  llvm.return %s : f32
}
