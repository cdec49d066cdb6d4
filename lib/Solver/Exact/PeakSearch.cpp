//===- PeakSearch.cpp - Is there a lower peak of live memory? -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/PeakSearch.h"

using namespace gaus;

void PeakSearch::run(const Instance &instance, const FormulaBudget &budget) {
  Incumbent &incumbent = c.incumbent;
  if (!incumbent.solved() || budget.work == 0 || !PeakFormula::covers(instance))
    return;
  int64_t unit = PeakFormula::unit(instance) * instance.memoryWeight;
  if (!formula)
    formula =
        std::make_unique<PeakFormula>(instance, budget.literals, c.stop());
  while (!incumbent.finished()) {
    int64_t lower = incumbent.value() / unit - 1;
    PeakFormula::Answer answer =
        formula->solve(lower, incumbent.starts(), budget.work);
    if (answer.verdict == PeakFormula::Verdict::Infeasible)
      incumbent.raiseBound(incumbent.value());
    if (answer.verdict != PeakFormula::Verdict::Feasible ||
        !incumbent.offer(answer.starts, Method::Formula) ||
        incumbent.value() > lower * unit)
      break;
  }
  // One that was too large may fit a higher effort's room.
  if (!formula->fits())
    formula.reset();
}
