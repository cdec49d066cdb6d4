// The language server knows the dialect; the reducer keeps what matters.
// RUN: gaus-lsp-server --lit-test < %S/Inputs/lsp.json | FileCheck %s --check-prefix=LSP
// RUN: gaus-reduce %s --reduction-tree='traversal-mode=0 test=%S/Inputs/has-mul.sh' | FileCheck %s
// LSP: "diagnostics"
// LSP: must be in [0, 536870911], got -1
// CHECK: arith.muli
// CHECK-NOT: @unneeded
func.func @f(%a: i32) -> i32 {
  %0 = arith.muli %a, %a : i32
  return %0 : i32
}
func.func @unneeded(%a: i32) -> i32 {
  return %a : i32
}
