// Self-loop blocks of llvm.func: recurrences through block arguments and memory,
// their distances, and where the loop ends.
// From a load to a store there are 9 cycles (2 of the load, 7 of the work), the
// store takes 1: a dependence over k iterations needs an II of 10 / k.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=objective=memory --gaus-verify=objective=memory | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify | FileCheck %s --check-prefix=NONE

// NONE-NOT: gaus.ii

// Each iteration has its own element.
// CHECK-LABEL: llvm.func @same
// CHECK: gaus.ii = 1 : i64
llvm.func @same(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Three iterations from the store to the load.
// CHECK-LABEL: llvm.func @behind
// CHECK: gaus.ii = 4 : i64
llvm.func @behind(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-3] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// The load comes first: the store of the next iteration only has to be later.
// CHECK-LABEL: llvm.func @ahead
// CHECK: gaus.ii = 1 : i64
llvm.func @ahead(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A negative stride turns that round: two iterations.
// CHECK-LABEL: llvm.func @down
// CHECK: gaus.ii = 5 : i64
llvm.func @down(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %back = llvm.mlir.constant(-1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %back : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A stride of three elements: 6 elements are 2 iterations, 7 are none.
// CHECK-LABEL: llvm.func @up
// CHECK: gaus.ii = 5 : i64
llvm.func @up(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %three = llvm.mlir.constant(3 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-6] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %three : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// CHECK-LABEL: llvm.func @between
// CHECK: gaus.ii = 1 : i64
llvm.func @between(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %three = llvm.mlir.constant(3 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-7] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %three : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// One element for all iterations: every next one waits.
// CHECK-LABEL: llvm.func @still
// CHECK: gaus.ii = 10 : i64
llvm.func @still(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[5] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// 64 elements apart, and only 64 iterations.
// CHECK-LABEL: llvm.func @bounded
// CHECK: gaus.ii = 1 : i64
llvm.func @bounded(%a: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %n = llvm.mlir.constant(64 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-64] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 700 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// 65 iterations are one too many: 703 cycles over 64.
// CHECK-LABEL: llvm.func @bounded_too_late
// CHECK: gaus.ii = 11 : i64
llvm.func @bounded_too_late(%a: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %n = llvm.mlir.constant(65 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-64] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 700 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A value that passes through two arguments: 2 + 7 + 1 cycles over two iterations.
// CHECK-LABEL: llvm.func @shift
// CHECK: gaus.ii = 4 : i64
llvm.func @shift(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero, %zero, %zero : i64, i64, i64)
^loop(%i: i64, %s: i64, %t: i64):
  %y = llvm.xor %s, %s {gaus.latency = 7 : i64} : i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %t, %y : i64, i64, i64)
^exit:
  llvm.return
}

// Three arguments.
// CHECK-LABEL: llvm.func @shift3
// CHECK: gaus.ii = 3 : i64
llvm.func @shift3(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero, %zero, %zero, %zero : i64, i64, i64, i64)
^loop(%i: i64, %s: i64, %t: i64, %u: i64):
  %y = llvm.xor %s, %s {gaus.latency = 7 : i64} : i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %t, %u, %y : i64, i64, i64, i64)
^exit:
  llvm.return
}

// Values that only change places are no work.
// CHECK-LABEL: llvm.func @ring
// CHECK: gaus.ii = 1 : i64
llvm.func @ring(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero, %zero, %one : i64, i64, i64)
^loop(%i: i64, %s: i64, %t: i64):
  %y = llvm.xor %s, %s {gaus.latency = 7 : i64} : i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %t, %s : i64, i64, i64)
^exit:
  llvm.return
}

// The end depends on a load: the next iteration's store waits for the
// comparison. Its load does, too: 2 + 1 cycles.
// CHECK-LABEL: llvm.func @search
// CHECK: gaus.ii = 3 : i64
llvm.func @search(%a: !llvm.ptr) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  llvm.br ^loop(%a : !llvm.ptr)
^loop(%p: !llvm.ptr):
  %x = llvm.load %p : !llvm.ptr -> i64
  %next = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %end = llvm.icmp "eq" %x, %zero : i64
  llvm.cond_br %end, ^exit, ^loop(%next : !llvm.ptr)
^exit:
  llvm.return
}

// Without memory nothing has to wait: the sum goes on while it is compared.
// CHECK-LABEL: llvm.func @pure
// CHECK: gaus.ii = 1 : i64
llvm.func @pure(%n: i64) {
  llvm.br ^loop(%n : i64)
^loop(%i: i64):
  %next = llvm.lshr %i, %i : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A switch that jumps back.
// CHECK-LABEL: llvm.func @switch
// CHECK: llvm.switch
// CHECK: gaus.ii = 7 : i64
llvm.func @switch(%n: i32) {
  llvm.br ^loop(%n : i32)
^loop(%i: i32):
  %x = llvm.xor %i, %n {gaus.latency = 7 : i64} : i32
  llvm.switch %x : i32, ^exit [
    1: ^loop(%x : i32),
    2: ^loop(%x : i32)
  ]
^exit:
  llvm.return
}

// Two ways back with different values: what decides between them is from outside.
// CHECK-LABEL: llvm.func @ways
// CHECK: llvm.xor
// CHECK-NEXT: llvm.cond_br {{.*}} gaus.ii = 1 : i64
llvm.func @ways(%n: i64, %c: i1) {
  llvm.br ^loop(%n : i64)
^loop(%i: i64):
  %x = llvm.xor %i, %n : i64
  llvm.cond_br %c, ^loop(%x : i64), ^loop(%n : i64)
}
