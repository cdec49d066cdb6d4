// A limit of ports is spoken of as that of the array.
// RUN: gaus-opt %s --gaus-schedule --gaus-report=format=summary -o %t.out | FileCheck %s

gaus.library @ram {
  gaus.resource @port limit(2) per(memory)
  gaus.resource @write limit(1) per(memory)
  gaus.operator @load latency(2) uses(@port) for("affine.load")
  gaus.operator @store latency(1) uses(@write) for("affine.store")
}

// CHECK: what holds the intervals
// CHECK-NEXT: loop (line 21): II 2 is the smallest
// CHECK-NEXT:   array 'h': 3 accesses an iteration on 2 ports (lines 22, 23, 24)
// CHECK-NEXT:   array 'arg1, bank 0': 2 accesses an iteration on 1 unit of write (lines 27, 28)
// CHECK-NEXT:   only together: 3 units of port[h], 2 units of write[arg1][0] may allow II 1
func.func @three(%h: memref<64xi32> loc("h"),
                 %b: memref<64xi32> {llvm.noalias, gaus.banks = ["cyclic", 2, 0]})
    attributes {gaus.library = @ram} {
  // The banks of the stores are the same in all iterations.

  affine.for %i = 0 to 20 {
    %x = affine.load %h[3 * %i] : memref<64xi32>
    %y = affine.load %h[3 * %i + 1] : memref<64xi32>
    %z = affine.load %h[3 * %i + 2] : memref<64xi32>
    %s = arith.addi %x, %y : i32
    %t = arith.addi %s, %z : i32
    affine.store %t, %b[2 * %i] : memref<64xi32>
    affine.store %s, %b[2 * %i + 2] : memref<64xi32>
  }
  return
}
