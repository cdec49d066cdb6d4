//===- PricedCuts.h - Least priced costs and best prices --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For any prices lambda >= 0 of cycles that sum to at most the weight of a
/// peak, the peak's cost is at least the sum of lambda times the profile. The
/// least of that sum over all schedules under [Dep] and windows is one minimum
/// cut and bounds the cost from below; a bundle method improves the prices.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_PRICEDCUTS_H
#define GAUS_LIB_SOLVER_BOUNDS_PRICEDCUTS_H

#include "Bounds/ClosureNetwork.h"

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <limits>
#include <span>
#include <vector>

namespace gaus {

/// What is known after some cuts.
struct PricedRun {
  /// A schedule a cut, which satisfies [Dep] and the windows, and its weight in
  /// a mean that is nearly optimal for the linear program.
  std::vector<std::vector<int32_t>> starts;
  std::vector<double> weights;
  /// The best prices, one a peak and slot.
  std::vector<double> prices;
  /// Holds for every schedule; the least number before the first cut, since
  /// costs with negative lags may be negative.
  int64_t bound = INT64_MIN;

  /// The start of each node that at least `share` (0 .. 1) of the mean reach: a
  /// legal schedule, since all of the mean's are.
  std::vector<int32_t> quantile(double share) const;
};

/// How prices may move.
struct PriceRange {
  /// The sum of a peak's prices, in its weights.
  double least = 1, most = 1;
  /// With one peak: the units that it is held at, -1 = it is free. The bound is
  /// then that of schedules with this peak, and also of those with a lower one
  /// (least = 1) or a higher one (most = 1).
  int64_t heldAt = -1;
};

/// Prices of a peak sum to at most so many times its weight.
inline constexpr double kMostOfWeight = 4;

class PricedCuts {
public:
  /// Starts lie in windows, which may be narrower than the instance's.
  PricedCuts(const Instance &instance, std::span<const int32_t> asap,
             std::span<const int32_t> alap, const Stop &stop);

  /// True if there is something to price and something to move.
  bool worthwhile() const {
    return !peaks.empty() && network.numVariables() > 0;
  }
  /// Size of the network.
  int64_t numArcs() const { return network.numArcs(); }
  /// Whole peaks can be told apart: there is one, and it is paid for besides
  /// something else.
  bool canHoldPeak() const { return peaks.size() == 1 && instance.alpha > 0; }
  int32_t numCuts() const { return cuts; }
  /// Arcs that may still be looked at by all cuts together; a run ends where
  /// they are used up.
  void setWork(int64_t arcs) { work = arcs; }
  int64_t workLeft() const { return work; }

  /// A softmax of a schedule's profile: exp(sharpness * (profile / peak - 1)).
  std::vector<double> softPrices(std::span<const int32_t> starts,
                                 double sharpness) const;
  /// Improves prices from `first`, with so many cuts, until the bound reaches
  /// `upper` or the prices are the best.
  PricedRun maximise(std::vector<double> first, int32_t most, int64_t upper,
                     const PriceRange &range);
  /// Peak of the mean of a run's schedules.
  double meanPeak(const PricedRun &run) const;

private:
  /// A peak that has prices: one a slot, from `begin` on in the point of
  /// prices.
  struct Peak {
    int32_t resource; ///< -1 = memory
    int64_t weight;   ///< cost of one unit of the peak
    int32_t begin;
    std::vector<int64_t> sums; ///< fixed-point prices before each cycle
  };

  void makeRows(std::span<const int32_t> asap, std::span<const int32_t> alap);
  void makePeaks();
  void chooseScale();
  int64_t roundPrices(const std::vector<double> &prices,
                      const PriceRange &range);
  void addUseCosts(int32_t node);
  void addLifeCosts(const Peak &memory);
  void setCosts();
  std::vector<double> slopeOf(std::span<const int32_t> starts) const;
  int64_t ceiling(int64_t cut) const;
  std::vector<int64_t> profileOf(std::span<const int32_t> starts,
                                 const Peak &peak) const;

  const Instance &instance;
  const Stop &stop;
  int32_t slots;
  /// Rows: the starts of the nodes, then last uses of values with several
  /// consumers.
  ClosureNetwork network;
  std::vector<int32_t> lastUseOf; ///< node -> row, -1 = none
  std::vector<int32_t> onlyUser;  ///< node -> position of its one edge, or -1
  std::vector<Peak> peaks;
  double scale = 1;
  std::vector<int64_t> cost; ///< as the network wants it
  int32_t cuts = 0;
  int64_t work = std::numeric_limits<int64_t>::max();
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_PRICEDCUTS_H
