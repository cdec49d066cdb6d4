// Windows on memory, which move with a loop; a switch in a pipelined loop of branches.
func.func @windows(%x: memref<64xi32>, %y: memref<64xi32>, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c7 = arith.constant 7 : index
  %z = arith.constant 0 : i32
  %m = arith.andi %n, %c7 : index
  %s = scf.for %i = %c0 to %m step %c1 iter_args(%a = %z) -> i32 {
    %w = memref.subview %x[%i] [8] [2] : memref<64xi32> to memref<8xi32, strided<[2], offset: ?>>
    %v = memref.load %w[%c7] : memref<8xi32, strided<[2], offset: ?>>
    %r = memref.reinterpret_cast %y to offset: [%i], sizes: [4], strides: [3] : memref<64xi32> to memref<4xi32, strided<[3], offset: ?>>
    memref.store %v, %r[%c1] : memref<4xi32, strided<[3], offset: ?>>
    %b = arith.addi %a, %v : i32
    scf.yield %b : i32
  }
  return %s : i32
}
func.func @switches(%x: memref<64xi32>, %y: memref<64xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c64 = arith.constant 64 : index
  %c3 = arith.constant 3 : i32
  %z = arith.constant 0 : i32
  cf.br ^head(%c0, %z : index, i32)
^head(%i: index, %s: i32):
  %v = memref.load %x[%i] : memref<64xi32>
  %k = arith.andi %v, %c3 : i32
  cf.switch %k : i32, [
    default: ^next(%v : i32),
    1: ^one,
    2: ^next(%k : i32)
  ]
^one:
  memref.store %v, %y[%i] : memref<64xi32>
  cf.br ^next(%c3 : i32)
^next(%t: i32):
  %u = arith.addi %s, %t : i32
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi slt, %j, %c64 : index
  cf.cond_br %more, ^head(%j, %u : index, i32), ^end
^end:
  return %u : i32
}
