// Loops whose iteration runs through several blocks are one scope: every operation
// of every block has a start, the header's terminator has the interval.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: FileCheck %s --input-file=%t.mlir
// RUN: gaus-replay %t.mlir | FileCheck %s --check-prefix=REPLAY
// RUN: gaus-opt %s --gaus-schedule=ii=none --gaus-verify -o %t.none.mlir
// RUN: FileCheck %s --input-file=%t.none.mlir --check-prefix=NONE
// RUN: gaus-replay %t.none.mlir | FileCheck %s --check-prefix=REPLAY
// REPLAY-NOT: error
// REPLAY-COUNT-8: as in order
// NONE-NOT: gaus.ii

gaus.library @l {
  gaus.operator @ld latency(4) for("memref.load")
  gaus.operator @st latency(1) for("memref.store")
  gaus.operator @one latency(1) for("arith.addi", "arith.cmpi", "arith.subi")
}

// The sum waits for what decides which value it has: 4 + 1 cycles.
// CHECK-LABEL: func.func @joined
// CHECK:       memref.load {{.*}} {gaus.start = 0 : i64}
// CHECK:       arith.cmpi slt, {{.*}} {gaus.start = 4 : i64}
// CHECK:       cf.cond_br {{.*}} gaus.ii = 1 : i64, {{.*}} gaus.length = 7 : i64
// CHECK:       arith.addi {{.*}} {gaus.start = {{[0-4]}} : i64}
// CHECK:       arith.addi {{.*}} {gaus.start = 5 : i64}
// CHECK:       memref.store {{.*}} {gaus.start = 6 : i64}
func.func @joined(%m: memref<64xi32>, %x: i32) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %c = arith.cmpi slt, %v, %x : i32
  cf.cond_br %c, ^then, ^meet(%x : i32)
^then:
  %t = arith.addi %x, %x : i32
  cf.br ^meet(%t : i32)
^meet(%p: i32):
  %s = arith.addi %p, %x : i32
  memref.store %s, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi ne, %j, %c8 : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// A store on one side waits for the condition; one that every iteration comes by
// does not.
// CHECK-LABEL: func.func @guarded
// CHECK:       memref.store {{.*}} {gaus.start = 5 : i64}
// CHECK:       memref.store {{.*}} {gaus.start = 0 : i64}
func.func @guarded(%m: memref<64xi32>, %n: memref<64xi32>, %o: memref<64xi32>,
                   %x: i32) attributes {gaus.library = @l} {
  %n1 = memref.alloc() : memref<64xi32>
  %o1 = memref.alloc() : memref<64xi32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %c = arith.cmpi slt, %v, %x : i32
  cf.cond_br %c, ^then, ^meet
^then:
  memref.store %x, %n1[%i] : memref<64xi32>
  cf.br ^meet
^meet:
  memref.store %x, %o1[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi ne, %j, %c8 : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// Whether there is a next iteration is known after 5 cycles: no store before.
// CHECK-LABEL: func.func @early
// CHECK:       cf.cond_br {{.*}} gaus.ii = 5 : i64, gaus.ii_proof = "bound"
func.func @early(%m: memref<64xi32>, %x: i32) attributes {gaus.library = @l} {
  %n = memref.alloc() : memref<64xi32>
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  memref.store %x, %n[%i] : memref<64xi32>
  %v = memref.load %m[%i] : memref<64xi32>
  %c = arith.cmpi ult, %v, %x : i32
  cf.cond_br %c, ^out, ^body
^body:
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi ne, %j, %c8 : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// Written as `while`: the header decides by a counter, which is known ahead.
// CHECK-LABEL: func.func @counted
// CHECK:       cf.cond_br {{.*}} gaus.ii = 1 : i64, gaus.ii_proof = "bound"
func.func @counted(%m: memref<64xi32>, %x: i32) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %more = arith.cmpi ult, %i, %c8 : index
  cf.cond_br %more, ^body, ^out
^body:
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.addi %v, %x : i32
  memref.store %w, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  cf.br ^head(%j : index)
^out:
  return
}

// Of two stores on different sides only one takes place, in any order; both wait
// for the condition, and for those of the iteration before.
// CHECK-LABEL: func.func @sides
// CHECK:       cf.cond_br {{.*}} gaus.ii = 1 : i64
// CHECK:       memref.store {{.*}} {gaus.start = 1 : i64}
// CHECK:       memref.store {{.*}} {gaus.start = 1 : i64}
func.func @sides(%m: memref<64xi32>, %x: i32, %k: index) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0 : index)
^head(%i: index):
  %c = arith.cmpi ult, %i, %k : index
  cf.cond_br %c, ^then, ^else
^then:
  memref.store %x, %m[%c0] : memref<64xi32>
  cf.br ^meet
^else:
  memref.store %x, %m[%k] : memref<64xi32>
  cf.br ^meet
^meet:
  %j = arith.addi %i, %c1 : index
  %more = arith.cmpi ne, %j, %c8 : index
  cf.cond_br %more, ^head(%j : index), ^out
^out:
  return
}

