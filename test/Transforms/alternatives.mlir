// Operations of ways that exclude each other hold the units of one.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %t.mlir --gaus-verify --gaus-report | FileCheck %s --check-prefix=REPORT
// REPLAY-COUNT-6: as in order

gaus.library @lib {
  gaus.resource @mul limit(1)
  gaus.resource @port limit(1) per(memory)
  gaus.operator @multiplier latency(3) uses(@mul) for("arith.muli")
  gaus.operator @load latency(2) uses(@port) for("memref.load", "llvm.load")
  gaus.operator @store latency(1) uses(@port) for("memref.store", "llvm.store")
}

// Accesses wait for the condition as it is.
// CHECK-LABEL: @accesses
// CHECK: memref.store {{.*}}gaus.alternative = 0 : i64, gaus.start = [[S:[0-9]+]] : i64
// CHECK: memref.store {{.*}}gaus.alternative = 0 : i64, gaus.start = [[S]] : i64
// CHECK: gaus.ii = 1 : i64
// REPORT: scf.for in @accesses {{.*}}ii 1
// REPORT: resource port[arg1]: peak 1 of 1
func.func @accesses(%a: memref<64xi32> {llvm.noalias}, %b: memref<64xi32> {llvm.noalias}, %t: i32)
    attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    %x = memref.load %a[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %x, %t : i32
    scf.if %c {
      memref.store %x, %b[%i] : memref<64xi32>
    } else {
      memref.store %t, %b[%i] : memref<64xi32>
    }
  }
  return
}

// What touches no memory waits, too, where it shares a unit.
// CHECK-LABEL: @products
// CHECK: arith.cmpi {{.*}}gaus.start = 2
// CHECK: arith.muli {{.*}}gaus.alternative = [[K:[0-9]+]] : i64, gaus.start = [[M:[3-9]]] : i64
// CHECK: arith.muli {{.*}}gaus.alternative = [[K]] : i64, gaus.start = [[M]] : i64
// CHECK: gaus.ii = 1 : i64
func.func @products(%a: memref<64xi32> {llvm.noalias}, %b: memref<64xi32> {llvm.noalias}, %t: i32)
    attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    %x = memref.load %a[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %x, %t : i32
    %v = scf.if %c -> i32 {
      %p = arith.muli %x, %t : i32
      scf.yield %p : i32
    } else {
      %q = arith.muli %x, %x : i32
      scf.yield %q : i32
    }
    memref.store %v, %b[%i] : memref<64xi32>
  }
  return
}

// Three ways, of which one does nothing; the last store is on all of them.
// CHECK-LABEL: @nested
// CHECK-COUNT-3: gaus.alternative = 0 : i64
// CHECK: gaus.ii = 2 : i64
func.func @nested(%a: memref<64xi32> {llvm.noalias}, %b: memref<64xi32> {llvm.noalias}, %t: i32)
    attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  scf.for %i = %c0 to %c64 step %c1 {
    %x = memref.load %a[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %x, %t : i32
    scf.if %c {
      %d = arith.cmpi slt, %t, %x : i32
      scf.if %d {
        memref.store %x, %b[%i] : memref<64xi32>
      } else {
        %e = arith.cmpi eq, %t, %x : i32
        scf.if %e {
          memref.store %t, %b[%i] : memref<64xi32>
        }
      }
    } else {
      %n = arith.addi %x, %t : i32
      memref.store %n, %b[%i] : memref<64xi32>
    }
    memref.store %t, %b[%c0] : memref<64xi32>
  }
  return
}

// A loop of branches.
// CHECK-LABEL: @branches
// CHECK: cf.cond_br {{.*}}gaus.ii = 1 : i64
// CHECK: memref.store {{.*}}gaus.alternative = 0 : i64
// CHECK: memref.store {{.*}}gaus.alternative = 0 : i64
func.func @branches(%a: memref<64xi32> {llvm.noalias}, %b: memref<64xi32> {llvm.noalias}, %t: i32)
    attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %x = memref.load %a[%i] : memref<64xi32>
  %c = arith.cmpi sgt, %x, %t : i32
  cf.cond_br %c, ^then, ^else
^then:
  memref.store %x, %b[%i] : memref<64xi32>
  cf.br ^latch
^else:
  memref.store %t, %b[%i] : memref<64xi32>
  cf.br ^latch
^latch:
  %n = arith.addi %i, %c1 : index
  %more = arith.cmpi slt, %n, %c64 : index
  cf.cond_br %more, ^head(%n : index), ^out
^out:
  return
}

// Either product is in the recurrence: beside each other they fit into its 3 cycles.
// CHECK-LABEL: @recurrence
// CHECK-COUNT-2: arith.muli {{.*}}gaus.alternative = 0 : i64
// CHECK: gaus.ii = 3 : i64
func.func @recurrence(%a: memref<64xi32>, %t: i32, %c: i1) -> i32 attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %r = scf.for %i = %c0 to %c64 step %c1 iter_args(%s = %t) -> i32 {
    %v = scf.if %c -> i32 {
      %p = arith.muli %s, %t : i32
      scf.yield %p : i32
    } else {
      %q = arith.muli %s, %s : i32
      scf.yield %q : i32
    }
    scf.yield %v : i32
  }
  return %r : i32
}

// The ports are not what holds the interval: nothing waits.
// CHECK-LABEL: @other_cause
// CHECK-NOT: gaus.alternative
// CHECK: gaus.ii = 3 : i64
func.func @other_cause(%a: memref<64xi32>, %t: i32, %c: i1) -> i32 attributes {gaus.library = @lib} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %r = scf.for %i = %c0 to %c64 step %c1 iter_args(%s = %t) -> i32 {
    %m = arith.muli %s, %t : i32
    scf.if %c {
      memref.store %m, %a[%i] : memref<64xi32>
    } else {
      memref.store %t, %a[%i] : memref<64xi32>
    }
    scf.yield %m : i32
  }
  return %r : i32
}
