// A matrix product as MLIR's frontends leave it: operations of linalg on buffers.
func.func @matmul(%a: memref<16x16xf32>, %b: memref<16x16xf32>,
                  %c: memref<16x16xf32> {llvm.noalias}) {
  %zero = arith.constant 0.0 : f32
  linalg.fill ins(%zero : f32) outs(%c : memref<16x16xf32>)
  linalg.matmul ins(%a, %b : memref<16x16xf32>, memref<16x16xf32>)
                outs(%c : memref<16x16xf32>)
  return
}
