//===- OnceTest.cpp - A solve validates and finds windows once ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Counts.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

struct Seen {
  int64_t validations, earliestStarts, latestStarts;
};

/// What a solve, which must succeed, adds to the counts.
Seen countsOf(const Problem &p, const SolverOptions &o) {
  int64_t validations = counts.validations;
  int64_t earliest = counts.earliestStarts, latest = counts.latestStarts;
  EXPECT_TRUE(solve(p, o));
  return {counts.validations - validations, counts.earliestStarts - earliest,
          counts.latestStarts - latest};
}

/// Chains that share units.
Problem chains(int64_t limit) {
  Problem p;
  int32_t unit = p.addResource("alu", limit);
  for (int32_t chain = 0; chain < 4; ++chain)
    for (int32_t k = 0; k < 5; ++k) {
      int32_t node = p.addNode("", 1 + (chain + k) % 3, /*widthBits=*/8);
      p.addUse(unit, 1);
      if (k > 0)
        p.addEdge(node - 1, node);
    }
  return p;
}

SolverOptions optionsFor(Objective objective) {
  SolverOptions o;
  o.objective = objective;
  o.effort = 1;
  o.threads = 1;
  return o;
}

TEST(Once, TheProblemOfAFactorIsValidatedOnce) {
  for (Objective objective : {Objective::Memory, Objective::Resources}) {
    SolverOptions o = optionsFor(objective);
    o.length.kind = LengthChoice::Factor;
    o.length.factorMillionths = 1500000;
    Seen seen = countsOf(chains(kUnlimited), o);
    EXPECT_EQ(seen.validations, 1);
    // The factor is of the longest path, with which the windows begin.
    EXPECT_EQ(seen.earliestStarts, 1);
    // The optimum is known before a descent in the least length.
    EXPECT_EQ(seen.latestStarts, 1);
  }
}

/// Under limits a solve for the shortest schedule comes first.
TEST(Once, TheProblemUnderLimitsIsValidatedOnce) {
  SolverOptions o = optionsFor(Objective::Memory);
  Seen seen = countsOf(chains(2), o);
  EXPECT_EQ(seen.validations, 1);
  EXPECT_EQ(seen.earliestStarts, 2);
}

/// In an open horizon only the latest starts follow what a schedule needs.
TEST(Once, AnOpenHorizonKeepsTheEarliestStarts) {
  SolverOptions o = optionsFor(Objective::Latency);
  Seen seen = countsOf(chains(2), o);
  EXPECT_EQ(seen.validations, 1);
  EXPECT_EQ(seen.earliestStarts, 1);
  EXPECT_GE(seen.latestStarts, 2);
}

/// A problem that is changed is another one: with the least interval, and again
/// with each interval after it, of which none is tried here.
TEST(Once, AnIntervalIsValidatedWithTheProblem) {
  Problem p = chains(2);
  p.addEdge(4, 0, /*distanceIterations=*/1);
  Seen seen = countsOf(p, optionsFor(Objective::Memory));
  EXPECT_LE(seen.validations, 3);
}

/// However many schedules are offered.
TEST(Once, MoreWorkValidatesNoMore) {
  for (int32_t effort : {0, 1, 2}) {
    SolverOptions o = optionsFor(Objective::Resources);
    o.effort = effort;
    EXPECT_EQ(countsOf(chains(3), o).validations, 1) << effort;
  }
}

} // namespace
