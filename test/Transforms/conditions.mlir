// Conditions in the body of an innermost loop are one scope with it.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %t.mlir --gaus-report=format=summary -o %t.out | FileCheck %s --check-prefix=SUMMARY
// REPLAY-COUNT-7: as in order

// SUMMARY-LABEL: function @recurrence
// SUMMARY: {{^}}  loop{{.*}} 8 {{.*}}64 {{ *}}1 yes
// SUMMARY-NEXT: {{^$}}

// What decides, and what is loaded for one way, are in no recurrence.
// CHECK-LABEL: @recurrence
// CHECK: memref.load {{.*}}{gaus.start = 0
// CHECK: arith.cmpi {{.*}}{gaus.start = 2
// CHECK: memref.load {{.*}}{gaus.start = [[LOAD:[0-9]+]]
// CHECK: scf.yield %{{[0-9]+}} : i32
// CHECK: memref.store {{.*}}{gaus.start = [[STORE:[3-9]]]
// CHECK: gaus.ii = 1 : i64, gaus.ii_proof = "bound"
func.func @recurrence(%o: memref<64xi32>, %t: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %a = memref.alloc() : memref<64xi32>
  memref.copy %o, %a : memref<64xi32> to memref<64xi32>
  %z = arith.constant 0 : i32
  %r = scf.for %i = %c0 to %c64 step %c1 iter_args(%acc = %z) -> (i32) {
    %x = memref.load %a[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %x, %t : i32
    %n = scf.if %c -> (i32) {
      %y = memref.load %o[%i] : memref<64xi32>
      %m = arith.muli %y, %x : i32
      %s = arith.addi %acc, %m : i32
      memref.store %s, %o[%i] : memref<64xi32>
      scf.yield %s : i32
    } else {
      memref.store %x, %o[%i] : memref<64xi32>
      scf.yield %acc : i32
    }
    scf.yield %n : i32
  }
  return %r : i32
}

// Stores of two ways may be in one cycle: one of them takes place. What touches no
// memory does not wait for the conditions.
// CHECK-LABEL: @nested
// CHECK: arith.cmpi sgt{{.*}}{gaus.start = 0
// CHECK: affine.store {{.*}}{gaus.start = 1
// CHECK: arith.muli {{.*}}{gaus.start = 0
// CHECK: arith.cmpi slt{{.*}}{gaus.start = 0
// CHECK: affine.store {{.*}}{gaus.start = 1
// CHECK: } {gaus.start = 1
// CHECK: } {gaus.start = 1
// CHECK: gaus.ii = 1
func.func @nested(%o: memref<64xi32>, %t: i32, %u: i32) {
  affine.for %i = 0 to 64 {
    %c = arith.cmpi sgt, %t, %u : i32
    scf.if %c {
      affine.store %t, %o[%i] : memref<64xi32>
    } else {
      %m = arith.muli %t, %u : i32
      %d = arith.cmpi slt, %t, %u : i32
      scf.if %d {
        affine.store %u, %o[%i] : memref<64xi32>
      }
    }
  }
  return
}

// CHECK-LABEL: @affine
// CHECK: affine.if
// CHECK-NEXT: affine.load {{.*}}{gaus.start = 0
// CHECK: affine.yield %{{[0-9]+}} : i32
// CHECK: } {gaus.start = 2
// CHECK: gaus.ii = 1
func.func @affine(%m: memref<64xi32>, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 64 iter_args(%s = %x) -> i32 {
    %v = affine.if affine_set<(d0) : (d0 - 7 >= 0)>(%i) -> i32 {
      %a = affine.load %m[%i] : memref<64xi32>
      affine.yield %a : i32
    } else {
      affine.yield %x : i32
    }
    %n = arith.addi %s, %v : i32
    affine.yield %n : i32
  }
  return %r : i32
}

// What decides may come from the iteration before.
// CHECK-LABEL: @before
// CHECK: memref.load {{.*}}{gaus.start = 0
// CHECK: memref.store {{.*}}{gaus.start = 3
// CHECK: gaus.ii = 1
func.func @before(%m: memref<64xi32>, %n: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %true = arith.constant true
  %l = scf.for %i = %c0 to %c64 step %c1 iter_args(%c = %true) -> i1 {
    %v = memref.load %m[%i] : memref<64xi32>
    %next = arith.cmpi ne, %v, %x : i32
    scf.if %c {
      memref.store %x, %m[%i] : memref<64xi32>
    }
    %both = arith.andi %c, %next : i1
    scf.yield %both : i1
  }
  return
}

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.operator @multiplier latency(3) uses(@mul) for("arith.muli")
}

// Both ways need the one multiplier: an iteration takes one of them.
// CHECK-LABEL: @shared
// CHECK: scf.if
// CHECK-NEXT: arith.muli {{.*}}{gaus.alternative = 0 : i64, gaus.start = 0
// CHECK-NEXT: scf.yield %{{[0-9]+}} : i32
// CHECK: gaus.ii = 1
func.func @shared(%m: memref<64xi32>, %x: i32, %y: i32, %c: i1) attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    %v = scf.if %c -> i32 {
      %a = arith.muli %x, %y : i32
      scf.yield %a : i32
    } else {
      %b = arith.muli %x, %x : i32
      scf.yield %b : i32
    }
    memref.store %v, %m[%i] : memref<64xi32>
  }
  return
}

// One way alone needs it.
// CHECK-LABEL: @alone
// CHECK: scf.if
// CHECK-NEXT: arith.muli
// CHECK-NEXT: scf.yield %{{[0-9]+}} : i32
// CHECK: gaus.ii = 2
func.func @alone(%m: memref<64xi32>, %x: i32, %y: i32, %c: i1) attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    %v = scf.if %c -> i32 {
      %a = arith.muli %x, %y : i32
      scf.yield %a : i32
    } else {
      scf.yield %x : i32
    }
    %w = arith.muli %v, %v : i32
    memref.store %w, %m[%i] : memref<64xi32>
  }
  return
}

// What stands on it makes it a node.
// CHECK-LABEL: @described
// CHECK: scf.if
// CHECK-NEXT: memref.store {{.*}}{gaus.start = 0
// CHECK-NEXT: } {gaus.latency = 5 : i64, gaus.start = [[IF:[0-9]+]]
func.func @described(%m: memref<64xi32>, %x: i32, %c: i1) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    scf.if %c {
      memref.store %x, %m[%i] : memref<64xi32>
    } {gaus.latency = 5 : i64}
  }
  return
}
