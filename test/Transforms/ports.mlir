// Resources per(memory): allocations, globals and arguments have ports of their own, also
// through views, selections, loops and calls; banks; FIFOs.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify --gaus-report -o %t.mlir | FileCheck %s
// RUN: gaus-replay %t.mlir --use | FileCheck %s --check-prefix=REPLAY
// RUN: sed -e 's/limit(1) per(memory)/limit(2) per(memory)/' %s | gaus-opt --gaus-schedule | sed -e 's/limit(2) per(memory)/limit(1) per(memory)/' > %t.more.mlir
// RUN: not gaus-replay %t.more.mlir --function=one 2>&1 | FileCheck %s --check-prefix=MORE
// RUN: not gaus-opt %t.more.mlir --gaus-verify -o /dev/null 2>&1 | FileCheck %s --check-prefix=VERIFY
gaus.library @l {
  gaus.resource @port limit(1) per(memory)
  gaus.operator @load latency(2) uses(@port) for("memref.load", "affine.load")
  gaus.operator @store latency(1) uses(@port) for("memref.store", "affine.store")
  gaus.operator @copy latency(4) occupancy(4) uses(@port) for("memref.copy")
}
memref.global constant @table : memref<8xi32> = dense<3>

// REPLAY: use @one port[memory 0] 1 of 1
// REPLAY: @one: as in order
// MORE: [limit] {{.*}}: 2 units of resource @port[memory 0] are in use, the limit is 1
// VERIFY: [Res] 2 units of 'port[arg0]' are in use in slot
// CHECK: affine.for in @one length {{.*}} ii 2 (proven smallest)
// CHECK: resource port[arg0]: peak 1 of 1
// CHECK-NEXT: resource port[arg1]: peak 1 of 1
func.func @one(%a: memref<64xi32> {llvm.noalias}, %c: memref<64xi32> {llvm.noalias})
    attributes {gaus.library = @l} {
  affine.for %i = 0 to 63 {
    %x = affine.load %a[%i] : memref<64xi32>
    %y = affine.load %a[%i + 1] : memref<64xi32>
    %s = arith.addi %x, %y : i32
    affine.store %s, %c[%i] : memref<64xi32>
  }
  return
}

// REPLAY: use @two
// REPLAY: @two: as in order
// CHECK: affine.for in @two length {{.*}} ii 1 (proven smallest)
// CHECK: resource port[arg0]: peak 1 of 1
// CHECK-NEXT: resource port[@table]: peak 1 of 1
// CHECK-NEXT: resource port[rows]: peak 1 of 1
func.func @two(%a: memref<64xi32>) -> i32 attributes {gaus.library = @l} {
  %z = arith.constant 0 : index
  %t = memref.get_global @table : memref<8xi32>
  %m = memref.alloc() : memref<64xi32> loc("rows")
  affine.for %i = 0 to 64 {
    %x = affine.load %a[%i] : memref<64xi32>
    %y = affine.load %t[3] : memref<8xi32>
    %s = arith.addi %x, %y : i32
    affine.store %s, %m[%i] : memref<64xi32>
  }
  %r = memref.load %m[%z] : memref<64xi32>
  return %r : i32
}

