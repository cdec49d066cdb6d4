// Hand-written schedules of transfers, of lanes by their subscripts, of memory
// that overlaps, of values that chain.
// RUN: not gaus-replay %s 2>&1 | FileCheck %s
// RUN: not gaus-replay --function=overlap --args=,@0+2 %s 2>&1 | FileCheck %s --check-prefix=OVERLAP
// RUN: not gaus-replay --function=chained --clock=4 %s 2>&1 | FileCheck %s --check-prefix=CHAIN
// RUN: not gaus-replay --function=race %s 2>&1 | FileCheck %s --check-prefix=RACE

// CHECK: [memory] memref.load, started in cycle 1
func.func @early(%a: memref<64xi32>) -> i32 {
  %c0 = arith.constant 0 : index
  %n = arith.constant 8 : index
  %fast = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  %tag = memref.alloc() {gaus.start = 0 : i64} : memref<1xi32>
  "memref.dma_start"(%a, %c0, %fast, %c0, %n, %tag, %c0) {gaus.start = 0 : i64} : (memref<64xi32>, index, memref<64xi32>, index, index, memref<1xi32>, index) -> ()
  memref.dma_wait %tag[%c0], %n {gaus.start = 1 : i64} : memref<1xi32>
  %v = memref.load %fast[%c0] {gaus.start = 1 : i64} : memref<64xi32>
  return %v : i32
}

// The store changes what is still being read.
// CHECK: [memory] memref.dma_wait, started in cycle 2
func.func @changed(%a: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %n = arith.constant 8 : index
  %fast = memref.alloc() {gaus.start = 0 : i64} : memref<64xi32>
  %tag = memref.alloc() {gaus.start = 0 : i64} : memref<1xi32>
  "memref.dma_start"(%a, %c0, %fast, %c0, %n, %tag, %c0) {gaus.start = 0 : i64} : (memref<64xi32>, index, memref<64xi32>, index, index, memref<1xi32>, index) -> ()
  memref.dma_wait %tag[%c0], %n {gaus.start = 2 : i64} : memref<1xi32>
  memref.store %x, %a[%c0] {gaus.start = 1 : i64} : memref<64xi32>
  return
}

// RACE: undefined: the program writes what is being transferred
func.func @race(%a: memref<64xi32>, %x: i32) {
  %c0 = arith.constant 0 : index
  %n = arith.constant 8 : index
  %fast = memref.alloc() : memref<64xi32>
  %tag = memref.alloc() : memref<1xi32>
  memref.dma_start %a[%c0], %fast[%c0], %n, %tag[%c0] : memref<64xi32>, memref<64xi32>, memref<1xi32>
  memref.store %x, %fast[%c0] : memref<64xi32>
  memref.dma_wait %tag[%c0], %n : memref<1xi32>
  return
}

// Lane 2 is read where the scatter's lane 0 is written; lane 1 is masked.
// CHECK: [memory] vector.gather, started in cycle 0
func.func @lanes(%a: memref<64xi32>, %v: vector<3xi32>) -> vector<3xi32> {
  %c4 = arith.constant 4 : index
  %to = arith.constant dense<[7, 3, 2]> : vector<3xi32>
  %from = arith.constant dense<[1, 3, 7]> : vector<3xi32>
  %mask = arith.constant dense<[true, false, true]> : vector<3xi1>
  vector.scatter %a[%c4] [%to], %mask, %v {gaus.start = 0 : i64} : memref<64xi32>, vector<3xi32>, vector<3xi1>, vector<3xi32>
  %w = vector.gather %a[%c4] [%from], %mask, %v {gaus.start = 0 : i64} : memref<64xi32>, vector<3xi32>, vector<3xi1>, vector<3xi32> into vector<3xi32>
  return %w : vector<3xi32>
}

// Right where the two are apart.
// CHECK: @overlap: as in order
// OVERLAP: [memory] memref.load, started in cycle 0
func.func @overlap(%a: memref<64xi32>, %b: memref<64xi32>, %x: i32) -> i32 {
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  memref.store %x, %a[%c2] {gaus.start = 0 : i64} : memref<64xi32>
  %v = memref.load %b[%c0] {gaus.start = 0 : i64} : memref<64xi32>
  return %v : i32
}

// CHECK: @chained: as in order
// CHAIN: [chain] arith.addi, started in cycle 0: what it chains to ends 5
func.func @chained(%x: i32) -> i32 {
  %a = arith.addi %x, %x {gaus.delay = 2.5 : f64, gaus.latency = 0 : i64, gaus.start = 0 : i64} : i32
  %b = arith.addi %a, %x {gaus.delay = 2.5 : f64, gaus.latency = 0 : i64, gaus.start = 0 : i64} : i32
  return %b : i32
}
