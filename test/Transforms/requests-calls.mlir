// A call's wishes are those of what it runs.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s
// RUN: gaus-opt %s --gaus-annotate --gaus-relax --gaus-commit --gaus-verify | FileCheck %s
// A second run obeys them again.
// RUN: gaus-opt %s --gaus-schedule --gaus-schedule --gaus-verify | FileCheck %s

// CHECK-LABEL: func.func private @slow
// CHECK-SAME: gaus.length = 9 : i64
func.func private @slow(%a: i32, %b: i32) -> i32 {
  %0 = arith.muli %a, %b : i32
  %1 = arith.addi %0, %b : i32
  return %1 : i32
}

// What stands on the function counts, and is the same.
// CHECK-LABEL: func.func private @own
// CHECK-SAME: gaus.length = 8 : i64
func.func private @own(%a: i32) -> i32
    attributes {gaus.request = {length = 8 : i64, objective = "resources"}} {
  %0 = arith.muli %a, %a : i32
  return %0 : i32
}

// The blocks of a function have them, but those with their own.
// CHECK-LABEL: llvm.func internal @blocks
// CHECK: llvm.br
// CHECK-SAME: gaus.length = 5 : i64
// CHECK: llvm.return {{.*}}gaus.length = 6 : i64
llvm.func internal @blocks(%a: i32) -> i32 {
  %0 = llvm.mul %a, %a : i32
  llvm.br ^next
^next:
  %1 = llvm.add %0, %a : i32
  llvm.return {gaus.request = {length = 6 : i64, objective = "resources"}} %1 : i32
}

// CHECK-LABEL: func.func @top
// CHECK: call @slow({{.*}}gaus.request = {length = 9 : i64, objective = "resources"}
func.func @top(%a: i32, %b: i32) -> i32 {
  %0 = call @slow(%a, %b) {gaus.request = {length = 9 : i64, objective = "resources"}} : (i32, i32) -> i32
  %1 = call @slow(%0, %b) {gaus.request = {length = 9 : i64, objective = "resources"}} : (i32, i32) -> i32
  %2 = call @own(%1) {gaus.request = {length = 8 : i64, objective = "resources"}} : (i32) -> i32
  %3 = llvm.call @blocks(%2) {gaus.request = {length = 5 : i64, objective = "resources"}} : (i32) -> i32
  %4 = call @slow(%3, %b) : (i32, i32) -> i32
  return %4 : i32
}
