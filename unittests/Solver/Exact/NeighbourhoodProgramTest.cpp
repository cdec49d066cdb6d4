//===- NeighbourhoodProgramTest.cpp - Programs against enumeration --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Exact/NeighbourhoodProgram.h"
#include "gaus/Core/Verifier.h"

#include <tuple>

using namespace gaus;
using namespace gaus::test;

namespace {

/// More than small problems need of anything.
constexpr NeighbourhoodLimits kAmple{10000, 10000, true, nullptr};
constexpr int64_t kAnyPeak = 1000;

/// As many peaks as profiles are paid for.
NeighbourhoodGoal anyPeaks(const Instance &instance) {
  NeighbourhoodGoal goal;
  for (int64_t price : instance.price)
    if (instance.ratio * price > 0)
      goal.mostPeak.push_back(kAnyPeak);
  if (instance.memoryWeight > 0)
    goal.mostPeak.push_back(kAnyPeak);
  return goal;
}

NeighbourhoodSchedule solveAll(const ProblemData &d,
                               const NeighbourhoodGoal &goal,
                               const NeighbourhoodLimits &limits = kAmple) {
  return solveNeighbourhood(d.instance, d.instance.asap, d.instance.alap, goal,
                            limits);
}

TEST(NeighbourhoodProgram, Peaks) {
  int solved = 0, infeasible = 0;
  forMany(40, [&](const Enumerated &e) {
    NeighbourhoodSchedule found = solveAll(e.d, anyPeaks(e.d.instance));
    EXPECT_TRUE(found.complete);
    if (e.all.empty()) {
      EXPECT_TRUE(found.starts.empty());
      ++infeasible;
      return;
    }
    ASSERT_FALSE(found.starts.empty());
    EXPECT_TRUE(verify(e.d.p, found.starts).empty());
    EXPECT_EQ(e.d.costOf(found.starts), e.leastCost());
    ++solved;
  });
  EXPECT_GT(solved, 150);
  EXPECT_GT(infeasible, 0);
}

/// Windows between two schedules.
TEST(NeighbourhoodProgram, NarrowWindows) {
  forMany(25, [&](const Enumerated &e) {
    if (e.all.empty())
      return;
    Starts low = e.all[e.all.size() / 3], high = e.all[e.all.size() / 2];
    for (size_t i = 0; i < low.size(); ++i)
      std::tie(low[i], high[i]) = std::minmax({low[i], high[i]});
    int64_t least = INT64_MAX;
    for (const Starts &s : e.all) {
      bool inside = true;
      for (size_t i = 0; i < s.size(); ++i)
        inside = inside && s[i] >= low[i] && s[i] <= high[i];
      if (inside)
        least = std::min(least, e.d.costOf(s));
    }
    NeighbourhoodSchedule found = solveNeighbourhood(
        e.d.instance, low, high, anyPeaks(e.d.instance), kAmple);
    ASSERT_FALSE(found.starts.empty());
    EXPECT_TRUE(verify(e.d.p, found.starts).empty());
    for (size_t i = 0; i < low.size(); ++i)
      EXPECT_TRUE(found.starts[i] >= low[i] && found.starts[i] <= high[i]);
    EXPECT_EQ(e.d.costOf(found.starts), least);
  });
}

/// Every start is fixed, so that CBC would have nothing to choose, and the
/// limit or the peak is too low for them.
TEST(NeighbourhoodProgram, NothingMoves) {
  Problem p;
  int32_t unit = p.addResource("unit", 2);
  for (int32_t k = 0; k < 2; ++k) {
    p.addNode("", 1);
    p.addUse(unit, 1);
  }
  ProblemData d = *problemData(p, Objective::Resources, 1);
  EXPECT_EQ(solveAll(d, {{2}}).starts, Starts({0, 0}));
  EXPECT_TRUE(solveAll(d, {{1}}).starts.empty());
  d.instance.price[unit] = 0;
  EXPECT_EQ(solveAll(d, {}).starts, Starts({0, 0}));
  d.instance.limit[unit] = 1;
  NeighbourhoodSchedule none = solveAll(d, {});
  EXPECT_TRUE(none.starts.empty());
  EXPECT_TRUE(none.complete);
}

/// b may read a's value before a has made it. Then the value is never live,
/// and not less than that, which would hide c's.
TEST(NeighbourhoodProgram, UsedBeforeItsBirth) {
  Problem p;
  int32_t a = p.addNode("a", 1, 8), b = p.addNode("b", 1);
  int32_t c = p.addNode("c", 1, 8), d = p.addNode("d", 1);
  p.addEdge(a, b, 0, -3);
  p.addEdge(c, d, 0, 1);
  p.latest = {3, 3, 0, 2};
  ProblemData small = *problemData(p, Objective::Memory, 2);
  EXPECT_EQ((Enumerated{small, allSchedules(small.p)}.leastCost()), 8);
  EXPECT_TRUE(solveAll(small, {{7}}).starts.empty());
  EXPECT_FALSE(solveAll(small, {{8}}).starts.empty());
}

/// The plain search and the thorough one, twice each.
TEST(NeighbourhoodProgram, SameAgain) {
  forMany(8, [&](const Enumerated &e) {
    for (bool thorough : {false, true}) {
      NeighbourhoodLimits limits = kAmple;
      limits.thorough = thorough;
      NeighbourhoodGoal goal = anyPeaks(e.d.instance);
      NeighbourhoodSchedule one = solveAll(e.d, goal, limits);
      NeighbourhoodSchedule two = solveAll(e.d, goal, limits);
      EXPECT_EQ(one.starts, two.starts);
      EXPECT_EQ(one.complete, two.complete);
      EXPECT_EQ(one.iterations, two.iterations);
      if (!e.all.empty()) {
        ASSERT_FALSE(one.starts.empty());
        EXPECT_EQ(e.d.costOf(one.starts), e.leastCost());
      }
    }
  });
}

double excessOf(const ProblemData &d, const Starts &s,
                const NeighbourhoodGoal &goal) {
  double sum = 0;
  for (int64_t live : memoryProfile(d.p, s))
    sum += double(std::max<int64_t>(0, live - goal.target)) +
           kMarginPrice *
               double(std::max<int64_t>(0, live - goal.target + goal.margin));
  return sum;
}

TEST(NeighbourhoodProgram, Excess) {
  int solved = 0;
  forMany(40, [&](const Enumerated &e) {
    if (e.d.instance.memoryWeight == 0 || e.all.empty())
      return;
    NeighbourhoodGoal goal;
    goal.excess = true;
    goal.mostPeak = {referenceCost(e.d.p, e.all.back()).memory};
    goal.target = goal.mostPeak[0] * 2 / 3;
    goal.margin = goal.target / 3;
    double least = 1e18;
    for (const Starts &s : e.all)
      if (referenceCost(e.d.p, s).memory <= goal.mostPeak[0])
        least = std::min(least, excessOf(e.d, s, goal));
    NeighbourhoodSchedule found = solveAll(e.d, goal);
    EXPECT_TRUE(found.complete);
    ASSERT_FALSE(found.starts.empty());
    EXPECT_TRUE(verify(e.d.p, found.starts).empty());
    EXPECT_LE(referenceCost(e.d.p, found.starts).memory, goal.mostPeak[0]);
    EXPECT_NEAR(excessOf(e.d, found.starts, goal), least, 1e-6);
    ++solved;
  });
  EXPECT_GT(solved, 60);
}

/// A lower peak than the least one leaves nothing.
TEST(NeighbourhoodProgram, PeaksThatAreTooLow) {
  forMany(20, [&](const Enumerated &e) {
    if (e.d.instance.memoryWeight == 0 || e.all.empty() || e.leastCost() == 0)
      return;
    NeighbourhoodGoal goal;
    goal.mostPeak = {e.leastCost() - 1};
    NeighbourhoodSchedule found = solveAll(e.d, goal);
    EXPECT_TRUE(found.starts.empty());
    EXPECT_TRUE(found.complete);
    goal.mostPeak = {e.leastCost()};
    EXPECT_FALSE(solveAll(e.d, goal).starts.empty());
  });
}

TEST(NeighbourhoodProgram, TooFewColumns) {
  forMany(20, [&](const Enumerated &e) {
    int32_t starts = 0;
    for (int32_t i = 0; i < e.d.instance.numNodes; ++i)
      starts += e.d.instance.alap[i] - e.d.instance.asap[i];
    NeighbourhoodGoal goal = anyPeaks(e.d.instance);
    // One fewer than the starts, and none left for the peaks.
    NeighbourhoodLimits limits = kAmple;
    for (int32_t columns : {starts - 1, starts}) {
      limits.columns = columns;
      if (columns == starts && goal.mostPeak.empty())
        continue;
      NeighbourhoodSchedule found = solveAll(e.d, goal, limits);
      EXPECT_TRUE(found.starts.empty());
      EXPECT_FALSE(found.complete);
      EXPECT_EQ(found.iterations, 0);
    }
  });
}

} // namespace
