// What cannot become hardware is refused at its place, one function at a time.
// RUN: not gaus-translate --export-verilog --scope=none %s 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not gaus-translate --export-verilog --scope=start %s 2>&1 | FileCheck %s --check-prefix=START
// RUN: not gaus-translate --export-verilog --scope=call %s 2>&1 | FileCheck %s --check-prefix=CALL
// RUN: not gaus-translate --export-verilog --scope=again %s 2>&1 | FileCheck %s --check-prefix=AGAIN
// RUN: not gaus-translate --export-verilog --scope=vector %s 2>&1 | FileCheck %s --check-prefix=VECTOR
// RUN: not gaus-translate --export-verilog --scope=early %s 2>&1 | FileCheck %s --check-prefix=EARLY
// RUN: not gaus-translate --export-verilog --scope=region %s 2>&1 | FileCheck %s --check-prefix=REGION
// RUN: not gaus-translate --export-verilog --scope=tail %s 2>&1 | FileCheck %s --check-prefix=TAIL
// RUN: not gaus-translate --export-verilog --scope=layout %s 2>&1 | FileCheck %s --check-prefix=LAYOUT
// RUN: not gaus-translate --export-verilog --scope=unaligned %s 2>&1 | FileCheck %s --check-prefix=UNALIGNED
// RUN: not gaus-translate --export-verilog --scope=remainder %s 2>&1 | FileCheck %s --check-prefix=REMAINDER

// RUN: not gaus-translate --export-verilog --scope=float %s 2>&1 | FileCheck %s --check-prefix=FLOAT
// RUN: not gaus-translate --export-verilog --scope=overtakes %s 2>&1 | FileCheck %s --check-prefix=OVERTAKES

// NONE: error: no function with a body to export has the name that --scope asks for

llvm.func @start(%x: i32) -> i32 {
  // START: :[[@LINE+1]]:8: error: no gaus.start on 'llvm.add'; run gaus-schedule first
  %s = llvm.add %x, %x : i32
  llvm.return %s : i32
}

llvm.func @other(i32) -> i32
llvm.func @call(%x: i32) -> i32 {
  // CALL: :[[@LINE+1]]:8: error: 'llvm.call' cannot become hardware: the function that it calls has no body
  %s = llvm.call @other(%x) {gaus.latency = 3 : i64, gaus.start = 0 : i64} : (i32) -> i32
  llvm.return %s : i32
}

llvm.func @again(%x: i32) -> i32 {
  // AGAIN: :[[@LINE+1]]:8: error: 'llvm.call' cannot become hardware: a function that calls itself
  %s = llvm.call @again(%x) {gaus.start = 0 : i64} : (i32) -> i32
  llvm.return %s : i32
}

llvm.func @vector(%x: vector<4xi32>) -> i32 {
  // VECTOR: error: 'llvm.func' cannot become hardware: argument 0 is of type
  %c0 = llvm.mlir.constant(0 : i32) : i32
  llvm.return %c0 : i32
}

llvm.func @early(%x: i32) -> i32 {
  // EARLY: :[[@LINE+1]]:8: error: 'llvm.mul' cannot become hardware: the schedule reads 'mul' before it is there
  %p = llvm.mul %x, %x {gaus.start = 0 : i64} : i32
  %s = llvm.add %p, %x {gaus.start = 1 : i64} : i32
  llvm.return %s : i32
}

func.func @region(%x: memref<8xi32>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  %z = arith.constant 0 : i32
  // REGION: :[[@LINE+1]]:3: error: 'scf.parallel' cannot become hardware: operations with regions of this kind are not exported
  scf.parallel (%i) = (%c0) to (%c8) step (%c1) {
    memref.store %z, %x[%i] {gaus.start = 0 : i64} : memref<8xi32>
    scf.reduce
  } {gaus.start = 0 : i64}
  return
}

