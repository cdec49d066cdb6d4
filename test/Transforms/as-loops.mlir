// Loops in any order and loops that count are scheduled as scf.for and affine.for, which
// are pipelined; what they said is said of those, and their iterations are independent.
// RUN: gaus-opt %s --gaus-schedule=effort=0 --gaus-verify --verify-diagnostics -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-opt %t.mlir --gaus-schedule=effort=0 -o %t.again.mlir
// RUN: diff %t.mlir %t.again.mlir
// RUN: gaus-replay %t.mlir --function=sum | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --function=rows | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --function=affine --args=,5 | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --function=counts --args=,5 | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-replay %t.mlir --function=count_twos | FileCheck %s --check-prefix=REPLAY
// REPLAY: as in order
// Iterations that meet after all are found when they run.
// RUN: not gaus-replay %t.mlir --function=scattered --seed=1 2>&1 | FileCheck %s --check-prefix=MEET
// MEET: error: [memory] memref.load of iteration {{[0-9]+}}, started in cycle {{[0-9]+}}, reads what another operation wrote
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=STEPS
// RUN: gaus-opt %t.mlir --gaus-pipeline-loops -o /dev/null 2>/dev/null
// RUN: gaus-opt %s --gaus-schedule="effort=0 flatten-loops=true" --gaus-verify 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=FLAT
// RUN: gaus-translate --export-json "--scope=scf.for in @scattered" %s 2>/dev/null \
// RUN:   | FileCheck %s --check-prefix=EXPORT

// STEPS-NOT: scf.parallel
// STEPS: @described
// EXPORT: "node_names":["memref.load #0","memref.load #1","arith.addi #2","memref.store #3"]

// Nothing but that it may run in any order says that no place is met twice.
// CHECK-LABEL: @scattered
// CHECK: gaus.ii = 1 : i64, gaus.independent, gaus.length = 6
func.func @scattered(%m: memref<64xi32>, %k: memref<64xindex>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-remark @+1 {{scf.parallel is scheduled as its loops}}
  scf.parallel (%i) = (%c0) to (%n) step (%c1) {
    %at = memref.load %k[%i] : memref<64xindex>
    %v = memref.load %m[%at] : memref<64xi32>
    %w = arith.addi %v, %v : i32
    memref.store %w, %m[%at] : memref<64xi32>
  } {gaus.trips = array<i64: 0, 64>, gaus.request = {ii = 1}}
  return
}

// What is reduced goes from iteration to iteration, through both loops.
// CHECK-LABEL: @sum
// CHECK: %[[OUTER:.*]]:2 = scf.for {{.*}} iter_args(%[[A:.*]] = %{{.*}}, %[[B:.*]] = %{{.*}}) -> (i32, i32) {
// CHECK-NEXT: %[[INNER:.*]]:2 = scf.for {{.*}} iter_args(%[[C:.*]] = %[[A]], %[[D:.*]] = %[[B]])
// CHECK: %[[S:.*]] = arith.addi %[[C]],
// CHECK: %[[T:.*]] = arith.maxsi %[[D]],
// CHECK: scf.yield %[[S]], %[[T]]
// CHECK: scf.yield %[[INNER]]#0, %[[INNER]]#1
// CHECK: arith.xori %[[OUTER]]#0, %[[OUTER]]#1
// FLAT-LABEL: @sum
// FLAT: affine.for %{{.*}} = 0 to 32 iter_args
// FLAT: gaus.ii = 1 {{.*}} gaus.independent
func.func @sum(%m: memref<8x4xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c4 = arith.constant 4 : index
  %c8 = arith.constant 8 : index
  %z = arith.constant 0 : i32
  // expected-remark @+1 {{scf.parallel is scheduled as its loops}}
  %r:2 = scf.parallel (%i, %j) = (%c0, %c0) to (%c8, %c4) step (%c1, %c1) init (%z, %z) -> (i32, i32) {
    %v = memref.load %m[%i, %j] : memref<8x4xi32>
    scf.reduce(%v, %v : i32, i32) {
    ^bb0(%a: i32, %b: i32):
      %s = arith.addi %a, %b : i32
      scf.reduce.return %s : i32
    }, {
    ^bb0(%a: i32, %b: i32):
      %s = arith.maxsi %a, %b : i32
      scf.reduce.return %s : i32
    }
  }
  %x = arith.xori %r#0, %r#1 : i32
  return %x : i32
}

