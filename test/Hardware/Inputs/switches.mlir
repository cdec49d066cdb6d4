// One of several regions: alone, in a loop, which they are one with, and in each
// other.
func.func @alone(%x: memref<16xi32>, %n: index, %a: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %r = scf.index_switch %n -> i32
  case 2 {
    %p = arith.muli %a, %a : i32
    scf.yield %p : i32
  }
  case 5 {
    %v = memref.load %x[%n] : memref<16xi32>
    memref.store %a, %x[%c0] : memref<16xi32>
    scf.yield %v : i32
  }
  default {
    scf.yield %a : i32
  }
  return %r : i32
}

func.func @in_loop(%x: memref<16xi32>, %n: index) -> i32 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %z = arith.constant 1 : i32
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%s = %z) -> i32 {
    %v = memref.load %x[%i] : memref<16xi32>
    %k = arith.andi %i, %c3 : index
    %r = scf.index_switch %k -> i32
    case 0 {
      %p = arith.muli %v, %s : i32
      scf.yield %p : i32
    }
    case 3 {
      memref.store %s, %x[%i] : memref<16xi32>
      scf.yield %v : i32
    }
    default {
      %d = arith.subi %v, %s : i32
      scf.yield %d : i32
    }
    scf.yield %r : i32
  }
  return %sum : i32
}

func.func @nested(%x: memref<16xi32>, %n: index, %m: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %k = arith.andi %n, %c3 : index
  scf.index_switch %k
  case 1 {
    scf.for %i = %c0 to %m step %c1 {
      %v = memref.load %x[%i] : memref<16xi32>
      %d = arith.addi %v, %v : i32
      memref.store %d, %x[%i] : memref<16xi32>
    }
    scf.yield
  }
  case 3 {
    scf.index_switch %m
    case 0 {
      %v = memref.load %x[%c1] : memref<16xi32>
      memref.store %v, %x[%c0] : memref<16xi32>
      scf.yield
    }
    default {
    }
    scf.yield
  }
  default {
    %v = memref.load %x[%c0] : memref<16xi32>
    memref.store %v, %x[%c1] : memref<16xi32>
  }
  return
}
