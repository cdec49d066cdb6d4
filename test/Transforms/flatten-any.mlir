// Nests of numbers of iterations that are not constant become one loop where the
// interval stays and that takes fewer cycles, or where it is asked for.
// RUN: gaus-opt %s --gaus-flatten-loops -o %t.mlir 2> %t.said
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=REMARK --implicit-check-not=remark < %t.said
// RUN: gaus-opt %t.mlir --gaus-schedule --gaus-verify -o /dev/null 2>/dev/null
// RUN: gaus-opt %s --gaus-flatten-loops=any-trips=true -o %t.any.mlir 2> %t.said
// RUN: FileCheck %s --check-prefix=ANY < %t.any.mlir
// RUN: FileCheck %s --check-prefix=WHY < %t.said

// An outer loop of 64 iterations pays for the divider. How often the inner one
// runs is 0 where its bounds are the other way round.
// CHECK-LABEL: @pays
// CHECK: %[[SOME:.*]] = arith.cmpi slt, %[[TWO:.*]], %[[N:.*]] : index
// CHECK: %[[SPAN:.*]] = arith.subi %[[N]], %[[TWO]]
// CHECK: %[[CEIL:.*]] = arith.ceildivui %[[SPAN]], %[[STEP:.*]] : index
// CHECK: %[[WITHIN:.*]] = arith.select %[[SOME]], %[[CEIL]], %{{.*}} : index
// CHECK: %[[ALL:.*]] = arith.muli %[[WITHIN]], %{{.*}} : index
// CHECK: scf.for %[[K:.*]] = %{{.*}} to %[[ALL]] step
// CHECK: %[[I:.*]] = arith.divui %[[K]], %[[WITHIN]]
// CHECK: %[[TURN:.*]] = arith.remui %[[K]], %[[WITHIN]]
// CHECK: %[[FAR:.*]] = arith.muli %[[TURN]], %[[STEP]]
// CHECK: %[[J:.*]] = arith.addi %[[FAR]], %[[TWO]]
// CHECK: memref.load %{{.*}}[%[[I]], %[[J]]]
// CHECK-NOT: for
// CHECK: return
// REMARK-DAG: flatten-any.mlir:[[#@LINE+3]]:5: remark: 2 loops are flattened into one: 26 cycles and 1 for each further iteration, instead of 6 cycles and 1 for each further iteration in each of the outer loop
func.func @pays(%a: memref<?x?xi32> {llvm.noalias}, %o: memref<?x?xi32> {llvm.noalias}, %n: index) {
  affine.for %i = 0 to 64 {
    affine.for %j = 2 to %n step 3 {
      %v = affine.load %a[%i, %j] : memref<?x?xi32>
      %w = arith.muli %v, %v : i32
      affine.store %w, %o[%i, %j] : memref<?x?xi32>
    }
  }
  return
}

// Two iterations of the outer loop are not enough; nothing is left of the trial.
// What the nest hands on is what it began with if it never runs.
// CHECK-LABEL: @few
// CHECK-NEXT: arith.constant 0
// CHECK-NEXT: arith.constant 1
// CHECK-NEXT: scf.for
// ANY-LABEL: @few
// ANY: %[[R:.*]] = scf.for %{{.*}} = %{{.*}} to %{{.*}} step %{{.*}} iter_args(%{{.*}} = %arg4)
// ANY-NOT: scf.for
// ANY: return %[[R]]
// REMARK-DAG: flatten-any.mlir:[[#@LINE+4]]:8: remark: the nest is not flattened: it would not take fewer cycles however often its inner loop runs, in 2 iterations of the outer one
func.func @few(%a: memref<?xi32> {llvm.noalias}, %o: memref<?xi32> {llvm.noalias}, %n: index, %m: index, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %m step %c1 iter_args(%s = %x) -> i32 {
    %q = scf.for %j = %c0 to %n step %c1 iter_args(%t = %s) -> i32 {
      %v = memref.load %a[%j] : memref<?xi32>
      %w = arith.muli %v, %v : i32
      memref.store %w, %o[%i] : memref<?xi32>
      %u = arith.addi %t, %w : i32
      scf.yield %u : i32
    }
    scf.yield %q : i32
  }
  return %r : i32
}

// WHY-DAG: remark: the nest is not flattened: how often its inner loop runs is another number in each iteration of the outer one
// REMARK-DAG: flatten-any.mlir:[[#@LINE+3]]:3: remark: the nest is not flattened: how often its inner loop runs is another number in each iteration of the outer one
// ANY-LABEL: @triangle
func.func @triangle(%a: memref<?x?xi32>) {
  affine.for %i = 0 to 64 {
    affine.for %j = 0 to affine_map<(d0) -> (d0)>(%i) {
      %v = affine.load %a[%i, %j] : memref<?x?xi32>
      affine.store %v, %a[%j, %i] : memref<?x?xi32>
    }
  }
  return
}

// WHY-DAG: remark: the nest is not flattened: how often its loops run is no constant, and the outer one holds more than the inner one
// REMARK-DAG: flatten-any.mlir:[[#@LINE+3]]:3: remark: the nest is not flattened: how often its loops run is no constant, and the outer one holds more than the inner one
// ANY-LABEL: @more
func.func @more(%a: memref<?xi32>, %n: index, %x: i32) {
  affine.for %i = 0 to 64 {
    affine.store %x, %a[%i] : memref<?xi32>
    affine.for %j = 0 to %n {
      %v = affine.load %a[%j] : memref<?xi32>
      affine.store %v, %a[%j + 1] : memref<?xi32>
    }
  }
  return
}

// WHY-DAG: remark: the nest is not flattened: one of its loops has a gaus.request, which is for that loop
// REMARK-DAG: remark: the nest is not flattened: one of its loops has a gaus.request, which is for that loop
// ANY-LABEL: @asked
func.func @asked(%a: memref<?xi32>, %n: index, %x: i32) {
  affine.for %i = 0 to 64 {
    affine.for %j = 0 to %n {
      affine.store %x, %a[%j] : memref<?xi32>
    } {gaus.request = {ii = 2 : i64}}
  }
  return
}
