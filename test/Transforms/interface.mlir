// Values that enter and leave are live: arguments to their last use, results to the end.
// RUN: gaus-opt %s --gaus-schedule="objective=memory" --gaus-verify=objective=memory --gaus-report -o %t.mlir | FileCheck %s
// RUN: gaus-opt %s --gaus-schedule="objective=memory interface=none" --gaus-verify=objective=memory --gaus-report -o %t.none.mlir | FileCheck %s --check-prefix=NONE
// RUN: FileCheck %s --check-prefix=WRITTEN < %t.none.mlir
// RUN: gaus-opt %s --gaus-annotate=objective=memory --gaus-relax=objective=memory --gaus-commit=objective=memory --gaus-verify=objective=memory --gaus-report -o /dev/null | FileCheck %s --check-prefix=STEPS
// RUN: gaus-translate --export-json --scope=late %t.mlir | FileCheck %s --check-prefix=JSON
// What is asked for and what is least are said without what enters and leaves.
// RUN: not gaus-opt %s --gaus-schedule="objective=memory length=1" 2>&1 | FileCheck %s --check-prefix=SHORT
// SHORT: error: [Lat] the length of 1 cycle is below the longest path of {{.*}} cycles, which ends in '
// SHORT-NOT: 'leave'
// RUN: not gaus-opt %s --gaus-schedule=interface=some 2>&1 | FileCheck %s --check-prefix=ERROR
// ERROR: invalid value 'some' for option 'interface'; expected registered, none
// WRITTEN: module attributes {gaus.interface = "none"}

// The first product is kept to the end, the last argument to the second one.
// CHECK-LABEL: function @late length 6 cost 64
// NONE-LABEL: function @late length 6 cost 32
// STEPS: function @late length 6 cost 64
// JSON: "interface":{"enter":[{"stays":false,"users":[0],"width":32},{"stays":false,"users":[0,1],"width":32}],"leave":[1]}
func.func @late(%a: i32, %b: i32) -> i32 {
  %0 = arith.muli %a, %b : i32
  %1 = arith.muli %0, %b : i32
  return %1 : i32
}

// An argument that is handed on stays to the end.
// CHECK-LABEL: function @through length 3 cost 64
// NONE-LABEL: function @through length 3 cost 0
func.func @through(%a: i32, %b: i32) -> (i32, i32) {
  %0 = arith.muli %a, %a : i32
  return %0, %a : i32, i32
}

// Memories are no values; the variable of a pipelined loop is one.
// CHECK-LABEL: scf.for in @loop length 7 ii 1
// CHECK-NEXT: peak use 0 communication 6 peak memory 448
// NONE-LABEL: scf.for in @loop length 7 ii 1
// NONE-NEXT: peak use 0 communication 6 peak memory 64
func.func @loop(%m: memref<8xi32>) {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %e = arith.constant 8 : index
  scf.for %i = %z to %e step %o {
    %x = memref.load %m[%i] : memref<8xi32>
    %y = arith.muli %x, %x {gaus.latency = 4 : i64} : i32
    memref.store %y, %m[%i] : memref<8xi32>
  }
  return
}

// What is written closer counts.
// CHECK-LABEL: function @free length 6 cost 32
// NONE-LABEL: function @free length 6 cost 32
func.func @free(%a: i32, %b: i32) -> i32 attributes {gaus.interface = "none"} {
  %0 = arith.muli %a, %b : i32
  %1 = arith.muli %0, %b : i32
  return %1 : i32
}
