// Operations of linalg on buffers are scheduled as their loops, once: a remark names
// each, what they said is said of the loops, and the loops are all that is left.
// RUN: gaus-opt %s --gaus-schedule=effort=0 --gaus-verify --verify-diagnostics -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --gaus-schedule=effort=0 -o %t.again.mlir
// RUN: diff %t.mlir %t.again.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %t.mlir --gaus-strip | FileCheck %s --check-prefix=STRIP
// STRIP-NOT: linalg
// RUN: gaus-opt %s --gaus-schedule=effort=0 --gaus-report=format=summary -o /dev/null 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=SUMMARY
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=STEPS
// RUN: gaus-opt %t.mlir --gaus-bind --gaus-verify -o /dev/null
// RUN: gaus-opt %t.mlir --gaus-pipeline-loops -o %t.pipelined.mlir 2>/dev/null
// RUN: gaus-replay %t.pipelined.mlir --run | count 0
// RUN: gaus-opt %s --gaus-schedule="effort=0 flatten-loops=true" --gaus-verify 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=FLAT
// RUN: gaus-translate --export-json --scope=@fill %s 2>&1 | FileCheck %s --check-prefix=EXPORT
// Stock mlir-opt loads the dialects of loops with the passes.
// RUN: %mlir-opt %load-plugin %s 2>/dev/null \
// RUN:   --pass-pipeline='builtin.module(func.func(gaus-schedule{effort=0}))' | FileCheck %s --check-prefix=STRIP
// RUN: gaus-opt %s --gaus-schedule=effort=0 -mlir-print-debuginfo 2>/dev/null | FileCheck %s --check-prefix=LINES

// EXPORT: "name":"function @fill","node_names":["affine.for #0"]
// CHECK-LABEL: @fill
// CHECK: affine.for %{{.*}} = 0 to 4 {
// CHECK-NEXT: affine.for %{{.*}} = 0 to 8 {
// CHECK-NOT: load
// CHECK-NEXT: affine.store %{{.*}} {gaus.start = 0 : i64} : memref<4x8xi32>
// SUMMARY: function @fill  linalg.mlir:[[#@LINE+5]] {{.*}} 32
// SUMMARY-NEXT: loop d0 {{.*}}:[[#@LINE+6]] 2 4 {{.*}} 32
// SUMMARY-NEXT: loop d1 {{.*}}:[[#@LINE+5]] 1 8 1 yes
// STEPS-LABEL: @fill
// STEPS: affine.store {{.*}}gaus.start = 0 : i64, gaus.window = array<i64: 0,
func.func @fill(%a: memref<4x8xi32>, %x: i32) {
  // expected-remark@+1 {{linalg.fill is scheduled as its loops}}
  linalg.fill ins(%x : i32) outs(%a : memref<4x8xi32>)
  return
}

// What is left of a request, a reduction, and its place.
// CHECK-LABEL: @product
// CHECK: affine.for
// CHECK: affine.for
// CHECK: affine.for
// CHECK-COUNT-3: affine.load
// CHECK: arith.muli {{.*}}gaus.start = 2
// CHECK: arith.addi
// CHECK: affine.store
// CHECK: gaus.ii = 9 : i64
// CHECK-SAME: gaus.request = {ii = 9 : i64}
// REPLAY: @product: as in order, {{.*}} in {{[0-9]+}} cycles
// LINES-LABEL: @product
// LINES: arith.muli {{.*}} loc([[LOC:#.*]])
func.func @product(%a: memref<4x8xi32>, %b: memref<8x4xi32>, %c: memref<4x4xi32>) {
  // expected-remark@+1 {{linalg.matmul is scheduled as its loops}}
  linalg.matmul {gaus.request = {ii = 9}} ins(%a, %b : memref<4x8xi32>, memref<8x4xi32>) outs(%c : memref<4x4xi32>)
  return
}

// Subscripts are in the accesses.
// CHECK-LABEL: @window
// CHECK: affine.for %[[I:.*]] = 0 to 6
// CHECK: affine.for %[[K:.*]] = 0 to 3
// CHECK: affine.load %{{.*}}[%[[I]] + %[[K]]]
// REPLAY: @window: as in order
func.func @window(%a: memref<8xi32>, %k: memref<3xi32>, %o: memref<6xi32>) {
  // expected-remark@+1 {{linalg.conv_1d is scheduled as its loops}}
  linalg.conv_1d ins(%a, %k : memref<8xi32>, memref<3xi32>) outs(%o : memref<6xi32>)
  return
}

