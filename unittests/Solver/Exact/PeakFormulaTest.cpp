//===- PeakFormulaTest.cpp - A peak of live memory as a formula -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/PeakFormula.h"
#include "RandomProblem.h"
#include "SmallData.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;
using Verdict = PeakFormula::Verdict;

namespace {

Stop never;
constexpr int64_t kMuch = int64_t(1) << 50, kRoom = int64_t(1) << 40;

/// Calls `body(instance, all schedules)` for many problems with widths that are
/// multiples of 3, or none, half of them with an II, some with limits.
template <class F> void forMany(uint64_t seeds, bool clocked, F &&body) {
  int bodies = 0;
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.pipelined = seed % 2;
    shape.clocked = clocked;
    shape.buffers = seed / 2 % 2;
    Problem p = smallProblem(seed, shape);
    if (seed % 3 != 0)
      std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
    for (int64_t &width : p.width)
      width = width % 4 == 0 ? 0 : seed % 5 < 2 ? 3 * width : 3;
    std::optional<ProblemData> d =
        problemData(p, Objective::Memory, 1 + 0.25 * double(seed % 4));
    if (!d || d->p.length > 9 || !PeakFormula::covers(d->instance))
      continue;
    std::vector<Starts> all = allSchedules(d->p);
    if (all.empty())
      continue;
    ++bodies;
    body(*d, all);
  }
  EXPECT_GT(bodies, static_cast<int>(seeds / 4));
}

int64_t leastPeak(const ProblemData &d, const std::vector<Starts> &all) {
  int64_t least = INT64_MAX;
  for (const Starts &s : all)
    least = std::min(least, d.costOf(s));
  int64_t unit = PeakFormula::unit(d.instance);
  EXPECT_EQ(unit % 3, 0);
  EXPECT_EQ(least % unit, 0);
  return least / unit;
}

/// Yes down to the optimum, each with a schedule that has no more, then no.
TEST(PeakFormula, TheOptimumByEnumeration) {
  forMany(400, false, [](const ProblemData &d, const std::vector<Starts> &all) {
    int64_t unit = PeakFormula::unit(d.instance), least = leastPeak(d, all);
    PeakFormula formula(d.instance, kRoom, never);
    for (int64_t peak = least + 3; peak >= least; --peak) {
      auto yes = formula.solve(peak, d.instance.alap, kMuch);
      ASSERT_EQ(yes.verdict, Verdict::Feasible) << peak;
      EXPECT_TRUE(violations(d.p, yes.starts).empty());
      EXPECT_LE(d.costOf(yes.starts), unit * peak);
    }
    if (least > 0)
      EXPECT_EQ(formula.solve(least - 1, d.instance.alap, kMuch).verdict,
                Verdict::Infeasible);
  });
}

/// A no holds where the formula does not know all constraints.
TEST(PeakFormula, NoIsAProofUnderAClock) {
  forMany(150, true, [](const ProblemData &d, const std::vector<Starts> &all) {
    int64_t least = leastPeak(d, all);
    PeakFormula formula(d.instance, kRoom, never);
    EXPECT_EQ(formula.solve(least, d.instance.asap, kMuch).verdict,
              Verdict::Feasible);
  });
}

/// Counts of every size against every limit: n values that are all live in one
/// cycle whatever the schedule, or that can be apart in pairs.
TEST(PeakFormula, CountsOfEverySize) {
  for (int32_t n = 1; n <= 40; ++n) {
    Problem together, apart;
    for (int32_t i = 0; i < n; ++i)
      for (Problem *p : {&together, &apart}) {
        p->addNode("", 1, 1);
        p->addNode("", 1, 0);
        p->addEdge(2 * i, 2 * i + 1);
      }
    // Two cycles for a producer and its consumer, or four: two turns of n / 2.
    auto yes = [](const Problem &p, double factor, int64_t peak) {
      auto d = problemData(p, Objective::Memory, factor);
      PeakFormula formula(d->instance, kRoom, never);
      return formula.solve(peak, d->instance.asap, kMuch).verdict ==
             Verdict::Feasible;
    };
    for (int64_t peak = 0; peak <= n; ++peak) {
      EXPECT_EQ(yes(together, 1, peak), peak >= n) << n << ' ' << peak;
      EXPECT_EQ(yes(apart, 1.5, peak), peak >= (n + 1) / 2) << n << ' ' << peak;
    }
  }
}

