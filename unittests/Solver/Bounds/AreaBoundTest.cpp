//===- AreaBoundTest.cpp - Bounds by the uses before or after a cycle -----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/AreaBound.h"
#include "RandomProblem.h"
#include "SmallData.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

TEST(AreaBound, NeverAboveTheOptimum) {
  int tried = 0, met = 0;
  for (bool clocked : {false, true})
    for (uint64_t seed = 1; seed <= 300; ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      SmallShape shape;
      shape.clocked = clocked;
      Problem p = smallProblem(seed, shape);
      std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
      std::optional<ProblemData> d =
          problemData(p, Objective::Resources, 1 + 0.25 * double(seed % 4));
      if (!d || d->p.length > 9 || !AreaBound::covers(d->instance))
        continue;
      int64_t least = INT64_MAX;
      for (const Starts &s : allSchedules(d->p))
        least = std::min(least, d->costOf(s));
      Stop stop;
      AreaBound areas(d->instance);
      int64_t upper = d->costOf(d->instance.asap);
      int64_t bound = areas.improve(10, d->instance.asap, upper, stop);
      // The second call goes on from the first one's prices.
      int64_t more = areas.improve(10, d->instance.asap, upper, stop);
      EXPECT_LE(bound, least);
      EXPECT_LE(more, least);
      EXPECT_GE(more, bound);
      ++tried;
      met += more == least;
    }
  EXPECT_GT(tried, 400);
  // Not only because it is low: many reach the optimum.
  EXPECT_GT(met, tried / 10);
}

/// Six readers of one value and three cycles for them: the least peak is 2 and
/// costs 100 each, the least communication is 6, but not both at once.
ProblemData crowd(bool early) {
  Problem p;
  int32_t unit = p.addResource("unit");
  int32_t hub = p.addNode("hub", 1);
  p.earliest[hub] = early ? 0 : 3;
  p.latest[hub] = p.earliest[hub];
  for (int32_t k = 0; k < 6; ++k) {
    int32_t i = p.addNode("", 1);
    p.addUse(unit, 1);
    if (early)
      p.addEdge(hub, i);
    else
      p.addEdge(i, hub);
  }
  std::optional<ProblemData> d =
      problemData(p, Objective::Resources, early ? 2 : 1);
  return *d;
}

TEST(AreaBound, CrowdsAtEitherEnd) {
  for (bool early : {true, false}) {
    ProblemData d = crowd(early);
    ASSERT_EQ(d.p.length, 4);
    ASSERT_EQ(d.instance.ratio, 100);
    int64_t least = INT64_MAX;
    for (const Starts &s : allSchedules(d.p))
      least = std::min(least, d.costOf(s));
    EXPECT_EQ(least, 212);
    Stop stop;
    AreaBound areas(d.instance);
    EXPECT_GE(areas.improve(30, d.instance.asap, 606, stop), 211);
  }
}

TEST(AreaBound, Stops) {
  ProblemData d = crowd(true);
  Stop stop;
  stop.request();
  AreaBound areas(d.instance);
  EXPECT_EQ(areas.improve(30, d.instance.asap, 606, stop), INT64_MIN);
  EXPECT_TRUE(areas.prices.empty());
}

} // namespace
