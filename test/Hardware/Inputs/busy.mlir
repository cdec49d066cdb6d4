// Units that are busy for longer than their operations take, in loops and conditions
// whose time is not known: what follows waits for the units, too.
gaus.library @later {
  gaus.resource @write limit(1)
  gaus.operator @store latency(1) occupancy(3) uses(@write) for("memref.store", "affine.store")
}
func.func @loop_then_store(%x: memref<16xi32>, %n: index, %v: i32) -> i32 attributes {gaus.library = @later} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%t = %v) -> i32 {
    memref.store %t, %x[%i] : memref<16xi32>
    %u = arith.addi %t, %v : i32
    scf.yield %u : i32
  }
  memref.store %s, %x[%c1] : memref<16xi32>
  %r = memref.load %x[%c0] : memref<16xi32>
  return %r : i32
}
func.func @endless(%x: memref<16xi32>, %n: index) -> index attributes {gaus.library = @later} {
  %c1 = arith.constant 1 : index
  %c9 = arith.constant 9 : index
  %v = arith.constant 7 : i32
  %r = scf.while (%i = %n) : (index) -> index {
    %p = arith.cmpi ult, %i, %c9 : index
    memref.store %v, %x[%c1] : memref<16xi32>
    scf.condition(%p) %i : index
  } do {
  ^bb0(%i: index):
    memref.store %v, %x[%i] : memref<16xi32>
    %next = arith.addi %i, %c1 : index
    scf.yield %next : index
  }
  memref.store %v, %x[%c9] : memref<16xi32>
  return %r : index
}
