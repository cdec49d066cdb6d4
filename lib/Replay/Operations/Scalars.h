//===- Scalars.h - Arithmetic of programs that are replayed -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_OPERATIONS_SCALARS_H
#define GAUS_LIB_REPLAY_OPERATIONS_SCALARS_H

#include "Operations/Memory.h"

#include <optional>

namespace gaus::ir::replaying {

enum class Scalar {
  // clang-format off
  Copy, Add, Sub, Mul, DivS, DivU, RemS, RemU, CeilDivS, CeilDivU, FloorDivS,
  And, Or, Xor, Shl, ShrS, ShrU, FunnelL, FunnelR, MinS, MaxS, MinU, MaxU, CmpI,
  AddSatS, SubSatS, AddSatU, SubSatU,
  Select, ExtS, Abs, Ones, LeadingZeros, TrailingZeros, Swapped, FAdd, FSub,
  FMul, FDiv, FRem, FNeg, FMaximum, FMinimum, FMaxNum, FMinNum,
  CmpF, IToFS, IToFU, FToIS, FToIU, FConvert, FAbs, FSqrt, Fma, FMulAdd,
  CopySign, FPow, FAtan2, FExp, FExp2, FExpM1, FLog, FLog2, FLog10, FLog1P,
  FSin, FCos, FTan, FTanh, FAtan, FErf, FCbrt, FRsqrt, FFloor, FCeil, FRound
  // clang-format on
};

enum class FloatKind { None, F16, BF16, F32, F64 };

struct ScalarShape {
  unsigned width = 64;    ///< bits of the operands
  unsigned outWidth = 64; ///< bits of the result
  FloatKind from = FloatKind::None, to = FloatKind::None;
  unsigned predicate = 0; ///< of arith, made so for all
};

/// The arithmetic that an operation of this name does.
std::optional<Scalar> scalarNamed(llvm::StringRef name);
unsigned operandCount(Scalar s);

/// One lane.
uint64_t compute(Runtime &runtime, Scalar s, const ScalarShape &shape,
                 const uint64_t *in);

/// The same; nullopt for arithmetic of integers.
std::optional<uint64_t> computeFloats(Runtime &runtime, Scalar s,
                                      const ScalarShape &shape,
                                      const uint64_t *in);

uint64_t masked(uint64_t value, unsigned width);
int64_t extended(uint64_t value, unsigned width);

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_OPERATIONS_SCALARS_H
