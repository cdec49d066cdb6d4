// Loops and conditions as regions, on memrefs: each runs beside what is around it.

memref.global "private" constant @weights : memref<8xi16> = dense<[3, -1, 4, 1, -5, 9, 2, -6]>
memref.global "private" @state : memref<4xi32> = dense<[1, 2, 3, 4]>

// A pipelined loop of unknown length with what it hands on, a nest, a condition that is
// a node of its own.
func.func @sums(%x: memref<64xi32>, %y: memref<64xi32>, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i32
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> i32 {
    %v = memref.load %x[%i] : memref<64xi32>
    %p = arith.muli %v, %v : i32
    %b = arith.addi %a, %p : i32
    memref.store %b, %y[%i] : memref<64xi32>
    scf.yield %b : i32
  }
  affine.for %i = 0 to 8 {
    affine.for %j = 0 to 4 {
      %v = affine.load %x[%i * 4 + %j] : memref<64xi32>
      %t = arith.addi %v, %s : i32
      affine.store %t, %y[%i + %j * 8 + 1] : memref<64xi32>
    }
  }
  %c = arith.cmpi sgt, %s, %z : i32
  %r = scf.if %c -> i32 {
    %q = arith.muli %s, %s : i32
    scf.yield %q : i32
  } else {
    %q = memref.load %y[%c1] : memref<64xi32>
    scf.yield %q : i32
  }
  return %r : i32
}

// Conditions that are one with a pipelined loop, in one another, with results.
func.func @choose(%x: memref<64xi32>, %h: memref<64xi32>) -> i32 {
  %one = arith.constant 1 : i32
  %z = arith.constant 0 : i32
  %s = affine.for %i = 0 to 64 step 3 iter_args(%a = %z) -> i32 {
    %v = affine.load %x[%i] : memref<64xi32>
    %odd = arith.andi %v, %one : i32
    %c = arith.cmpi eq, %odd, %one : i32
    %k = scf.if %c -> i32 {
      %m = arith.shrsi %v, %one : i32
      %d = arith.cmpi slt, %m, %z : i32
      scf.if %d {
        affine.store %m, %h[63 - %i] : memref<64xi32>
      }
      scf.yield %m : i32
    } else {
      %m = affine.load %h[%i] : memref<64xi32>
      scf.yield %m : i32
    }
    %early = affine.if affine_set<(d) : (30 - d >= 0, d mod 2 == 0)>(%i) -> i32 {
      affine.yield %k : i32
    } else {
      affine.yield %one : i32
    }
    %b = arith.addi %a, %early : i32
    affine.yield %b : i32
  }
  return %s : i32
}

// Data decide how often; a matrix, bounds that depend on the loop around, floats.
func.func @while_and_nest(%m: memref<8x8xf32>, %v: i32) -> i32 {
  %c1 = arith.constant 1 : i32
  %c3 = arith.constant 3 : i32
  %z = arith.constant 0 : i32
  affine.for %i = 0 to 8 {
    affine.for %j = affine_map<(d) -> (d)>(%i) to min affine_map<(d) -> (d + 3, 8)>(%i) {
      %a = affine.load %m[%i, %j] : memref<8x8xf32>
      %b = affine.load %m[%j, %i] : memref<8x8xf32>
      %c = arith.mulf %a, %b : f32
      affine.store %c, %m[%j, %i] : memref<8x8xf32>
    }
  }
  %r:2 = scf.while (%a = %v, %k = %z) : (i32, i32) -> (i32, i32) {
    %c = arith.cmpi sgt, %a, %c1 : i32
    scf.condition(%c) %a, %k : i32, i32
  } do {
  ^bb0(%a: i32, %k: i32):
    %odd = arith.andi %a, %c1 : i32
    %is = arith.cmpi eq, %odd, %c1 : i32
    %half = arith.shrsi %a, %c1 : i32
    %next = scf.if %is -> i32 {
      %t = arith.muli %half, %c3 : i32
      scf.yield %t : i32
    } else {
      scf.yield %half : i32
    }
    %limit = arith.constant 100 : i32
    %less = arith.minsi %next, %limit : i32
    %l = arith.addi %k, %c1 : i32
    %end = arith.constant 20 : i32
    %stop = arith.cmpi sge, %l, %end : i32
    %u = arith.select %stop, %z, %less : i32
    scf.yield %u, %l : i32, i32
  }
  %s = arith.addi %r#0, %r#1 : i32
  return %s : i32
}

// Memories of the module: constants, what is kept from call to call, a local one.
func.func private @step(%at: memref<4xi32>, %i: index) -> (i32, i32) {
  %v = memref.load %at[%i] : memref<4xi32>
  %w = arith.muli %v, %v : i32
  memref.store %w, %at[%i] : memref<4xi32>
  return %v, %w : i32, i32
}
func.func @memories(%x: memref<8xi16>, %n: index) -> i32 {
  %weights = memref.get_global @weights : memref<8xi16>
  %state = memref.get_global @state : memref<4xi32>
  %local = memref.alloca() : memref<8xi32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %c7 = arith.constant 7 : index
  %z = arith.constant 0 : i32
  affine.for %i = 0 to 8 {
    %a = affine.load %x[%i] : memref<8xi16>
    %w = affine.load %weights[7 - %i] : memref<8xi16>
    %b = arith.extsi %a : i16 to i32
    %c = arith.extsi %w : i16 to i32
    %p = arith.muli %b, %c : i32
    affine.store %p, %local[%i] : memref<8xi32>
  }
  affine.for %i = 0 to 4 {
    %v = affine.load %local[%i + 2] : memref<8xi32>
    affine.store %v, %state[%i] : memref<4xi32>
  }
  %m = arith.andi %n, %c7 : index
  %s = scf.for %i = %c0 to %m step %c1 iter_args(%a = %z) -> i32 {
    %k = arith.andi %i, %c3 : index
    %p:2 = func.call @step(%state, %k) : (memref<4xi32>, index) -> (i32, i32)
    %q = arith.subi %p#1, %p#0 : i32
    %b = arith.addi %a, %q : i32
    scf.yield %b : i32
  }
  return %s : i32
}
