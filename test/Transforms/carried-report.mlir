// Iterations that run apart owe nothing to each other: report and export have
// the cost of the schedule.
// RUN: gaus-opt %s "--gaus-schedule=ii=none objective=resources ratio=0" --gaus-verify --gaus-report -o %t.mlir | FileCheck %s

// CHECK: scf.for in @sum {{.*}} cost [[#COST:]]
// CHECK-NEXT: communication [[#COST]]
func.func @sum(%a: memref<16xi32>, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c16 = arith.constant 16 : index
  %r = scf.for %i = %c0 to %c16 step %c1 iter_args(%acc = %x) -> i32 {
    %v = memref.load %a[%i] : memref<16xi32>
    %m = arith.muli %v, %acc : i32
    %s = arith.addi %m, %v : i32
    scf.yield %s : i32
  }
  return %r : i32
}
