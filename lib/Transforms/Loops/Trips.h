//===- Trips.h - How often loops run ----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The number of iterations of a loop, or bounds on it from the bounds of the
/// loops around.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_TRIPS_H
#define GAUS_LIB_TRANSFORMS_LOOPS_TRIPS_H

#include "mlir/IR/Operation.h"

#include <optional>
#include <string>

namespace gaus::ir {

/// Why a loop of which `most` is not known has no time.
inline constexpr llvm::StringLiteral kUnknownTrips =
    "how often it runs is not known";

/// Where there are bounds.
inline constexpr llvm::StringLiteral kVaryingTrips =
    "how often it runs is known within bounds only";

/// Whatever the values are: at least, and if it is known, at most.
struct TripRange {
  int64_t least = 0;
  std::optional<int64_t> most;

  /// No more than what `gaus.trips` on an operation says.
  TripRange within(mlir::Operation *op) const;
  /// "8", "0..7" or "?".
  std::string text() const;
};

/// From the bounds of a loop with a variable, or of one that runs its
/// iterations in any order, and from `gaus.trips` on it.
TripRange tripsOf(mlir::Operation *loop);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_TRIPS_H
