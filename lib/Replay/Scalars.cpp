//===- Scalars.cpp - Arithmetic of programs that are replayed -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scalars.h"

#include "llvm/ADT/APFloat.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <cmath>
#include <cstring>

using namespace gaus::ir::replaying;

uint64_t gaus::ir::replaying::masked(uint64_t value, unsigned width) {
  return width >= 64 ? value : value & ((uint64_t(1) << width) - 1);
}

int64_t gaus::ir::replaying::extended(uint64_t value, unsigned width) {
  unsigned shift = width >= 64 ? 0 : 64 - width;
  return static_cast<int64_t>(value << shift) >> shift;
}

using S = Scalar;

/// Names without their dialect, of arith, llvm, math and index.
static constexpr std::pair<const char *, Scalar> kNames[] = {
    {"addi add", S::Add},
    {"subi sub", S::Sub},
    {"muli mul", S::Mul},
    {"divsi sdiv divs", S::DivS},
    {"divui udiv divu", S::DivU},
    {"remsi srem rems", S::RemS},
    {"remui urem remu", S::RemU},
    {"ceildivsi ceildivs", S::CeilDivS},
    {"ceildivui ceildivu", S::CeilDivU},
    {"floordivsi floordivs", S::FloorDivS},
    {"andi and", S::And},
    {"ori or", S::Or},
    {"xori xor", S::Xor},
    {"shli shl", S::Shl},
    {"shrsi ashr shrs", S::ShrS},
    {"shrui lshr shru", S::ShrU},
    {"minsi intr.smin mins", S::MinS},
    {"maxsi intr.smax maxs", S::MaxS},
    {"minui intr.umin minu", S::MinU},
    {"maxui intr.umax maxu", S::MaxU},
    {"cmpi icmp cmp", S::CmpI},
    {"select", S::Select},
    {"extsi sext casts index_cast", S::ExtS},
    {"extui zext castu index_castui trunci trunc bitcast freeze ptrtoint "
     "inttoptr",
     S::Copy},
    {"absi", S::Abs},
    {"addf fadd", S::FAdd},
    {"subf fsub", S::FSub},
    {"mulf fmul", S::FMul},
    {"divf fdiv", S::FDiv},
    {"remf frem", S::FRem},
    {"negf fneg", S::FNeg},
    {"maximumf intr.maximum", S::FMaximum},
    {"minimumf intr.minimum", S::FMinimum},
    {"maxnumf intr.maxnum", S::FMaxNum},
    {"minnumf intr.minnum", S::FMinNum},
    {"cmpf fcmp", S::CmpF},
    {"sitofp", S::IToFS},
    {"uitofp", S::IToFU},
    {"fptosi", S::FToIS},
    {"fptoui", S::FToIU},
    {"extf fpext truncf fptrunc", S::FConvert},
    {"absf intr.fabs", S::FAbs},
    {"sqrt intr.sqrt", S::FSqrt},
    {"fma intr.fma", S::Fma},
    {"copysign intr.copysign", S::CopySign},
};

static llvm::StringMap<Scalar> scalarsByName() {
  llvm::StringMap<Scalar> table;
  for (auto [names, scalar] : kNames)
    for (llvm::StringRef name : llvm::split(names, ' '))
      table[name] = scalar;
  return table;
}

std::optional<Scalar> gaus::ir::replaying::scalarNamed(llvm::StringRef name) {
  static const llvm::StringMap<Scalar> table = scalarsByName();
  auto [dialect, rest] = name.split('.');
  if (dialect != "arith" && dialect != "llvm" && dialect != "math" &&
      dialect != "index")
    return std::nullopt;
  auto entry = table.find(rest);
  if (entry == table.end())
    return std::nullopt;
  return entry->second;
}

unsigned gaus::ir::replaying::operandCount(Scalar s) {
  switch (s) {
  case Scalar::Select:
  case Scalar::Fma:
    return 3;
  case Scalar::Copy:
  case Scalar::ExtS:
  case Scalar::Abs:
  case Scalar::FNeg:
  case Scalar::IToFS:
  case Scalar::IToFU:
  case Scalar::FToIS:
  case Scalar::FToIU:
  case Scalar::FConvert:
  case Scalar::FAbs:
  case Scalar::FSqrt:
    return 1;
  default:
    return 2;
  }
}

//===----------------------------------------------------------------------===//
// Floating point
//===----------------------------------------------------------------------===//

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

