// Loops that never have an interval say so, and with what helps they have one.
// RUN: gaus-opt %s --gaus-schedule 2>&1 | FileCheck %s
// RUN: %mlir-opt %s --one-shot-bufferize=bufferize-function-boundaries --convert-scf-to-cf \
// RUN:   | gaus-opt --gaus-schedule --gaus-verify 2>&1 | FileCheck %s --check-prefix=LOOPS

// CHECK: never-pipelined.mlir:[[@LINE+11]]:8: remark: the loop is not pipelined: 'scf.while' never is; --convert-scf-to-cf makes a loop of branches of it
// CHECK-NOT: the loop is not pipelined: 'scf.while'
// CHECK: remark: the loop is not pipelined: 'scf.forall' never is; it works on tensors, of which --one-shot-bufferize makes buffers
// CHECK: remark: what scf.forall.in_parallel does has no start, and its time is not counted
// CHECK-NOT: never is
// LOOPS-NOT: is not pipelined
// LOOPS-COUNT-2: gaus.ii = 

func.func @while(%m: memref<64xi32>, %z: i32) -> index {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %r = scf.while (%i = %c0) : (index) -> index {
    %v = memref.load %m[%i] : memref<64xi32>
    %c = arith.cmpi ne, %v, %z : i32
    scf.condition(%c) %i : index
  } do {
  ^bb0(%i: index):
    %j = arith.addi %i, %c1 : index
    scf.yield %j : index
  }
  return %r : index
}

func.func @forall(%t: tensor<64xi32>) -> tensor<64xi32> {
  %r = scf.forall (%i) in (64) shared_outs(%o = %t) -> tensor<64xi32> {
    %s = tensor.extract %o[%i] : tensor<64xi32>
    %q = arith.addi %s, %s : i32
    %e = tensor.from_elements %q : tensor<1xi32>
    scf.forall.in_parallel {
      tensor.parallel_insert_slice %e into %o[%i] [1] [1] : tensor<1xi32> into tensor<64xi32>
    }
  }
  return %r : tensor<64xi32>
}
