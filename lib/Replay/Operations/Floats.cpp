//===- Floats.cpp - Arithmetic of floating point ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Scalars.h"

#include "llvm/ADT/APFloat.h"

#include <cmath>
#include <cstring>

using namespace gaus::ir::replaying;

using S = Scalar;

static double decode(FloatKind kind, uint64_t bits) {
  if (kind == FloatKind::F64) {
    double d;
    std::memcpy(&d, &bits, 8);
    return d;
  }
  if (kind == FloatKind::F32) {
    float f;
    std::memcpy(&f, &bits, 4);
    return f;
  }
  llvm::APFloat half(kind == FloatKind::F16 ? llvm::APFloat::IEEEhalf()
                                            : llvm::APFloat::BFloat(),
                     llvm::APInt(16, bits & 0xFFFF));
  bool lost;
  half.convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven,
               &lost);
  return half.convertToDouble();
}

/// The narrow formats are rounded twice, which changes nothing for sums,
/// products, quotients and roots: double has more than twice their digits.
static uint64_t encode(FloatKind kind, double d) {
  uint64_t bits = 0;
  if (kind == FloatKind::F64) {
    std::memcpy(&bits, &d, 8);
    return bits;
  }
  if (kind == FloatKind::F32) {
    auto f = static_cast<float>(d);
    std::memcpy(&bits, &f, 4);
    return bits;
  }
  llvm::APFloat half(d);
  bool lost;
  half.convert(kind == FloatKind::F16 ? llvm::APFloat::IEEEhalf()
                                      : llvm::APFloat::BFloat(),
               llvm::APFloat::rmNearestTiesToEven, &lost);
  return half.bitcastToAPInt().getZExtValue();
}

static bool compareFloats(unsigned predicate, double a, double b) {
  bool unordered = std::isnan(a) || std::isnan(b);
  if (predicate == 0 || predicate == 15)
    return predicate == 15;
  if (predicate == 7 || predicate == 14)
    return unordered == (predicate == 14);
  if (unordered)
    return predicate >= 8;
  // oeq, ogt, oge, olt, ole, one; then the same unordered.
  switch (predicate >= 8 ? predicate - 7 : predicate) {
  case 1:
    return a == b;
  case 2:
    return a > b;
  case 3:
    return a >= b;
  case 4:
    return a < b;
  case 5:
    return a <= b;
  default:
    return a != b;
  }
}

/// Of two zeros, the one with the sign that is wanted.
static double extremum(double a, double b, bool largest, bool numbers) {
  if (std::isnan(a) || std::isnan(b)) {
    if (!numbers)
      return std::nan("");
    return std::isnan(a) ? b : a;
  }
  if (a == 0 && b == 0)
    return std::signbit(a) == largest ? b : a;
  return (a > b) == largest ? a : b;
}

/// What libraries compute, to their precision: the program in order and by
/// cycle get the same.
static double computeFunction(Scalar s, double x) {
  switch (s) {
  case Scalar::FExp:
    return std::exp(x);
  case Scalar::FExp2:
    return std::exp2(x);
  case Scalar::FExpM1:
    return std::expm1(x);
  case Scalar::FLog:
    return std::log(x);
  case Scalar::FLog2:
    return std::log2(x);
  case Scalar::FLog10:
    return std::log10(x);
  case Scalar::FLog1P:
    return std::log1p(x);
  case Scalar::FSin:
    return std::sin(x);
  case Scalar::FCos:
    return std::cos(x);
  case Scalar::FTan:
    return std::tan(x);
  case Scalar::FTanh:
    return std::tanh(x);
  case Scalar::FAtan:
    return std::atan(x);
  case Scalar::FErf:
    return std::erf(x);
  case Scalar::FCbrt:
    return std::cbrt(x);
  case Scalar::FRsqrt:
    return 1 / std::sqrt(x);
  case Scalar::FFloor:
    return std::floor(x);
  case Scalar::FCeil:
    return std::ceil(x);
  default:
    return std::round(x);
  }
}

