//===- SmallRun.h - The portfolio with little to do -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the parts do in which order does not depend on how much each does: a
/// solve with small budgets, so that a test of it takes little time.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SOLVER_SMALLRUN_H
#define GAUS_UNITTESTS_SOLVER_SMALLRUN_H

#include "Portfolio/Plan.h"
#include "Threads.h"

#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gaus::test {

/// As many parts, replicas, races and turns as an effort has, and a small share
/// of its steps, proposals, cuts and programs.
inline Budget smallBudget(const Problem &p, int32_t effort) {
  Budget b = Budget::of(p, effort);
  b.descent.steps = std::min(b.descent.steps, 10 * effort);
  b.construct.attempts = std::min(b.construct.attempts, 10);
  b.crossing.proposals /= 50;
  b.polish.proposals /= 50;
  b.bound.cuts = std::min(b.bound.cuts, 8);
  b.bound.cutWork /= 50;
  b.bound.areaFlows = std::min(b.bound.areaFlows, 1);
  b.learning = {};
  b.smallFormula = {}; // it leaves nothing to do for the others
  b.neighbourhoods.programs = std::min(b.neighbourhoods.programs, 4 * effort);
  return b;
}

inline SolverOptions quick(Objective objective, int32_t threads = 1) {
  SolverOptions o;
  o.objective = objective;
  o.effort = 1;
  o.threads = threads;
  return o;
}

inline LengthChoice factor(int64_t millionths) {
  LengthChoice length;
  length.kind = LengthChoice::Factor;
  length.factorMillionths = millionths;
  return length;
}

/// `solve` for an II that is not to be found, with these budgets.
inline Outcome<Solution> solveWith(BudgetOf budgetOf, const Problem &p,
                                   const SolverOptions &options,
                                   std::span<const int32_t> existing = {}) {
  Outcome<Problem> resolved = resolve(p, options);
  if (!resolved)
    return resolved.error();
  return withThreads(options, [&] {
    Attempt attempt;
    return runPortfolio({*resolved, {}}, options, {existing, {}}, attempt,
                        nullptr, budgetOf);
  });
}

inline Outcome<Solution> solveSmall(const Problem &p,
                                    const SolverOptions &options,
                                    std::span<const int32_t> existing = {}) {
  return solveWith(smallBudget, p, options, existing);
}

/// More threads give the same bits by the same work.
inline void expectSame(const Solution &one, const Problem &p, SolverOptions o,
                       int32_t threads) {
  o.threads = threads;
  Outcome<Solution> more = solveSmall(p, o);
  ASSERT_TRUE(more);
  EXPECT_EQ(one.starts, more->starts) << threads << " threads";
  EXPECT_EQ(one.work.descentSteps, more->work.descentSteps);
  EXPECT_EQ(one.work.polishProposals, more->work.polishProposals);
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SOLVER_SMALLRUN_H
