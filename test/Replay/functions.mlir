// Functions of numbers, and switches, on their own and in a loop.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: gaus-replay %t.mlir --function=switch --args=5,7 | FileCheck %s
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=ALL
// CHECK: @switch: as in order
// ALL: @switch: as in order
// ALL: @softmax: as in order
// ALL: @many: as in order
func.func @switch(%i: index, %a: i32) -> i32 {
  %r = scf.index_switch %i -> i32
  case 0 {
    %0 = arith.muli %a, %a : i32
    scf.yield %0 : i32
  }
  case 5 {
    %1 = arith.addi %a, %a : i32
    scf.yield %1 : i32
  }
  default {
    scf.yield %a : i32
  }
  %t = arith.addi %r, %a : i32
  return %t : i32
}
func.func @softmax(%x: memref<16xf32>, %y: memref<16xf32>) -> f32 {
  %z = arith.constant 0.0 : f32
  %s = affine.for %i = 0 to 16 iter_args(%a = %z) -> f32 {
    %v = affine.load %x[%i] : memref<16xf32>
    %e = math.exp %v : f32
    affine.store %e, %y[%i] : memref<16xf32>
    %b = arith.addf %a, %e : f32
    affine.yield %b : f32
  }
  return %s : f32
}
func.func @many(%x: memref<16xi32>, %y: memref<16xf64>, %m: memref<16xi32>) {
  %c3 = arith.constant 3 : i32
  affine.for %i = 0 to 16 {
    %v = affine.load %x[%i] : memref<16xi32>
    %k = arith.andi %v, %c3 : i32
    %n = arith.index_castui %k : i32 to index
    %r = scf.index_switch %n -> i32
    case 1 {
      %0 = arith.muli %v, %v : i32
      scf.yield %0 : i32
    }
    case 3 {
      affine.store %c3, %m[%i] : memref<16xi32>
      scf.yield %c3 : i32
    }
    default {
      scf.yield %v : i32
    }
    affine.store %r, %x[%i] : memref<16xi32>
    %d = affine.load %y[%i] : memref<16xf64>
    %f = math.floor %d : f64
    %p = math.powf %f, %d : f64
    %l = math.log2 %p : f64
    affine.store %l, %y[%i] : memref<16xf64>
  }
  return
}
