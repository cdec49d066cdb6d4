// Self-loop blocks of llvm.func: recurrences through block arguments and memory.
// From a load to a store there are 9 cycles (2 of the load, 7 of the work), the
// store takes 1: a dependence over k iterations needs an II of 10 / k.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --remarks-filter=gaus 2>%t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.err
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=objective=memory --gaus-verify=objective=memory | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify | FileCheck %s --check-prefix=NONE

// NONE-NOT: gaus.ii

llvm.mlir.global external @ga() : !llvm.array<64 x i64>
llvm.mlir.global external @gb() : !llvm.array<64 x i64>
llvm.func @other()

#root = #llvm.tbaa_root<id = "root">
#char = #llvm.tbaa_type_desc<id = "char", members = {<#root, 0>}>
#int = #llvm.tbaa_type_desc<id = "int", members = {<#char, 0>}>
#float = #llvm.tbaa_type_desc<id = "float", members = {<#char, 0>}>
#tagInt = #llvm.tbaa_tag<base_type = #int, access_type = #int, offset = 0>
#tagFloat = #llvm.tbaa_tag<base_type = #float, access_type = #float, offset = 0>
#tagChar = #llvm.tbaa_tag<base_type = #char, access_type = #char, offset = 0>

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

// Strides that differ and may meet.
// CHECK-LABEL: llvm.func @strides
// CHECK: gaus.ii = 10 : i64
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

// An index that is loaded may be anything.
// CHECK-LABEL: llvm.func @unknown
// CHECK: gaus.ii = 10 : i64
llvm.func @unknown(%a: !llvm.ptr {llvm.noalias}, %b: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %o = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %j = llvm.load %o : !llvm.ptr -> i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  // REMARK: llvm-loops.mlir:[[@LINE+1]]:{{.*}}LoopCarried{{.*}}Operation="llvm.store #5", Other="llvm.load #3"
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// The same, told that the elements differ.
// CHECK-LABEL: llvm.func @told
// CHECK: gaus.ii = 1 : i64
llvm.func @told(%a: !llvm.ptr {llvm.noalias}, %b: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %o = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %j = llvm.load %o : !llvm.ptr -> i64
  %p = llvm.getelementptr %a[%j] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p {gaus.independent} : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p {gaus.independent} : i64, !llvm.ptr
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

// Two arguments may be the same memory.
// CHECK-LABEL: llvm.func @arguments
// CHECK: gaus.ii = 10 : i64
llvm.func @arguments(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// One that has it for itself.
// CHECK-LABEL: llvm.func @noalias
// CHECK: gaus.ii = 1 : i64
llvm.func @noalias(%a: !llvm.ptr {llvm.noalias}, %b: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Two globals.
// CHECK-LABEL: llvm.func @globals
// CHECK: gaus.ii = 1 : i64
llvm.func @globals(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %ga = llvm.mlir.addressof @ga : !llvm.ptr
  %gb = llvm.mlir.addressof @gb : !llvm.ptr
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %ga[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %gb[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// One global by two values.
// CHECK-LABEL: llvm.func @global
// CHECK: gaus.ii = 5 : i64
llvm.func @global(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %ga = llvm.mlir.addressof @ga : !llvm.ptr
  %gc = llvm.mlir.addressof @ga : !llvm.ptr
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %ga[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %p2 = llvm.getelementptr %p[-2] : (!llvm.ptr) -> !llvm.ptr, i64
  %q = llvm.getelementptr %gc[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p2 : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Fresh memory is no argument.
// CHECK-LABEL: llvm.func @alloca
// CHECK: gaus.ii = 1 : i64
llvm.func @alloca(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %s = llvm.alloca %n x i64 : (i64) -> !llvm.ptr
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %s[%n] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %q : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// An int and a float are apart, whatever the addresses.
// CHECK-LABEL: llvm.func @types
// CHECK: gaus.ii = 1 : i64
llvm.func @types(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%m] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %b[%n] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p {tbaa = [#tagInt]} : !llvm.ptr -> i32
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i32
  %f = llvm.bitcast %y : i32 to f32
  llvm.store %f, %q {tbaa = [#tagFloat]} : f32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// A char may be part of anything.
// CHECK-LABEL: llvm.func @char
// CHECK: gaus.ii = 10 : i64
llvm.func @char(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%m] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %b[%n] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p {tbaa = [#tagChar]} : !llvm.ptr -> i8
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i8
  %f = llvm.sitofp %y {gaus.latency = 0 : i64} : i8 to f32
  llvm.store %f, %q {tbaa = [#tagFloat]} : f32, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Memory that a load calls constant.
// CHECK-LABEL: llvm.func @constants
// CHECK: gaus.ii = 1 : i64
llvm.func @constants(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%m] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p invariant : !llvm.ptr -> i64
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Volatile accesses stay in order: 5 of the load, 1 of the store.
// CHECK-LABEL: llvm.func @volatile
// CHECK: gaus.ii = 6 : i64
llvm.func @volatile(%a: !llvm.ptr {llvm.noalias}, %b: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %x = llvm.load volatile %a {gaus.latency = 5 : i64} : !llvm.ptr -> i64
  llvm.store volatile %zero, %b : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// And so do atomic ones.
// CHECK-LABEL: llvm.func @atomic
// CHECK: gaus.ii = 5 : i64
llvm.func @atomic(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %x = llvm.atomicrmw add %a, %one monotonic {gaus.latency = 5 : i64} : !llvm.ptr, i64
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Nothing overtakes a call, nor does the next call.
// CHECK-LABEL: llvm.func @call
// CHECK: gaus.ii = 8 : i64
llvm.func @call(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  llvm.call @other() {gaus.latency = 7 : i64} : () -> ()
  llvm.store %i, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
^exit:
  llvm.return
}

// Declarations and assumptions are no accesses.
// CHECK-LABEL: llvm.func @marker
// CHECK: gaus.ii = 1 : i64
llvm.func @marker(%a: !llvm.ptr, %b: !llvm.ptr, %n: i64, %m: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %x = llvm.load %p : !llvm.ptr -> i64
  %c = llvm.icmp "ne" %x, %zero : i64
  llvm.intr.assume %c : i1
  %y = llvm.xor %x, %x {gaus.latency = 7 : i64} : i64
  llvm.store %y, %p : i64, !llvm.ptr
  %next = llvm.add %i, %one : i64
  %end = llvm.icmp "eq" %next, %n : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64)
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

// Two ways back with different values: a block like any other.
// CHECK-LABEL: llvm.func @ways
// CHECK: llvm.xor
// CHECK-NEXT: llvm.cond_br
// CHECK-NOT: gaus.ii
llvm.func @ways(%n: i64, %c: i1) {
  llvm.br ^loop(%n : i64)
^loop(%i: i64):
  %x = llvm.xor %i, %n : i64
  llvm.cond_br %c, ^loop(%x : i64), ^loop(%n : i64)
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
