// affine.for becomes a pipeline of scf.for; conditions that the schedule takes apart, too.
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops -o %t.mlir 2> %t.said
// RUN: FileCheck %s --check-prefix=LEFT --implicit-check-not='not rewritten' < %t.said
// RUN: FileCheck %s < %t.mlir
// RUN: gaus-replay --run --function=main %s > %t.once
// RUN: gaus-replay --run --function=main %t.mlir > %t.pipelined
// RUN: diff %t.once %t.pipelined

func.func private @printI64(i64)
func.func private @printNewline()
memref.global "private" @g : memref<64xi32> = dense<3>

// CHECK-LABEL: func.func @sums
// CHECK-NOT: affine.for
// CHECK: scf.for
// CHECK-NOT: affine.
// CHECK: return
func.func @sums(%m: memref<64xi32>, %x: i32) -> i32 {
  %r = affine.for %i = 3 to 60 step 3 iter_args(%s = %x) -> i32 {
    %v = affine.load %m[%i + 2] : memref<64xi32>
    %k = affine.apply affine_map<(d0) -> (d0 floordiv 3)>(%i)
    %l = affine.min affine_map<(d0) -> (d0, 17)>(%k)
    %c = arith.index_cast %l : index to i32
    %w = arith.muli %v, %c : i32
    %t = arith.addi %s, %w : i32
    affine.store %t, %m[%i - 3] : memref<64xi32>
    affine.yield %t : i32
  }
  return %r : i32
}

// The number of iterations is not known.
// CHECK-LABEL: func.func @bounds
// CHECK: scf.if
// CHECK: scf.for
// CHECK: } else {
// CHECK: scf.for
// CHECK-NOT: affine.
// CHECK: return
func.func @bounds(%m: memref<64xi32>, %n: index) {
  affine.for %i = max affine_map<(d0) -> (d0 - 20, 1)>(%n) to min affine_map<(d0) -> (d0, 50)>(%n) {
    %v = affine.load %m[%i - 1] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    %y = arith.muli %w, %v : i32
    affine.store %y, %m[%i + 13] : memref<64xi32>
  }
  return
}

