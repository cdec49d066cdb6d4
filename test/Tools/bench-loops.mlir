// gaus-bench takes every scope of a program; loops are pipelined.
// RUN: gaus-bench %s --json=%t.json --csv-dir=%t.csv | FileCheck %s
// RUN: FileCheck %s --check-prefix=CSV < %t.csv/bench-loops.0.csv
// CHECK: name nodes edges depth length ii cost
// CHECK-NEXT: bench-loops: affine.for in @dot 4 {{[0-9]+}} {{[0-9]+}} {{[0-9]+}} 1 6 6 0.00% yes
// CHECK-NEXT: bench-loops: function @dot 1
// CSV: node,start
// CSV-NEXT: 0,0
func.func @dot(%a: memref<16xi32>, %b: memref<16xi32>) -> i32 {
  %zero = arith.constant 0 : i32
  %r = affine.for %i = 0 to 16 iter_args(%acc = %zero) -> (i32) {
    %x = affine.load %a[%i] : memref<16xi32>
    %y = affine.load %b[%i] : memref<16xi32>
    %p = arith.muli %x, %y : i32
    %s = arith.addi %acc, %p : i32
    affine.yield %s : i32
  }
  return %r : i32
}