gaus.library @later {
  gaus.resource @write limit(1)
  gaus.operator @store latency(1) occupancy(2) uses(@write) for("memref.store")
}
// What waits for such a loop waits for its unit, too; of a function that others may call
// as well it is not known whose the unit is.
func.func @stores(%x: memref<8xi32>, %n: index, %v: i32) attributes {gaus.library = @later} {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  scf.for %i = %c0 to %n step %c1 {
    memref.store %v, %x[%i] {gaus.start = 0 : i64} : memref<8xi32>
  } {gaus.ii = 2 : i64, gaus.latency_min = 1 : i64, gaus.length = 1 : i64, gaus.start = 0 : i64}
  return
}
func.func @tail(%x: memref<8xi32>, %n: index, %v: i32) attributes {gaus.library = @later} {
  // TAIL: :[[@LINE+1]]:3: error: 'func.call' cannot become hardware: its time is not known, and an occupancy above
  func.call @stores(%x, %n, %v) {gaus.latency_min = 1 : i64, gaus.start = 0 : i64} : (memref<8xi32>, index, i32) -> ()
  return
}

func.func @layout(%x: memref<8xi32, strided<[?]>>, %i: index) -> i32 {
  // LAYOUT: :[[@LINE+1]]:8: error: 'memref.load' cannot become hardware: where its elements are is not known
  %v = memref.load %x[%i] {gaus.start = 0 : i64} : memref<8xi32, strided<[?]>>
  return %v : i32
}

llvm.func @unaligned(%p: !llvm.ptr) -> i32 {
  // UNALIGNED: :[[@LINE+1]]:8: error: 'llvm.load' cannot become hardware: an access that may be unaligned
  %v = llvm.load %p {alignment = 1 : i64, gaus.start = 0 : i64} : !llvm.ptr -> i32
  llvm.return %v : i32
}

llvm.func @remainder(%x: f32) -> f32 {
  // REMAINDER: :[[@LINE+1]]:8: error: 'llvm.frem' cannot become hardware: an operation of this kind is not exported
  %r = llvm.frem %x, %x {gaus.start = 0 : i64} : f32
  llvm.return %r : f32
}

// The end is known before the first iteration, but for a sum that a unit makes.
func.func @float(%a: memref<64xi32>, %f: f32, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c8 = arith.constant 8 : index
  cf.br ^loop(%c0 : index)
^loop(%i: index):
  %g = arith.addf %f, %f {gaus.start = 0 : i64} : f32
  %p = arith.cmpf olt, %g, %f {gaus.start = 8 : i64} : f32
  memref.store %x, %a[%i] {gaus.start = 0 : i64} : memref<64xi32>
  %n = arith.addi %i, %c1 {gaus.start = 0 : i64} : index
  %m = arith.cmpi slt, %n, %c8 {gaus.start = 1 : i64} : index
  %on = arith.andi %m, %p {gaus.start = 10 : i64} : i1
  // FLOAT: :[[@LINE+1]]:3: error: 'cf.cond_br' cannot become hardware: what ends the loop has to be known as an iteration starts, and takes a unit to compute
  cf.cond_br %on, ^loop(%n : index), ^exit {gaus.ii = 1 : i64, gaus.length = 11 : i64}
^exit:
  return
}

// A schedule that the verifier refuses: iterations behind the last one read and store.
func.func @overtakes(%a: memref<64xi32>, %b: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %z = arith.constant 0 : i32
  cf.br ^loop(%c0 : index)
^loop(%i: index):
  // OVERTAKES: :[[@LINE+1]]:8: error: 'memref.load' cannot become hardware: it touches memory before it is known that its iteration takes place
  %v = memref.load %a[%i] {gaus.start = 3 : i64} : memref<64xi32>
  memref.store %x, %b[%i] {gaus.start = 0 : i64} : memref<64xi32>
  %n = arith.addi %i, %c1 {gaus.start = 0 : i64} : index
  %on = arith.cmpi ne, %v, %z {gaus.start = 5 : i64} : i32
  cf.cond_br %on, ^loop(%n : index), ^exit {gaus.ii = 2 : i64, gaus.length = 6 : i64}
^exit:
  return
}
