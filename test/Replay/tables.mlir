// Tables that operations make of constants: what clang makes of a switch, with holes,
// and of structures.
// RUN: gaus-opt %s --gaus-schedule --gaus-verify -o %t.mlir
// RUN: gaus-replay %t.mlir --function=holes | FileCheck %s --check-prefix=HOLES
// RUN: gaus-replay %t.mlir --function=records | FileCheck %s
// RUN: gaus-replay --run --function=main %s | FileCheck %s --check-prefix=SUMS
// RUN: not gaus-replay %t.mlir --function=addresses 2>&1 | FileCheck %s --check-prefix=LEFT
// HOLES: @holes: as in order
// CHECK: @records: as in order
// LEFT: unsupported: constants of this kind

llvm.mlir.global private constant @table() : !llvm.array<4 x i32> {
  %0 = llvm.mlir.undef : !llvm.array<4 x i32>
  %1 = llvm.mlir.constant(7 : i32) : i32
  %2 = llvm.mlir.constant(-2 : i32) : i32
  %3 = llvm.insertvalue %1, %0[0] : !llvm.array<4 x i32>
  %4 = llvm.mlir.poison : i32
  %5 = llvm.insertvalue %4, %3[1] : !llvm.array<4 x i32>
  %6 = llvm.insertvalue %2, %5[3] : !llvm.array<4 x i32>
  llvm.return %6 : !llvm.array<4 x i32>
}

// A byte, three of nothing, four; two bytes, two of nothing.
llvm.mlir.global private constant @points() : !llvm.array<2 x struct<(i8, i32, i16)>> {
  %0 = llvm.mlir.zero : !llvm.array<2 x struct<(i8, i32, i16)>>
  %1 = llvm.mlir.undef : !llvm.struct<(i8, i32, i16)>
  %2 = llvm.mlir.constant(5 : i8) : i8
  %3 = llvm.mlir.constant(1000 : i32) : i32
  %4 = llvm.mlir.constant(300 : i16) : i16
  %5 = llvm.insertvalue %2, %1[0] : !llvm.struct<(i8, i32, i16)>
  %6 = llvm.insertvalue %3, %5[1] : !llvm.struct<(i8, i32, i16)>
  %7 = llvm.insertvalue %4, %6[2] : !llvm.struct<(i8, i32, i16)>
  %8 = llvm.insertvalue %7, %0[1] : !llvm.array<2 x struct<(i8, i32, i16)>>
  llvm.return %8 : !llvm.array<2 x struct<(i8, i32, i16)>>
}

llvm.mlir.global private constant @pointers() : !llvm.array<1 x ptr> {
  %0 = llvm.mlir.undef : !llvm.array<1 x ptr>
  %1 = llvm.mlir.addressof @table : !llvm.ptr
  %2 = llvm.insertvalue %1, %0[0] : !llvm.array<1 x ptr>
  llvm.return %2 : !llvm.array<1 x ptr>
}

llvm.func @holes(%i: i64) -> i32 {
  %three = llvm.mlir.constant(3 : i64) : i64
  %k = llvm.and %i, %three : i64
  %t = llvm.mlir.addressof @table : !llvm.ptr
  %a = llvm.getelementptr %t[%k] : (!llvm.ptr, i64) -> !llvm.ptr, i32
  %v = llvm.load %a : !llvm.ptr -> i32
  llvm.return %v : i32
}

llvm.func @records() -> i32 {
  %p = llvm.mlir.addressof @points : !llvm.ptr
  %a = llvm.getelementptr %p[12] : (!llvm.ptr) -> !llvm.ptr, i8
  %b = llvm.getelementptr %p[16] : (!llvm.ptr) -> !llvm.ptr, i8
  %c = llvm.getelementptr %p[20] : (!llvm.ptr) -> !llvm.ptr, i8
  %x = llvm.load %a : !llvm.ptr -> i8
  %y = llvm.load %b : !llvm.ptr -> i32
  %z = llvm.load %c : !llvm.ptr -> i16
  %u = llvm.zext %x : i8 to i32
  %w = llvm.zext %z : i16 to i32
  %s = llvm.add %u, %y : i32
  %t = llvm.add %s, %w : i32
  llvm.return %t : i32
}

llvm.func @addresses() -> !llvm.ptr {
  %p = llvm.mlir.addressof @pointers : !llvm.ptr
  %v = llvm.load %p : !llvm.ptr -> !llvm.ptr
  llvm.return %v : !llvm.ptr
}

// SUMS: 7
// SUMS: -2
// SUMS: 1305
llvm.func @printI64(i64)
llvm.func @printNewline()
llvm.func @show(%v: i32) {
  %w = llvm.sext %v : i32 to i64
  llvm.call @printI64(%w) : (i64) -> ()
  llvm.call @printNewline() : () -> ()
  llvm.return
}
llvm.func @main() {
  %zero = llvm.mlir.constant(0 : i64) : i64
  %three = llvm.mlir.constant(3 : i64) : i64
  %a = llvm.call @holes(%zero) : (i64) -> i32
  llvm.call @show(%a) : (i32) -> ()
  %b = llvm.call @holes(%three) : (i64) -> i32
  llvm.call @show(%b) : (i32) -> ()
  %c = llvm.call @records() : () -> i32
  llvm.call @show(%c) : (i32) -> ()
  llvm.return
}
