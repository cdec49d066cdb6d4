// Operations of linalg that stay: what is known of them counts, else what follows waits,
// and a remark says why there are no loops.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --verify-diagnostics | FileCheck %s
// RUN: gaus-opt %s --gaus-report=format=summary -o /dev/null 2>&1 | FileCheck %s --check-prefix=BEFORE

gaus.library @array {
  gaus.resource @systolic limit(1)
  gaus.operator @product latency(40) uses(@systolic) for("linalg.matmul")
}

// CHECK-LABEL: @known
// CHECK-SAME: gaus.length = 120
// CHECK: linalg.matmul {gaus.start = 0 : i64}
// CHECK: linalg.matmul {gaus.latency = 80 : i64, gaus.start = 40 : i64}
func.func @known(%a: memref<4x4xi32>, %b: memref<4x4xi32>, %c: memref<4x4xi32>)
    attributes {gaus.library = @array} {
  linalg.matmul ins(%a, %b : memref<4x4xi32>, memref<4x4xi32>) outs(%c : memref<4x4xi32>)
  linalg.matmul {gaus.latency = 80 : i64} ins(%a, %c : memref<4x4xi32>, memref<4x4xi32>) outs(%b : memref<4x4xi32>)
  return
}

// CHECK-LABEL: @tensors
// CHECK: linalg.matmul {gaus.latency_min = 1
func.func @tensors(%a: tensor<4x4xi32>, %b: tensor<4x4xi32>, %c: tensor<4x4xi32>) -> tensor<4x4xi32> {
  // expected-remark@+1 {{'linalg.matmul' counts as 1 cycle and what follows waits for it: its regions are not scheduled; it works on tensors, of which --one-shot-bufferize makes buffers}}
  %r = linalg.matmul ins(%a, %b : tensor<4x4xi32>, tensor<4x4xi32>) outs(%c : tensor<4x4xi32>) -> tensor<4x4xi32>
  return %r : tensor<4x4xi32>
}

// CHECK-LABEL: @without
// CHECK: linalg.softmax {gaus.latency_min = 1
func.func @without(%a: memref<4x4xf32>, %c: memref<4x4xf32>) {
  // expected-remark@+1 {{'linalg.softmax' counts as 1 cycle and what follows waits for it: how long it takes is not known; linalg has no loops for it}}
  linalg.softmax dimension(1) ins(%a : memref<4x4xf32>) outs(%c : memref<4x4xf32>)
  return
}

// A report changes nothing.
// BEFORE: 'linalg.fill' counts as 1 cycle and what follows waits for it: its regions are not scheduled; gaus-schedule makes its loops of it
func.func @before(%a: memref<4xf32>, %x: f32) {
  // expected-remark@+1 {{linalg.fill is scheduled as its loops}}
  linalg.fill ins(%x : f32) outs(%a : memref<4xf32>)
  return
}
