//===- SessionBounds.cpp - What no schedule can be below ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "AreaBound.h"
#include "StartCuts.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Solver/DualBound.h"

#include <algorithm>

using namespace gaus;

/// `least` has the least total lifetime or communication, a bound, too: spread
/// evenly over the cycles, or on top of the least peaks.
void Session::boundByTotals(std::span<const int32_t> least) {
  if (data.memoryWeight == 0) {
    CostWeights peaks = options.weights;
    peaks.alpha = 0;
    best.bound =
        std::max(best.bound, simpleBound(p, windows, options.objective, peaks) +
                                 data.alpha * evaluate(p, least).communication);
    return;
  }
  Wide total = 0;
  int64_t cycles = data.ii > 0 ? data.ii : data.numCycles;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    int64_t born = least[i] + data.span[i] - 1, last = INT64_MIN;
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      if (data.outShift[k] >= 0)
        last = std::max<int64_t>(last,
                                 least[data.outTarget[k]] + data.outShift[k]);
    if (data.width[i] > 0)
      total += Wide(data.width[i]) * (last - born);
  }
  best.bound = std::max(best.bound, saturate((total + cycles - 1) / cycles));
}

/// A better bound on the peak of live memory, from the starts of single nodes.
void Session::boundAtStarts(int64_t work) {
  if (!StartCuts::covers(data) || StartCuts::maxArcs(data) > budget.cutArcs)
    return;
  StartCuts cuts(data, work, deadline.flag());
  std::vector<std::span<const int32_t>> known{best.starts, data.asap,
                                              data.alap};
  for (const Candidate &c : pool)
    known.push_back(c.starts);
  int64_t unit = data.memoryWeight;
  int64_t peak = cuts.improve(best.bound / unit, best.value / unit, known);
  best.bound = std::max(best.bound, peak * unit);
}

/// A better bound for `resources` from flows that know no cycles.
void Session::boundByAreas() {
  // With less than this missing, as on random graphs, the flows win nothing.
  int64_t little = best.value / 200;
  if (p.numNodes() > budget.flowNodes || best.value - best.bound <= little ||
      !AreaBound::covers(data))
    return;
  AreaBound areas(data);
  areas.prices = std::move(areaPrices);
  int64_t bound =
      areas.improve(budget.areaFlows, best.starts, best.value, deadline.flag());
  areaPrices = std::move(areas.prices);
  best.bound = std::max(best.bound, std::min(bound, best.value));
}

/// A better bound, and the cuts' schedules as starts of the polish.
void Session::runBound() {
  if (options.objective == Objective::Latency || !solved())
    return;
  if (pricedArcs < 0)
    pricedArcs = dualBoundArcs(data);
  bool priced = pricedArcs > 0 && pricedArcs <= budget.cutArcs;
  // A quarter of the prices' work shows most of what more would.
  boundAtStarts(budget.cutWork / 4);
  if (!priced)
    boundByAreas();
  if (!priced || finished())
    return;
  DualBoundOptions dual;
  dual.work = budget.cutWork;
  dual.maxIterations = budget.cuts;
  dual.upper = best.value;
  dual.prices = prices;
  // Measured: communication blurs what a schedule's own peak says; of least
  // lifetime the peaks are where they must be, best on deep graphs.
  std::vector<PriceStart> first;
  if (data.memoryWeight > 0 && !leastFlow.empty())
    first.push_back({leastFlow, 60.0});
  first.push_back({best.starts, data.memoryWeight > 0 ? 20.0 : 6.0});
  DualBoundResult r = dualBound(data, first, dual, deadline.flag());
  best.bound = std::max(best.bound, std::min(r.bound, best.value));
  if (!r.prices.empty())
    prices = r.prices;
  for (const std::vector<int32_t> &starts : r.starts) {
    offer(starts, "cut");
    addToPool(starts, "cut");
  }
}
