//===- ShortenTest.cpp - Shortest schedules against enumeration -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "Enumerated.h"

#include "Portfolio/Budget.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// Fewer cycles than lists need, never fewer than there can be.
TEST(Shorten, TowardsTheOptimum) {
  int compared = 0, best = 0, listed = 0;
  for (uint64_t seed = 1; seed <= 200; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.minNodes = 4;
    shape.limitPercent = 100;
    shape.windows = seed % 2;
    SolverOptions o;
    std::unique_ptr<Begun> begun = begin(smallProblem(seed, shape), o);
    if (!begun || !begun->incumbent().solved() ||
        begun->incumbent().length() > 9)
      continue;
    auto horizon = static_cast<int32_t>(begun->incumbent().length());
    std::optional<int64_t> least =
        optimum(begun->p, horizon, Objective::Latency, {});
    ASSERT_TRUE(least);
    listed += begun->incumbent().length() == *least;
    shorten(begun->c(), begun->instance(), {0, 30});
    EXPECT_GE(begun->incumbent().length(), *least);
    EXPECT_LE(begun->incumbent().length(), horizon);
    best += begun->incumbent().length() == *least;
    ++compared;
  }
  EXPECT_GT(compared, 80);
  EXPECT_GE(best, listed);
  EXPECT_GT(best * 100, compared * 98);
}

/// Without limits, and for other objectives, there is nothing to shorten.
TEST(Shorten, OnlyForLatencyUnderLimits) {
  SolverOptions o;
  o.objective = Objective::Memory;
  Problem p = sharedUnits(2, 6);
  p.length = 9;
  std::unique_ptr<Begun> begun = begin(p, o);
  ASSERT_TRUE(begun);
  shorten(begun->c(), begun->instance(), {0, 30});
  EXPECT_EQ(begun->incumbent().method(), Method::List);
}

} // namespace
