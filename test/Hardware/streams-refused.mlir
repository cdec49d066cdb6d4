// An argument with gaus.fifo whose accesses are not known to follow the elements of a
// stream is refused, with its place and why.
// RUN: gaus-opt %s --gaus-schedule -o %t.mlir --mlir-print-debuginfo
// RUN: gaus-translate --export-verilog --keep-going %t.mlir 2>&1 | FileCheck %s
// RUN: not gaus-translate --export-hw --scope=ahead %t.mlir 2>&1 | FileCheck %s --check-prefix=HW
// HW: error: 'affine.load' cannot become hardware: 'arg0' is a stream, and

func.func @ahead(%a: memref<64xi32> {gaus.fifo}, %o: memref<64xi32> {llvm.noalias}) {
  affine.for %i = 0 to 63 {
    // CHECK: :[[@LINE+1]]:10: error: 'affine.load' cannot become hardware: 'arg0' is a stream, and it does not say by a subscript alone which of its elements this is
    %x = affine.load %a[%i + 1] : memref<64xi32>
    affine.store %x, %o[%i] : memref<64xi32>
  }
  return
}

func.func @late(%a: memref<64xi32> {gaus.fifo}, %x: i32) {
  affine.for %i = 1 to 64 {
    // CHECK: :[[@LINE+1]]:5: error: 'affine.store' cannot become hardware: 'arg0' is a stream, and its subscript does not count 0, 1, 2, ...
    affine.store %x, %a[%i] : memref<64xi32>
  }
  return
}

func.func @step(%a: memref<64xi32> {gaus.fifo}, %x: i32) {
  affine.for %i = 0 to 64 step 2 {
    // CHECK: :[[@LINE+1]]:5: error: 'affine.store' cannot become hardware: 'arg0' is a stream, and its subscript does not count 0, 1, 2, ...
    affine.store %x, %a[%i] : memref<64xi32>
  }
  return
}

func.func @again(%a: memref<64xi32> {gaus.fifo}, %x: i32) {
  affine.for %j = 0 to 2 {
    affine.for %i = 0 to 64 {
      // CHECK: :[[@LINE+1]]:7: error: 'affine.store' cannot become hardware: 'arg0' is a stream, and what is around this runs more than once
      affine.store %x, %a[%i] : memref<64xi32>
    }
  }
  return
}

llvm.func @nest(%a: !llvm.ptr {gaus.fifo}, %x: i32, %n: i64) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %c8 = llvm.mlir.constant(8 : i64) : i64
  llvm.br ^outer(%c0 : i64)
^outer(%j: i64):
  llvm.br ^inner(%c0 : i64)
^inner(%i: i64):
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  // CHECK: :[[@LINE+1]]:3: error: 'llvm.store' cannot become hardware: 'arg0' is a stream, and the loop around this runs more than once
  llvm.store %x, %p : i32, !llvm.ptr
  %i1 = llvm.add %i, %c1 : i64
  %more = llvm.icmp "slt" %i1, %n : i64
  llvm.cond_br %more, ^inner(%i1 : i64), ^next
^next:
  %j1 = llvm.add %j, %c1 : i64
  %rest = llvm.icmp "slt" %j1, %c8 : i64
  llvm.cond_br %rest, ^outer(%j1 : i64), ^done
^done:
  llvm.return
}

func.func @some(%a: memref<64xi32> {gaus.fifo}, %b: memref<64xi32>,
                %o: memref<64xi32> {llvm.noalias}) {
  %c0 = arith.constant 0 : i32
  affine.for %i = 0 to 64 {
    %x = affine.load %b[%i] : memref<64xi32>
    %c = arith.cmpi sgt, %x, %c0 : i32
    scf.if %c {
      // CHECK: :[[@LINE+1]]:12: error: 'memref.load' cannot become hardware: 'arg0' is a stream, and not every iteration comes by this
      %y = memref.load %a[%i] : memref<64xi32>
      memref.store %y, %o[%i] : memref<64xi32>
    }
  }
  return
}

func.func @both(%a: memref<64xi32> {gaus.fifo}) {
  affine.for %i = 0 to 64 {
    // CHECK: :[[@LINE+3]]:5: error: 'affine.store' cannot become hardware: 'arg0' is a stream, and this is not its only access
    // CHECK: :[[@LINE+1]]:10: note: another one is here
    %x = affine.load %a[%i] : memref<64xi32>
    affine.store %x, %a[%i] : memref<64xi32>
  }
  return
}

func.func @either(%a: memref<64xi32> {gaus.fifo}, %b: memref<64xi32>, %c: i1, %x: i32) {
  %m = arith.select %c, %a, %b : memref<64xi32>
  affine.for %i = 0 to 64 {
    // CHECK: :[[@LINE+1]]:5: error: 'memref.store' cannot become hardware: 'arg0' is a stream, and this may access another memory, too
    memref.store %x, %m[%i] : memref<64xi32>
  }
  return
}

func.func @rows(%a: memref<8x8xi32> {gaus.fifo}, %x: i32) {
  %c0 = arith.constant 0 : index
  affine.for %i = 0 to 8 {
    // CHECK: :[[@LINE+1]]:5: error: 'memref.store' cannot become hardware: 'arg0' is a stream, and it does not say by a subscript alone which of its elements this is
    memref.store %x, %a[%c0, %i] : memref<8x8xi32>
  }
  return
}

