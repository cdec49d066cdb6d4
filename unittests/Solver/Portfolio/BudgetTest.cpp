//===- BudgetTest.cpp - What an effort buys -------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Budget.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// A problem of a size, with nothing else in it.
Problem ofSize(int32_t nodes, int32_t edges) {
  Problem p;
  p.latency.assign(nodes, 1);
  p.source.assign(edges, 0);
  return p;
}

constexpr std::pair<int32_t, int32_t> kSizes[] = {
    {1, 0}, {100, 200}, {5000, 5000}, {5000, 5001}, {30000, 40000}};
constexpr std::pair<int32_t, int32_t> kHuge[] = {
    {60000, 100000}, {300000, 700000}, {2000000, 3000000}};

TEST(Budget, NoEffortBuysNothing) {
  for (auto [nodes, edges] : kSizes) {
    Budget b = Budget::of(ofSize(nodes, edges), 0);
    EXPECT_EQ(b.descent.replicas + b.descent.steps + b.turns, 0);
    EXPECT_EQ(b.polish.proposals + b.crossing.proposals, 0);
    EXPECT_EQ(b.bound.cuts + b.bound.areaFlows + b.bound.cutWork, 0);
    EXPECT_EQ(b.formula.work + b.neighbourhoods.programs, 0);
    EXPECT_EQ(b.construct.flowNodes, 0);
    EXPECT_EQ(b.modulo.conflicts, 0);
  }
}

/// The sizes of which the second effort is trimmed.
bool isMiddle(int32_t nodes, int32_t edges) {
  return nodes + edges > 2000 && nodes + edges <= 20000;
}

/// Twice the work each level, in each count that is one of work.
TEST(Budget, EachEffortBuysMore) {
  for (auto [nodes, edges] : kSizes) {
    SCOPED_TRACE(nodes);
    Problem p = ofSize(nodes, edges);
    int32_t first = isMiddle(nodes, edges) ? 3 : 1;
    Budget last = Budget::of(p, first);
    for (int32_t effort = first + 1; effort <= 5; ++effort) {
      Budget b = Budget::of(p, effort);
      EXPECT_EQ(b.polish.proposals, 2 * last.polish.proposals);
      EXPECT_EQ(b.crossing.crossings, 2 * last.crossing.crossings);
      EXPECT_EQ(b.bound.cutWork, 2 * last.bound.cutWork);
      EXPECT_EQ(b.bound.cuts, 2 * last.bound.cuts);
      EXPECT_EQ(b.modulo.conflicts, 2 * last.modulo.conflicts);
      EXPECT_GE(b.descent.steps, last.descent.steps);
      EXPECT_GE(b.neighbourhoods.programs, 2 * last.neighbourhoods.programs);
      EXPECT_GE(b.neighbourhoods.columns, last.neighbourhoods.columns);
      EXPECT_GE(b.formula.work, last.formula.work);
      EXPECT_GE(b.formula.literals, last.formula.literals);
      EXPECT_GT(b.descent.replicas, 0);
      EXPECT_GT(b.descent.steps, 0);
      last = b;
    }
  }
}

/// The second effort ends early, and the third one does what it always does.
TEST(Budget, MiddleSizes) {
  for (auto [nodes, edges] :
       {std::pair(1000, 1001), {5000, 5000}, {6000, 14000}}) {
    SCOPED_TRACE(nodes);
    Budget first = Budget::of(ofSize(nodes, edges), 1);
    Budget second = Budget::of(ofSize(nodes, edges), 2);
    Budget third = Budget::of(ofSize(nodes, edges), 3);
    EXPECT_EQ(second.bound.cuts, first.bound.cuts);
    EXPECT_EQ(third.bound.cuts, 4 * first.bound.cuts);
    EXPECT_EQ(second.polish.ifCrossed, second.descent.small);
    EXPECT_EQ(second.crossing.little > 0, second.descent.small);
    EXPECT_FALSE(first.polish.ifCrossed || third.polish.ifCrossed);
    EXPECT_EQ(first.crossing.little + third.crossing.little, 0);
    EXPECT_GT(second.polish.proposals, 0);
  }
  EXPECT_FALSE(Budget::of(ofSize(1000, 1000), 2).polish.ifCrossed);
  EXPECT_EQ(Budget::of(ofSize(6000, 14001), 2).polish.polished, 2);
}

/// Where the flow begins to be affordable less is left for the search: but
/// something for each part, whatever the size.
TEST(Budget, HugeProblems) {
  for (auto [nodes, edges] : kHuge) {
    SCOPED_TRACE(nodes);
    Problem p = ofSize(nodes, edges);
    for (int32_t effort = 1; effort <= 5; ++effort) {
      Budget b = Budget::of(p, effort);
      EXPECT_GT(b.descent.steps, 0);
      EXPECT_GT(b.polish.proposals, 0);
      EXPECT_GE(b.crossing.proposals, 0);
      EXPECT_EQ(b.crossing.crossings, 0);
      EXPECT_GT(b.bound.cuts, 0);
      EXPECT_GT(b.neighbourhoods.columns, 0);
    }
  }
}

/// Races and crossings up to a size, turns beyond it.
TEST(Budget, SmallAndLarge) {
  Budget small = Budget::of(ofSize(5000, 5000), 2);
  Budget large = Budget::of(ofSize(5000, 5001), 2);
  EXPECT_TRUE(small.descent.small);
  EXPECT_GT(small.crossing.crossings, 0);
  EXPECT_EQ(small.turns, 0);
  EXPECT_FALSE(large.descent.small);
  EXPECT_EQ(large.crossing.crossings, 0);
  EXPECT_GT(large.turns, 0);
  // Short steps at the first effort alone.
  EXPECT_TRUE(Budget::of(ofSize(5000, 5001), 1).descent.gentle);
  EXPECT_FALSE(large.descent.gentle);
  EXPECT_FALSE(Budget::of(ofSize(60000, 100000), 1).descent.gentle);
}

/// A step of a descent visits each cycle.
TEST(Budget, LongSchedulesGetFewerSteps) {
  Problem p = ofSize(4, 3);
  p.length = 10000;
  int32_t steps = Budget::of(p, 1).descent.steps;
  EXPECT_EQ(steps, Budget::of(ofSize(4, 3), 1).descent.steps);
  p.length = 40000;
  EXPECT_EQ(Budget::of(p, 1).descent.steps, steps / 4);
  p.length = 4000000;
  EXPECT_EQ(Budget::of(p, 1).descent.steps, 30);
  p.ii = 100;
  EXPECT_EQ(Budget::of(p, 1).descent.steps, steps);
}

} // namespace
