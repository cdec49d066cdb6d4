// Loops of branches as prologue, kernel and epilogue, in their own dialect.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-pipeline-loops -o %t 2> %t.said
// RUN: FileCheck %s < %t
// RUN: FileCheck %s --check-prefix=REMARK --implicit-check-not=remark < %t.said
// What was rewritten is scheduled again.
// RUN: gaus-opt %t --gaus-strip --gaus-schedule --gaus-verify -o /dev/null

// Seven stages: six iterations must not be the last, or the loop stays.
// CHECK-LABEL: llvm.func @counted
// CHECK: llvm.br ^[[ENTRY:.*]](%{{.*}} : i64)
// CHECK: ^[[ENTRY]](
// CHECK-COUNT-6: llvm.cond_br %{{.*}}, ^bb{{[0-9]*}}, ^[[PLAIN:bb11]](%{{.*}} : i64)
// The kernel has one of each, with nothing of the schedule.
// CHECK: ^[[KERNEL:bb9]](
// CHECK-NOT: gaus.
// CHECK: llvm.icmp
// CHECK: llvm.load
// CHECK: llvm.mul
// CHECK: llvm.store
// CHECK-NOT: llvm.store
// CHECK: llvm.cond_br %{{.*}}, ^[[KERNEL]]({{.*}}), ^[[DRAIN:bb10]]
// CHECK: ^[[DRAIN]]:
// CHECK-COUNT-6: llvm.store
// CHECK: llvm.br
// CHECK: ^[[PLAIN]](
// CHECK: gaus.start
// CHECK: gaus.ii = 1
llvm.func @counted(%p: !llvm.ptr {llvm.noalias}, %q: !llvm.ptr {llvm.noalias}, %n: i64) {
  %z = llvm.mlir.constant(0 : i64) : i64
  llvm.br ^l(%z : i64)
^l(%i: i64):
  %one = llvm.mlir.constant(1 : i64) : i64
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %w = llvm.mul %v, %v : i32
  %b = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %w, %b : i32, !llvm.ptr
  %j = llvm.add %i, %one : i64
  %c = llvm.icmp "slt" %j, %n : i64
  llvm.cond_br %c, ^l(%j : i64), ^out
^out:
  llvm.return
}

// The number of iterations is known: nothing is left of the loop.
// CHECK-LABEL: func.func @constant
// CHECK-NOT: gaus.ii
// CHECK: return
func.func @constant(%m: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  %c = arith.cmpi slt, %i, %c64 : index
  cf.cond_br %c, ^body, ^out
^body:
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.muli %v, %v : i32
  memref.store %w, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  cf.br ^l(%j : index)
^out:
  return
}

// A break: what touches memory has waited for it, and no loop is kept. The
// store runs under a condition.
// CHECK-LABEL: func.func @search
// CHECK-NOT: gaus.ii
// CHECK: arith.ori
// CHECK: cf.cond_br
// CHECK: memref.store
// CHECK: return
func.func @search(%m: memref<64xi32> {llvm.noalias}, %o: memref<64xi32> {llvm.noalias},
                  %n: index, %x: i32) -> (index, i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %none = arith.constant -1 : i32
  cf.br ^l(%c0, %x : index, i32)
^l(%i: index, %s: i32):
  %v = memref.load %m[%i] : memref<64xi32>
  %odd = arith.cmpi sgt, %v, %none : i32
  cf.cond_br %odd, ^yes, ^on
^yes:
  %sq = arith.muli %v, %v : i32
  memref.store %sq, %o[%i] : memref<64xi32>
  cf.br ^on
^on:
  %t = arith.addi %s, %v : i32
  %j = arith.addi %i, %c1 : index
  %found = arith.cmpi eq, %v, %x : i32
  %end = arith.cmpi sge, %j, %n : index
  %stop = arith.ori %found, %end : i1
  cf.cond_br %stop, ^out(%t : i32), ^l(%j, %t : index, i32)
^out(%r: i32):
  return %i, %r : index, i32
}

// A switch is a condition for each case, of which one holds.
// CHECK-LABEL: func.func @switch
// CHECK: %[[ONE:.*]] = arith.cmpi eq, %{{.*}}, %c1_i32
// CHECK: %[[TWO:.*]] = arith.cmpi eq, %{{.*}}, %c2_i32
// CHECK-NOT: cf.switch
// CHECK: return
func.func @switch(%m: memref<64xi32>, %x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.muli %v, %v : i32
  memref.store %w, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  cf.switch %v : i32, [default: ^out, 1: ^l(%j : index), 2: ^l(%j : index)]
^out:
  return
}