static double computeFloat(Scalar s, const double *x, bool narrow) {
  switch (s) {
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
    return extremum(x[0], x[1], true, false);
  case Scalar::FMinimum:
    return extremum(x[0], x[1], false, false);
  case Scalar::FMaxNum:
    return extremum(x[0], x[1], true, true);
  case Scalar::FMinNum:
    return extremum(x[0], x[1], false, true);
  case Scalar::FSqrt:
    return std::sqrt(x[0]);
  case Scalar::Fma:
    // Rounded once, in the format itself.
    return narrow ? static_cast<double>(std::fma(static_cast<float>(x[0]),
                                                 static_cast<float>(x[1]),
                                                 static_cast<float>(x[2])))
                  : std::fma(x[0], x[1], x[2]);
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

static std::optional<uint64_t> computeFloats(Runtime &runtime, Scalar s,
                                             const ScalarShape &shape,
                                             const uint64_t *in) {
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

//===----------------------------------------------------------------------===//
// Integers
//===----------------------------------------------------------------------===//

static bool compareIntegers(unsigned predicate, uint64_t a, uint64_t b,
                            unsigned width) {
  int64_t x = extended(a, width), y = extended(b, width);
  switch (predicate) {
  case 0:
    return a == b;
  case 1:
    return a != b;
  case 2:
    return x < y;
  case 3:
    return x <= y;
  case 4:
    return x > y;
  case 5:
    return x >= y;
  case 6:
    return a < b;
  case 7:
    return a <= b;
  case 8:
    return a > b;
  default:
    return a >= b;
  }
}

static uint64_t divide(Runtime &runtime, Scalar s, uint64_t a, uint64_t b,
                       unsigned width) {
  int64_t x = extended(a, width), y = extended(b, width);
  bool isSigned =
      s != Scalar::DivU && s != Scalar::RemU && s != Scalar::CeilDivU;
  if (b == 0 || (isSigned && y == -1 &&
                 x == extended(uint64_t(1) << (width - 1), width))) {
    runtime.fault("divides by zero, or overflows");
    return 0;
  }
  switch (s) {
  case Scalar::DivS:
    return static_cast<uint64_t>(x / y);
  case Scalar::RemS:
    return static_cast<uint64_t>(x % y);
  case Scalar::CeilDivS:
    return static_cast<uint64_t>(x / y + (x % y != 0 && (x < 0) == (y < 0)));
  case Scalar::FloorDivS:
    return static_cast<uint64_t>(x / y - (x % y != 0 && (x < 0) != (y < 0)));
  case Scalar::RemU:
    return a % b;
  case Scalar::CeilDivU:
    return a / b + (a % b != 0);
  default:
    return a / b;
  }
}

static uint64_t computeInteger(Runtime &runtime, Scalar s,
                               const ScalarShape &shape, const uint64_t *in) {
  unsigned width = shape.width;
  uint64_t a = in[0], b = operandCount(s) > 1 ? in[1] : 0;
  int64_t x = extended(a, width), y = extended(b, width);
  switch (s) {
  case Scalar::Add:
    return a + b;
  case Scalar::Sub:
    return a - b;
  case Scalar::Mul:
    return a * b;
  case Scalar::And:
    return a & b;
  case Scalar::Or:
    return a | b;
  case Scalar::Xor:
    return a ^ b;
  case Scalar::Shl: // Further shifts are poison: always the same one here.
    return b >= width ? 0 : a << b;
  case Scalar::ShrU:
    return b >= width ? 0 : a >> b;
  case Scalar::ShrS:
    return b >= width ? 0 : static_cast<uint64_t>(x >> b);
  case Scalar::MinS:
    return x < y ? a : b;
  case Scalar::MaxS:
    return x > y ? a : b;
  case Scalar::MinU:
    return a < b ? a : b;
  case Scalar::MaxU:
    return a > b ? a : b;
  case Scalar::Select:
    return (a & 1) ? b : in[2];
  case Scalar::ExtS:
    return static_cast<uint64_t>(x);
  case Scalar::Abs:
    return x < 0 ? -a : a;
  case Scalar::CmpI:
    return compareIntegers(shape.predicate, a, b, width);
  case Scalar::Copy:
    return a;
  default:
    return divide(runtime, s, a, b, width);
  }
}

uint64_t gaus::ir::replaying::compute(Runtime &runtime, Scalar s,
                                      const ScalarShape &shape,
                                      const uint64_t *in) {
  if (std::optional<uint64_t> value = computeFloats(runtime, s, shape, in))
    return *value;
  return masked(computeInteger(runtime, s, shape, in), shape.outWidth);
}