// In the outer loop of one that is independent, iterations may meet: so they may in both
// as one.
// FLAT-LABEL: @rows
// FLAT-NOT: gaus.independent
// FLAT-LABEL: @affine
func.func @rows(%m: memref<4xi32>) {
  affine.for %i = 0 to 8 {
    // expected-remark @+1 {{affine.parallel is scheduled as its loops}}
    affine.parallel (%j) = (0) to (4) {
      %v = affine.load %m[%j] : memref<4xi32>
      %w = arith.muli %v, %v : i32
      affine.store %w, %m[%j] : memref<4xi32>
    }
  }
  return
}

// CHECK-LABEL: @affine
// CHECK: affine.for %{{.*}} = 1 to 8 step 3 iter_args
// CHECK: affine.for %{{.*}} = max {{.*}}[%arg1] to min {{.*}}[%arg1] iter_args
// CHECK: arith.addf
// CHECK: affine.yield
// CHECK: } {{.*}}gaus.window = array<i64: 0, 5>
func.func @affine(%m: memref<8x8xf32>, %n: index) -> f32 {
  // expected-remark @+1 {{affine.parallel is scheduled as its loops}}
  %r = affine.parallel (%i, %j) = (1, max(0, %n - 4)) to (8, min(8, %n)) step (3, 1) reduce ("addf") -> (f32) {
    %v = affine.load %m[%i, %j] : memref<8x8xf32>
    affine.yield %v : f32
  } {gaus.window = array<i64: 0, 5>}
  return %r : f32
}

// What is atomic may meet what other iterations do, and has to come behind it.
// CHECK-LABEL: @atomic
// CHECK-NOT: gaus.independent
// CHECK-LABEL: @forall
func.func @atomic(%m: memref<8xi32>, %k: memref<64xindex>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %one = arith.constant 1 : i32
  // expected-remark @+1 {{scf.parallel is scheduled as its loops}}
  scf.parallel (%i) = (%c0) to (%c64) step (%c1) {
    %at = memref.load %k[%i] : memref<64xindex>
    %old = memref.atomic_rmw addi %one, %m[%at] : (i32, memref<8xi32>) -> i32
  }
  return
}

// CHECK-COUNT-2: scf.for
// CHECK-NOT: scf.for
// CHECK-LABEL: @counts
func.func @forall(%m: memref<8x8xi32>, %n: index) {
  // expected-remark @+1 {{scf.forall is scheduled as its loops}}
  scf.forall (%i, %j) = (0, 1) to (8, %n) step (2, 1) {
    %v = memref.load %m[%i, %j] : memref<8x8xi32>
    memref.store %v, %m[%j, %i] : memref<8x8xi32>
  }
  return
}

// Where it ends is the larger one of where it begins and the end.
// CHECK: scf.for %{{.*}} = %c2_i32 to %arg1 step %c1_i32 iter_args
// CHECK: arith.maxsi %c2_i32, %arg1
// CHECK-NEXT: return
// CHECK-LABEL: @count_twos
func.func @counts(%m: memref<8xi32>, %n: i32) -> (i32, i32) {
  %c1 = arith.constant 1 : i32
  %c2 = arith.constant 2 : i32
  // expected-remark @+1 {{scf.while is scheduled as scf.for: it counts}}
  %r:2 = scf.while (%s = %n, %p = %c2) : (i32, i32) -> (i32, i32) {
    %d = arith.cmpi sgt, %n, %p : i32
    scf.condition(%d) %p, %s : i32, i32
  } do {
  ^bb0(%p: i32, %s: i32):
    %k = arith.index_cast %p : i32 to index
    %v = memref.load %m[%k] : memref<8xi32>
    %t = arith.addi %v, %s : i32
    %q = arith.addi %p, %c1 : i32
    scf.yield %t, %q : i32, i32
  } attributes {gaus.trips = array<i64: 0, 6>}
  return %r#0, %r#1 : i32, i32
}

