// The guard of a pipeline counts iterations without an overflow: a span from the
// largest to the smallest numbers is negative, not short, and one from the smallest
// to large ones takes the loop as it is.
// DEFINE: %{lower} = --convert-scf-to-cf --convert-cf-to-llvm --finalize-memref-to-llvm --convert-arith-to-llvm --convert-func-to-llvm --reconcile-unrealized-casts
// DEFINE: %{clean} = sed -e 's/gaus\.[a-z_]* = [0-9]* : i64,* *//g' -e 's/gaus\.ii_proof = "[a-z]*",* *//g'
// RUN: gaus-opt %s --arith-expand %{lower} | mlir-runner -e main --entry-point-result=i32 | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops -o %t.mlir
// RUN: FileCheck %s --check-prefix=GUARD < %t.mlir
// RUN: %{clean} %t.mlir | gaus-opt --arith-expand %{lower} | mlir-runner -e main --entry-point-result=i32 | FileCheck %s

// None, three and three iterations, each adds 100 at most.
// CHECK: 600
// GUARD: scf.if
func.func @count(%from: i32, %to: i32, %step: i32, %m: memref<1xi32>) {
  %c0 = arith.constant 0 : index
  %h = arith.constant 100 : i32
  scf.for %i = %from to %to step %step : i32 {
    %a = memref.load %m[%c0] : memref<1xi32>
    %z = arith.muli %i, %h : i32
    %y = arith.subi %z, %z : i32
    %x = arith.addi %y, %h : i32
    %b = arith.addi %a, %x : i32
    memref.store %b, %m[%c0] : memref<1xi32>
  }
  return
}
func.func @main() -> i32 {
  %m = memref.alloc() : memref<1xi32>
  %c0 = arith.constant 0 : index
  %z = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %max = arith.constant 2147483647 : i32
  %near = arith.constant -2147483600 : i32
  %min = arith.constant -2147483648 : i32
  %third = arith.constant 1000000000 : i32
  %three = arith.constant 3 : i32
  %wide = arith.constant 852516352 : i32
  memref.store %z, %m[%c0] : memref<1xi32>
  call @count(%max, %near, %one, %m) : (i32, i32, i32, memref<1xi32>) -> ()
  call @count(%min, %wide, %third, %m) : (i32, i32, i32, memref<1xi32>) -> ()
  call @count(%z, %three, %one, %m) : (i32, i32, i32, memref<1xi32>) -> ()
  %r = memref.load %m[%c0] : memref<1xi32>
  return %r : i32
}
