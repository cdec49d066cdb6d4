//===- LearningSearch.cpp - The optimum of small problems -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/LearningSearch.h"

#include <algorithm>

using namespace gaus;

LearningSearch::~LearningSearch() = default;

/// Makes the model; false if there is none, or nothing to ask.
bool LearningSearch::begin(const LearningBudget &budget) {
  const Problem &p = c.p();
  int64_t horizon = p.length;
  bool length = c.pays.lengthAlone();
  if (length && c.incumbent.solved())
    horizon = c.incumbent.length() - 1;
  else if (length && horizon == 0)
    horizon = completeHorizon(p).value_or(0);
  if (horizon == 0)
    return false;
  if (length && c.incumbent.solved() && horizon < c.problem.windows.depth) {
    c.incumbent.raiseBoundToBest(c.incumbent.value());
    return false;
  }
  if (p.numNodes() > budget.nodes || horizon > kMaxCycle / 2 ||
      !c.problem.foldsFit())
    return false;
  windows = c.problem.windows;
  if (horizon != p.length) {
    auto within =
        c.problem.windowsWithin(static_cast<int32_t>(horizon), &c.stop());
    if (!within)
      return false;
    windows = std::move(*within);
  }
  ModelLimits limits;
  limits.values = budget.values;
  limits.cycles = budget.cycles;
  limits.pairs = budget.pairs;
  limits.engine = {budget.restart, budget.clauses};
  model = ScheduleModel::of(p, windows, static_cast<int32_t>(horizon), c.pays,
                            limits, c.stop());
  return model != nullptr;
}

/// From now on only what is better than the best schedule counts. False if
/// there is nothing.
bool LearningSearch::demandBetter() {
  Engine &engine = model->engine;
  if (c.incumbent.solved() && (!demands || c.incumbent.value() < demanded)) {
    demands = true;
    demanded = c.incumbent.value();
    model->hint(c.incumbent.starts());
    engine.require(atMost(model->cost, model->mostFor(demanded - 1)));
  }
  return !engine.isInfeasible();
}

void LearningSearch::noteBound() {
  Engine &engine = model->engine;
  if (!engine.isInfeasible()) {
    int64_t least = model->valueOf(engine.low(fromBelow(model->cost)));
    if (c.incumbent.solved())
      c.incumbent.raiseBoundToBest(least);
    else
      c.incumbent.raiseBound(least);
  } else if (c.incumbent.solved()) {
    c.incumbent.raiseBoundToBest(c.incumbent.value());
  } else {
    c.incumbent.setInfeasible();
  }
}

/// Is there a schedule of at most this cost? False if the answer is open.
bool LearningSearch::ask(int32_t target, int64_t slice) {
  Engine &engine = model->engine;
  switch (engine.search(atMost(model->cost, target), slice)) {
  case Engine::Verdict::Found:
    // What is no schedule would be a fault of the model: it is not asked again.
    if (!c.incumbent.offer(model->starts(), Method::Exact))
      model = nullptr;
    return model != nullptr;
  case Engine::Verdict::None:
    if (!engine.isInfeasible())
      engine.require(atLeast(model->cost, target + 1));
    noteBound();
    return true;
  case Engine::Verdict::Open:
    noteBound();
    return false;
  }
  return false;
}

void LearningSearch::run(const LearningBudget &budget, int64_t work) {
  if (work == 0 || c.incumbent.finished())
    return;
  if (!begun && !begin(budget))
    return;
  begun = true;
  if (!model)
    return;
  Engine &engine = model->engine;
  int64_t slice = budget.slice, end = engine.worked() + work;
  for (int32_t turn = 0;;) {
    if (!demandBetter() || c.incumbent.isInfeasible())
      return noteBound();
    if (c.incumbent.finished() || engine.worked() >= end)
      return;
    int32_t low = engine.low(fromBelow(model->cost));
    int32_t high = engine.high(fromBelow(model->cost));
    int32_t targets[] = {low, high, low + (high - low) / 2};
    if (ask(targets[turn % 3], std::min(slice, end - engine.worked()))) {
      if (!c.incumbent.solved() && engine.isInfeasible())
        return;
      continue;
    }
    if (!model)
      return;
    slice += ++turn % 3 == 0 ? slice : 0;
  }
}
