//===- PlanTest.cpp - What runs, and in which order -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Relax/Descents.h"
#include "SmallRun.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Large graphs: after the first descent of an effort level others follow, each
/// from what a short polish made of the best schedule.
TEST(Plan, DescentAndPolishTakeTurns) {
  Problem p = layeredProblem(5, 3600);
  ASSERT_GT(p.numNodes() + p.numEdges(), 10000);
  SolverOptions o = quick(Objective::Resources);
  o.windows = false;
  int64_t steps = 0;
  for (int32_t level : {1, 2}) {
    Budget budget = smallBudget(p, level);
    EXPECT_EQ(budget.turns > 0, level == 2);
    EXPECT_EQ(budget.descent.gentle, level == 1);
    steps += int64_t(budget.descent.steps) *
             (budget.descent.replicas +
              (budget.descent.gentle ? Descents::kGentle : 0));
  }
  o.effort = 2;
  Outcome<Solution> one = solveSmall(p, o);
  ASSERT_TRUE(one);
  EXPECT_GT(one->work.descentSteps, steps);
  o.polish = false;
  Outcome<Solution> alone = solveSmall(p, o);
  ASSERT_TRUE(alone);
  EXPECT_LE(alone->work.descentSteps, steps);
}

/// Large graphs at effort 1: with `resources` two more descents of short steps,
/// and all of them get a short polish before the best one gets the long one.
TEST(Plan, FirstDescentsOnLargeGraphsAreRaced) {
  Problem p = layeredProblem(5, 3600);
  Budget budget = smallBudget(p, 1);
  for (Objective objective : {Objective::Resources, Objective::Memory}) {
    SolverOptions o = quick(objective);
    o.effort = 1;
    o.windows = false;
    Outcome<Solution> s = solveSmall(p, o);
    ASSERT_TRUE(s);
    ASSERT_TRUE(budget.descent.gentle);
    int64_t descents =
        budget.descent.replicas +
        (objective == Objective::Resources ? Descents::kGentle : 0);
    EXPECT_EQ(s->work.descentSteps, descents * budget.descent.steps);
    EXPECT_GE(s->work.polishProposals,
              descents * budget.crossing.proposals + budget.polish.proposals);
    if (objective == Objective::Resources)
      expectSame(*s, p, o, 2);
  }
}

/// Small graphs: more descents follow, from between the best results of short
/// polishes; without the gradient short polishes alone.
TEST(Plan, SmallGraphsCrossTheirBest) {
  Problem p = layeredProblem(5, 200);
  Budget budget = smallBudget(p, 1);
  ASSERT_GT(budget.crossing.crossings, 0);
  ASSERT_TRUE(budget.descent.shortest);
  SolverOptions o = quick(Objective::Resources);
  o.windows = false;
  o.length = factor(1250000);
  o.effort = 1;
  Outcome<Solution> one = solveSmall(p, o);
  ASSERT_TRUE(one);
  // The replicas, one in the shortest horizon, and the children.
  int64_t descents = budget.descent.replicas + 1 + budget.crossing.crossings;
  EXPECT_EQ(one->work.descentSteps, descents * budget.descent.steps);
  expectSame(*one, p, o, 2);
  o.gradient = false;
  Outcome<Solution> without = solveSmall(p, o);
  ASSERT_TRUE(without);
  EXPECT_EQ(without->work.descentSteps, 0);
  EXPECT_GE(without->work.polishProposals,
            budget.crossing.crossings * budget.crossing.proposals);
  o.polish = false;
  o.gradient = true;
  Outcome<Solution> alone = solveSmall(p, o);
  ASSERT_TRUE(alone);
  EXPECT_EQ(alone->work.descentSteps,
            (budget.descent.replicas + 1) * budget.descent.steps);
  EXPECT_EQ(alone->work.polishProposals, 0);
}

/// Prices leave a gap on some of these; satisfiability closes it.
TEST(Plan, ALowerPeakIsAskedFor) {
  int32_t without = 0, with = 0;
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    Problem p = layeredProblem(seed, 40);
    std::fill(p.width.begin(), p.width.end(), 2);
    SolverOptions o = quick(Objective::Memory, 2);
    o.effort = 2;
    o.length = factor(1250000);
    Outcome<Solution> both = solveSmall(p, o);
    o.windows = false;
    Outcome<Solution> neither = solveSmall(p, o);
    ASSERT_TRUE(both && neither);
    EXPECT_LE(both->value, neither->value);
    EXPECT_GE(both->bound, neither->bound);
    EXPECT_LE(both->bound, both->value);
    with += both->gap() == 0;
    without += neither->gap() == 0;
  }
  EXPECT_LT(without, 3);
  EXPECT_EQ(with, 3);
}

} // namespace
