//===- SessionExact.cpp - Integer programs and satisfiability -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "gaus/Solver/WindowSearch.h"

using namespace gaus;

void Session::runWindows() {
  if (options.objective == Objective::Latency || !solved() ||
      budget.windows == 0)
    return;
  WindowSearchOptions search;
  search.programs = budget.windows;
  search.iterations = 60 * int64_t(budget.windows);
  search.columns = budget.columns;
  search.wholeColumns = budget.wholeColumns;
  search.wholeNodes = budget.wholeNodes;
  // Where prices leave little, the whole's first node mostly ends it.
  constexpr int32_t kClose = 66;
  if (search.wholeColumns < budget.closeColumns &&
      best.value - best.bound <= best.value / kClose) {
    search.wholeColumns = budget.closeColumns;
    search.wholeNodes = 1;
  }
  // Each effort level draws other neighbourhoods.
  search.seed = options.seed + uint64_t(budget.windows);
  double begin = cpuSeconds();
  WindowSearchResult r =
      windowSearch(data, best.starts, search, deadline.flag());
  best.work.windows += r.programs;
  traceWindows(r, begin);
  offer(r.starts, "windows");
  addToPool(r.starts, "windows");
  searched = r.complete;
}

void Session::runFormula() {
  if (!solved() || budget.formulaWork == 0 || !PeakFormula::covers(data))
    return;
  int64_t unit = PeakFormula::unit(data) * data.memoryWeight;
  if (!formula)
    formula = std::make_unique<PeakFormula>(data, budget.formulaLiterals,
                                            deadline.flag());
  while (!finished()) {
    int64_t lower = best.value / unit - 1;
    PeakFormula::Answer answer =
        formula->solve(lower, best.starts, budget.formulaWork);
    if (answer.verdict == PeakFormula::Verdict::Infeasible)
      best.bound = best.value;
    // With limits a schedule may not be legal; then nothing is known.
    if (answer.verdict != PeakFormula::Verdict::Feasible ||
        !offer(answer.starts, "formula") || best.value > lower * unit)
      break;
  }
  // One that was too large may fit a higher effort's room.
  if (!formula->fits())
    formula.reset();
}
