//===- HeuristicsTest.cpp - Schedules without a search --------------------===//
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

/// Each offers what is legal: the best of them is between the optimum and the
/// earliest starts, where these are legal.
TEST(Heuristics, ListsAreLegal) {
  int solved = 0;
  forMany(40, [&](const Enumerated &e) {
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    if (!begun || !begun->incumbent().solved())
      return;
    ++solved;
    EXPECT_GE(begun->incumbent().value(), e.leastCost());
    if (violations(e.d.p, e.d.instance.asap).empty()) {
      EXPECT_LE(begun->incumbent().value(), e.d.costOf(e.d.instance.asap));
    }
  });
  EXPECT_GT(solved, 100);
}

/// Where lists fail, ejection mostly does not.
TEST(Heuristics, Repair) {
  int repaired = 0, possible = 0;
  forMany(100, [&](const Enumerated &e) {
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    if (!begun || begun->incumbent().solved())
      return;
    repair(begun->c(), begun->instance());
    EXPECT_LE(begun->incumbent().solved(), !e.all.empty());
    possible += !e.all.empty();
    repaired += begun->incumbent().solved();
  });
  EXPECT_GT(possible, 10);
  EXPECT_GT(repaired, possible / 2);
}

/// The flow has the least communication, or the least total lifetime, of all
/// schedules, and what it says about the cost is a bound.
TEST(Heuristics, TheFlowIsLeast) {
  int compared = 0;
  forMany(40, [&](const Enumerated &e) {
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    if (!begun || e.all.empty())
      return;
    offerFlow(begun->c(), begun->instance(), Budget::of(begun->p, 2).construct);
    const Starts &flow = begun->c().landmarks.leastFlow;
    EXPECT_LE(begun->incumbent().bound(), e.leastCost());
    if (flow.empty() || e.d.options.payment().communication == 0)
      return;
    int64_t least = evaluate(e.d.p, flow).communication;
    for (const Starts &s : e.all)
      EXPECT_LE(least, evaluate(e.d.p, s).communication);
    ++compared;
  });
  EXPECT_GT(compared, 40);
}

/// For `memory` without recurrences and II, one from each end.
TEST(Heuristics, DepthFirstSchedulesAreLandmarks) {
  for (Objective objective : kObjectives)
    for (int32_t ii : {0, 20}) {
      SolverOptions o;
      o.objective = objective;
      std::unique_ptr<Begun> begun = begin(layeredProblem(2, 40, ii), o);
      ASSERT_TRUE(begun);
      offerDepthFirst(begun->c(), begun->instance());
      bool expected = o.payment().memory > 0 && ii == 0;
      EXPECT_EQ(begun->c().landmarks.depthFirst.size(), expected ? 2u : 0u);
    }
}

/// Near a legal schedule there is a legal schedule: itself. (Lists never start
/// a node before one that it waits for by a negative lag.)
TEST(Heuristics, NearMeans) {
  int tried = 0;
  forMany(30, [&](const Enumerated &e) {
    std::unique_ptr<Begun> begun = begin(e.d.p, e.d.options);
    if (!begun || e.all.empty() || !begun->c().problem.hasLimits ||
        std::ranges::any_of(e.d.p.lag, [](int32_t a) { return a < 0; }))
      return;
    std::vector<float> mean;
    for (int32_t t : e.all.front())
      mean.push_back(static_cast<float>(t) + 0.3f);
    offerNear(begun->c(), begun->instance(), mean, Method::Rounding);
    EXPECT_TRUE(begun->incumbent().solved());
    ++tried;
  });
  EXPECT_GT(tried, 50);
}

} // namespace
