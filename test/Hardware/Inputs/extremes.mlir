// Numbers with none, both zeros and infinities among them, in every pair.
memref.global "private" constant @kinds : memref<8xf32> = dense<[0.0, -0.0, 1.0, -1.5, 0x7FC00000, 0x7F800000, 0xFF800000, 1.0e-40]>
memref.global "private" constant @wide : memref<4xf64> = dense<[0.0, -0.0, 0x7FF8000000000000, -2.5]>

func.func @extremes(%greatest: memref<64xf32>, %least: memref<64xf32>, %number: memref<64xf32>, %signed: memref<64xf32>) {
  %k = memref.get_global @kinds : memref<8xf32>
  affine.for %i = 0 to 8 {
    %a = affine.load %k[%i] : memref<8xf32>
    affine.for %j = 0 to 8 {
      %b = affine.load %k[%j] : memref<8xf32>
      %max = arith.maximumf %a, %b : f32
      %min = arith.minimumf %a, %b : f32
      %num = arith.maxnumf %a, %b : f32
      %low = arith.minnumf %num, %b : f32
      %sign = math.copysign %b, %a : f32
      affine.store %max, %greatest[8 * %i + %j] : memref<64xf32>
      affine.store %min, %least[8 * %i + %j] : memref<64xf32>
      affine.store %low, %number[8 * %i + %j] : memref<64xf32>
      affine.store %sign, %signed[8 * %i + %j] : memref<64xf32>
    }
  }
  return
}

func.func @wide_extremes(%greatest: memref<16xf64>, %least: memref<16xf64>) {
  %k = memref.get_global @wide : memref<4xf64>
  affine.for %i = 0 to 4 {
    %a = affine.load %k[%i] : memref<4xf64>
    affine.for %j = 0 to 4 {
      %b = affine.load %k[%j] : memref<4xf64>
      %max = arith.maximumf %a, %b : f64
      %min = arith.minimumf %a, %b : f64
      affine.store %max, %greatest[4 * %i + %j] : memref<16xf64>
      affine.store %min, %least[4 * %i + %j] : memref<16xf64>
    }
  }
  return
}

func.func @clamp(%x: memref<16xf32>, %n: index) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %low = arith.constant -1.0 : f32
  %high = arith.constant 1.5 : f32
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %x[%i] : memref<16xf32>
    %a = arith.maximumf %v, %low : f32
    %b = arith.minimumf %a, %high : f32
    memref.store %b, %x[%i] : memref<16xf32>
  }
  return
}

func.func @magnitudes(%x: memref<16xi32>) {
  affine.for %i = 0 to 16 {
    %v = affine.load %x[%i] : memref<16xi32>
    %a = math.absi %v : i32
    affine.store %a, %x[%i] : memref<16xi32>
  }
  return
}
