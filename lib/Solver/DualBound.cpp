//===- DualBound.cpp - Bounds by prices of cycles and minimum cuts --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/DualBound.h"

#include "Branching.h"
#include "PricedCuts.h"

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
  auto level = static_cast<int64_t>(peak);
  PricedRun below =
      cuts.maximise(run.prices, most, upper, {1, kMostOfWeight, level});
  if (below.bound <= result.bound)
    return;
  PricedRun above = cuts.maximise(run.prices, most, upper, {0, 1, level + 1});
  result.bound = std::max(result.bound, std::min(below.bound, above.bound));
  takeStarts(below.bound < above.bound ? below : above, result);
}

DualBoundResult gaus::dualBound(const RelaxationData &data,
                                std::span<const PriceStart> first,
                                const DualBoundOptions &options,
                                const std::atomic<bool> &stop) {
  PricedCuts cuts(data, data.asap, data.alap, stop);
  DualBoundResult result;
  if (!cuts.worthwhile())
    return result;
  auto left = static_cast<int32_t>(
      std::min<int64_t>(options.arcs / std::max<int64_t>(1, cuts.numArcs()),
                        options.maxIterations));
  bool whole = cuts.hasLevels() && left >= 12;
  int32_t spare = whole ? left / 2 : 0;
  left -= spare;
  PricedRun best;
  for (size_t k = 0; k < first.size() && left > 0; ++k) {
    auto others = static_cast<int32_t>(first.size() - k);
    int32_t share = (left + others - 1) / others;
    PricedRun run =
        cuts.maximise(cuts.softPrices(first[k].starts, first[k].sharpness),
                      share, options.upper, {});
    left -= share;
    if (best.starts.empty() || run.bound > best.bound)
      best = std::move(run);
  }
  result.bound = best.bound;
  takeStarts(best, result);
  if (whole && result.bound < options.upper && !stop.load())
    useWholePeaks(cuts, best, spare / 2, options.upper, result);
  result.iterations = cuts.numCuts();
  // Little is missing: mostly a unit, since costs are whole.
  int64_t missing = options.upper - result.bound;
  if (missing > 0 && missing <= std::max<int64_t>(1, options.upper / 500) &&
      !stop.load()) {
    Branching tree = branch(data, best, options.upper, options.arcs, stop);
    if (tree.proven)
      result.bound = options.upper;
    for (std::vector<int32_t> &starts : tree.starts)
      result.starts.push_back(std::move(starts));
  }
  return result;
}
