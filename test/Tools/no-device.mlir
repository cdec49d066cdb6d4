// Without a device, backend=cuda is one clear error.
// RUN: env CUDA_VISIBLE_DEVICES=-1 not gaus-opt %s --gaus-schedule=backend=cuda 2>&1 | FileCheck %s
// CHECK: no-device.mlir:[[@LINE+2]]:1: error: [backend] no CUDA device: {{.+}}
// CHECK-NOT: error
gaus.graph @g {
  %a = gaus.node "a" width(8)
}
