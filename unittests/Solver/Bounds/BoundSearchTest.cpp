//===- BoundSearchTest.cpp - Bounds are never above the optimum -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "Enumerated.h"

#include "Bounds/BoundSearch.h"
#include "Portfolio/Budget.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// Whatever parts the step takes, and the more of it the better.
TEST(BoundSearch, BetweenTheSimpleBoundAndTheOptimum) {
  int tight = 0, compared = 0;
  forMany(25, [&](const Enumerated &e) {
    if (e.all.empty())
      return;
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    ASSERT_TRUE(begun);
    if (!begun->incumbent().solved())
      return;
    BoundSearch bounds(begun->c());
    int64_t last = begun->incumbent().bound();
    for (int32_t effort : {1, 2}) {
      bounds.run(begun->instance(), Budget::of(begun->p, effort).bound);
      EXPECT_GE(begun->incumbent().bound(), last);
      last = begun->incumbent().bound();
    }
    EXPECT_LE(last, e.leastCost());
    ++compared;
    tight += last == e.leastCost();
  });
  EXPECT_GT(compared, 100);
  EXPECT_GT(tight, compared / 2);
}

/// Cuts are no part of `latency`, and nothing is bounded without a schedule.
TEST(BoundSearch, NothingToPrice) {
  SolverOptions o;
  std::unique_ptr<Begun> begun = begin(layeredProblem(1, 30), o);
  ASSERT_TRUE(begun);
  int64_t before = begun->incumbent().bound();
  BoundSearch(begun->c()).run(begun->instance(), Budget::of(begun->p, 2).bound);
  EXPECT_EQ(begun->incumbent().bound(), before);
  EXPECT_TRUE(begun->c().pool.empty());
}

} // namespace
