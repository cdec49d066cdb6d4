// Self-loop blocks of llvm.func: addresses as sums of bytes, and the bytes that
// an access touches.
// From a load to a store there are 9 cycles (2 of the load, 7 of the work), the
// store takes 1: a dependence over k iterations needs an II of 10 / k.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=objective=memory --gaus-verify=objective=memory | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify | FileCheck %s --check-prefix=NONE

// NONE-NOT: gaus.ii

// Even and odd elements never meet, whatever the strides.
// CHECK-LABEL: llvm.func @parity
// CHECK: gaus.ii = 1 : i64
llvm.func @parity(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %two = llvm.mlir.constant(2 : i64) : i64
  %four = llvm.mlir.constant(4 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %j = llvm.mul %i, %four : i64
  %k = llvm.mul %i, %two : i64
  %l = llvm.or disjoint %k, %one : i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %a[%l] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Strides that differ: what iteration 1 stores to iteration 3 loads.
// CHECK-LABEL: llvm.func @strides
// CHECK: gaus.ii = 5 : i64
llvm.func @strides(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %three = llvm.mlir.constant(3 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %k = llvm.mul %i, %three : i64
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %a[%k] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Fields of records at unknown indices: 16 bytes a record, 8 apart.
// CHECK-LABEL: llvm.func @fields
// CHECK: gaus.ii = 1 : i64
llvm.func @fields(%a: !llvm.ptr {llvm.noalias}, %b: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %o = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %j = llvm.load %o : !llvm.ptr -> i64
  %p = llvm.getelementptr %a[%j, 0] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.struct<(i64, i64)>
  %q = llvm.getelementptr %a[%i, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.struct<(i64, i64)>
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Rows, records and fields with padding: (8 + 4, padded to 16) * 3 a row; one row.
// CHECK-LABEL: llvm.func @nested
// CHECK: gaus.ii = 10 : i64
llvm.func @nested(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %before = llvm.sub %i, %one : i64
  %p = llvm.getelementptr %a[%before, 2, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<3 x struct<(i64, i32)>>
  %q = llvm.getelementptr %a[%i, 2, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<3 x struct<(i64, i32)>>
  %x = llvm.load %p : !llvm.ptr -> i32
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i32
  llvm.store %y, %q : i32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// The same rows, another field.
// CHECK-LABEL: llvm.func @field
// CHECK: gaus.ii = 1 : i64
llvm.func @field(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %before = llvm.sub %i, %one : i64
  %p = llvm.getelementptr %a[%before, 2, 0] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<3 x struct<(i64, i32)>>
  %q = llvm.getelementptr %a[%i, 2, 1] : (!llvm.ptr, i64) -> !llvm.ptr, !llvm.array<3 x struct<(i64, i32)>>
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.trunc %x : i64 to i32
  llvm.store %y, %q : i32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A store of 8 bytes reaches into the next iteration's 4.
// CHECK-LABEL: llvm.func @wide
// CHECK: gaus.ii = 10 : i64
llvm.func @wide(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %x = llvm.load %p : !llvm.ptr -> i32
  %w = llvm.zext %x : i32 to i64
  %y = llvm.xor %w, %w {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A store of 4 bytes does not.
// CHECK-LABEL: llvm.func @narrow
// CHECK: gaus.ii = 1 : i64
llvm.func @narrow(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %x = llvm.load %p : !llvm.ptr -> i32
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i32
  llvm.store %y, %p : i32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// 8 bytes of which the last one is stored an iteration before.
// CHECK-LABEL: llvm.func @edge
// CHECK: gaus.ii = 10 : i64
llvm.func @edge(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %q = llvm.getelementptr %p[-11] : (!llvm.ptr) -> !llvm.ptr, i8
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  %z = llvm.trunc %y : i64 to i32
  llvm.store %z, %p : i32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// 8 bytes of which the last one is stored two iterations before.
// CHECK-LABEL: llvm.func @before_edge
// CHECK: gaus.ii = 5 : i64
llvm.func @before_edge(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %q = llvm.getelementptr %p[-12] : (!llvm.ptr) -> !llvm.ptr, i8
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  %z = llvm.trunc %y : i64 to i32
  llvm.store %z, %p : i32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Offsets that are the same in all iterations cancel.
// CHECK-LABEL: llvm.func @offset
// CHECK: gaus.ii = 5 : i64
llvm.func @offset(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %j = llvm.add %i, %m : i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Different ones do not.
// CHECK-LABEL: llvm.func @apart
// CHECK: gaus.ii = 10 : i64
llvm.func @apart(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %j = llvm.add %i, %m : i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A pointer that steps through memory.
// CHECK-LABEL: llvm.func @pointer
// CHECK: gaus.ii = 4 : i64
llvm.func @pointer(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero, %a : i64, !llvm.ptr)
^loop(%i: i64, %p: !llvm.ptr):
  %q = llvm.getelementptr %p[-3] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %pn = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %pn : i64, !llvm.ptr)
^exit:
  llvm.return
}

// Two of them, two elements apart from the start.
// CHECK-LABEL: llvm.func @pointers
// CHECK: gaus.ii = 5 : i64
llvm.func @pointers(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %a2 = llvm.getelementptr %a[2] : (!llvm.ptr) -> !llvm.ptr, i64
  llvm.br ^loop(%zero, %a2, %a : i64, !llvm.ptr, !llvm.ptr)
^loop(%i: i64, %p: !llvm.ptr, %q: !llvm.ptr):
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %pn = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %qn = llvm.getelementptr %q[1] : (!llvm.ptr) -> !llvm.ptr, i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %pn, %qn : i64, !llvm.ptr, !llvm.ptr)
^exit:
  llvm.return
}

// A 32-bit variable that does not wrap: two iterations, and one (store to load) without work.
// CHECK-LABEL: llvm.func @narrow_signed
// CHECK: gaus.ii = 5 : i64
llvm.func @narrow_signed(%a: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^loop(%zero : i32)
^loop(%i: i32):
  %j = llvm.sext %i : i32 to i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %k = llvm.sub %i, %one overflow<nsw> : i32
  %l = llvm.sext %k : i32 to i64
  %r = llvm.getelementptr %a[%l] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %u = llvm.load %r : !llvm.ptr -> i64
  %next = llvm.add %i, %one overflow<nsw> : i32
  %end = llvm.icmp "eq" %next, %n : i32
  llvm.cond_br %end, ^exit, ^loop(%next : i32)
^exit:
  llvm.return
}

// The same, unsigned.
// CHECK-LABEL: llvm.func @narrow_unsigned
// CHECK: gaus.ii = 5 : i64
llvm.func @narrow_unsigned(%a: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^loop(%zero : i32)
^loop(%i: i32):
  %j = llvm.zext %i : i32 to i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %k = llvm.sub %i, %one overflow<nuw> : i32
  %l = llvm.zext %k : i32 to i64
  %r = llvm.getelementptr %a[%l] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %u = llvm.load %r : !llvm.ptr -> i64
  %next = llvm.add %i, %one overflow<nuw> : i32
  %end = llvm.icmp "eq" %next, %n : i32
  llvm.cond_br %end, ^exit, ^loop(%next : i32)
^exit:
  llvm.return
}

// One that may wrap.
// CHECK-LABEL: llvm.func @narrow_wraps
// CHECK: gaus.ii = 10 : i64
llvm.func @narrow_wraps(%a: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^loop(%zero : i32)
^loop(%i: i32):
  %j = llvm.sext %i : i32 to i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %k = llvm.sub %i, %one : i32
  %l = llvm.sext %k : i32 to i64
  %r = llvm.getelementptr %a[%l] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %u = llvm.load %r : !llvm.ptr -> i64
  %next = llvm.add %i, %one : i32
  %end = llvm.icmp "eq" %next, %n : i32
  llvm.cond_br %end, ^exit, ^loop(%next : i32)
^exit:
  llvm.return
}

// One that may wrap as a signed number.
// CHECK-LABEL: llvm.func @narrow_other
// CHECK: gaus.ii = 10 : i64
llvm.func @narrow_other(%a: !llvm.ptr, %n: i32) {
  %zero = llvm.mlir.constant(0 : i32) : i32
  %one = llvm.mlir.constant(1 : i32) : i32
  llvm.br ^loop(%zero : i32)
^loop(%i: i32):
  %j = llvm.sext %i : i32 to i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %x = llvm.load %q : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %k = llvm.sub %i, %one overflow<nuw> : i32
  %l = llvm.sext %k : i32 to i64
  %r = llvm.getelementptr %a[%l] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %u = llvm.load %r : !llvm.ptr -> i64
  %next = llvm.add %i, %one overflow<nuw> : i32
  %end = llvm.icmp "eq" %next, %n : i32
  llvm.cond_br %end, ^exit, ^loop(%next : i32)
^exit:
  llvm.return
}

// Within a block, too: different elements need no order, the same one does.
// CHECK-LABEL: llvm.func @straight
// CHECK: llvm.store {{.*}}gaus.start = 1
// CHECK: llvm.load {{.*}}gaus.start = 1
// CHECK: llvm.load {{.*}}gaus.start = 2
// CHECK: llvm.load {{.*}}gaus.start = 2
llvm.func @straight(%a: !llvm.ptr, %x: i64, %i: i64) {
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[1] {gaus.latency = 0 : i64} : (!llvm.ptr) -> !llvm.ptr, i64
  %r = llvm.getelementptr %p[7] {gaus.latency = 0 : i64} : (!llvm.ptr) -> !llvm.ptr, i8
  llvm.store %x, %p : i64, !llvm.ptr
  %0 = llvm.load %q {gaus.latency = 3 : i64} : !llvm.ptr -> i64
  %1 = llvm.load %p : !llvm.ptr -> i64
  %2 = llvm.load %r : !llvm.ptr -> i8
  llvm.return
}
