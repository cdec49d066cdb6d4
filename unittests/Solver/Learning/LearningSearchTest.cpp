//===- LearningSearchTest.cpp - The optimum of small problems -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The step alone, without a schedule to begin from, against enumeration: it
/// knows the optimum, proves it, and says where there is none. The engine
/// restarts and forgets all the time. GAUS_ORACLE_FIRST and GAUS_ORACLE_SEEDS
/// set the first problem and how many, for longer runs by hand.
///
//===----------------------------------------------------------------------===//

#include "Learning/LearningSearch.h"
#include "Environment.h"
#include "Portfolio/Workspace.h"
#include "RandomProblem.h"
#include "Reference.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr LearningBudget kBudget = {.first = 0,
                                    .work = 0,
                                    .slice = 1000,
                                    .nodes = 100,
                                    .values = 100000,
                                    .cycles = 10000,
                                    .pairs = 100,
                                    .restart = 1,
                                    .clauses = 8};

struct Case {
  Problem p;
  SolverOptions options;
  int32_t tried; ///< cycles that are enumerated
};

Case makeCase(uint64_t seed) {
  Random random(seed * 131 + 7);
  SmallShape shape;
  shape.minNodes = 3;
  shape.maxNodes = random.chance(30) ? 5 : 4;
  shape.maxLatency = random.in(0, 3);
  shape.edgePercent = random.in(10, 70);
  shape.limitPercent = random.in(20, 100);
  shape.lags = random.chance(60);
  shape.windows = random.chance(40);
  shape.pipelined = random.chance(50);
  shape.clocked = random.chance(30);
  Case c;
  c.p = smallProblem(seed, shape);
  for (int32_t &held : c.p.occupancy)
    if (random.chance(15))
      held = random.in(2, 7);
  c.options.objective = static_cast<Objective>(seed % 3);
  c.options.weights = {random.in(0, 3), random.in(0, 3)};
  c.options.threads = 1;
  c.tried = random.in(3, 7);
  // The shortest schedule may be asked for without a length.
  if (c.options.objective != Objective::Latency || random.chance(50)) {
    c.options.length.kind = LengthChoice::Cycles;
    c.options.length.cycles = c.tried;
  }
  return c;
}

struct Counts {
  int64_t solved = 0, infeasible = 0, open = 0;
};

void compare(const Case &c, const Problem &resolved, const Context &context,
             Counts &counts) {
  Incumbent &incumbent = context.incumbent;
  Problem asked = c.p; // without edges that stand for chains
  asked.ii = resolved.ii;
  // Without a length those of so many cycles: all of them are enumerated.
  asked.length = resolved.length > 0 ? resolved.length : c.tried;
  std::optional<int64_t> best =
      optimum(asked, c.tried, c.options.objective, c.options.weights);
  if (best) {
    ASSERT_TRUE(incumbent.solved());
    EXPECT_EQ(incumbent.value(), *best);
    EXPECT_EQ(incumbent.bound(), *best);
    ++counts.solved;
    return;
  }
  ++counts.infeasible;
  if (c.options.length.kind == LengthChoice::Cycles) {
    EXPECT_FALSE(incumbent.solved());
    EXPECT_TRUE(incumbent.isInfeasible());
    return;
  }
  // None of so many cycles: longer ones may be there.
  EXPECT_NE(incumbent.solved(), incumbent.isInfeasible());
  if (incumbent.solved()) {
    EXPECT_GT(incumbent.value(), c.tried);
    EXPECT_EQ(incumbent.bound(), incumbent.value());
  }
}

TEST(LearningSearch, AgreesWithEnumeration) {
  auto first = static_cast<uint64_t>(fromEnvironment("GAUS_ORACLE_FIRST", 1));
  auto seeds =
      static_cast<uint64_t>(fromEnvironment("GAUS_ORACLE_SEEDS", 2500));
  Counts counts;
  for (uint64_t seed = first; seed < first + seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Case c = makeCase(seed);
    if (c.p.validate())
      continue;
    Outcome<Problem> resolved = resolve(c.p, c.options);
    if (!resolved)
      continue;
    auto workspace = Workspace::create(*resolved, c.options);
    if (!workspace)
      continue;
    const Context &context = (*workspace)->context();
    LearningSearch search(context);
    // In slices: what was learnt before counts.
    for (int32_t k = 0; k < 3; ++k)
      search.run(kBudget, k < 2 ? 500 : 100000000);
    compare(c, *resolved, context, counts);
  }
  RecordProperty("solved", std::to_string(counts.solved));
  RecordProperty("infeasible", std::to_string(counts.infeasible));
  EXPECT_GT(counts.solved, 0);
  EXPECT_GT(counts.infeasible, 0);
}

/// A better schedule that another part has found is the new mark.
TEST(LearningSearch, GoesOnFromABetterSchedule) {
  Problem p = sharedUnits(1, 6);
  SolverOptions o;
  o.objective = Objective::Latency;
  auto workspace = Workspace::create(p, o);
  ASSERT_TRUE(workspace);
  const Context &c = (*workspace)->context();
  LearningSearch search(c);
  search.run(kBudget, 1);
  ASSERT_TRUE(c.incumbent.offer(Starts{0, 1, 2, 3, 4, 6}, Method::List));
  search.run(kBudget, 100000000);
  EXPECT_EQ(c.incumbent.value(), 6);
  EXPECT_EQ(c.incumbent.bound(), 6);
}

/// What is too large for the budget is left to others.
TEST(LearningSearch, KnowsItsLimits) {
  Problem p = layeredProblem(1, 60);
  SolverOptions o;
  o.objective = Objective::Memory;
  Outcome<Problem> resolved = resolve(p, o);
  ASSERT_TRUE(resolved);
  for (auto limit : {&LearningBudget::values, &LearningBudget::cycles}) {
    auto workspace = Workspace::create(*resolved, o);
    ASSERT_TRUE(workspace);
    LearningBudget budget = kBudget;
    budget.*limit = 3;
    LearningSearch(((*workspace)->context())).run(budget, 100000);
    EXPECT_FALSE((*workspace)->context().incumbent.solved());
  }
}

} // namespace
