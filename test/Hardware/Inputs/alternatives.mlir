// Two multiplications, of which an iteration does one, on the one unit there is.
gaus.library @one {
  gaus.resource @mul limit(1)
  gaus.resource @read limit(1)
  gaus.operator @m latency(3) uses(@mul) for("arith.muli")
  gaus.operator @l latency(2) uses(@read) for("affine.load")
}
func.func @either(%x: memref<64xi32>, %y: memref<64xi32> {llvm.noalias}, %a: i32,
                  %b: i32) attributes {gaus.library = @one} {
  %one = arith.constant 1 : i32
  affine.for %i = 0 to 64 {
    %v = affine.load %x[%i] : memref<64xi32>
    %odd = arith.andi %v, %one : i32
    %c = arith.cmpi eq, %odd, %one : i32
    %r = scf.if %c -> i32 {
      %p = arith.muli %v, %a : i32
      scf.yield %p : i32
    } else {
      %q = arith.muli %v, %b : i32
      %t = arith.addi %q, %one : i32
      scf.yield %t : i32
    }
    affine.store %r, %y[%i] : memref<64xi32>
  }
  return
}
