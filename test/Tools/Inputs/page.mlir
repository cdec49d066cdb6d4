// Scopes in scopes, a pipelined loop, limits, and a name that would end a script.
gaus.library @l {
  gaus.resource @mul limit(2)
  gaus.operator @m latency(3) occupancy(2) uses(@mul) for("arith.muli")
}
func.func @f(%a: memref<64xi32>, %x: i32) -> i32 attributes {gaus.library = @l} {
  %zero = arith.constant 0 : i32
  %sum = affine.for %i = 0 to 64 iter_args(%s = %zero) -> i32 {
    %0 = affine.load %a[%i] : memref<64xi32>
    %1 = arith.muli %0, %x : i32
    %2 = arith.muli %1, %0 : i32
    %3 = arith.addi %s, %2 : i32
    affine.yield %3 : i32
  }
  %4 = arith.muli %sum, %x : i32
  return %4 : i32
}
gaus.graph @g library(@l) attributes {gaus.live_limit = 64 : i64} {
  %a = gaus.node "</script><script>throw 1</script><!--" latency(1) : i32
  %b = gaus.node "b & <i>b</i>"(%a, %b[1]) operator(@m) : i32
}
