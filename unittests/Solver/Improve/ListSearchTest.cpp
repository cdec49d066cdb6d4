//===- ListSearchTest.cpp - Orders that are crossed -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/ListSearch.h"
#include "Begun.h"
#include "RandomProblem.h"
#include "Reference.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr ListBudget kBudget = {0, 0, 1 << 20};

/// From the latest of schedules, one operation after the other.
TEST(ListSearch, ComesToTheOptimum) {
  int asked = 0, optimal = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.minNodes = 4;
    shape.windows = shape.lags = false;
    shape.limitPercent = 100;
    SolverOptions o;
    o.objective = Objective::Latency;
    auto begun = begin(smallProblem(seed, shape), o);
    if (!begun || !begun->incumbent().solved() ||
        begun->incumbent().length() > 8)
      continue;
    ListSearch search(begun->c());
    search.run(kBudget, 20000);
    search.run(kBudget, 20000);
    std::optional<int64_t> best =
        optimum(begun->p, static_cast<int32_t>(begun->incumbent().length()),
                Objective::Latency, {});
    ASSERT_TRUE(best);
    EXPECT_GE(begun->incumbent().value(), *best);
    optimal += begun->incumbent().value() == *best;
    ++asked;
  }
  EXPECT_GT(asked, 20);
  EXPECT_GE(optimal, asked - 1);
}

/// The same bits each time.
TEST(ListSearch, IsDeterministic) {
  Problem p = layeredProblem(3, 60);
  p.limit = {2, 1};
  SolverOptions o;
  o.objective = Objective::Latency;
  Starts found[2];
  for (Starts &s : found) {
    auto begun = begin(p, o);
    ASSERT_TRUE(begun && begun->incumbent().solved());
    ListSearch(begun->c()).run(kBudget, 300000);
    s = begun->incumbent().starts();
  }
  EXPECT_EQ(found[0], found[1]);
}

} // namespace
