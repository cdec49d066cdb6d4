// Banks behind pointers: of an argument, an alloca and a global, by addresses.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report -o %t.mlir 2> %t.said | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK --implicit-check-not=remark < %t.said
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// One iteration earlier both loads would be in one bank: the replay counts by addresses.
// RUN: sed -e 's/gaus.ii = 2/gaus.ii = 1/' %t.mlir > %t.hasty.mlir
// RUN: not gaus-replay %t.hasty.mlir --function=moving 2>&1 | FileCheck %s --check-prefix=HASTY
gaus.library @l {
  gaus.resource @port limit(1) per(memory)
  gaus.operator @load latency(2) uses(@port) for("llvm.load", "memref.load")
}
llvm.mlir.global internal @table() {gaus.banks = ["block", 2, 0]} : !llvm.array<8 x i16> {
  %z = llvm.mlir.zero : !llvm.array<8 x i16>
  llvm.return %z : !llvm.array<8 x i16>
}

// Even and odd elements of an argument, rows of an alloca, halves of a global.
// CHECK: loop in block {{[0-9]+}} of function @even length {{.*}} ii 1 (proven smallest)
// CHECK-DAG: resource port[arg0][0]: peak 1 of 1
// CHECK-DAG: resource port[arg0][1]: peak 1 of 1
// CHECK-DAG: resource port[alloc0][1]: peak 1 of 1
// CHECK-DAG: resource port[alloc0][3]: peak 1 of 1
// CHECK-DAG: resource port[@table][0]: peak 1 of 1
// CHECK-DAG: resource port[@table][1]: peak 1 of 1
// REPLAY: @even: as in order
llvm.func @even(%a: !llvm.ptr {gaus.banks = ["cyclic", 2, 0, i32], llvm.noalias}, %x: i32) -> i32
    attributes {gaus.library = @l} {
  %one = llvm.mlir.constant(1 : i64) : i64
  %two = llvm.mlir.constant(2 : i64) : i64
  %z = llvm.mlir.constant(0 : i64) : i64
  %end = llvm.mlir.constant(16 : i64) : i64
  %m = llvm.alloca %one x !llvm.array<4 x array<8 x i32>> {gaus.banks = ["cyclic", 4, 0]} : (i64) -> !llvm.ptr
  %t = llvm.mlir.addressof @table : !llvm.ptr
  %q1 = llvm.getelementptr %m[0, 1, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.array<4 x array<8 x i32>>
  %q3 = llvm.getelementptr %m[0, 3, 3] : (!llvm.ptr) -> !llvm.ptr, !llvm.array<4 x array<8 x i32>>
  %t1 = llvm.getelementptr %t[3] : (!llvm.ptr) -> !llvm.ptr, i16
  %t2 = llvm.getelementptr %t[4] : (!llvm.ptr) -> !llvm.ptr, i16
  llvm.store %x, %q1 : i32, !llvm.ptr
  llvm.store %x, %q3 : i32, !llvm.ptr
  llvm.br ^l(%z, %x : i64, i32)
^l(%i: i64, %s: i32):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %r = llvm.getelementptr %p[1] : (!llvm.ptr) -> !llvm.ptr, i32
  %v0 = llvm.load %p : !llvm.ptr -> i32
  %v1 = llvm.load %r : !llvm.ptr -> i32
  %v2 = llvm.load %q1 : !llvm.ptr -> i32
  %v3 = llvm.load %q3 : !llvm.ptr -> i32
  %v4 = llvm.load %t1 : !llvm.ptr -> i16
  %v5 = llvm.load %t2 : !llvm.ptr -> i16
  %w0 = llvm.add %v0, %v1 : i32
  %w1 = llvm.add %v2, %v3 : i32
  %w2 = llvm.add %v4, %v5 : i16
  %w3 = llvm.sext %w2 : i16 to i32
  %w4 = llvm.add %w0, %w1 : i32
  %w5 = llvm.add %w4, %w3 : i32
  %u = llvm.add %s, %w5 : i32
  %j = llvm.add %i, %two : i64
  %c = llvm.icmp "slt" %j, %end : i64
  llvm.cond_br %c, ^l(%j, %u : i64, i32), ^out
^out:
  llvm.return %u : i32
}

// Another bank in each iteration, and an access of two elements.
// CHECK: loop in block {{[0-9]+}} of function @moving length {{.*}} ii 2 (proven smallest)
// REMARK: ports-pointers.mlir:[[#@LINE+12]]:8: remark: in which bank this is is not known, or not the same in all iterations: it takes a port of all 2
// REMARK: ports-pointers.mlir:[[#@LINE+12]]:8: remark: in which bank this is is not known, or not the same in all iterations: it takes a port of all 2
// REPLAY: @moving: as in order
// HASTY: [limit] {{.*}}: 2 units of resource
llvm.func @moving(%a: !llvm.ptr {gaus.banks = ["cyclic", 2, 0, i32]}) -> i32 attributes {gaus.library = @l} {
  %one = llvm.mlir.constant(1 : i64) : i64
  %z = llvm.mlir.constant(0 : i64) : i64
  %end = llvm.mlir.constant(16 : i64) : i64
  %none = llvm.mlir.constant(0 : i32) : i32
  llvm.br ^l(%z, %none : i64, i32)
^l(%i: i64, %s: i32):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %p : !llvm.ptr -> i32
  %w = llvm.load %a {alignment = 1 : i64} : !llvm.ptr -> i64
  %x = llvm.trunc %w : i64 to i32
  %t = llvm.add %v, %x : i32
  %u = llvm.add %s, %t : i32
  %j = llvm.add %i, %one : i64
  %c = llvm.icmp "slt" %j, %end : i64
  llvm.cond_br %c, ^l(%j, %u : i64, i32), ^out
^out:
  llvm.return %u : i32
}

// A memref in a loop of cf that steps by two.
// CHECK: loop in block {{[0-9]+}} of function @memref length {{.*}} ii 1 (proven smallest)
// REPLAY: @memref: as in order
func.func @memref(%a: memref<64xi32> {gaus.banks = ["cyclic", 2, 0]}, %x: i32) -> i32
    attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c64 = arith.constant 64 : index
  cf.br ^l(%c0, %x : index, i32)
^l(%i: index, %s: i32):
  %k = arith.addi %i, %c1 : index
  %v = memref.load %a[%i] : memref<64xi32>
  %w = memref.load %a[%k] : memref<64xi32>
  %t = arith.addi %v, %w : i32
  %u = arith.addi %s, %t : i32
  %j = arith.addi %i, %c2 : index
  %c = arith.cmpi slt, %j, %c64 : index
  cf.cond_br %c, ^l(%j, %u : index, i32), ^out
^out:
  return %u : i32
}
