//===- BoundSearch.cpp - What no schedule can be below --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/BoundSearch.h"

#include "Bounds/AreaBound.h"
#include "Bounds/StartCuts.h"

#include "Bounds/DualBound.h"

using namespace gaus;

/// A better bound on the peak of live memory, from the starts of single nodes.
void BoundSearch::atStarts(const Instance &instance, int64_t work,
                           int64_t mostArcs) {
  if (!StartCuts::covers(instance) || StartCuts::maxArcs(instance) > mostArcs)
    return;
  StartCuts cuts(instance, work, c.stop());
  std::vector<std::span<const int32_t>> known{c.incumbent.starts(),
                                              instance.asap, instance.alap};
  for (const Candidate &candidate : c.pool.all())
    known.push_back(candidate.starts);
  int64_t unit = instance.memoryWeight;
  int64_t peak = cuts.improve(c.incumbent.bound() / unit,
                              c.incumbent.value() / unit, known);
  c.incumbent.raiseBound(peak * unit);
}

/// A better bound for `resources` from flows that know no cycles.
void BoundSearch::byAreas(const Instance &instance, const BoundBudget &budget) {
  // With less than this missing, as on random graphs, the flows win nothing.
  int64_t little = c.incumbent.value() / 200;
  if (instance.numNodes > budget.flowNodes ||
      c.incumbent.value() - c.incumbent.bound() <= little ||
      !AreaBound::covers(instance))
    return;
  AreaBound areas(instance);
  areas.prices = std::move(areaPrices);
  int64_t bound = areas.improve(budget.areaFlows, c.incumbent.starts(),
                                c.incumbent.value(), c.stop());
  areaPrices = std::move(areas.prices);
  c.incumbent.raiseBoundToBest(bound);
}

void BoundSearch::byPricedCuts(const Instance &instance,
                               const BoundBudget &budget) {
  const Starts &leastFlow = c.landmarks.leastFlow;
  DualBoundOptions dual;
  dual.work = budget.cutWork;
  dual.maxIterations = budget.cuts;
  dual.upper = c.incumbent.value();
  dual.prices = prices;
  // Measured: communication blurs what a schedule's own peak says; of least
  // lifetime the peaks are where they must be, best on deep graphs.
  std::vector<PriceStart> first;
  if (instance.memoryWeight > 0 && !leastFlow.empty())
    first.push_back({leastFlow, 60.0});
  first.push_back(
      {c.incumbent.starts(), instance.memoryWeight > 0 ? 20.0 : 6.0});
  DualBoundResult r = dualBound(instance, first, dual, c.stop());
  c.incumbent.raiseBoundToBest(r.bound);
  if (!r.prices.empty())
    prices = r.prices;
  for (const std::vector<int32_t> &starts : r.starts) {
    c.incumbent.offer(starts, Method::Cut);
    c.pool.add(starts, Method::Cut);
  }
}

void BoundSearch::run(const Instance &instance, const BoundBudget &budget) {
  if (c.pays.lengthAlone() || !c.incumbent.solved())
    return;
  if (pricedArcs < 0)
    pricedArcs = dualBoundArcs(instance);
  bool priced = pricedArcs > 0 && pricedArcs <= budget.cutArcs;
  // A quarter of the prices' work shows most of what more would.
  atStarts(instance, budget.cutWork / 4, budget.cutArcs);
  if (!priced)
    byAreas(instance, budget);
  else if (!c.incumbent.finished())
    byPricedCuts(instance, budget);
}
