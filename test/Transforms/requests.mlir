// Each scope has its own wishes, which count for more than the pass's options.
// RUN: gaus-opt %s --gaus-schedule="objective=resources" --gaus-verify="objective=resources" | FileCheck %s
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify=objective=latency \
// RUN:   | FileCheck %s --check-prefix=STEPS
// Wishes stay as they are, and a second run obeys them again.
// RUN: gaus-opt %s --gaus-schedule="objective=resources" --gaus-schedule=objective=latency \
// RUN:   --gaus-verify=objective=latency | FileCheck %s --check-prefix=AGAIN

// CHECK-LABEL: func.func @two
// CHECK: gaus.ii = 9 : i64, {{.*}}gaus.request = {ii = 9 : i64}
// CHECK: gaus.ii = 1 : i64, {{.*}}gaus.length = 20 : i64, gaus.request = {length = 20 : i64, objective = "memory"}
// CHECK-NOT: gaus.ii
// CHECK: gaus.length = 4 : i64, gaus.request = {pipeline = false}
// STEPS-LABEL: func.func @two
// STEPS: gaus.ii = 9 : i64, {{.*}}gaus.request = {ii = 9 : i64}
// STEPS: gaus.length = 20 : i64, gaus.request = {length = 20 : i64, objective = "memory"}
// AGAIN: gaus.ii = 9 : i64, {{.*}}gaus.request = {ii = 9 : i64}
func.func @two(%m: memref<64xi32>, %o: memref<64xi32>, %q: memref<64xi32>) {
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
    %w = arith.addi %v, %v : i32
    affine.store %w, %m[%i] : memref<64xi32>
  } {gaus.request = {ii = 9 : i64}}
  affine.for %i = 0 to 64 {
    %v = affine.load %o[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %o[%i] : memref<64xi32>
  } {gaus.request = {length = 20 : i64, objective = "memory"}}
  affine.for %i = 0 to 64 {
    %v = affine.load %q[%i] : memref<64xi32>
    %w = arith.addi %v, %v : i32
    affine.store %w, %q[%i] : memref<64xi32>
  } {gaus.request = {pipeline = false}}
  return
}
