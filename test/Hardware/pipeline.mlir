// A straight line that starts in every cycle, as a pipeline: a stage a cycle.
// RUN: gaus-opt %s --gaus-verify | gaus-translate --export-pipeline --scope="function @line" | FileCheck %s
// RUN: gaus-translate --export-pipeline --keep-going %s -o %t 2>&1 | FileCheck %s --check-prefix=SAID
// RUN: grep -c hw.module %t | FileCheck %s --check-prefix=ONE
// ONE: {{^1$}}

// CHECK: hw.module @line(in %clk : i1, in %rst : i1, in %stall : i1, in %go : i1, in %arg0 : i32, in %arg1 : i32, out result0 : i32, out done : i1) {
// CHECK: %[[SEVEN:.*]] = hw.constant 7 : i32
// CHECK: %result0, %done = pipeline.scheduled(%a0 : i32 = %arg0, %a1 : i32 = %arg1) stall(%stall) clock(%clock) reset(%rst) go(%go) entryEn(%s0_enable) -> (result0 : i32) {
// CHECK-NEXT: %[[PRODUCT:.*]] = comb.mul %a0, %a1 : i32
// CHECK-NEXT: %muli = pipeline.latency 2 -> (i32) {
// CHECK-NEXT: %muli_p1 = seq.compreg.ce %[[PRODUCT]], %clock, %runs : i32
// CHECK-NEXT: %muli_p2 = seq.compreg.ce %muli_p1, %clock, %runs : i32
// CHECK-NEXT: pipeline.latency.return %muli_p2 : i32
// CHECK: pipeline.stage ^bb1
// CHECK-NEXT: ^bb1(%s1_enable : i1):
// CHECK-NEXT: pipeline.stage ^bb2
// CHECK-NEXT: ^bb2(%s2_enable : i1):
// CHECK-NEXT: %[[M:.*]] = pipeline.src %muli : i32
// CHECK-NEXT: comb.add %[[M]], %[[SEVEN]] : i32
// CHECK: pipeline.stage ^bb3
// CHECK: pipeline.return %{{.*}} : i32
func.func @line(%a: i32, %b: i32) -> i32 attributes {gaus.ii = 1 : i64, gaus.length = 3 : i64} {
  %c7 = arith.constant 7 : i32
  %p = arith.muli %a, %b {gaus.latency = 2 : i64, gaus.start = 0 : i64} : i32
  %s = arith.addi %p, %c7 {gaus.latency = 1 : i64, gaus.start = 2 : i64} : i32
  return %s : i32
}
// SAID: error: 'memref.alloc' cannot be part of a pipeline: it is about memory
// SAID: left out: @memory
func.func @memory(%i: index, %j: index) -> i32 {
  %m = memref.alloc() {gaus.start = 0 : i64} : memref<4xi32>
  %v = memref.load %m[%i] {gaus.start = 0 : i64} : memref<4xi32>
  return %v : i32
}
// SAID: error: @argument cannot be a pipeline: an argument of type 'memref<4xi32>'
func.func @argument(%m: memref<4xi32>) -> i32 {
  %c = arith.constant 0 : i32
  return %c : i32
}
// SAID: error: 'arith.sitofp' cannot be part of a pipeline: a result of type 'f32'
func.func @floats(%i: i32) -> i32 {
  %x = arith.sitofp %i {gaus.start = 0 : i64} : i32 to f32
  %y = arith.addf %x, %x {gaus.start = 3 : i64} : f32
  %z = arith.fptosi %y {gaus.start = 7 : i64} : f32 to i32
  return %z : i32
}
// SAID: error: 'func.call' cannot be part of a pipeline: it is a call
func.func @calls(%i: i32) -> i32 {
  %x = func.call @line(%i, %i) {gaus.start = 0 : i64} : (i32, i32) -> i32
  return %x : i32
}
// SAID: error: 'scf.for' cannot be part of a pipeline: it has regions
func.func @loops(%n: index, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
  } {gaus.start = 0 : i64}
  return %x : i32
}
// SAID: error: @branches cannot be a pipeline: it has control flow
func.func @branches(%x: i32) -> i32 {
  cf.br ^next
^next:
  return %x : i32
}
// SAID: error: @seldom cannot be a pipeline: it starts every 2 cycles, and a pipeline in every one
func.func @seldom(%a: i32) -> i32 attributes {gaus.ii = 2 : i64} {
  %s = arith.addi %a, %a {gaus.start = 0 : i64} : i32
  return %s : i32
}
gaus.library @few {
  gaus.resource @adder limit(1)
  gaus.operator @add latency(1) uses(@adder) for("arith.addi")
}
// SAID: error: 'arith.addi' cannot be part of a pipeline: it uses a resource with a limit, and without ii=1 nothing says that it can start in every cycle
func.func @limited(%a: i32) -> i32 attributes {gaus.library = @few} {
  %s = arith.addi %a, %a {gaus.start = 0 : i64} : i32
  return %s : i32
}
// SAID: error: @nothing cannot be a pipeline: no results
// SAID: left out: @nothing
func.func @nothing(%a: i32) {
  return
}
