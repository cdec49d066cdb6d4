//===- NeighbourhoodProgram.h - Exact search within windows -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The best schedule whose starts lie in given windows, as an integer program
/// with a variable "start of v >= t" for each node and cycle; see
/// IntegerProgram.h for who solves it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_NEIGHBOURHOODPROGRAM_H
#define GAUS_LIB_SOLVER_EXACT_NEIGHBOURHOODPROGRAM_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <cstdint>
#include <span>
#include <vector>

namespace gaus {

/// What counts, besides alpha * Com. Profiles that are paid for, in order:
/// resources with a price, then memory.
struct NeighbourhoodGoal {
  /// The largest peak of each such profile, if peaks count.
  std::vector<int64_t> mostPeak;
  /// Instead of the peak of memory: each unit of a slot above `target`, and
  /// with a smaller price each one above `target` - `margin`.
  bool excess = false;
  int64_t target = 0, margin = 0;
};

/// Price of a unit within the margin; one above the target has price 1.
inline constexpr double kMarginPrice = 0.05;

struct NeighbourhoodLimits {
  int32_t columns;  ///< of the program; a larger one is not solved
  int32_t nodes;    ///< of the branching
  bool thorough;    ///< cutting planes, presolve and heuristics
  const Stop *stop; ///< ends it at any time
};

struct NeighbourhoodSchedule {
  /// Empty if there is none.
  std::vector<int32_t> starts;
  /// True if the search came to its end.
  bool complete = false;
  /// Of the simplex method: the work.
  int64_t iterations = 0;
};

/// The starts that minimise the goal within [low, high], which are both legal
/// but for [Res], under [Dep] and [Res]. Deterministic.
NeighbourhoodSchedule solveNeighbourhood(const Instance &instance,
                                         std::span<const int32_t> low,
                                         std::span<const int32_t> high,
                                         const NeighbourhoodGoal &goal,
                                         const NeighbourhoodLimits &limits);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_NEIGHBOURHOODPROGRAM_H
