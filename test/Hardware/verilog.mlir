// A function becomes a module: control, units, registers and ports.
// RUN: gaus-opt %s --gaus-verify | gaus-translate --export-verilog | FileCheck %s
// RUN: gaus-translate --export-verilog --scope=poly %s | FileCheck %s --check-prefix=ONE --implicit-check-not=@copy

// ONE: module poly (
// ONE-NOT: module copy

// CHECK: // @poly, by GauS
// CHECK: // interface: {{.*}}"module":"poly"
// CHECK: module poly (
// CHECK-DAG: input  wire [15:0] arg0
// CHECK-DAG: output wire [15:0] result0
// CHECK: );
// The product takes three cycles: two registers in the unit, one that keeps it.
// CHECK-DAG: reg [15:0] mul_p;
// CHECK-DAG: reg [15:0] mul_p_1;
// CHECK-DAG: reg [15:0] mul_q;
// CHECK-DAG: assign mul = mul_p_1;
// CHECK-DAG: assign add = (mul_q + 16'h7);
// CHECK-DAG: mul_p <= (arg0_{{[0-9]+}} * arg0_{{[0-9]+}});
llvm.func @poly(%x: i16) -> i16 {
  %c7 = llvm.mlir.constant(7 : i16) : i16
  %p = llvm.mul %x, %x {gaus.start = 0 : i64} : i16
  %s = llvm.add %p, %c7 {gaus.start = 3 : i64} : i16
  llvm.return %s : i16
}

// A loop of one iteration a cycle: an address every cycle, valid bits by stage.
// CHECK: module copy (
// CHECK-DAG: output wire [29:0] arg0_r0_addr
// CHECK-DAG: input  wire [31:0] arg0_r0_data
// CHECK-DAG: output wire arg1_w0_en
// CHECK-DAG: output wire [3:0] arg1_w0_mask
// CHECK: );
// CHECK-DAG: reg [[STAGE:valid_s[0-9]+_3]];
// CHECK-DAG: assign arg1_w0_data = load_q;
// CHECK-DAG: assign arg1_w0_mask = 4'hF;
llvm.func @copy(%from: !llvm.ptr {llvm.noalias}, %to: !llvm.ptr {llvm.noalias}) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  llvm.br ^loop(%c0 : i64)
^loop(%i: i64):
  %a = llvm.getelementptr %from[%i] {gaus.start = 0 : i64} : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a {gaus.start = 1 : i64} : !llvm.ptr -> i32
  %b = llvm.getelementptr %to[%i] {gaus.start = 0 : i64} : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %v, %b {gaus.start = 3 : i64} : i32, !llvm.ptr
  %j = llvm.add %i, %c1 {gaus.start = 0 : i64} : i64
  %end = llvm.icmp "eq" %j, %c8 {gaus.start = 1 : i64} : i64
  llvm.cond_br %end, ^done, ^loop(%j : i64) {gaus.ii = 1 : i64, gaus.length = 4 : i64}
^done:
  llvm.return
}
