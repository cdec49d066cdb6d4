// Errors name the source line and are short: no dump of the operation.
// RUN: not gaus-opt %s --gaus-verify -o /dev/null 2>&1 | FileCheck %s --implicit-check-not="see current operation"
// CHECK: kernel.c:7:3: error: gaus.start is missing on 1 of 1 operations of function @f
// CHECK: kernel.c:8:5: note: the first of them
func.func @f(%x: i32) -> i32 {
  %y = arith.addi %x, %x : i32 loc("kernel.c":8:5)
  return %y : i32
} loc(fused<"di">["kernel.c":7:3])