// A subscript of 8 bits that begins anew reads the same elements again.
llvm.func @narrow(%a: !llvm.ptr {gaus.fifo}, %x: i32, %n: i8) {
  %c0 = llvm.mlir.constant(0 : i8) : i8
  %c1 = llvm.mlir.constant(1 : i8) : i8
  llvm.br ^loop(%c0 : i8)
^loop(%i: i8):
  %w = llvm.zext %i : i8 to i64
  %p = llvm.getelementptr %a[%w] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  // CHECK: :[[@LINE+1]]:3: error: 'llvm.store' cannot become hardware: 'arg0' is a stream, and its subscript is no count 0, 1, 2, ... that goes along with a loop around this
  llvm.store %x, %p : i32, !llvm.ptr
  %j = llvm.add %i, %c1 : i8
  %more = llvm.icmp "ne" %j, %n : i8
  llvm.cond_br %more, ^loop(%j : i8), ^done
^done:
  llvm.return
}

func.func @last(%a: memref<64xi32> {gaus.fifo}, %x: i32) {
  %c63 = arith.constant 63 : index
  // CHECK: :[[@LINE+1]]:3: error: 'memref.store' cannot become hardware: 'arg0' is a stream, and its one access does not begin with element 0
  memref.store %x, %a[%c63] : memref<64xi32>
  return
}

func.func private @put(%a: memref<64xi32>, %x: i32) {
  affine.for %i = 0 to 32 {
    affine.store %x, %a[%i] : memref<64xi32>
  }
  return
}
func.func @twice(%a: memref<64xi32> {gaus.fifo}, %x: i32) {
  // CHECK: error: 'affine.store' cannot become hardware: 'arg0' is a stream, and what is around this runs more than once
  func.call @put(%a, %x) : (memref<64xi32>, i32) -> ()
  func.call @put(%a, %x) : (memref<64xi32>, i32) -> ()
  return
}

// The next element only on one of two ways that both come by the access.
llvm.func @stays(%a: !llvm.ptr {gaus.fifo}, %b: !llvm.ptr, %x: i32, %n: i64) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %z = llvm.mlir.constant(0 : i32) : i32
  llvm.br ^loop(%c0, %c0 : i64, i64)
^loop(%i: i64, %k: i64):
  %p = llvm.getelementptr %a[%k] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  // CHECK: :[[@LINE+1]]:3: error: 'llvm.store' cannot become hardware: 'arg0' is a stream, and its subscript may be the same again
  llvm.store %x, %p : i32, !llvm.ptr
  %q = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %y = llvm.load %q : !llvm.ptr -> i32
  %c = llvm.icmp "eq" %y, %z : i32
  llvm.cond_br %c, ^more, ^next(%k : i64)
^more:
  %k1 = llvm.add %k, %c1 : i64
  llvm.br ^next(%k1 : i64)
^next(%k2: i64):
  %i1 = llvm.add %i, %c1 : i64
  %rest = llvm.icmp "slt" %i1, %n : i64
  llvm.cond_br %rest, ^loop(%i1, %k2 : i64, i64), ^done
^done:
  llvm.return
}

// Elements are left out where the access does not take place.
llvm.func @leaves(%a: !llvm.ptr {gaus.fifo}, %b: !llvm.ptr, %x: i32, %n: i64) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  %z = llvm.mlir.constant(0 : i32) : i32
  llvm.br ^loop(%c0 : i64)
^loop(%i: i64):
  %q = llvm.getelementptr %b[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %y = llvm.load %q : !llvm.ptr -> i32
  %c = llvm.icmp "eq" %y, %z : i32
  llvm.cond_br %c, ^some, ^next
^some:
  %p = llvm.getelementptr %a[%i] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  // CHECK: :[[@LINE+1]]:3: error: 'llvm.store' cannot become hardware: 'arg0' is a stream, and not every iteration comes by this
  llvm.store %x, %p : i32, !llvm.ptr
  llvm.br ^next
^next:
  %i1 = llvm.add %i, %c1 : i64
  %rest = llvm.icmp "slt" %i1, %n : i64
  llvm.cond_br %rest, ^loop(%i1 : i64), ^done
^done:
  llvm.return
}

// The same element over and over, in a loop within what counts.
llvm.func @inner(%a: !llvm.ptr {gaus.fifo}, %x: i32, %n: i64) {
  %c0 = llvm.mlir.constant(0 : i64) : i64
  %c1 = llvm.mlir.constant(1 : i64) : i64
  llvm.br ^outer(%c0 : i64)
^outer(%k: i64):
  llvm.br ^inner(%c0 : i64)
^inner(%i: i64):
  %p = llvm.getelementptr %a[%k] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  // CHECK: :[[@LINE+1]]:3: error: 'llvm.store' cannot become hardware: 'arg0' is a stream, and an iteration may come by this more than once
  llvm.store %x, %p : i32, !llvm.ptr
  %i1 = llvm.add %i, %c1 : i64
  %more = llvm.icmp "slt" %i1, %n : i64
  llvm.cond_br %more, ^inner(%i1 : i64), ^next
^next:
  %k1 = llvm.add %k, %c1 : i64
  %rest = llvm.icmp "slt" %k1, %n : i64
  llvm.cond_br %rest, ^outer(%k1 : i64), ^done
^done:
  llvm.return
}
