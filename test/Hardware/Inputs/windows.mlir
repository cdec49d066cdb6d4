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

// Products with sums as clang makes them, which are rounded once or twice.
func.func @fused(%x: memref<16xf32>, %y: memref<16xf64>) -> f64 {
  %z = arith.constant 0.3 : f64
  %s = affine.for %i = 0 to 16 iter_args(%a = %z) -> f64 {
    %v = affine.load %x[%i] : memref<16xf32>
    %d = affine.load %y[%i] : memref<16xf64>
    %p = llvm.intr.fmuladd(%v, %v, %v) : (f32, f32, f32) -> f32
    %w = arith.extf %p : f32 to f64
    %q = llvm.intr.fmuladd(%d, %w, %a) : (f64, f64, f64) -> f64
    affine.store %p, %x[%i] : memref<16xf32>
    affine.yield %q : f64
  }
  return %s : f64
}

// The inner loop takes as long as it takes at most. `tri` is a word of Verilog.
func.func @tri(%x: memref<16xi32>, %y: memref<8xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %z = arith.constant 0 : i32
  %r = scf.for %i = %c0 to %c8 step %c1 iter_args(%a = %z) -> i32 {
    %s = scf.for %j = %c0 to %i step %c1 iter_args(%b = %a) -> i32 {
      %v = memref.load %x[%j] : memref<16xi32>
      %w = arith.addi %b, %v : i32
      scf.yield %w : i32
    }
    memref.store %s, %y[%i] : memref<8xi32>
    scf.yield %s : i32
  }
  %t = arith.addi %r, %r : i32
  return %t : i32
}
