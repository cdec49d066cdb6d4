// Loops with a switch as pipelines do what they did: cases that share a way, that
// hand on values, that leave the loop, that go on with the next iteration.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-pipeline-loops --gaus-strip -o %t.mlir 2>&1 | FileCheck %s --check-prefix=SAID --allow-empty
// RUN: FileCheck %s --check-prefix=REWRITTEN --input-file=%t.mlir
// RUN: mlir-runner %s -e main --entry-point-result=i32 | FileCheck %s
// RUN: mlir-runner %t.mlir -e main --entry-point-result=i32 | FileCheck %s
// RUN: %mlir-translate --mlir-to-llvmir %t.mlir -o %t.ll

// SAID-NOT: not rewritten
// REWRITTEN-LABEL: llvm.func @words
// REWRITTEN-NOT: llvm.switch
// REWRITTEN-LABEL: llvm.func @counted
// A counted loop with a switch is kept for short trips.
// REWRITTEN-COUNT-2: llvm.switch
// REWRITTEN-NOT: llvm.switch
// REWRITTEN-LABEL: llvm.func @main

// 0 ends, 1 adds, 2 and 3 multiply, 4 goes on at once.
llvm.func @words(%p: !llvm.ptr {llvm.noalias}, %q: !llvm.ptr {llvm.noalias}, %x: i32) -> i32 {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^l(%zero, %x : i64, i32)
^l(%i: i64, %s: i32):
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %j = llvm.add %i, %one : i64
  %u = llvm.add %s, %v : i32
  %m = llvm.mul %u, %v : i32
  llvm.switch %v : i32, ^store(%s : i32) [
    0: ^out(%s : i32),
    1: ^store(%u : i32),
    2: ^store(%m : i32),
    3: ^store(%m : i32),
    4: ^l(%j, %u : i64, i32)
  ]
^store(%w: i32):
  %b = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %w, %b : i32, !llvm.ptr
  llvm.br ^l(%j, %w : i64, i32)
^out(%r: i32):
  llvm.return %r : i32
}

// Left where the counter is 9: that is known ahead. No case, one way.
llvm.func @counted(%p: !llvm.ptr {llvm.noalias}, %q: !llvm.ptr {llvm.noalias}, %first: i64) {
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^l(%first : i64)
^l(%i: i64):
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  llvm.switch %v : i32, ^store [
  ]
^store:
  %w = llvm.mul %v, %v : i32
  %b = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %w, %b : i32, !llvm.ptr
  %j = llvm.add %i, %one : i64
  llvm.switch %j : i64, ^l(%j : i64) [
    9: ^out
  ]
^out:
  llvm.return
}

llvm.mlir.global internal @words_of(dense<[1, 2, 4, 7, 3, 1, 4, 5, 1, 0]> : tensor<10xi32>) : !llvm.array<10 x i32>
llvm.mlir.global internal @out(dense<0> : tensor<10xi32>) : !llvm.array<10 x i32>

// From 5: 6, 16, 20 without a store, 20, 69, 70, 74 without, 74, 75. With the squares
// of the first nine, 197.
// CHECK: 197
llvm.func @main() -> i32 {
  %p = llvm.mlir.addressof @words_of : !llvm.ptr
  %q = llvm.mlir.addressof @out : !llvm.ptr
  %five = llvm.mlir.constant(5 : i32) : i32
  %six = llvm.mlir.constant(6 : i64) : i64
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %ten = llvm.mlir.constant(10 : i64) : i64
  %r = llvm.call @words(%p, %q, %five) : (!llvm.ptr, !llvm.ptr, i32) -> i32
  llvm.call @counted(%p, %q, %six) : (!llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.call @counted(%p, %q, %zero) : (!llvm.ptr, !llvm.ptr, i64) -> ()
  llvm.br ^l(%zero, %r : i64, i32)
^l(%i: i64, %s: i32):
  %a = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %u = llvm.add %s, %v : i32
  %j = llvm.add %i, %one : i64
  %more = llvm.icmp "slt" %j, %ten : i64
  llvm.cond_br %more, ^l(%j, %u : i64, i32), ^out
^out:
  llvm.return %u : i32
}
