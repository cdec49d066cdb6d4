//===- CrossingTest.cpp - Races, elites and their children ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "RandomProblem.h"

#include "Improve/Crossing.h"
#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr CrossingBudget kCrossing{2000, 8};

/// Two descents, races of what they find, and eight children.
struct Crossed {
  std::unique_ptr<Begun> begun;
  std::vector<Starts> elites;
  DescentBudget descent;
  bool gained = false;

  explicit Crossed(bool gradient, const CrossingBudget &budget = kCrossing) {
    SolverOptions o;
    o.objective = Objective::Resources;
    o.gradient = gradient;
    o.length.kind = LengthChoice::Factor;
    o.length.factorMillionths = 1500000;
    begun = begin(layeredProblem(4, 60), o);
    if (!begun)
      return;
    descent.replicas = 2;
    descent.steps = 20;
    descent.small = true;
    const Context &c = begun->c();
    const Instance &instance = begun->instance();
    Descents &descents = begun->workspace->descents();
    if (gradient)
      EXPECT_FALSE(descents.run(instance, descent, {}));
    else
      c.pool.add(instance.alap, Method::Alap);
    Polish polish(c);
    Crossing crossing(c, descents, polish);
    EXPECT_FALSE(crossing.run(instance, budget, descent, gained));
    for (const Elite &e : polish.elites())
      elites.push_back(e.starts);
  }
};

TEST(Crossing, CountsWhatItRuns) {
  Crossed crossed(true);
  ASSERT_TRUE(crossed.begun);
  const WorkCounts &work = crossed.begun->incumbent().work();
  EXPECT_EQ(work.descentSteps,
            crossed.descent.steps *
                (crossed.descent.replicas + kCrossing.crossings));
  // Each child is raced, and what there was before.
  EXPECT_GE(work.polishProposals,
            kCrossing.proposals *
                (crossed.descent.replicas + kCrossing.crossings));
}

/// Nothing gains all there is: one batch of fewer steps.
TEST(Crossing, EndsWhereItGainsLittle) {
  CrossingBudget budget = kCrossing;
  budget.steps = 5;
  budget.little = 1;
  Crossed crossed(true, budget);
  ASSERT_TRUE(crossed.begun);
  EXPECT_EQ(crossed.begun->incumbent().work().descentSteps,
            crossed.descent.steps * crossed.descent.replicas +
                budget.steps * Crossing::kBatch);
}

TEST(Crossing, ElitesStayInThePool) {
  Crossed crossed(true);
  ASSERT_TRUE(crossed.begun);
  ASSERT_GT(crossed.elites.size(), 1u);
  EXPECT_LE(crossed.elites.size(), 4u);
  std::span<const Candidate> pool = crossed.begun->c().pool.all();
  ASSERT_EQ(pool.size(), crossed.elites.size());
  for (const Candidate &c : pool)
    EXPECT_TRUE(c.raced);
  for (const Starts &s : crossed.elites)
    EXPECT_TRUE(verify(crossed.begun->p, s).empty());
}

/// Without the gradient the children are middles, which keep what both parents
/// keep.
TEST(Crossing, MiddlesWithoutTheGradient) {
  Crossed crossed(false);
  ASSERT_TRUE(crossed.begun);
  EXPECT_EQ(crossed.begun->incumbent().work().descentSteps, 0);
  EXPECT_GE(crossed.begun->incumbent().work().polishProposals,
            kCrossing.proposals * kCrossing.crossings);
  for (const Starts &s : crossed.elites)
    EXPECT_TRUE(verify(crossed.begun->p, s).empty());
}

TEST(Crossing, TheSameAgain) {
  Crossed one(true), two(true);
  ASSERT_TRUE(one.begun && two.begun);
  EXPECT_EQ(one.elites, two.elites);
  EXPECT_EQ(one.gained, two.gained);
  EXPECT_EQ(one.begun->incumbent().starts(), two.begun->incumbent().starts());
}

} // namespace