static double computeFloat(Scalar s, const double *x, bool narrow) {
  if (s >= Scalar::FExp)
    return computeFunction(s, x[0]);
  switch (s) {
  case Scalar::FPow:
    return std::pow(x[0], x[1]);
  case Scalar::FAtan2:
    return std::atan2(x[0], x[1]);
  case Scalar::FAdd:
    return x[0] + x[1];
  case Scalar::FSub:
    return x[0] - x[1];
  case Scalar::FMul:
    return x[0] * x[1];
  case Scalar::FDiv:
    return x[0] / x[1];
  case Scalar::FRem:
    return std::fmod(x[0], x[1]);
  case Scalar::FMaximum:
    return extremum(x[0], x[1], /*largest=*/true, /*numbers=*/false);
  case Scalar::FMinimum:
    return extremum(x[0], x[1], /*largest=*/false, /*numbers=*/false);
  case Scalar::FMaxNum:
    return extremum(x[0], x[1], /*largest=*/true, /*numbers=*/true);
  case Scalar::FMinNum:
    return extremum(x[0], x[1], /*largest=*/false, /*numbers=*/true);
  case Scalar::FSqrt:
    return std::sqrt(x[0]);
  case Scalar::Fma:
    // Rounded once, in the format itself.
    return narrow ? static_cast<double>(std::fma(static_cast<float>(x[0]),
                                                 static_cast<float>(x[1]),
                                                 static_cast<float>(x[2])))
                  : std::fma(x[0], x[1], x[2]);
  case Scalar::FMulAdd: {
    // Rounded twice, which it may be, as where there is no fused unit.
    double product = x[0] * x[1];
    return (narrow ? static_cast<float>(product) : product) + x[2];
  }
  default:
    return x[0];
  }
}

static uint64_t toInteger(Runtime &runtime, double d, unsigned width,
                          bool isSigned) {
  double least = isSigned ? -std::ldexp(1.0, static_cast<int>(width) - 1) : 0;
  double most = std::ldexp(1.0, static_cast<int>(width) - (isSigned ? 1 : 0));
  if (!(d > least - 1 && d < most)) {
    runtime.fault("converts a number that the integer cannot hold");
    return 0;
  }
  return masked(isSigned ? static_cast<uint64_t>(static_cast<int64_t>(d))
                         : static_cast<uint64_t>(d),
                width);
}

std::optional<uint64_t> gaus::ir::replaying::computeFloats(
    Runtime &runtime, Scalar s, const ScalarShape &shape, const uint64_t *in) {
  uint64_t sign = uint64_t(1) << (shape.width - 1);
  switch (s) {
  case Scalar::FNeg:
    return in[0] ^ sign;
  case Scalar::FAbs:
    return in[0] & ~sign;
  case Scalar::CopySign:
    return (in[0] & ~sign) | (in[1] & sign);
  case Scalar::CmpF:
    return compareFloats(shape.predicate, decode(shape.from, in[0]),
                         decode(shape.from, in[1]));
  case Scalar::FToIS:
  case Scalar::FToIU:
    return toInteger(runtime, decode(shape.from, in[0]), shape.outWidth,
                     s == Scalar::FToIS);
  case Scalar::FConvert:
    return encode(shape.to, decode(shape.from, in[0]));
  case Scalar::IToFS:
    return shape.to == FloatKind::F32
               ? encode(FloatKind::F32,
                        static_cast<float>(extended(in[0], shape.width)))
               : encode(shape.to,
                        static_cast<double>(extended(in[0], shape.width)));
  case Scalar::IToFU:
    return shape.to == FloatKind::F32
               ? encode(FloatKind::F32, static_cast<float>(in[0]))
               : encode(shape.to, static_cast<double>(in[0]));
  default:
    break;
  }
  if (s < Scalar::FAdd)
    return std::nullopt;
  double x[3] = {};
  for (unsigned k = 0; k < operandCount(s); ++k)
    x[k] = decode(shape.from, in[k]);
  return encode(shape.to, computeFloat(s, x, shape.to != FloatKind::F64));
}
