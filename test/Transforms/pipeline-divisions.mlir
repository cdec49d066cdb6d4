// Divisions that begin before it is known whether they take place: those that would
// trap divide by 1, and nobody sees it.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-pipeline-loops --gaus-strip -o %t.mlir 2>&1 | FileCheck %s --check-prefix=SAID --allow-empty
// RUN: FileCheck %s --check-prefix=REWRITTEN --input-file=%t.mlir
// RUN: mlir-runner %s -e main --entry-point-result=i32 | FileCheck %s
// RUN: mlir-runner %t.mlir -e main --entry-point-result=i32 | FileCheck %s

// SAID-NOT: not rewritten

// A poisoned divisor would be as bad as 0, whatever the numbers are.
// REWRITTEN-LABEL: llvm.func @quotients
// REWRITTEN: %[[BY:.*]] = llvm.freeze
// REWRITTEN: llvm.icmp "eq" %[[BY]]
// REWRITTEN: llvm.sdiv

// Quotients of x by what is not 0, and, where x is the least number, not -1.
llvm.func @quotients(%p: !llvm.ptr {llvm.noalias}, %q: !llvm.ptr {llvm.noalias}, %x: i32,
                     %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %none = llvm.mlir.constant(0 : i32) : i32
  %minus = llvm.mlir.constant(-1 : i32) : i32
  llvm.br ^l(%zero : i64)
^l(%i: i64):
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %w = llvm.mul %v, %v : i32
  %k = llvm.mul %w, %v : i32
  %c = llvm.icmp "ne" %k, %none : i32
  %m = llvm.icmp "ne" %k, %minus : i32
  %d = llvm.and %c, %m : i1
  llvm.cond_br %d, ^divide, ^on(%v : i32)
^divide:
  %r = llvm.sdiv %x, %v {gaus.latency = 12 : i64} : i32
  llvm.br ^on(%r : i32)
^on(%s: i32):
  %b = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  llvm.store %s, %b : i32, !llvm.ptr
  %j = llvm.add %i, %one : i64
  %e = llvm.icmp "sge" %j, %n : i64
  llvm.cond_br %e, ^out, ^l(%j : i64)
^out:
  llvm.return
}

// The loop ends where something is found; what the next iterations divide by is not
// known to be other than 0.
// REWRITTEN-LABEL: llvm.func @until
// REWRITTEN: llvm.freeze
// REWRITTEN: llvm.urem
llvm.func @until(%p: !llvm.ptr {llvm.noalias}, %x: i32) -> i32 {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  %first = llvm.mlir.constant(5 : i32) : i32
  %less = llvm.mlir.constant(-1 : i32) : i32
  llvm.br ^l(%zero, %first : i64, i32)
^l(%i: i64, %k: i32):
  %r = llvm.urem %x, %k {gaus.latency = 3 : i64} : i32
  %a = llvm.getelementptr %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %w = llvm.mul %v, %v : i32
  %s = llvm.mul %w, %v : i32
  %j = llvm.add %i, %one : i64
  %m = llvm.add %k, %less : i32
  %e = llvm.icmp "eq" %s, %x : i32
  llvm.cond_br %e, ^out, ^l(%j, %m : i64, i32)
^out:
  llvm.return %r : i32
}

// What is found is known ahead: it follows from what steps by constants, by a remainder.
// REWRITTEN-LABEL: llvm.func @divisor
// REWRITTEN: llvm.freeze
// REWRITTEN: llvm.urem
llvm.func @divisor(%n: i32) -> i32 {
  %one = llvm.mlir.constant(1 : i32) : i32
  %none = llvm.mlir.constant(0 : i32) : i32
  %first = llvm.mlir.constant(60 : i32) : i32
  llvm.br ^l(%first : i32)
^l(%d: i32):
  %r = llvm.urem %n, %d {gaus.latency = 9 : i64} : i32
  %found = llvm.icmp "eq" %r, %none : i32
  llvm.cond_br %found, ^out(%d : i32), ^on
^on:
  %e = llvm.sub %d, %one : i32
  %s = llvm.mul %e, %e : i32
  %small = llvm.icmp "eq" %s, %one : i32
  llvm.cond_br %small, ^out(%none : i32), ^l(%e : i32)
^out(%v: i32):
  llvm.return %v : i32
}

llvm.mlir.global internal @by(dense<[3, 0, -1, 7, 0, -1, -2, 1]> : tensor<8xi32>) : !llvm.array<8 x i32>
llvm.mlir.global internal @found(dense<[1, 1, 2, 1, 3]> : tensor<5xi32>) : !llvm.array<5 x i32>
llvm.mlir.global internal @out(dense<0> : tensor<8xi32>) : !llvm.array<8 x i32>

// -2147483648 by 3, 7, -2 and 1, rounded to 0: -715827882 - 306783378 + 1073741824 +
// -2147483648, with 0 - 1 + 0 - 1: -2096353086; 27 % 1 is 0; 49 is a divisor of 98, and
// 61 has none.
// CHECK: -2096353037
llvm.func @main() -> i32 {
  %p = llvm.mlir.addressof @by : !llvm.ptr
  %f = llvm.mlir.addressof @found : !llvm.ptr
  %q = llvm.mlir.addressof @out : !llvm.ptr
  %least = llvm.mlir.constant(-2147483648 : i32) : i32
  %cube = llvm.mlir.constant(27 : i32) : i32
  %eight = llvm.mlir.constant(8 : i64) : i64
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.call @quotients(%p, %q, %least, %eight) : (!llvm.ptr, !llvm.ptr, i32, i64) -> ()
  %r = llvm.call @until(%f, %cube) : (!llvm.ptr, i32) -> i32
  %even = llvm.mlir.constant(98 : i32) : i32
  %prime = llvm.mlir.constant(61 : i32) : i32
  %d = llvm.call @divisor(%even) : (i32) -> i32
  %f0 = llvm.call @divisor(%prime) : (i32) -> i32
  %t0 = llvm.add %r, %d : i32
  %t1 = llvm.add %t0, %f0 : i32
  llvm.br ^l(%zero, %t1 : i64, i32)
^l(%i: i64, %s: i32):
  %a = llvm.getelementptr %q[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  %u = llvm.add %s, %v : i32
  %j = llvm.add %i, %one : i64
  %more = llvm.icmp "slt" %j, %eight : i64
  llvm.cond_br %more, ^l(%j, %u : i64, i32), ^out
^out:
  llvm.return %u : i32
}
