//===- Arithmetic.h - One arithmetic for host and device --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Elementary functions in float32 that give the same bits on every machine:
/// our own polynomials, explicit fused multiply-adds, and no library call. The
/// CPU backend's loops and the CUDA kernels use these very functions. Compile
/// with -ffp-contract=off (-fmad=false for nvcc).
///
/// The polynomials are minimax fits in the relative error (Lawson's iteration
/// on Chebyshev nodes); the errors stated are checked in
/// unittests/Device/ArithmeticTest.cpp against long double.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_ARITHMETIC_H
#define GAUS_DEVICE_ARITHMETIC_H

#include <cstdint>

#ifdef __CUDACC__
#define GAUS_HD __host__ __device__ __forceinline__
#else
#define GAUS_HD inline __attribute__((always_inline))
#endif

namespace gaus::dev {

/// a * b + c, rounded once.
GAUS_HD float fma(float a, float b, float c) { return __builtin_fmaf(a, b, c); }

GAUS_HD float minf(float a, float b) { return a < b ? a : b; }
GAUS_HD float maxf(float a, float b) { return a > b ? a : b; }
GAUS_HD int32_t mini(int32_t a, int32_t b) { return a < b ? a : b; }
GAUS_HD int32_t maxi(int32_t a, int32_t b) { return a > b ? a : b; }

GAUS_HD float bitsToFloat(int32_t bits) {
  return __builtin_bit_cast(float, bits);
}
GAUS_HD int32_t floatToBits(float x) { return __builtin_bit_cast(int32_t, x); }

/// Nearest integer (ties to even) of |x| < 2^22, as a float.
GAUS_HD float roundNearest(float x) {
  const float magic = 12582912.0f; // 1.5 * 2^23
  return (x + magic) - magic;
}

/// Largest integer <= x, for |x| < 2^30.
GAUS_HD int32_t floorToInt(float x) {
  int32_t i = static_cast<int32_t>(x);
  return i - (static_cast<float>(i) > x ? 1 : 0);
}

/// exp(x) for x in [-87, 88]; the argument is clamped to that range. Error at
/// most 2 ulp. Cody and Waite's reduction x = n ln 2 + r, |r| <= ln 2 / 2, and
/// a polynomial of degree 6 (relative error 2e-9 before rounding).
GAUS_HD float exp(float x) {
  x = minf(maxf(x, -87.0f), 88.0f);
  float n = roundNearest(x * 0x1.715476p+0f);
  float r = fma(n, -0x1.62e400p-1f, x);
  r = fma(n, -0x1.7f7d1cp-20f, r);
  float p = 0x1.6ab96cp-10f;
  p = fma(p, r, 0x1.126d1ap-7f);
  p = fma(p, r, 0x1.55589ap-5f);
  p = fma(p, r, 0x1.55540ap-3f);
  p = fma(p, r, 0x1.fffffap-2f);
  p = fma(p, r, 1.0f);
  p = fma(p, r, 1.0f);
  // The constants of the first term are exact, so 2^n by the exponent's bits is
  // the last step and exact too (n in [-126, 127]).
  return p * bitsToFloat((static_cast<int32_t>(n) + 127) << 23);
}

/// Natural logarithm of a normal positive x. Error at most 3 ulp for results
/// away from 0, absolute error below 2e-7 near 1. log x = e ln 2 + log m with m
/// in [sqrt(1/2), sqrt(2)), and 2 atanh(s), s = (m - 1) / (m + 1), by its
/// series up to s^9.
GAUS_HD float log(float x) {
  int32_t bits = floatToBits(x);
  int32_t e = (bits - 0x3f3504f3) >> 23;
  float m = bitsToFloat(bits - (e << 23));
  float s = (m - 1.0f) / (m + 1.0f);
  float q = s * s;
  float p = 0x1.c71c72p-4f; // 1/9
  p = fma(p, q, 0x1.249250p-3f);
  p = fma(p, q, 0x1.99999ap-3f);
  p = fma(p, q, 0x1.555556p-2f);
  float t = s + s;
  float l = fma(t * q, p, t);
  float n = static_cast<float>(e);
  return fma(n, 0x1.62e400p-1f, fma(n, 0x1.7f7d1cp-20f, l));
}

/// Density and distribution of the standard normal at one point.
struct NormalPoint {
  float density; ///< phi(z)
  float below;   ///< Phi(z)
};

/// phi and Phi at z, clamped to [-5, 5] (beyond, less than 3e-7 of the mass is
/// left). phi by exp(-z^2/2); the tail Q(|z|) as that times Mills' ratio, a
/// polynomial of degree 7 in 3 / (|z| + 3) (relative error 5e-8 before
/// rounding). Relative error of phi and of the smaller tail below 2e-6.
GAUS_HD NormalPoint normal(float z) {
  z = minf(maxf(z, -5.0f), 5.0f);
  float x = z < 0.0f ? -z : z;
  float g = exp(-0.5f * (z * z));
  float t = 3.0f / (x + 3.0f);
  float p = 0x1.8d4a38p-5f;
  p = fma(p, t, -0x1.d44304p-3f);
  p = fma(p, t, 0x1.58ffaep-2f);
  p = fma(p, t, -0x1.952a52p-4f);
  p = fma(p, t, 0x1.86c914p-3f);
  p = fma(p, t, 0x1.dcf154p-4f);
  p = fma(p, t, 0x1.147794p-3f);
  p = fma(p, t, -0x1.9851ecp-14f);
  float tail = g * p;
  NormalPoint r;
  r.density = g * 0x1.988454p-2f; // 1 / sqrt(2 pi)
  r.below = z < 0.0f ? tail : 1.0f - tail;
  return r;
}

/// Four 32-bit words of Philox4x32-10 (Salmon et al., "Parallel random numbers:
/// as easy as 1, 2, 3", SC 2011): a function of key and counter, no state.
struct Philox {
  uint32_t word[4];
};
GAUS_HD Philox philox(uint64_t key, uint64_t counter, uint64_t stream) {
  uint32_t c0 = static_cast<uint32_t>(counter),
           c1 = static_cast<uint32_t>(counter >> 32);
  uint32_t c2 = static_cast<uint32_t>(stream),
           c3 = static_cast<uint32_t>(stream >> 32);
  uint32_t k0 = static_cast<uint32_t>(key),
           k1 = static_cast<uint32_t>(key >> 32);
  for (int round = 0; round < 10; ++round) {
    uint64_t a = static_cast<uint64_t>(0xD2511F53u) * c0;
    uint64_t b = static_cast<uint64_t>(0xCD9E8D57u) * c2;
    uint32_t n0 = static_cast<uint32_t>(b >> 32) ^ c1 ^ k0;
    uint32_t n2 = static_cast<uint32_t>(a >> 32) ^ c3 ^ k1;
    c1 = static_cast<uint32_t>(b);
    c3 = static_cast<uint32_t>(a);
    c0 = n0;
    c2 = n2;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  return Philox{{c0, c1, c2, c3}};
}

/// A number in 0 .. n - 1 from a random word, for n in 1 .. 2^32.
GAUS_HD uint64_t drawBelow(uint32_t word, uint64_t n) { return word * n >> 32; }

} // namespace gaus::dev

#endif // GAUS_DEVICE_ARITHMETIC_H
