// Arguments with gaus.fifo have ports of streams; what waits keeps the module as it is.
// RUN: gaus-opt %s --gaus-schedule=ii=1 -o %t.mlir
// RUN: gaus-translate --export-verilog --scope=copy %t.mlir | FileCheck %s --implicit-check-not=_addr
// RUN: gaus-translate --export-hw --scope=copy %t.mlir | FileCheck %s --check-prefix=HW --implicit-check-not=_addr
// RUN: gaus-translate --export-verilog --scope=own %t.mlir | FileCheck %s --check-prefix=INSIDE

// CHECK: // interface: {{.*}}"kind":"stream"{{.*}}"streams":[{"bits":16,"direction":"in","name":"arg0"},{"bits":16,"direction":"out","name":"arg1"}]
// CHECK: module copy (
// CHECK-DAG: input  wire [15:0] arg0_data
// CHECK-DAG: input  wire arg0_valid
// CHECK-DAG: output wire arg0_ready
// CHECK-DAG: output wire [15:0] arg1_data
// CHECK-DAG: output wire arg1_valid
// CHECK-DAG: input  wire arg1_ready
// CHECK: );
// CHECK-DAG: [[STALLS:n[0-9]+_]] = ((stall | (arg0_wants & (~arg0_valid))) | (arg1_wants & (~arg1_ready)));
// CHECK-DAG: assign stalls = [[STALLS]];
// No port of a stream depends on an input within the cycle.
// CHECK-DAG: assign arg0_ready = arg0_wants;
// CHECK-DAG: assign arg1_valid = arg1_wants;
// CHECK-DAG: assign arg0_wants = ({{.*}} & (~arg0_done));
// CHECK-DAG: ? arg0_kept : arg0_data);
// What is done is remembered while others wait.
// CHECK: if (~stalls) begin
// CHECK: {{^}}    end
// CHECK-NEXT: {{^}}    if (arg0_moves) arg0_kept <= arg0_data;
// CHECK-NEXT: {{^}}    arg0_done <= (stalls & (arg0_done | arg0_moves));
// CHECK-NEXT: {{^}}    arg1_done <= (stalls & (arg1_done | arg1_moves));
// CHECK-NEXT: if (rst) begin
// HW: hw.module @copy(in %clk : i1, in %rst : i1, in %stall : i1,
// HW-SAME: in %arg0_data : i16, in %arg0_valid : i1, out arg0_ready : i1, out arg1_data : i16, in %arg1_ready : i1, out arg1_valid : i1
// HW: %runs = comb.xor %stalls, %one
// HW: %arg0_kept_on = comb.and %arg0_moves : i1
// HW: %arg0_done = seq.compreg.ce
func.func @copy(%a: memref<64xi16> {gaus.fifo}, %b: memref<64xi16> {gaus.fifo, llvm.noalias}) {
  affine.for %i = 0 to 64 {
    %x = affine.load %a[%i] : memref<64xi16>
    affine.store %x, %b[%i] : memref<64xi16>
  }
  return
}

// Nobody accesses it: no ports, and nothing waits.
// RUN: gaus-translate --export-verilog --scope=idle %t.mlir | FileCheck %s --check-prefix=IDLE --implicit-check-not=_valid
// IDLE: module idle (
// IDLE: assign stalls = stall;
func.func @idle(%a: memref<64xi16> {gaus.fifo}, %x: i16) -> i16 {
  %y = arith.muli %x, %x : i16
  return %y : i16
}

// A FIFO within the function is a memory, whose accesses keep their order.
// INSIDE: module own (
// INSIDE-NOT: _valid,
// INSIDE: reg [31:0] local{{.*}}_words [0:7];
func.func @own(%x: i32, %n: index) -> i32 {
  %m = memref.alloca() {gaus.fifo} : memref<8xi32>
  %c0 = arith.constant 0 : index
  memref.store %x, %m[%c0] : memref<8xi32>
  %y = memref.load %m[%n] : memref<8xi32>
  return %y : i32
}
