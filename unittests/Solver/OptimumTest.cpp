//===- OptimumTest.cpp - The solver against enumeration -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Environment.h"
#include "RandomProblem.h"
#include "Reference.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Core/Windows.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Cycles that the enumeration tries, which is also the length: the least one
/// and up to three more.
int32_t horizonOf(const Problem &p, uint64_t seed) {
  Outcome<int32_t> least = leastLength(p);
  int32_t more = static_cast<int32_t>(seed % 4);
  return least ? std::min(9, *least + more) : 9;
}

/// GAUS_OPTIMUM_EFFORT and GAUS_OPTIMUM_SEEDS are for larger runs by hand.
SolverOptions optionsFor(Objective objective, int32_t length) {
  SolverOptions o;
  o.objective = objective;
  o.effort = static_cast<int32_t>(fromEnvironment("GAUS_OPTIMUM_EFFORT", 2));
  o.threads = 1;
  o.length.kind = LengthChoice::Cycles;
  o.length.cycles = length;
  return o;
}

/// What came of one problem: the solver must agree with the enumeration about
/// legality, stay at or above the optimum, and its bound at or below.
struct Tally {
  int problems = 0, solved = 0, optimal = 0, infeasible = 0, missed = 0;
  std::string above; ///< those above the optimum
};

void compare(const Problem &p, uint64_t seed, Objective objective,
             Tally &tally) {
  ++tally.problems;
  int32_t length = horizonOf(p, seed);
  SolverOptions o = optionsFor(objective, length);
  Problem bounded = p;
  bounded.length = length;
  std::optional<int64_t> best = optimum(bounded, length, objective, o.weights);
  Outcome<Solution> s = solve(p, o);
  if (!best) {
    EXPECT_FALSE(s) << "an illegal schedule was taken for a legal one";
    ++tally.infeasible;
    return;
  }
  if (!s) {
    // Only the search may give up; a reason would be a wrong proof.
    EXPECT_EQ(s.error().code, "Res") << s.error().message;
    EXPECT_NE(s.error().message.find("no schedule within"), std::string::npos)
        << s.error().message;
    ++tally.missed;
    return;
  }
  EXPECT_TRUE(verify(bounded, s->starts).empty());
  EXPECT_EQ(referenceCost(bounded, s->starts).value(objective, o.weights),
            s->value);
  EXPECT_GE(s->value, *best);
  EXPECT_LE(s->bound, *best);
  ++tally.solved;
  tally.optimal += s->value == *best;
  if (s->value != *best)
    tally.above += "\nseed " + std::to_string(seed) + ", objective " +
                   std::to_string(static_cast<int>(objective)) + ": " +
                   std::to_string(s->value) + " for " + std::to_string(*best);
}

Tally compareMany(const SmallShape &shape, uint64_t seeds) {
  Tally tally;
  auto last = static_cast<uint64_t>(
      fromEnvironment("GAUS_OPTIMUM_SEEDS", static_cast<int64_t>(seeds)));
  for (uint64_t seed = 1; seed <= last; ++seed)
    for (Objective objective : kObjectives) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", objective " +
                   std::to_string(static_cast<int>(objective)));
      compare(smallProblem(seed, shape), seed, objective, tally);
    }
  testing::Test::RecordProperty("problems", tally.problems);
  testing::Test::RecordProperty("solved", tally.solved);
  testing::Test::RecordProperty("optimal", tally.optimal);
  testing::Test::RecordProperty("infeasible", tally.infeasible);
  testing::Test::RecordProperty("missed", tally.missed);
  return tally;
}

TEST(Optimum, Plain) {
  Tally t = compareMany({}, 180);
  EXPECT_EQ(t.optimal, t.solved) << t.above;
  EXPECT_EQ(t.missed, 0);
  EXPECT_GT(t.solved, t.problems / 2);
  EXPECT_GT(t.infeasible, 0);
}

TEST(Optimum, Unlimited) {
  SmallShape shape;
  shape.limitPercent = 0;
  shape.windows = false;
  Tally t = compareMany(shape, 60);
  EXPECT_EQ(t.optimal, t.solved) << t.above;
  EXPECT_EQ(t.missed, 0);
  EXPECT_GT(t.solved, t.problems / 2);
}

TEST(Optimum, Pipelined) {
  SmallShape shape;
  shape.pipelined = true;
  Tally t = compareMany(shape, 100);
  EXPECT_EQ(t.optimal, t.solved) << t.above;
  EXPECT_EQ(t.missed, 0);
  EXPECT_GT(t.solved, t.problems / 3);
}

/// Most lags are negative: readers start before their makers, and costs can be
/// below zero.
Problem earlyReaders(uint64_t seed) {
  SmallShape shape;
  shape.limitPercent = seed % 2 ? 0 : 60;
  Problem p = smallProblem(seed, shape);
  Random random(seed);
  for (int32_t &lag : p.lag)
    if (random.chance(60))
      lag -= random.in(1, 4);
  for (int64_t &weight : p.weight)
    weight *= 3;
  return p;
}

/// The first three were once told to be optimal at -6, -10 and -8.
TEST(Optimum, NegativeCosts) {
  int negative = 0;
  for (uint64_t seed : {292, 331, 685, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Problem p = earlyReaders(seed);
    Outcome<int32_t> least = leastLength(p);
    if (!least || *least > 5)
      continue;
    p.length = (3 * *least + 1) / 2;
    SolverOptions o = optionsFor(Objective::Resources, p.length);
    o.effort = 1;
    o.weights = {1, 2};
    std::optional<int64_t> best = optimum(p, p.length, o.objective, o.weights);
    Outcome<Solution> s = solve(p, o);
    ASSERT_EQ(bool(s), best.has_value());
    if (!best)
      continue;
    EXPECT_LE(s->bound, *best);
    EXPECT_EQ(s->value, *best);
    negative += *best < 0;
  }
  EXPECT_GE(negative, 3);
}

TEST(Optimum, Clocked) {
  SmallShape shape;
  shape.clocked = true;
  Tally t = compareMany(shape, 60);
  EXPECT_EQ(t.optimal, t.solved) << t.above;
  EXPECT_EQ(t.missed, 0);
  EXPECT_GT(t.solved, t.problems / 3);
}

} // namespace
