//===- Timings.h - What an operator may be at a clock -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The timings of `gaus.operator`: its own, which counts without a clock, and
/// those in `clocked`.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DIALECT_TIMINGS_H
#define GAUS_LIB_DIALECT_TIMINGS_H

#include "gaus/Dialect/Gaus.h"

namespace gaus::ir {

struct Timing {
  int64_t latency = 1, occupancy = 1;
  /// ns
  double delayIn = 0, delayOut = 0;
  /// May be null.
  mlir::DictionaryAttr area;
};

/// At a clock (period in ns, 0 = none): of the timings whose delays fit into
/// the period the one with the least latency; where none does, the one with the
/// least delay. The first one of equals.
Timing timingAt(OperatorOp op, double clock);

/// Ranges of areas and timings; an error at `op`.
mlir::LogicalResult checkTimings(OperatorOp op);

} // namespace gaus::ir

#endif // GAUS_LIB_DIALECT_TIMINGS_H
