// A pointer that is loaded may point anywhere: it takes a port of every memory, with a
// remark; also in what calls the function.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report -o /dev/null 2> %t.err | FileCheck %s
// RUN: FileCheck %s --check-prefix=REMARK < %t.err
gaus.library @l {
  gaus.resource @port limit(1) per(memory)
  gaus.operator @load latency(2) uses(@port) for("llvm.load")
}
// REMARK: ports-anywhere.mlir:[[#@LINE+7]]:{{[0-9]+}}: remark: which memory this accesses is not known: it takes a port of every one
// CHECK: function @anywhere
// CHECK: llvm.load #{{[0-9]+}} {{.*}} port[?] port[arg0]
llvm.func @anywhere(%p: !llvm.ptr) -> i32 attributes {gaus.library = @l} {
  %q = llvm.load %p : !llvm.ptr -> !llvm.ptr
  %g = llvm.getelementptr %p[4] : (!llvm.ptr) -> !llvm.ptr, i32
  %x = llvm.load %g : !llvm.ptr -> i32
  %y = llvm.load %q : !llvm.ptr -> i32
  %s = llvm.add %x, %y : i32
  llvm.return %s : i32
}

// CHECK: function @above
// CHECK: llvm.call #{{[0-9]+}} {{.*}} port[alloc0] port[?] @anywhere port[@table]
// CHECK: llvm.load #{{[0-9]+}} {{.*}} port[@table]
llvm.mlir.global internal @table(dense<3> : tensor<8xi32>) : !llvm.array<8 x i32>
llvm.func @above() -> i32 attributes {gaus.library = @l} {
  %n = llvm.mlir.constant(64 : i64) : i64
  %m = llvm.alloca %n x i64 : (i64) -> !llvm.ptr
  %t = llvm.mlir.addressof @table : !llvm.ptr
  %x = llvm.call @anywhere(%m) : (!llvm.ptr) -> i32
  %y = llvm.load %t : !llvm.ptr -> i32
  %s = llvm.add %x, %y : i32
  llvm.return %s : i32
}
