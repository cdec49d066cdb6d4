// A loop of unknown length that uses nothing makes what follows it wait: then no
// cycle within the condition is free for the additions beside it, and the whole
// function keeps the limit.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify | gaus-replay - | FileCheck %s
// CHECK: @wait: as in order
gaus.library @one {
  gaus.resource @add limit(1)
  gaus.operator @add_op latency(4) uses(@add) for("arith.addi")
}
func.func @wait(%m: memref<64xindex>, %p: i1, %n: index, %x: index) -> index
    attributes {gaus.library = @one} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.if %p {
    %a = arith.addi %x, %x : index
    %b = arith.addi %a, %a : index
    memref.store %b, %m[%c1] : memref<64xindex>
  }
  %u = arith.addi %x, %n : index
  %v = arith.addi %n, %n : index
  %w = arith.addi %u, %v : index
  scf.for %i = %c0 to %n step %c1 {
  }
  return %w : index
}
