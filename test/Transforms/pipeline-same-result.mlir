// A view that changes in the loop: all iterations meet in one element, and the
// pipelined program computes what the program does.
// DEFINE: %{lower} = --expand-strided-metadata --lower-affine --convert-scf-to-cf --convert-cf-to-llvm --finalize-memref-to-llvm --convert-arith-to-llvm --convert-func-to-llvm --reconcile-unrealized-casts
// DEFINE: %{clean} = sed -e 's/gaus\.[a-z_]* = [0-9]* : i64,* *//g' -e 's/gaus\.ii_proof = "[a-z]*",* *//g' -e 's/gaus\.clock = [0-9.e+]* : f64,* *//g'
// RUN: gaus-opt %s %{lower} | mlir-runner -e main --entry-point-result=i32 | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule --gaus-pipeline-loops -o %t.mlir
// RUN: %{clean} %t.mlir | gaus-opt %{lower} | mlir-runner -e main --entry-point-result=i32 | FileCheck %s
// Also where operations chain.
// RUN: gaus-opt %s --gaus-schedule=clock=5 --gaus-verify -o %t.starts.mlir
// RUN: gaus-replay %t.starts.mlir --clock=5
// RUN: gaus-opt %t.starts.mlir --gaus-pipeline-loops -o %t.mlir
// RUN: %{clean} %t.mlir | gaus-opt %{lower} | mlir-runner -e main --entry-point-result=i32 | FileCheck %s

// CHECK: 60
func.func @kernel(%m: memref<200xi64>, %x: i64) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c60 = arith.constant 60 : index
  scf.for %i = %c0 to %c60 step %c1 {
    %o = arith.subi %c60, %i : index
    %v = memref.subview %m[%o][100][1] : memref<200xi64> to memref<100xi64, strided<[1], offset: ?>>
    %a = memref.load %v[%i] : memref<100xi64, strided<[1], offset: ?>>
    %b = arith.addi %a, %x : i64
    memref.store %b, %v[%i] : memref<100xi64, strided<[1], offset: ?>>
  }
  return
}
func.func @main() -> i32 {
  %m = memref.alloc() : memref<200xi64>
  %z = arith.constant 0 : i64
  %one = arith.constant 1 : i64
  %c60 = arith.constant 60 : index
  memref.store %z, %m[%c60] : memref<200xi64>
  func.call @kernel(%m, %one) : (memref<200xi64>, i64) -> ()
  %r = memref.load %m[%c60] : memref<200xi64>
  %t = arith.trunci %r : i64 to i32
  return %t : i32
}
