// A short inner loop is unrolled where the outer one takes fewer cycles without it.
// RUN: gaus-opt %s --gaus-flatten-loops=unroll-trips=4 --verify-diagnostics -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --gaus-schedule --gaus-verify | FileCheck %s --check-prefix=PLACED
// RUN: gaus-opt %s --gaus-schedule=flatten-loops=true --gaus-verify 2>/dev/null | FileCheck %s --check-prefix=FLAT

// CHECK-LABEL: @filter
// CHECK: affine.for
// CHECK-COUNT-4: arith.muli
// CHECK-NOT: affine.for
// PLACED-LABEL: @filter
// PLACED: gaus.ii = 1 : i64
// FLAT-LABEL: @filter
// FLAT: affine.for %{{.*}} = 0 to 240
func.func @filter(%a: memref<64xi32> {llvm.noalias}, %w: memref<4xi32> {llvm.noalias},
                  %o: memref<64xi32> {llvm.noalias}, %x: i32) {
  affine.for %i = 0 to 60 {
    // expected-remark @+1 {{the inner loop is unrolled: }}
    %s = affine.for %j = 0 to 4 iter_args(%t = %x) -> i32 {
      %v = affine.load %a[%i + %j] : memref<64xi32>
      %k = affine.load %w[%j] : memref<4xi32>
      %p = arith.muli %v, %k : i32
      %u = arith.addi %t, %p : i32
      affine.yield %u : i32
    }
    affine.store %s, %o[%i] : memref<64xi32>
  }
  return
}
