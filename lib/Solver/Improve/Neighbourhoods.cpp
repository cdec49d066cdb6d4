//===- Neighbourhoods.cpp - Integer programs around the best schedule -----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/Neighbourhoods.h"

#include "Improve/NeighbourhoodSearch.h"

using namespace gaus;

static void tracePrograms(Trace &trace, const NeighbourhoodSearchResult &result,
                          double begin) {
  if (!trace.wanted())
    return;
  std::vector<Trace::Step> steps;
  steps.reserve(result.progress.size());
  for (const NeighbourhoodSearchResult::Progress &step : result.progress)
    steps.push_back({step.cost, step.programs, {{"windows", step.programs}}});
  trace.steps(steps, result.programs, begin);
}

void gaus::searchNeighbourhoods(const Context &c, const Instance &instance,
                                const NeighbourhoodBudget &budget) {
  Incumbent &incumbent = c.incumbent;
  if (c.pays.lengthAlone() || !incumbent.solved() || budget.programs == 0)
    return;
  NeighbourhoodSearchOptions search;
  search.programs = budget.programs;
  search.iterations = 60 * int64_t(budget.programs);
  search.columns = budget.columns;
  search.wholeColumns = budget.wholeColumns;
  search.wholeNodes = budget.wholeNodes;
  // Where prices leave little, the whole's first node mostly ends it.
  constexpr int32_t kClose = 66;
  if (search.wholeColumns < budget.closeColumns &&
      incumbent.value() - incumbent.bound() <= incumbent.value() / kClose) {
    search.wholeColumns = budget.closeColumns;
    search.wholeNodes = 1;
  }
  if (c.p().limitsLive())
    search.wholeColumns = 0;
  // Each effort draws other neighbourhoods.
  search.seed = c.options.seed + uint64_t(budget.programs);
  double begin = c.trace.cpuSeconds();
  NeighbourhoodSearchResult r =
      neighbourhoodSearch(instance, incumbent.starts(), search, c.stop());
  incumbent.work().windows += r.programs;
  tracePrograms(c.trace, r, begin);
  incumbent.offer(r.starts, Method::Windows);
  c.pool.add(r.starts, Method::Windows);
  // Programs know nothing of a limit of live memory.
  incumbent.setSearched(r.complete && !c.p().limitsLive());
}
