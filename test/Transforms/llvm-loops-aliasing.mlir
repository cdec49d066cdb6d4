// Self-loop blocks of llvm.func: accesses of different or unknown objects, told
// apart by what is known of these, by types, or by the user; what keeps its order.
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
  // REMARK: llvm-loops-aliasing.mlir:[[@LINE+1]]:{{.*}}LoopCarried{{.*}}Operation="llvm.store #5", Other="llvm.load #3"
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
