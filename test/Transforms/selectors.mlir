// An operator is for operations of a type, or with a constant operand; of several
// the most special one counts: constant, then fewer lanes, then fewer widths.
// RUN: gaus-opt %s --gaus-schedule --gaus-report=format=csv -o /dev/null | FileCheck %s
// RUN: gaus-opt %s --verify-roundtrip | FileCheck %s --check-prefix=PRINT
// RUN: gaus-opt %s --emit-bytecode | gaus-opt | FileCheck %s --check-prefix=PRINT
// RUN: gaus-opt %s --mlir-print-op-generic | gaus-opt | FileCheck %s --check-prefix=PRINT
// RUN: gaus-opt %s --mlir-print-op-generic | FileCheck %s --check-prefix=GENERIC

// GENERIC: ops = [#gaus.selector<"arith.muli" : i1..i18>, "llvm.mul"]

module attributes {gaus.library = @typed} {

// PRINT: gaus.operator @narrow latency(2) for ("arith.muli" : i1..i18, "llvm.mul")
// PRINT-NEXT: gaus.operator @byte latency(7) for ("arith.muli" : i8)
// PRINT-NEXT: gaus.operator @wide latency(4) for ("arith.muli" : i19..i64, "arith.addi" : i40..)
// PRINT-NEXT: gaus.operator @index latency(11) for ("arith.muli" : index)
// PRINT-NEXT: gaus.operator @times latency(5) for ("arith.muli" constant, "llvm.mul" : i32 constant)
// PRINT-NEXT: gaus.operator @other latency(9) for ("arith.muli")
// PRINT-NEXT: gaus.operator @single latency(6) for ("arith.mulf" : f32, "arith.cmpf" : f32)
// PRINT-NEXT: gaus.operator @double latency(8) for ("arith.mulf" : f64, "arith.cmpf" : f64, "arith.extf" : f64)
// PRINT-NEXT: gaus.operator @lanes latency(10) for ("arith.mulf" : f32 x2..x8, "arith.muli" : i8..i16 x4)
// PRINT-NEXT: gaus.operator @more latency(20) for ("arith.mulf" : f32 x2.., "arith.mulf" : f64 x4)
// PRINT-NEXT: gaus.operator @shift latency(0) for ("arith.shli" constant)
// PRINT-NEXT: gaus.operator @compare latency(3) for ("arith.cmpi" : i17..i32, "arith.trunci" : i17..i32)
// PRINT-NEXT: gaus.operator @memory latency(12) for ("memref.load" : i8, "memref.store" : i8, "llvm.load" : i8, "llvm.store" : i8)
// PRINT-NEXT: gaus.operator @far latency(13) for ("memref.load" : f64, "memref.load" : index)
// PRINT-NEXT: gaus.operator @field latency(14) for ("llvm.getelementptr" constant)
// PRINT-NEXT: gaus.operator @byHalf latency(15) for ("arith.divsi" constant)
// PRINT-NEXT: gaus.operator @root latency(16) for ("@root" : f32, "@root" : i32)
gaus.library @typed {
  gaus.operator @narrow latency(2) for("arith.muli": i1..i18, "llvm.mul")
  gaus.operator @byte latency(7) for("arith.muli": i8)
  gaus.operator @wide latency(4) for("arith.muli": i19..i64, "arith.addi": i40..)
  gaus.operator @index latency(11) for("arith.muli": index)
  gaus.operator @times latency(5) for("arith.muli" constant, "llvm.mul": i32 constant)
  gaus.operator @other latency(9) for("arith.muli")
  gaus.operator @single latency(6) for("arith.mulf": f32, "arith.cmpf": f32)
  gaus.operator @double latency(8) for("arith.mulf": f64, "arith.cmpf": f64, "arith.extf": f64)
  gaus.operator @lanes latency(10) for("arith.mulf": f32 x2..x8, "arith.muli": i8..i16 x4)
  gaus.operator @more latency(20) for("arith.mulf": f32 x2.., "arith.mulf": vector<2x2xf64>)
  gaus.operator @shift latency(0) for("arith.shli" constant)
  gaus.operator @compare latency(3) for("arith.cmpi": i17..i32, "arith.trunci": i17..i32)
  gaus.operator @memory latency(12)
      for("memref.load": i8, "memref.store": i8, "llvm.load": i8, "llvm.store": i8)
  gaus.operator @far latency(13) for("memref.load": f64, "memref.load": index)
  gaus.operator @field latency(14) for("llvm.getelementptr" constant)
  gaus.operator @byHalf latency(15) for("arith.divsi" constant)
  gaus.operator @root latency(16) for("@root": f32, "@root": i32)
}

// CHECK: node,name,start,end,latency
func.func @integers(%a: i8, %b: i12, %c: i32, %d: i128, %e: index, %s: i64) {
  %k = arith.constant 100 : i32
  // CHECK-NEXT: 0,arith.muli #0,{{[0-9]+,[0-9]+}},7,
  %0 = arith.muli %a, %a : i8
  // CHECK-NEXT: 1,arith.muli #1,{{[0-9]+,[0-9]+}},2,
  %1 = arith.muli %b, %b : i12
  // CHECK-NEXT: 2,arith.muli #2,{{[0-9]+,[0-9]+}},4,
  %2 = arith.muli %c, %c : i32
  // CHECK-NEXT: 3,arith.muli #3,{{[0-9]+,[0-9]+}},5,
  %3 = arith.muli %c, %k : i32
  // CHECK-NEXT: 4,arith.muli #4,{{[0-9]+,[0-9]+}},9,
  %4 = arith.muli %d, %d : i128
  // An index is an integer of the layout's width, but for its own selector.
  // CHECK-NEXT: 5,arith.muli #5,{{[0-9]+,[0-9]+}},11,
  %5 = arith.muli %e, %e : index
  // CHECK-NEXT: 6,arith.addi #6,{{[0-9]+,[0-9]+}},4,
  %6 = arith.addi %e, %e : index
  // CHECK-NEXT: 7,arith.addi #7,{{[0-9]+,[0-9]+}},1,
  %7 = arith.addi %c, %c : i32
  // A comparison is as wide as what it compares, a truncation as its operand.
  // CHECK-NEXT: 8,arith.cmpi #8,{{[0-9]+,[0-9]+}},3,
  %8 = arith.cmpi slt, %c, %c : i32
  // CHECK-NEXT: 9,arith.cmpi #9,{{[0-9]+,[0-9]+}},1,
  %9 = arith.cmpi slt, %b, %b : i12
  // CHECK-NEXT: 10,arith.trunci #10,{{[0-9]+,[0-9]+}},3,
  %10 = arith.trunci %c : i32 to i8
  // Shifts by a constant, not of one; quotients of one likewise.
  // CHECK-NEXT: 11,arith.shli #11,{{[0-9]+,[0-9]+}},0,
  %11 = arith.shli %c, %k : i32
  // CHECK-NEXT: 12,arith.shli #12,{{[0-9]+,[0-9]+}},1,
  %12 = arith.shli %k, %c : i32
  // CHECK-NEXT: 13,arith.divsi #13,{{[0-9]+,[0-9]+}},15,
  %13 = arith.divsi %c, %k : i32
  // CHECK-NEXT: 14,arith.divsi #14,{{[0-9]+,[0-9]+}},16,
  %14 = arith.divsi %k, %c : i32
  // CHECK-NEXT: 15,llvm.mul #15,{{[0-9]+,[0-9]+}},5,
  %15 = llvm.mul %k, %c : i32
  // CHECK-NEXT: 16,llvm.mul #16,{{[0-9]+,[0-9]+}},2,
  %16 = llvm.mul %s, %s : i64
  return
}

func.func @floats(%a: f32, %b: f64, %c: f16, %v: vector<4xf32>, %w: vector<16xf32>,
                  %x: vector<4xf64>, %y: vector<2xf64>, %z: vector<4xi12>, %s: vector<[4]xf32>) {
  // CHECK-NEXT: 0,arith.mulf #0,{{[0-9]+,[0-9]+}},6,
  %0 = arith.mulf %a, %a : f32
  // CHECK-NEXT: 1,arith.mulf #1,{{[0-9]+,[0-9]+}},8,
  %1 = arith.mulf %b, %b : f64
  // The default library's.
  // CHECK-NEXT: 2,arith.mulf #2,{{[0-9]+,[0-9]+}},4,
  %2 = arith.mulf %c, %c : f16
  // CHECK-NEXT: 3,arith.mulf #3,{{[0-9]+,[0-9]+}},10,
  %3 = arith.mulf %v, %v : vector<4xf32>
  // CHECK-NEXT: 4,arith.mulf #4,{{[0-9]+,[0-9]+}},20,
  %4 = arith.mulf %w, %w : vector<16xf32>
  // CHECK-NEXT: 5,arith.mulf #5,{{[0-9]+,[0-9]+}},20,
  %5 = arith.mulf %x, %x : vector<4xf64>
  // CHECK-NEXT: 6,arith.mulf #6,{{[0-9]+,[0-9]+}},4,
  %6 = arith.mulf %y, %y : vector<2xf64>
  // CHECK-NEXT: 7,arith.muli #7,{{[0-9]+,[0-9]+}},10,
  %7 = arith.muli %z, %z : vector<4xi12>
  // No type names scalable vectors.
  // CHECK-NEXT: 8,arith.mulf #8,{{[0-9]+,[0-9]+}},4,
  %8 = arith.mulf %s, %s : vector<[4]xf32>
  // CHECK-NEXT: 9,arith.cmpf #9,{{[0-9]+,[0-9]+}},6,
  %9 = arith.cmpf olt, %a, %a : f32
  // CHECK-NEXT: 10,arith.extf #10,{{[0-9]+,[0-9]+}},8,
  %10 = arith.extf %a : f32 to f64
  // CHECK-NEXT: 11,func.call #11,{{[0-9]+,[0-9]+}},16,
  %11 = func.call @root(%a) : (f32) -> f32
  return
}
func.func private @root(f32) -> f32

// What is read or written counts, not where.
func.func @memory(%a: memref<8xi8>, %b: memref<8xf64>, %c: memref<8xindex>, %d: memref<8xi64>,
                  %i: index, %x: i8, %p: !llvm.ptr) {
  // CHECK-NEXT: 0,memref.load #0,{{[0-9]+,[0-9]+}},12,
  %0 = memref.load %a[%i] : memref<8xi8>
  // CHECK-NEXT: 1,memref.load #1,{{[0-9]+,[0-9]+}},13,
  %1 = memref.load %b[%i] : memref<8xf64>
  // CHECK-NEXT: 2,memref.load #2,{{[0-9]+,[0-9]+}},13,
  %2 = memref.load %c[%i] : memref<8xindex>
  // CHECK-NEXT: 3,memref.load #3,{{[0-9]+,[0-9]+}},2,
  %3 = memref.load %d[%i] : memref<8xi64>
  // CHECK-NEXT: 4,memref.store #4,{{[0-9]+,[0-9]+}},12,
  memref.store %x, %a[%i] : memref<8xi8>
  // CHECK-NEXT: 5,llvm.load #5,{{[0-9]+,[0-9]+}},12,
  %5 = llvm.load %p : !llvm.ptr -> i8
  // CHECK-NEXT: 6,llvm.store #6,{{[0-9]+,[0-9]+}},12,
  llvm.store %x, %p : i8, !llvm.ptr
  // CHECK-NEXT: 7,llvm.getelementptr #7,{{[0-9]+,[0-9]+}},14,
  %7 = llvm.getelementptr %p[3] : (!llvm.ptr) -> !llvm.ptr, i8
  // CHECK-NEXT: 8,llvm.getelementptr #8,{{[0-9]+,[0-9]+}},1,
  %8 = llvm.getelementptr %p[%x] : (!llvm.ptr, i8) -> !llvm.ptr, i8
  return
}

}
