// The passes run on functions side by side, also where nothing in the program is of
// the dialect.
// RUN: gaus-opt %s --pass-pipeline="builtin.module(func.func(gaus-schedule,gaus-verify,gaus-report))" -o %t.mlir | FileCheck %s --check-prefix=REPORT
// RUN: gaus-opt %s --pass-pipeline="builtin.module(func.func(gaus-annotate,gaus-relax,gaus-commit,gaus-pipeline-loops))" | FileCheck %s
// RUN: gaus-opt %t.mlir --pass-pipeline="builtin.module(func.func(gaus-verify))" | FileCheck %s
// RUN: gaus-opt %t.mlir --pass-pipeline="builtin.module(func.func(gaus-pipeline-loops))" | FileCheck %s
// RUN: gaus-opt %t.mlir --pass-pipeline="builtin.module(func.func(gaus-report{format=summary}))" | FileCheck %s --check-prefix=REPORT
// REPORT-DAG: function @f
// REPORT-DAG: function @g

// CHECK-LABEL: @f
// CHECK: gaus.start = 0
func.func @f(%x: i32) -> i32 {
  %a = arith.addi %x, %x : i32
  return %a : i32
}
// CHECK-LABEL: @g
// CHECK: gaus.start = 0
func.func @g(%x: i32) -> i32 {
  %a = arith.muli %x, %x : i32
  return %a : i32
}
