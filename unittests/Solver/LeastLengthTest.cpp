//===- LeastLengthTest.cpp - Lengths as factors, under limits -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallRun.h"

#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Six nodes on one unit take six cycles, one after the other.
TEST(LeastLength, IsAFactorOfTheLeastThatLimitsAllow) {
  Problem p = sharedUnits(1, 6);
  SolverOptions o = quick(Objective::Memory);
  Outcome<SettledOptions> once = settleLength(p, o);
  ASSERT_TRUE(once);
  EXPECT_EQ(once->options.length.kind, LengthChoice::Cycles);
  EXPECT_EQ(once->options.length.cycles, 6);
  EXPECT_EQ(once->options.ii.kind, IIChoice::None);
  o.length = factor(1250000);
  EXPECT_EQ(settleLength(p, o)->options.length.cycles, 8);
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->lengthBound, 8);
}

/// The longest path would be too short, and nobody asked for more.
TEST(LeastLength, LeavesAllElseAsItIs) {
  SolverOptions o = quick(Objective::Memory);
  EXPECT_EQ(settleLength(sharedUnits(kUnlimited, 6), o)->options.length.kind,
            LengthChoice::Default);
  Problem bounded = sharedUnits(1, 6);
  bounded.length = 9;
  EXPECT_EQ(settleLength(bounded, o)->options.length.kind,
            LengthChoice::Default);
  o.length = {LengthChoice::Cycles, 7, 1000000};
  EXPECT_EQ(settleLength(sharedUnits(1, 6), o)->options.length.cycles, 7);
  EXPECT_TRUE(settleLength(sharedUnits(1, 6), o)->shortest.empty());
  SolverOptions latency = quick(Objective::Latency);
  EXPECT_EQ(settleLength(sharedUnits(1, 6), latency)->options.length.kind,
            LengthChoice::Default);
}

/// Where `latency` has a schedule every objective has one, at the same II and
/// with the same proof of it.
void expectScheduleAtFactors(const Problem &p, uint64_t seed) {
  SolverOptions o = quick(Objective::Latency);
  o.effort = 0;
  if (seed % 2)
    o.ii.kind = IIChoice::Auto;
  Outcome<Solution> shortest = solve(p, o);
  if (!shortest)
    return;
  for (Objective objective : {Objective::Memory, Objective::Resources})
    for (int64_t millionths : {1000000, 1250000, 2000000}) {
      o.objective = objective;
      o.length = factor(millionths);
      Outcome<Solution> s = solve(p, o);
      ASSERT_TRUE(s) << seed << ": " << s.error().message;
      EXPECT_EQ(s->ii, shortest->ii) << seed;
      EXPECT_EQ(s->iiProof, shortest->iiProof) << seed;
      Outcome<Problem> resolved = resolve(p, settleLength(p, o)->options);
      ASSERT_TRUE(resolved) << seed;
      EXPECT_TRUE(verify(*resolved, s->starts).empty()) << seed;
      if (p.usesLimits())
        EXPECT_EQ(resolved->length,
                  (shortest->cost.length * millionths + 999999) / 1000000)
            << seed;
    }
}

TEST(LeastLength, AScheduleExistsForEveryObjective) {
  int32_t limited = 0;
  for (uint64_t seed = 1; seed <= 120; ++seed) {
    SmallShape shape;
    shape.maxNodes = 7;
    shape.limitPercent = 90;
    shape.windows = false;
    shape.pipelined = seed % 3 == 0;
    Problem p = smallProblem(seed, shape);
    limited += p.usesLimits();
    expectScheduleAtFactors(p, seed);
  }
  EXPECT_GT(limited, 60);
}

} // namespace
