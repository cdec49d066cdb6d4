// What is inside holds units in the cycles in which it uses them, also where memory is
// what counts: two loops that have the multiplier for 64 of 69 cycles each, and a
// multiplication, in 133 cycles. gaus-verify counts the whole function.
// RUN: gaus-opt %s --gaus-schedule="objective=memory" --gaus-verify -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | FileCheck %s
// Peaks, too, cost what is in use: one multiplier is enough where there may be two.
// RUN: sed 's/limit(1)/limit(2)/' %s | gaus-opt --gaus-schedule=objective=resources --gaus-verify=objective=resources --gaus-report="format=json output=%t.json" | FileCheck %s --check-prefix=PEAKS
// RUN: FileCheck %s --check-prefix=REPORT --input-file=%t.json
// In the length that whole units need it costs no more than they do.
// RUN: sed 's/, gaus.request = .*}}/}/' %s | gaus-opt --gaus-schedule=objective=memory --gaus-verify | FileCheck %s --check-prefix=LONGER
// CHECK:  func.func @turns{{.*}} gaus.length = 133
// REPLAY: @turns: as in order, {{.*}} in 133 cycles
// PEAKS:  func.func @turns{{.*}}gaus.bound = 100 : i64, gaus.cost = 100 : i64, gaus.length = 133
// REPORT-COUNT-3: "R": 1,
// LONGER: func.func @turns{{.*}}gaus.bound = 32 : i64, gaus.cost = 32 : i64, gaus.length = 135
gaus.library @l {
  gaus.resource @mul limit(1)
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
}
func.func @turns(%x: i32) -> i32 attributes {gaus.library = @l, gaus.request = {length = 133}} {
  %m = memref.alloc() : memref<64xi32>
  %o = memref.alloc() : memref<64xi32>
  affine.for %i = 0 to 64 {
    %v = affine.load %m[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %m[%i] : memref<64xi32>
  }
  affine.for %i = 0 to 64 {
    %v = affine.load %o[%i] : memref<64xi32>
    %w = arith.muli %v, %v : i32
    affine.store %w, %o[%i] : memref<64xi32>
  }
  %y = arith.muli %x, %x : i32
  return %y : i32
}
