// Nests become one loop where that takes fewer cycles, and compute what they did.
// RUN: gaus-opt %s --gaus-flatten-loops --split-input-file --verify-diagnostics -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --split-input-file --gaus-schedule --gaus-verify 2>/dev/null | FileCheck %s --check-prefix=PLACED

// 7 cycles and 127 times 1 instead of 8 times 6 + 15; the variables cost a cycle.
// CHECK-LABEL: @scaled
// CHECK: affine.for %[[K:.*]] = 0 to 128 {
// CHECK: affine.apply #{{.*}}(%[[K]])
// CHECK: affine.apply #{{.*}}(%[[K]])
// CHECK-NOT: affine.for
// PLACED-LABEL: @scaled
// PLACED: gaus.ii = 1 : i64, gaus.ii_proof = "bound", gaus.length = 7 : i64
func.func @scaled(%a: memref<8x16xi32>) {
  affine.for %i = 0 to 8 {
    // expected-remark @+1 {{2 loops are flattened into one: 134 cycles instead of 168}}
    affine.for %j = 0 to 16 {
      %x = affine.load %a[%i, %j] : memref<8x16xi32>
      %y = arith.muli %x, %x : i32
      affine.store %y, %a[%i, %j] : memref<8x16xi32>
    }
  }
  return
}

// -----

// Three loops, what they hand on, steps and first values.
// CHECK-DAG: #[[K:.*]] = affine_map<(d0) -> ((d0 mod 4) * 2 + 1)>
// CHECK-LABEL: @handed
// CHECK: %[[R:.*]] = affine.for %{{.*}} = 0 to 24 iter_args
// CHECK: affine.apply #[[K]]
// CHECK: return %[[R]]
func.func @handed(%m: memref<16x16xi32>, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 2 iter_args(%a = %x) -> i32 {
    %s = affine.for %j = 0 to 3 iter_args(%b = %a) -> i32 {
      // expected-remark @+1 {{3 loops are flattened into one: }}
      %t = affine.for %k = 1 to 9 step 2 iter_args(%c = %b) -> i32 {
        %v = affine.load %m[%j, %k] : memref<16x16xi32>
        %w = arith.addi %v, %c : i32
        affine.yield %w : i32
      }
      affine.yield %t : i32
    }
    affine.yield %s : i32
  }
  return %r : i32
}

// -----

// Each iteration of the outer loop needs what the one before wrote, in the same row:
// as one loop no interval below a row's latency is left.
// CHECK-LABEL: @recurrence
// CHECK-COUNT-2: affine.for
func.func @recurrence(%a: memref<32xi32>) {
  // expected-remark @+1 {{the nest is not flattened: it would not take fewer cycles}}
  affine.for %i = 0 to 8 {
    affine.for %j = 0 to 2 {
      %x = affine.load %a[%j] : memref<32xi32>
      %y = arith.muli %x, %x : i32
      %z = arith.muli %y, %y : i32
      affine.store %z, %a[%j] : memref<32xi32>
    }
  }
  return
}

// -----

// What is beside the inner loop takes place in its first or last iteration.
// CHECK-DAG: #[[FIRST:.*]] = affine_set<(d0) : (d0 mod 16 == 0)>
// CHECK-DAG: #[[LAST:.*]] = affine_set<(d0) : (d0 mod 16 - 15 == 0)>
// CHECK-LABEL: @beside
// CHECK: affine.for %[[K:.*]] = 0 to 128 iter_args
// CHECK: affine.if #[[FIRST]](%[[K]]) -> i32
// CHECK-NEXT: affine.load
// CHECK: affine.if #[[FIRST]](%[[K]]) -> i32
// CHECK: affine.if #[[LAST]](%[[K]])
// CHECK-NEXT: affine.store
// CHECK-NOT: affine.for
// PLACED-LABEL: @beside
func.func @beside(%a: memref<8x16xi32>, %b: memref<8xi32> {llvm.noalias}, %c: memref<8xi32> {llvm.noalias}) {
  affine.for %i = 0 to 8 {
    %f = affine.load %b[%i] : memref<8xi32>
    // expected-remark @+1 {{2 loops are flattened into one: }}
    %s = affine.for %j = 0 to 16 iter_args(%t = %f) -> i32 {
      %x = affine.load %a[%i, %j] : memref<8x16xi32>
      %y = arith.muli %x, %f : i32
      %u = arith.addi %t, %y : i32
      affine.yield %u : i32
    }
    affine.store %s, %c[%i] : memref<8xi32>
  }
  return
}

// -----

// scf.for with constant bounds; then the loop around it, of which it is the only part.
// CHECK-LABEL: @structured
// CHECK: affine.for %{{.*}} = 0 to 96
// CHECK: return
// PLACED-LABEL: @structured
func.func @structured(%a: memref<16x16xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c9 = arith.constant 9 : index
  %c16 = arith.constant 16 : index
  %c3 = arith.constant 3 : index
  scf.for %h = %c0 to %c3 step %c1 {
    scf.for %i = %c1 to %c9 step %c2 {
      // expected-remark @+1 {{3 loops are flattened into one: }}
      scf.for %j = %c0 to %c16 step %c2 {
        %y = arith.muli %x, %x : i32
        %z = arith.muli %y, %x : i32
        memref.store %z, %a[%i, %j] : memref<16x16xi32>
      }
    }
  }
  return
}

// -----

func.func @reasons(%a: memref<16xi32>, %x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-remark @+1 {{the nest is not flattened: there is more in the outer loop than the inner one and single operations}}
  affine.for %i = 0 to 8 {
    affine.if affine_set<(d0) : (d0 - 1 >= 0)>(%i) {
      affine.store %x, %a[%i] : memref<16xi32>
    }
    affine.for %j = 0 to 8 {
      affine.store %x, %a[%j] : memref<16xi32>
    }
  }
  // expected-remark @+1 {{the nest is not flattened: it would not take fewer cycles however often its inner loop runs, in 8 iterations of the outer one}}
  affine.for %i = 0 to 8 {
    affine.for %j = 0 to %n {
      affine.store %x, %a[%j] : memref<16xi32>
    }
  }
  // expected-remark @+1 {{the nest is not flattened: one of its loops has a gaus.request, which is for that loop}}
  affine.for %i = 0 to 8 {
    affine.for %j = 0 to 8 {
      affine.store %x, %a[%j] : memref<16xi32>
    } {gaus.request = {unroll = 2}}
  }
  // expected-remark @+1 {{the nest is not flattened: gaus.distance or gaus.independent in it is said of the iterations of its innermost loop}}
  affine.for %i = 0 to 8 {
    affine.for %j = 0 to 8 {
      affine.store %x, %a[%j] {gaus.distance = 4 : i64} : memref<16xi32>
    }
  }
  // expected-remark @+1 {{the nest is not flattened: it would not take fewer cycles however often its inner loop runs, in 2 iterations of the outer one}}
  scf.for %i = %c0 to %n step %c1 {
    scf.for %j = %c0 to %n step %c1 {
      memref.store %x, %a[%j] : memref<16xi32>
    }
  }
  return
}
