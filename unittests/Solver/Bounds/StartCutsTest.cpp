//===- StartCutsTest.cpp - Live memory where an operation starts ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/StartCuts.h"
#include "RandomProblem.h"
#include "SmallData.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Calls `body(instance, all schedules)` for many problems, half of them with
/// buffers; `plain` ones have latencies of one cycle and no lags.
template <class F> void forMany(uint64_t seeds, bool plain, F &&body) {
  int bodies = 0;
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.clocked = seed % 3 == 0;
    shape.buffers = seed / 2 % 2;
    Problem p = smallProblem(seed, shape);
    std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
    if (plain) {
      std::fill(p.latency.begin(), p.latency.end(), 1);
      std::fill(p.lag.begin(), p.lag.end(), 0);
    }
    std::optional<ProblemData> d =
        problemData(p, Objective::Memory, 1 + 0.25 * double(seed % 4));
    if (!d || d->p.length > 9 || !StartCuts::covers(d->instance))
      continue;
    std::vector<Starts> all = allSchedules(d->p);
    ++bodies;
    body(*d, all);
  }
  EXPECT_GT(bodies, static_cast<int>(seeds / 3));
}

/// In the cycle before, or, of buffers, in the cycle itself.
int64_t liveBefore(const ProblemData &d, const Starts &s, int32_t cycle) {
  std::vector<int64_t> profile = memoryProfile(d.p, s);
  cycle += d.p.hasBuffers();
  return cycle > 0 && cycle <= static_cast<int32_t>(profile.size())
             ? profile[cycle - 1]
             : 0;
}

/// The least of all schedules that start the node within the range.
int64_t leastOf(const ProblemData &d, const std::vector<Starts> &all,
                int32_t node, CycleRange range) {
  int64_t least = INT64_MAX;
  for (const Starts &s : all)
    if (s[node] >= range.first && s[node] <= range.last)
      least = std::min(least, liveBefore(d, s, s[node]));
  return least;
}

Stop never;
constexpr int64_t kMuch = int64_t(1) << 40;

TEST(StartCuts, NeverAboveAnySchedule) {
  forMany(150, false,
          [&](const ProblemData &d, const std::vector<Starts> &all) {
            StartCuts cuts(d.instance, kMuch, never);
            for (int32_t i = 0; i < d.instance.numNodes; ++i)
              for (int32_t first = d.instance.asap[i];
                   first <= d.instance.alap[i]; ++first)
                for (int32_t last = first; last <= d.instance.alap[i]; ++last)
                  EXPECT_LE(*cuts.leastBefore(i, {first, last}),
                            leastOf(d, all, i, {first, last}))
                      << i << ' ' << first << ' ' << last;
          });
}

/// With latencies of one cycle a cut of one cycle is a schedule's.
TEST(StartCuts, ExactForOneCycle) {
  forMany(150, true, [&](const ProblemData &d, const std::vector<Starts> &all) {
    StartCuts cuts(d.instance, kMuch, never);
    for (int32_t i = 0; i < d.instance.numNodes; ++i)
      for (int32_t t = d.instance.asap[i]; t <= d.instance.alap[i]; ++t)
        EXPECT_EQ(*cuts.leastBefore(i, {t, t}), leastOf(d, all, i, {t, t}))
            << i << ' ' << t;
  });
}

/// With much work the bound is the greatest over the nodes of the least over
/// their starts; with little it is less, never more.
TEST(StartCuts, GreatestCut) {
  forMany(150, true, [&](const ProblemData &d, const std::vector<Starts> &all) {
    int64_t least = INT64_MAX, greatest = 0;
    for (const Starts &s : all)
      least = std::min(least, d.costOf(s));
    for (int32_t i = 0; i < d.instance.numNodes; ++i)
      greatest =
          std::max(greatest, leastOf(d, all, i,
                                     {d.instance.asap[i], d.instance.alap[i]}));
    ASSERT_LE(greatest, least);
    std::vector<std::span<const int32_t>> known{d.instance.asap,
                                                d.instance.alap};
    StartCuts cuts(d.instance, kMuch, never);
    EXPECT_EQ(cuts.improve(0, INT64_MAX, known), greatest);
    StartCuts few(d.instance, 60, never);
    EXPECT_LE(few.improve(0, INT64_MAX, known), greatest);
    // What is known stays, and what is asked for is enough.
    EXPECT_EQ(cuts.improve(greatest + 1, INT64_MAX, known), greatest + 1);
    EXPECT_EQ(cuts.improve(0, greatest / 2, known), greatest / 2);
  });
}

TEST(StartCuts, WhatIsCovered) {
  SmallShape pipelined;
  pipelined.pipelined = true;
  for (uint64_t seed = 1; seed < 30; ++seed) {
    if (auto d = problemData(smallProblem(seed, {}), Objective::Resources, 1)) {
      EXPECT_FALSE(StartCuts::covers(d->instance));
    }
    if (auto d =
            problemData(smallProblem(seed, pipelined), Objective::Memory, 1)) {
      EXPECT_TRUE(d->instance.ii == 0 || !StartCuts::covers(d->instance));
    }
  }
}

TEST(StartCuts, StopsAtOnce) {
  auto d = problemData(smallProblem(1, {}), Objective::Memory, 1.5);
  ASSERT_TRUE(d);
  Stop stop;
  stop.request();
  StartCuts cuts(d->instance, kMuch, stop);
  std::vector<std::span<const int32_t>> known{d->instance.asap};
  EXPECT_EQ(cuts.improve(3, INT64_MAX, known), 3);
}

} // namespace