// Even and odd elements; blocks; registers; a memory with two ports.
// REPLAY: @banks: as in order
// CHECK: affine.for in @banks length {{.*}} ii 1 (proven smallest)
// CHECK-DAG: resource port[arg0][0]: peak 1 of 1
// CHECK-DAG: resource port[arg0][1]: peak 1 of 1
// CHECK-DAG: resource port[arg1][0]: peak 1 of 1
// CHECK-DAG: resource port[arg1][1]: peak 1 of 1
// CHECK-DAG: resource port[arg3]: peak 2 of 2
func.func @banks(%a: memref<64xi32> {gaus.banks = ["cyclic", 2, 0], llvm.noalias},
                 %b: memref<2x9xi32> {gaus.banks = ["block", 2, 1], llvm.noalias},
                 %d: memref<4xi32> {gaus.banks = ["complete"], llvm.noalias},
                 %c: memref<64xi32> {gaus.ports = 2 : i64, llvm.noalias})
    attributes {gaus.library = @l} {
  affine.for %i = 0 to 64 step 2 {
    %x = affine.load %a[%i] : memref<64xi32>
    %y = affine.load %a[%i + 1] : memref<64xi32>
    %u = affine.load %b[0, 4] : memref<2x9xi32>
    %v = affine.load %b[1, 5] : memref<2x9xi32>
    %d0 = affine.load %d[0] : memref<4xi32>
    %d1 = affine.load %d[1] : memref<4xi32>
    %s = arith.addi %x, %u : i32
    %t = arith.addi %y, %v : i32
    %p = arith.addi %s, %d0 : i32
    %q = arith.addi %t, %d1 : i32
    affine.store %p, %c[%i] : memref<64xi32>
    affine.store %q, %c[%i + 1] : memref<64xi32>
  }
  return
}

// Which bank it is changes from one iteration to the next: all of them.
// REPLAY: @moving: as in order
// CHECK: affine.for in @moving length {{.*}} ii 2 (proven smallest)
func.func @moving(%a: memref<64xi32> {gaus.banks = ["cyclic", 2, 0]}) -> i32
    attributes {gaus.library = @l} {
  %z = arith.constant 0 : i32
  %r = affine.for %i = 0 to 63 iter_args(%c = %z) -> i32 {
    %x = affine.load %a[%i] : memref<64xi32>
    %y = affine.load %a[%i + 1] : memref<64xi32>
    %s = arith.addi %x, %y : i32
    %t = arith.addi %c, %s : i32
    affine.yield %t : i32
  }
  return %r : i32
}

// A selection is either of them, a view what it is made from.
// REPLAY: @either: as in order
// CHECK: function @either length 5
// CHECK: memref.load #{{[0-9]+}} {{.*}} port[arg1] port[arg0]
func.func @either(%a: memref<64xi32>, %b: memref<64xi32>, %f: i1, %i: index) -> i32
    attributes {gaus.library = @l} {
  %p = arith.select %f, %a, %b : memref<64xi32>
  %w = memref.subview %a[8] [8] [1] : memref<64xi32> to memref<8xi32, strided<[1], offset: 8>>
  %z = arith.constant 0 : index
  %x = memref.load %p[%i] : memref<64xi32>
  %y = memref.load %a[%i] : memref<64xi32>
  %v = memref.load %w[%z] : memref<8xi32, strided<[1], offset: 8>>
  %s = arith.addi %x, %y : i32
  %t = arith.addi %s, %v : i32
  return %t : i32
}

// The call holds the ports of what it gets; not those of what the function allocates.
// REPLAY: @caller: as in order
// CHECK: function @caller
// CHECK: func.call #{{[0-9]+}} {{.*}} port[arg0] port[alloc0] @either
func.func @caller(%a: memref<64xi32>) -> i32 attributes {gaus.library = @l} {
  %t = arith.constant true
  %i = arith.constant 3 : index
  %l = memref.alloca() : memref<64xi32>
  memref.copy %a, %l : memref<64xi32> to memref<64xi32>
  %u = memref.load %a[%i] : memref<64xi32>
  %x = func.call @either(%l, %a, %t, %i) : (memref<64xi32>, memref<64xi32>, i1, index) -> i32
  %v = arith.addi %u, %x : i32
  return %v : i32
}

// Two reads and a write an iteration, in their order.
// REPLAY: @fifo: as in order
// CHECK: affine.for in @fifo length 5 ii 2 (proven smallest)
func.func @fifo(%in: memref<1xi32> {gaus.fifo}, %out: memref<1xi32> {gaus.fifo, llvm.noalias}) {
  affine.for %i = 0 to 16 {
    %a = affine.load %in[0] : memref<1xi32>
    %b = affine.load %in[0] : memref<1xi32>
    %s = arith.addi %a, %b : i32
    affine.store %s, %out[0] : memref<1xi32>
  }
  return
}
