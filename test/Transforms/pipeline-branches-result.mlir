// What a pipelined loop of branches computes is what the loop does, for any
// number of iterations.
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops --gaus-strip -o %t.mlir
// RUN: mlir-runner %s -e main --entry-point-result=i32 | FileCheck %s
// RUN: mlir-runner %t.mlir -e main --entry-point-result=i32 | FileCheck %s
// The same as a program of LLVM.
// RUN: %mlir-translate --mlir-to-llvmir %t.mlir -o %t.ll

// Sums of squares until a number is found: 0 + 1 + 4 + 9, or of the first n.
// CHECK: 14015
llvm.func @find(%p: !llvm.ptr, %q: !llvm.ptr {llvm.noalias}, %n: i64, %x: i32) -> i32 {
  %z = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %zero = llvm.mlir.constant(0 : i32) : i32
  llvm.br ^l(%z, %zero : i64, i32)
^l(%i: i64, %s: i32):
  %more = llvm.icmp "slt" %i, %n : i64
  llvm.cond_br %more, ^body, ^out
^body:
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %w = llvm.mul %v, %v : i32
  %t = llvm.add %s, %w : i32
  %b = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %t, %b : i32, !llvm.ptr
  %c = llvm.icmp "eq" %v, %x : i32
  %j = llvm.add %i, %one : i64
  llvm.cond_br %c, ^found(%t : i32), ^l(%j, %t : i64, i32)
^found(%r: i32):
  llvm.return %r : i32
^out:
  llvm.return %s : i32
}
llvm.func @main() -> i32 {
  %size = llvm.mlir.constant(16 : i64) : i64
  %p = llvm.alloca %size x i32 : (i64) -> !llvm.ptr
  %q = llvm.alloca %size x i32 : (i64) -> !llvm.ptr
  %z = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^l(%z : i64)
^l(%i: i64):
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.trunc %i : i64 to i32
  llvm.store %v, %a : i32, !llvm.ptr
  %j = llvm.add %i, %one : i64
  %c = llvm.icmp "slt" %j, %size : i64
  llvm.cond_br %c, ^l(%j : i64), ^out
^out:
  %three = llvm.mlir.constant(3 : i32) : i32
  %none = llvm.mlir.constant(99 : i32) : i32
  %two = llvm.mlir.constant(2 : i64) : i64
  %r0 = llvm.call @find(%p, %q, %size, %three) : (!llvm.ptr, !llvm.ptr, i64, i32) -> i32
  %r1 = llvm.call @find(%p, %q, %z, %none) : (!llvm.ptr, !llvm.ptr, i64, i32) -> i32
  %r2 = llvm.call @find(%p, %q, %two, %none) : (!llvm.ptr, !llvm.ptr, i64, i32) -> i32
  // The store behind what was found did not take place.
  %b = llvm.getelementptr %q[3] : (!llvm.ptr) -> !llvm.ptr, i32
  %s = llvm.load %b : !llvm.ptr -> i32
  %k = llvm.mlir.constant(1000 : i32) : i32
  %x = llvm.mul %r0, %k : i32
  %y = llvm.add %r1, %r2 : i32
  %u = llvm.add %x, %y : i32
  %w = llvm.add %u, %s : i32
  llvm.return %w : i32
}