// The load of one way is an iteration ahead of the store of the other.
// CHECK-LABEL: func.func @conditions
// CHECK: scf.for
// CHECK-NOT: affine.
// CHECK: return
func.func @conditions(%m: memref<64xi32>, %o: memref<64xi32> {llvm.noalias}, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 60 iter_args(%s = %x) -> i32 {
    %v = affine.load %m[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %v, %x : i32
    %n = scf.if %c -> i32 {
      %y = affine.load %o[%i + 1] : memref<64xi32>
      %p = arith.muli %y, %v : i32
      %q = arith.muli %p, %p : i32
      affine.store %q, %o[%i] : memref<64xi32>
      %z = arith.addi %s, %q : i32
      scf.yield %z : i32
    } else {
      %d = affine.if affine_set<(d0) : (d0 - 7 >= 0, 30 - d0 >= 0)>(%i) -> i32 {
        affine.store %v, %o[%i] : memref<64xi32>
        affine.yield %x : i32
      } else {
        affine.yield %s : i32
      }
      scf.yield %d : i32
    }
    affine.yield %n : i32
  }
  return %r : i32
}

// A store has to wait for a product, and a load in the same condition must not.
// CHECK-LABEL: func.func @apart
// CHECK: scf.for
// CHECK: arith.select
// CHECK-NOT: affine.
// CHECK: return
func.func @apart(%m: memref<64xi32>, %o: memref<64xi32> {llvm.noalias}, %q: memref<64xi32> {llvm.noalias}, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 60 iter_args(%s = %x) -> i32 {
    %v = affine.load %m[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %v, %x : i32
    %v2 = arith.muli %v, %v : i32
    %v3 = arith.muli %v2, %v : i32
    %n = scf.if %c -> i32 {
      %y = affine.load %o[%i] : memref<64xi32>
      %p = arith.muli %y, %v3 : i32
      affine.store %p, %q[%i] : memref<64xi32>
      scf.yield %p : i32
    } else {
      %d = affine.if affine_set<(d0) : (d0 - 7 >= 0, 30 - d0 >= 0)>(%i) -> i32 {
        affine.store %v3, %q[%i + 1] : memref<64xi32>
        affine.yield %x : i32
      } else {
        affine.yield %v3 : i32
      }
      scf.yield %d : i32
    }
    affine.store %v, %o[%i] : memref<64xi32>
    %t = arith.addi %s, %n : i32
    affine.yield %t : i32
  }
  return %r : i32
}

// A remainder by 0 must not run, whatever arith says of it.
// CHECK-LABEL: func.func @remainders
// CHECK: scf.for
// CHECK: scf.if
// CHECK: arith.remui
// CHECK-NOT: affine.
// CHECK: return
func.func @remainders(%m: memref<64xi32>, %o: memref<64xi32> {llvm.noalias}, %q: memref<64xi32> {llvm.noalias}, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 60 iter_args(%s = %x) -> i32 {
    %v = affine.load %m[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %v, %x : i32
    %v2 = arith.muli %v, %v : i32
    %v3 = arith.muli %v2, %v : i32
    %n = scf.if %c -> i32 {
      %y = affine.load %o[%i] : memref<64xi32>
      %d = arith.remui %y, %v : i32
      %p = arith.muli %d, %v3 : i32
      affine.store %p, %q[%i] : memref<64xi32>
      scf.yield %p : i32
    } else {
      %e = affine.if affine_set<(d0) : (d0 - 7 >= 0, 30 - d0 >= 0)>(%i) -> i32 {
        affine.store %v3, %q[%i + 1] : memref<64xi32>
        affine.yield %x : i32
      } else {
        affine.yield %v3 : i32
      }
      scf.yield %e : i32
    }
    affine.store %v, %o[%i] : memref<64xi32>
    %t = arith.addi %s, %n : i32
    affine.yield %t : i32
  }
  return %r : i32
}

// LEFT: the loop is not rewritten: an iteration ends before the next one begins
// LEFT: the loop is not rewritten: an iteration ends before the next one begins
// LEFT: the loop is not rewritten: an iteration ends before the next one begins
func.func @sum(%m: memref<64xi32>, %x: i32) {
  %k = arith.constant 31 : i32
  %s = affine.for %i = 0 to 64 iter_args(%t = %x) -> i32 {
    %v = affine.load %m[%i] : memref<64xi32>
    %u = arith.muli %t, %k : i32
    %y = arith.addi %u, %v : i32
    affine.yield %y : i32
  }
  %e = arith.extsi %s : i32 to i64
  call @printI64(%e) : (i64) -> ()
  call @printNewline() : () -> ()
  return
}

func.func @main() {
  %m = memref.get_global @g : memref<64xi32>
  %o = memref.alloc() : memref<64xi32>
  %two = arith.constant 2 : i32
  affine.for %i = 0 to 64 {
    %k = arith.index_cast %i : index to i32
    %w = arith.subi %k, %two : i32
    affine.store %w, %o[%i] : memref<64xi32>
  }
  %n = arith.constant 37 : index
  %a = call @sums(%m, %two) : (memref<64xi32>, i32) -> i32
  call @sum(%m, %a) : (memref<64xi32>, i32) -> ()
  call @bounds(%m, %n) : (memref<64xi32>, index) -> ()
  call @sum(%m, %a) : (memref<64xi32>, i32) -> ()
  %b = call @conditions(%m, %o, %two) : (memref<64xi32>, memref<64xi32>, i32) -> i32
  call @sum(%o, %b) : (memref<64xi32>, i32) -> ()
  %q = memref.alloc() : memref<64xi32>
  affine.for %i = 0 to 64 {
    affine.store %b, %q[%i] : memref<64xi32>
  }
  %d = call @apart(%m, %o, %q, %two)
      : (memref<64xi32>, memref<64xi32>, memref<64xi32>, i32) -> i32
  call @sum(%o, %d) : (memref<64xi32>, i32) -> ()
  call @sum(%q, %d) : (memref<64xi32>, i32) -> ()
  %z = arith.constant 0 : i32
  affine.for %i = 0 to 64 step 3 {
    affine.store %z, %m[%i] : memref<64xi32>
  }
  %e = call @remainders(%m, %o, %q, %two)
      : (memref<64xi32>, memref<64xi32>, memref<64xi32>, i32) -> i32
  call @sum(%q, %e) : (memref<64xi32>, i32) -> ()
  return
}