// No loops: what is said of the accesses holds.
// CHECK-LABEL: @none
// CHECK-NOT: affine.for
// CHECK: affine.load %{{.*}} {gaus.independent, gaus.start = 0 : i64}
// CHECK: affine.store {{.*}} {gaus.independent,
func.func @none(%a: memref<i32>) {
  // expected-remark@+2 {{its gaus.window is left out: it has no meaning for its operations}}
  // expected-remark@+1 {{linalg.generic is scheduled as its operations}}
  linalg.generic {indexing_maps = [affine_map<() -> ()>], iterator_types = []} outs(%a : memref<i32>) attrs = {gaus.independent, gaus.window = array<i64: 0, 9>} {
  ^bb0(%x: i32):
    %y = arith.addi %x, %x : i32
    linalg.yield %y : i32
  }
  return
}

// Nothing is written: nothing is left but the loop.
// CHECK-LABEL: @unused
// CHECK: affine.for %{{.*}} = 0 to 4 {
// CHECK-NEXT: }
func.func @unused(%a: memref<4xi32>) {
  // expected-remark@+1 {{linalg.generic is scheduled as its loops}}
  linalg.generic {indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]} ins(%a : memref<4xi32>) attrs = {gaus.window = array<i64: 3, 9>} {
  ^bb0(%x: i32):
    linalg.yield
  }
  return
}

// Sizes that are no symbols of affine: loops of scf, which run for a number that the
// program makes.
// CHECK-LABEL: @views
// CHECK: %[[N:.*]] = arith.addi
// CHECK: scf.for %{{.*}} = %{{.*}} to %[[N]] step
// CHECK: memref.store
// CHECK: gaus.length = 12 : i64
// REPLAY: @views: as in order
func.func @views(%a: memref<8x8xi32>, %b: memref<8x8xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  scf.for %i = %c0 to %c3 step %c1 {
    %m = arith.addi %i, %c1 : index
    %v = memref.subview %a[%i, 0] [%m, 4] [1, 2] : memref<8x8xi32> to memref<?x4xi32, strided<[8, 2], offset: ?>>
    %w = memref.subview %b[%i, 1] [%m, 4] [1, 1] : memref<8x8xi32> to memref<?x4xi32, strided<[8, 1], offset: ?>>
    // expected-remark@+1 {{linalg.copy is scheduled as its loops}}
    linalg.copy ins(%v : memref<?x4xi32, strided<[8, 2], offset: ?>>) outs(%w : memref<?x4xi32, strided<[8, 1], offset: ?>>)
  }
  return
}

// How often is not known, but where it is said.
// CHECK-LABEL: @sizes
// CHECK: %[[D:.*]] = memref.dim
// CHECK: affine.for %{{.*}} = 0 to %[[D]]
// CHECK: } {{.*}} gaus.latency_min = 1
// CHECK: affine.for %{{.*}} = 0 to %
// CHECK: gaus.length = 3 : i64, gaus.start = 1 : i64, gaus.trips = array<i64: 1, 16>
func.func @sizes(%a: memref<?xi32>, %b: memref<?xi32>) {
  // expected-remark@+1 {{linalg.copy is scheduled as its loops}}
  linalg.copy ins(%a : memref<?xi32>) outs(%b : memref<?xi32>)
  // expected-remark@+1 {{linalg.copy is scheduled as its loops}}
  linalg.copy {gaus.trips = array<i64: 1, 16>} ins(%b : memref<?xi32>) outs(%a : memref<?xi32>)
  return
}

// Also in what is called, and with names for what it computes with.
// CHECK-LABEL: @callee
// CHECK-SAME: gaus.length = [[T:[0-9]+]]
// CHECK: arith.muli %{{.*}}, %{{.*}} {gaus.start = 0 : i64} : index
// CHECK-LABEL: @caller
// CHECK-SAME: gaus.length = [[T]]
// REPLAY: @caller: as in order
// FLAT-LABEL: @callee
// FLAT: affine.for %{{.*}} = 0 to 24 {
func.func private @callee(%b: memref<4x6xindex>) {
  // expected-remark@+1 {{linalg.generic is scheduled as its loops}}
  linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>], iterator_types = ["parallel", "parallel"]} outs(%b : memref<4x6xindex>) {
  ^bb0(%y: index):
    %i = linalg.index 0 : index
    %j = linalg.index 1 : index
    %z = arith.muli %i, %j : index
    linalg.yield %z : index
  }
  return
}
func.func @caller(%b: memref<4x6xindex>) {
  call @callee(%b) : (memref<4x6xindex>) -> ()
  return
}
