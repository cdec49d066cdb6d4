//===- Scalars.cpp - Arithmetic of programs that are replayed -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Scalars.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/bit.h"

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
    {"intr.fshl", S::FunnelL},
    {"intr.fshr", S::FunnelR},
    {"ctpop intr.ctpop", S::Ones},
    {"ctlz intr.ctlz", S::LeadingZeros},
    {"cttz intr.cttz", S::TrailingZeros},
    {"intr.bswap", S::Swapped},
    {"minsi intr.smin mins", S::MinS},
    {"maxsi intr.smax maxs", S::MaxS},
    {"minui intr.umin minu", S::MinU},
    {"maxui intr.umax maxu", S::MaxU},
    {"cmpi icmp cmp", S::CmpI},
    {"intr.sadd.sat", S::AddSatS},
    {"intr.ssub.sat", S::SubSatS},
    {"intr.uadd.sat", S::AddSatU},
    {"intr.usub.sat", S::SubSatU},
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
    {"intr.fmuladd", S::FMulAdd},
    {"copysign intr.copysign", S::CopySign},
    {"powf intr.pow", S::FPow},
    {"atan2", S::FAtan2},
    {"exp intr.exp", S::FExp},
    {"exp2 intr.exp2", S::FExp2},
    {"expm1", S::FExpM1},
    {"log intr.log", S::FLog},
    {"log2 intr.log2", S::FLog2},
    {"log10 intr.log10", S::FLog10},
    {"log1p", S::FLog1P},
    {"sin intr.sin", S::FSin},
    {"cos intr.cos", S::FCos},
    {"tan", S::FTan},
    {"tanh", S::FTanh},
    {"atan", S::FAtan},
    {"erf", S::FErf},
    {"cbrt", S::FCbrt},
    {"rsqrt", S::FRsqrt},
    {"floor intr.floor", S::FFloor},
    {"ceil intr.ceil", S::FCeil},
    {"round intr.round", S::FRound},
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
  if (s >= Scalar::FExp)
    return 1;
  switch (s) {
  case Scalar::Select:
  case Scalar::FunnelL:
  case Scalar::FunnelR:
  case Scalar::Fma:
  case Scalar::FMulAdd:
    return 3;
  case Scalar::Ones:
  case Scalar::LeadingZeros:
  case Scalar::TrailingZeros:
  case Scalar::Swapped:
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

/// The upper half of a and b, one behind the other, shifted by 0 to width bits.
static uint64_t funnel(uint64_t a, uint64_t b, uint64_t shift, unsigned width) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<uint64_t>(((static_cast<Wide>(a) << width) | b) >>
                               (width - shift));
}

__extension__ using Signed = __int128;

/// The nearest signed number of so many bits.
static uint64_t saturated(Signed value, unsigned width) {
  Signed most = (static_cast<Signed>(1) << (width - 1)) - 1;
  return static_cast<uint64_t>(std::clamp(value, -most - 1, most));
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
  case Scalar::FunnelL:
    return funnel(a, b, in[2] % width, width);
  case Scalar::FunnelR:
    return funnel(a, b, width - in[2] % width, width);
  case Scalar::AddSatS:
    return saturated(static_cast<Signed>(x) + y, width);
  case Scalar::SubSatS:
    return saturated(static_cast<Signed>(x) - y, width);
  case Scalar::AddSatU:
    return masked(a + b, width) < a ? masked(~uint64_t(0), width) : a + b;
  case Scalar::SubSatU:
    return a < b ? 0 : a - b;
  case Scalar::Ones:
    return static_cast<uint64_t>(llvm::popcount(a));
  case Scalar::LeadingZeros:
    return static_cast<uint64_t>(llvm::countl_zero(a)) - (64 - width);
  case Scalar::TrailingZeros:
    return std::min<uint64_t>(static_cast<uint64_t>(llvm::countr_zero(a)),
                              width);
  case Scalar::Swapped:
    return llvm::byteswap(a) >> (64 - width);
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
