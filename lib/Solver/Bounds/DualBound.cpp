//===- DualBound.cpp - Bounds by prices of cycles and minimum cuts --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/DualBound.h"

#include "Bounds/Branching.h"
#include "Bounds/PricedCuts.h"

#include <algorithm>

using namespace gaus;

static void takeStarts(const PricedRun &run, DualBoundResult &result) {
  if (run.starts.empty())
    return;
  for (double share : {0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9})
    result.starts.push_back(run.quantile(share));
}

/// Peaks are whole: a schedule's is at most the whole number below the peak of
/// the best mean, or at least the one above, and each case has a bound of its
/// own, with prices of another sum.
static void useWholePeaks(PricedCuts &cuts, const PricedRun &run, int32_t most,
                          int64_t upper, DualBoundResult &result) {
  double peak = cuts.meanPeak(run);
  // More than units of which one counts.
  if (peak > 1e4)
    return;
  auto whole = static_cast<int64_t>(peak);
  PricedRun below =
      cuts.maximise(run.prices, most, upper,
                    {.least = 1, .most = kMostOfWeight, .heldAt = whole});
  if (below.bound <= result.bound)
    return;
  PricedRun above = cuts.maximise(run.prices, most, upper,
                                  {.least = 0, .most = 1, .heldAt = whole + 1});
  result.bound = std::max(result.bound, std::min(below.bound, above.bound));
  takeStarts(below.bound < above.bound ? below : above, result);
}

int64_t gaus::dualBoundArcs(const Instance &instance) {
  Stop stop;
  PricedCuts cuts(instance, instance.asap, instance.alap, stop);
  return cuts.worthwhile() ? cuts.numArcs() : 0;
}

DualBoundResult gaus::dualBound(const Instance &instance,
                                std::span<const PriceStart> first,
                                const DualBoundOptions &options,
                                const Stop &stop) {
  PricedCuts cuts(instance, instance.asap, instance.alap, stop);
  DualBoundResult result;
  if (!cuts.worthwhile())
    return result;
  // Half of it for whole peaks, where they can be told apart.
  int64_t half = cuts.canHoldPeak() ? 2 : 1;
  std::vector<std::vector<double>> points;
  if (!options.prices.empty())
    points.push_back(options.prices);
  else
    for (const PriceStart &start : first)
      points.push_back(cuts.softPrices(start.starts, start.sharpness));
  auto shares = half * static_cast<int64_t>(points.size());
  // The first start gets as much work as it wants: two halves of what is scarce
  // on deep graphs lead nowhere.
  cuts.setWork(options.work / half);
  PricedRun best;
  for (std::vector<double> &point : points) {
    PricedRun run = cuts.maximise(
        std::move(point), static_cast<int32_t>(options.maxIterations / shares),
        options.upper, {});
    if (best.starts.empty() || run.bound > best.bound)
      best = std::move(run);
  }
  if (!best.starts.empty())
    result.prices = best.prices;
  result.bound = best.bound;
  takeStarts(best, result);
  if (best.starts.empty())
    return result;
  if (cuts.canHoldPeak() && result.bound < options.upper) {
    cuts.setWork(options.work / half);
    useWholePeaks(cuts, best, options.maxIterations / 4, options.upper, result);
  }
  result.iterations = cuts.numCuts();
  // Little is missing: mostly a unit, since costs are whole.
  int64_t missing = options.upper - result.bound;
  if (missing > 0 && missing <= std::max<int64_t>(1, options.upper / 500) &&
      !stop.requested()) {
    Branching tree =
        branch(instance, best, options.upper, options.work / 8, stop);
    if (tree.proven)
      result.bound = options.upper;
    for (std::vector<int32_t> &starts : tree.starts)
      result.starts.push_back(std::move(starts));
  }
  return result;
}
