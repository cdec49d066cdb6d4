//===- DualBound.h - Bounds by prices of cycles and minimum cuts *- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For any prices lambda >= 0 of cycles that sum to at most the weight of a
/// peak, the peak's cost is at least the sum of lambda times the profile. The
/// least of that sum over all schedules under [Dep], [Win] and [Lat] is a
/// minimum closure over the variables "s_v >= t", one minimum cut (Picard,
/// "Maximal closure of a graph", 1976; Moehring et al., "Solving project
/// scheduling problems by minimum cut computations", 2003), and bounds the cost
/// from below. A bundle method improves the prices; the best ones give the
/// value of the time-indexed linear program.
///
/// The quantiles of each start over the bundle's mean of the cuts' schedules
/// ("alpha-points") satisfy every dependence and are good starts.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_DUALBOUND_H
#define GAUS_LIB_SOLVER_BOUNDS_DUALBOUND_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>
#include <vector>

namespace gaus {

struct DualBoundOptions {
  /// Arcs that all cuts together may look at: fixes the work.
  int64_t work = 0;
  int32_t maxIterations = 200;
  /// Cost of a known schedule; the iterations stop when the bound reaches it.
  int64_t upper = 0;
  /// Prices that a call before found best, to go on from; empty = none.
  std::vector<double> prices;
};

/// A schedule whose profile gives first prices: exp(sharpness * (profile / peak
/// - 1)), scaled.
struct PriceStart {
  std::span<const int32_t> starts;
  double sharpness;
};

struct DualBoundResult {
  /// A valid lower bound on the cost; the least number if there was no
  /// iteration.
  int64_t bound = INT64_MIN;
  int32_t iterations = 0;
  /// The best prices; empty if there was no iteration.
  std::vector<double> prices;
  /// Schedules that satisfy [Dep], [Win] and [Lat].
  std::vector<std::vector<int32_t>> starts;
};

/// Arcs of the network that the cuts need, a hundred bytes each; 0 where there
/// is nothing to price or to move.
int64_t dualBoundArcs(const Instance &instance);

/// Bound on the exact cost of `instance` (objectives with peaks and
/// communication; the length has no prices). The number of cuts is shared among
/// the starts of prices in `first`; of the work the earlier ones take what they
/// want.
DualBoundResult dualBound(const Instance &instance,
                          std::span<const PriceStart> first,
                          const DualBoundOptions &options, const Stop &stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_DUALBOUND_H
