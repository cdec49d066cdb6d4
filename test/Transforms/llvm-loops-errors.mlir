// Schedules of self-loop blocks that do not hold are rejected, with the
// iterations that are at odds.
// RUN: gaus-opt %s --split-input-file --gaus-verify --verify-diagnostics

llvm.func @recurrence(%a: f32, %n: i64) -> f32 {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero, %a : i64, f32)
^loop(%i: i64, %s: f32):
  // expected-error @+1 {{[Dep] 'llvm.fadd #0' starts at cycle 0, 1 too early for 'llvm.fadd #0'}}
  %t = llvm.fadd %s, %a {gaus.start = 0 : i64} : f32 // expected-note {{starts at cycle 0}}
  %next = llvm.add %i, %one {gaus.start = 0 : i64} : i64
  %end = llvm.icmp "eq" %next, %n {gaus.start = 1 : i64} : i64
  llvm.cond_br %end, ^exit, ^loop(%next, %t : i64, f32) {gaus.ii = 3 : i64, gaus.length = 4 : i64}
^exit:
  llvm.return %t : f32
}

// -----

// The store of an iteration is what the next one loads: with an II of 3 the load
// would have to be at cycle 1.
llvm.func @memory(%a: !llvm.ptr, %n: i64) {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %one = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^loop(%zero : i64)
^loop(%i: i64):
  %p = llvm.getelementptr %a[%i] {gaus.start = 0 : i64} : (!llvm.ptr, i64) -> !llvm.ptr, i64
  %q = llvm.getelementptr %p[1] {gaus.start = 1 : i64} : (!llvm.ptr) -> !llvm.ptr, i64
  // expected-error @+1 {{[Dep] 'llvm.load #2' starts at cycle 1, 1 too early for 'llvm.store #3'}}
  %x = llvm.load %p {gaus.start = 1 : i64} : !llvm.ptr -> i64
  // expected-note @+1 {{starts at cycle 4}}
  llvm.store %x, %q {gaus.start = 4 : i64} : i64, !llvm.ptr
  %next = llvm.add %i, %one {gaus.start = 0 : i64} : i64
  %end = llvm.icmp "eq" %next, %n {gaus.start = 1 : i64} : i64
  llvm.cond_br %end, ^exit, ^loop(%next : i64) {gaus.ii = 3 : i64, gaus.length = 5 : i64}
^exit:
  llvm.return
}

// -----

// Without gaus.ii the iterations follow each other.
llvm.func @unpipelined(%a: f32, %c: i1) -> f32 {
  llvm.br ^loop(%a : f32)
^loop(%s: f32):
  %t = llvm.fadd %s, %a {gaus.start = 0 : i64} : f32
  llvm.cond_br %c, ^exit, ^loop(%t : f32) {gaus.length = 4 : i64}
^exit:
  llvm.return %t : f32
}

// -----

llvm.func @missing(%a: f32, %c: i1) -> f32 {
  llvm.br ^loop(%a : f32)
^loop(%s: f32):
  %t = llvm.fadd %s, %a : f32 // expected-note {{the first of them}}
  // expected-error @+1 {{gaus.start is missing on 1 of 1 operations of loop in block 1 of function @missing}}
  llvm.cond_br %c, ^exit, ^loop(%t : f32) {gaus.ii = 4 : i64}
^exit:
  llvm.return %t : f32
}
