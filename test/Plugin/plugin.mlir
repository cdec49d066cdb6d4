// The pipeline in the stock mlir-opt, and the starts in one without a plugin.
// RUN: %mlir-opt %load-plugin %s \
// RUN:   --pass-pipeline='builtin.module(any(gaus-schedule{objective=memory}))' \
// RUN:   | %mlir-opt | FileCheck %s
// RUN: %mlir-opt %load-plugin %s \
// RUN:   --pass-pipeline='builtin.module(any(gaus-annotate,gaus-relax,gaus-commit,gaus-verify),gaus-strip)' \
// RUN:   | %mlir-opt --cse --canonicalize | FileCheck %s
// RUN: %mlir-opt %load-plugin %s --emit-bytecode \
// RUN:   --pass-pipeline='builtin.module(any(gaus-schedule))' | %mlir-opt | FileCheck %s
// RUN: %mlir-opt %load-plugin --list-passes | FileCheck %s --check-prefix=LIST
// RUN: %mlir-opt %load-plugin --show-dialects | FileCheck %s --check-prefix=DIALECTS
// RUN: not %mlir-opt %load-plugin %s \
// RUN:   --pass-pipeline='builtin.module(any(gaus-schedule{effort=x}))' 2>&1 \
// RUN:   | FileCheck %s --check-prefix=ERROR

// LIST-DAG: gaus-annotate
// LIST-DAG: gaus-relax
// LIST-DAG: gaus-commit
// LIST-DAG: gaus-schedule
// LIST-DAG: gaus-verify
// LIST-DAG: gaus-report
// LIST-DAG: gaus-strip
// LIST-DAG: gaus-pipeline-loops
// LIST-DAG: convert-ssp-to-gaus
// LIST-DAG: convert-gaus-to-ssp
// DIALECTS: gaus
// DIALECTS: ssp
// ERROR: invalid value 'x' for option 'effort'; expected 0..5

// CHECK-LABEL: func.func @f
// CHECK-SAME: gaus.cost
// CHECK: arith.muli
// CHECK-SAME: gaus.start = 0 : i64
// CHECK: arith.addi
// CHECK-SAME: gaus.start = 3 : i64
func.func @f(%a: i32, %b: i32) -> i32 {
  %0 = arith.muli %a, %b : i32
  %1 = arith.addi %0, %a : i32
  return %1 : i32
}