/// Values of several widths, so that sums have gaps, against every limit: all
/// live in one cycle, or each in one of two.
TEST(PeakFormula, WidthsOfEveryKind) {
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    constexpr int64_t kWidths[] = {1, 8, 9, 32, 64};
    std::vector<int64_t> widths{1};
    for (int32_t k = random.in(1, 6); k > 0; --k)
      widths.push_back(kWidths[random.in(0, 4)]);
    Problem p;
    int64_t sum = 0;
    for (size_t i = 0; i < widths.size(); ++i) {
      p.addNode("", 1, widths[i]);
      p.addNode("", 1, 0);
      p.addEdge(static_cast<int32_t>(2 * i), static_cast<int32_t>(2 * i + 1));
      sum += widths[i];
    }
    int64_t apart = sum;
    for (uint32_t chosen = 0; chosen < 1u << widths.size(); ++chosen) {
      int64_t first = 0;
      for (size_t i = 0; i < widths.size(); ++i)
        first += (chosen >> i & 1) ? widths[i] : 0;
      apart = std::min(apart, std::max(first, sum - first));
    }
    for (auto [factor, least] : {std::pair(1.0, sum), {1.5, apart}}) {
      auto d = problemData(p, Objective::Memory, factor);
      ASSERT_TRUE(d && PeakFormula::unit(d->instance) == 1);
      PeakFormula formula(d->instance, kRoom, never);
      for (int64_t peak = sum; peak >= least; --peak)
        EXPECT_EQ(formula.solve(peak, d->instance.asap, kMuch).verdict,
                  Verdict::Feasible);
      EXPECT_EQ(formula.solve(least - 1, d->instance.asap, kMuch).verdict,
                Verdict::Infeasible);
    }
  }
}

TEST(PeakFormula, UndecidedWithoutRoomOrWork) {
  Problem p = layeredProblem(3, 60);
  std::fill(p.width.begin(), p.width.end(), 1);
  auto d = problemData(p, Objective::Memory, 1.5);
  ASSERT_TRUE(d && PeakFormula::covers(d->instance));
  for (int64_t room : {0, 10, 300, 3000}) {
    PeakFormula formula(d->instance, room, never);
    EXPECT_EQ(formula.solve(1, d->instance.asap, kMuch).verdict,
              Verdict::Undecided);
    EXPECT_FALSE(formula.fits());
  }
  Stop stopped;
  stopped.request();
  PeakFormula formula(d->instance, kRoom, stopped);
  EXPECT_EQ(formula.solve(20, d->instance.asap, kMuch).verdict,
            Verdict::Undecided);
  EXPECT_TRUE(formula.fits());
}

TEST(PeakFormula, WhatIsCovered) {
  Problem p = layeredProblem(3, 30);
  std::fill(p.width.begin(), p.width.end(), 5);
  EXPECT_TRUE(
      PeakFormula::covers(problemData(p, Objective::Memory, 1)->instance));
  EXPECT_FALSE(
      PeakFormula::covers(problemData(p, Objective::Resources, 1)->instance));
  EXPECT_FALSE(
      PeakFormula::covers(problemData(p, Objective::Latency, 1)->instance));
  auto d = problemData(p, Objective::Memory, 1);
  EXPECT_EQ(PeakFormula::unit(d->instance), 5);
  p.width[0] = 4;
  d = problemData(p, Objective::Memory, 1);
  EXPECT_TRUE(PeakFormula::covers(d->instance));
  EXPECT_EQ(PeakFormula::unit(d->instance), 1);
}

} // namespace