// Two ways back: where the next iteration loads is decided by what this one loads,
// 4 + 1 cycles later.
// CHECK-LABEL: func.func @goes_on
// CHECK:       cf.cond_br {{.*}} gaus.ii = 5 : i64, gaus.ii_proof = "bound"
func.func @goes_on(%m: memref<64xi32>, %x: i32) -> index attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^head(%c0, %c0 : index, index)
^head(%i: index, %s: index):
  %j = arith.addi %i, %c1 : index
  %v = memref.load %m[%s] : memref<64xi32>
  %c = arith.cmpi slt, %v, %x : i32
  %more = arith.cmpi ult, %j, %c8 : index
  cf.cond_br %more, ^body, ^out
^body:
  cf.cond_br %c, ^head(%j, %c1 : index, index), ^other
^other:
  %t = arith.addi %j, %c1 : index
  cf.br ^head(%j, %t : index, index)
^out:
  return %s : index
}

// The same, with llvm's branches and a switch.
// CHECK-LABEL: llvm.func @ways
// CHECK:       llvm.switch
// CHECK:       gaus.ii = 1 : i64
llvm.func @ways(%p: !llvm.ptr) {
  %0 = llvm.mlir.constant(0 : i64) : i64
  %1 = llvm.mlir.constant(1 : i64) : i64
  %8 = llvm.mlir.constant(8 : i64) : i64
  %three = llvm.mlir.constant(3 : i32) : i32
  llvm.br ^head(%0 : i64)
^head(%i: i64):
  %a = llvm.getelementptr inbounds %p[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  llvm.switch %v : i32, ^meet(%v : i32) [
    1: ^one,
    2: ^two
  ]
^one:
  %x = llvm.add %v, %three : i32
  llvm.br ^meet(%x : i32)
^two:
  %y = llvm.mul %v, %three : i32
  llvm.br ^meet(%y : i32)
^meet(%w: i32):
  llvm.store %w, %a : i32, !llvm.ptr
  %j = llvm.add %i, %1 : i64
  %end = llvm.icmp "eq" %j, %8 : i64
  llvm.cond_br %end, ^out, ^head(%j : i64)
^out:
  llvm.return
}

// A block of cf that jumps back to itself.
// CHECK-LABEL: func.func @self
// CHECK:       cf.cond_br {{.*}} gaus.ii = 1 : i64, gaus.ii_proof = "bound"
func.func @self(%m: memref<64xi32>, %n: index) attributes {gaus.library = @l} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  cf.br ^l(%c0 : index)
^l(%i: index):
  %v = memref.load %m[%i] : memref<64xi32>
  %w = arith.muli %v, %v : i32
  memref.store %w, %m[%i] : memref<64xi32>
  %j = arith.addi %i, %c1 : index
  %d = arith.cmpi slt, %j, %n : index
  cf.cond_br %d, ^l(%j : index), ^e
^e:
  return
}