// The schedule divides before it is known whether the divisor is 0: by 1 then, and
// where the quotient would not be a number of the type.
// CHECK-LABEL: func.func @trap
// CHECK: cf.br
// CHECK: %[[IS0:.*]] = arith.cmpi eq, %[[BY:.*]], %c0_i32
// CHECK: arith.cmpi eq, %[[BY]], %c-1_i32
// CHECK: %[[NOT0:.*]] = arith.select %[[IS0]], %c1_i32, %[[BY]]
// CHECK: %[[ONE:.*]] = arith.select %{{.*}}, %c1_i32, %[[NOT0]]
// CHECK: %[[SAFE:.*]] = arith.select %{{.*}}, %[[ONE]], %[[NOT0]]
// CHECK: arith.divsi %{{.*}}, %[[SAFE]]
func.func @trap(%m: memref<64xi32> {llvm.noalias}, %o: memref<64xi32> {llvm.noalias},
                %x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %k = arith.maxsi %v, %zero : i32
  %c = arith.cmpi ne, %k, %zero : i32
  cf.cond_br %c, ^divide, ^on(%x : i32)
^divide:
  %d = arith.divsi %x, %v {gaus.latency = 9 : i64} : i32
  cf.br ^on(%d : i32)
^on(%w: i32):
  memref.store %w, %o[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %e = arith.cmpi sge, %j, %n : index
  cf.cond_br %e, ^out, ^l(%j : index)
^out:
  return
}

// A remainder traps, too.
// CHECK-LABEL: func.func @remainder
// CHECK: cf.br
// CHECK: %[[IS0:.*]] = arith.cmpi eq, %[[BY:.*]], %c0_i32
// CHECK: %[[SAFE:.*]] = arith.select %[[IS0]], %c1_i32, %[[BY]]
// CHECK: arith.remui %{{.*}}, %[[SAFE]]
func.func @remainder(%m: memref<64xi32> {llvm.noalias}, %o: memref<64xi32> {llvm.noalias},
                %x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %k = arith.maxsi %v, %zero : i32
  %c = arith.cmpi ne, %k, %zero : i32
  cf.cond_br %c, ^divide, ^on(%x : i32)
^divide:
  %d = arith.remui %x, %v {gaus.latency = 9 : i64} : i32
  cf.br ^on(%d : i32)
^on(%w: i32):
  memref.store %w, %o[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %e = arith.cmpi sge, %j, %n : index
  cf.cond_br %e, ^out, ^l(%j : index)
^out:
  return
}

// What is no value where the division does not take place must not be divided by.
// REMARK: pipeline-branches.mlir:[[#@LINE+13]]:{{.*}} remark: the loop is not rewritten: an operation that may trap does not wait for its condition
func.func @poison(%m: memref<64xi32> {llvm.noalias}, %o: memref<64xi32> {llvm.noalias},
                %x: i32, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %zero = arith.constant 0 : i32
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %u = arith.addi %v, %x overflow<nsw> : i32
  %k = arith.maxsi %v, %zero : i32
  %far = arith.muli %k, %k : i32
  %c = arith.cmpi ne, %far, %zero : i32
  cf.cond_br %c, ^divide, ^on(%x : i32)
^divide:
  %d = arith.divsi %x, %u {gaus.latency = 9 : i64} : i32
  cf.br ^on(%d : i32)
^on(%w: i32):
  memref.store %w, %o[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %e = arith.cmpi sge, %j, %n : index
  cf.cond_br %e, ^out, ^l(%j : index)
^out:
  return
}

// REMARK: remark: the loop is not rewritten: it has no more iterations than stages before the last
func.func @short(%m: memref<64xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.muli %v, %v : i32
  memref.store %w, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %e = arith.cmpi sge, %j, %c2 : index
  cf.cond_br %e, ^out, ^l(%j : index)
^out:
  return
}

// REMARK: remark: the loop is not rewritten: it never ends
func.func @endless(%m: memref<64xi32> {llvm.noalias}, %i: index) {
  %c1 = arith.constant 1 : index
  cf.br ^l(%i : index)
^l(%k: index):
  %v = arith.muli %k, %c1 : index
  %w = arith.muli %v, %v : index
  %j = arith.addi %k, %c1 : index
  cf.br ^l(%j : index)
}

// The loop around another one was scheduled as that was.
// REMARK: pipeline-branches.mlir:[[#@LINE+17]]:{{.*}} remark: the loop is not rewritten: a loop in it is rewritten
// CHECK-LABEL: func.func @around
// CHECK: scf.for
// CHECK: gaus.ii
func.func @around(%m: memref<64xi32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  scf.for %k = %c0 to %c64 step %c1 {
    %v = memref.load %m[%k] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    memref.store %w, %m[%k] : memref<64xi32>
  }
  %j = arith.addi %i, %c1 : index
  %e = arith.cmpi sge, %j, %n : index
  cf.cond_br %e, ^out, ^l(%j : index)
^out:
  return
}
