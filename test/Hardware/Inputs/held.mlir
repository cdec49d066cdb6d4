// What waits begins in the first of the clock's cycles in which the function is held:
// what is read in the same cycle is read before.
func.func @before(%m: memref<16xi32>, %n: i32, %x: i32) -> i32 {
  %c5 = arith.constant 5 : index
  %c1 = arith.constant 1 : i32
  %old = memref.load %m[%c5] : memref<16xi32>
  %last = scf.while (%i = %n) : (i32) -> i32 {
    memref.store %x, %m[%c5] : memref<16xi32>
    %more = arith.cmpi sgt, %i, %c1 : i32
    scf.condition(%more) %i : i32
  } do {
  ^bb0(%i: i32):
    %next = arith.subi %i, %c1 : i32
    scf.yield %next : i32
  }
  return %old : i32
}
// A loop that never runs takes no time, also where its inside has none of its own.
func.func @never(%m: memref<16xi32>, %x: i32) -> i32 {
  affine.for %i = 3 to 3 {
    affine.for %j = 0 to 3 {
      %u = affine.load %m[%j] : memref<16xi32>
      affine.store %u, %m[%j] : memref<16xi32>
    }
    affine.if affine_set<(d0) : (d0 - 2 >= 0)>(%i) {
      affine.store %x, %m[%i] : memref<16xi32>
    }
  }
  return %x : i32
}
// What it computes is there at the end of its last iteration.
func.func @after(%m: memref<16xi32>, %x: i32) -> i32 {
  %r = affine.for %i = 0 to 3 iter_args(%a = %x) -> (i32) {
    affine.for %j = 0 to 3 {
      %u = affine.load %m[%j] : memref<16xi32>
      %w = arith.addi %u, %x : i32
      affine.store %w, %m[%j] : memref<16xi32>
    }
    affine.if affine_set<(d0) : (d0 - 2 >= 0)>(%i) {
      affine.store %x, %m[%i] : memref<16xi32>
    }
    %v = affine.load %m[%i + 3] : memref<16xi32>
    %s = arith.addi %a, %v : i32
    affine.yield %s : i32
  }
  %t = arith.addi %r, %x : i32
  return %t : i32
}