// CHECK: scf.for %{{.*}} = %c0 to %c7 step %c2
// CHECK-LABEL: @ends
func.func @count_twos(%m: memref<8xi32>) {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %c7 = arith.constant 7 : index
  %x = arith.constant 5 : i32
  // expected-remark @+1 {{scf.while is scheduled as scf.for: it counts}}
  %r = scf.while (%p = %c0) : (index) -> index {
    %d = arith.cmpi slt, %p, %c7 : index
    scf.condition(%d) %p : index
  } do {
  ^bb0(%p: index):
    memref.store %x, %m[%p] : memref<8xi32>
    %q = arith.addi %p, %c2 : index
    scf.yield %q : index
  }
  return
}

// One that ends where another one has ended.
// CHECK: %[[END:.*]] = arith.maxsi %c0, %arg0
// CHECK: scf.for %{{.*}} = %c0 to %[[END]] step
// CHECK-LABEL: @stays
func.func @ends(%n: index) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  // expected-remark @+1 {{scf.while is scheduled as scf.for: it counts}}
  %r = scf.while (%p = %c0) : (index) -> index {
    %d = arith.cmpi slt, %p, %n : index
    scf.condition(%d) %p : index
  } do {
  ^bb0(%p: index):
    %q = arith.addi %p, %c1 : index
    scf.yield %q : index
  }
  // expected-remark @+1 {{scf.while is scheduled as scf.for: it counts}}
  %s = scf.while (%p = %c0) : (index) -> index {
    %d = arith.cmpi slt, %p, %r : index
    scf.condition(%d) %p : index
  } do {
  ^bb0(%p: index):
    %q = arith.addi %p, %c1 : index
    scf.yield %q : index
  }
  return %s : index
}

// Steps that may pass the largest number, and an end that the loop makes.
// CHECK-COUNT-2: scf.while
func.func @stays(%m: memref<8xi32>, %n: i32) {
  %c0 = arith.constant 0 : i32
  %c2 = arith.constant 2 : i32
  // expected-remark @+1 {{the loop is not pipelined: 'scf.while' never is}}
  %r = scf.while (%p = %n) : (i32) -> i32 {
    %d = arith.cmpi slt, %p, %n : i32
    scf.condition(%d) %p : i32
  } do {
  ^bb0(%p: i32):
    %q = arith.addi %p, %c2 : i32
    scf.yield %q : i32
  }
  // expected-remark @+1 {{the loop is not pipelined: 'scf.while' never is}}
  %s = scf.while (%p = %c2) : (i32) -> i32 {
    %k = arith.index_cast %p : i32 to index
    %e = memref.load %m[%k] : memref<8xi32>
    %d = arith.cmpi slt, %e, %c0 : i32
    scf.condition(%d) %p : i32
  } do {
  ^bb0(%p: i32):
    %q = arith.subi %p, %c2 : i32
    scf.yield %q : i32
  }
  return
}

// What an operator stands for stays what it is.
// CHECK-LABEL: @described
// CHECK: scf.parallel
func.func @described(%m: memref<8xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %z = arith.constant 0 : i32
  // expected-remark @+1 {{the loop is not pipelined: 'scf.parallel' never is}}
  %r = scf.parallel (%i) = (%c0) to (%c8) step (%c1) init (%z) -> i32 {
    %v = memref.load %m[%i] : memref<8xi32>
    scf.reduce(%v : i32) {
    ^bb0(%a: i32, %b: i32):
      // expected-remark @+1 {{what scf.reduce does has no start, and its time is not counted}}
      %s = arith.addi %a, %b : i32
      scf.reduce.return %s : i32
    }
  } {gaus.latency = 20 : i64}
  return %r : i32
}
