//===- BoundsTest.cpp - Bounds stay below every legal schedule ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Bounds.h"
#include "gaus/Core/IntervalDemands.h"

#include "RandomProblem.h"
#include "Reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

TEST(Bounds, NeverAboveTheOptimum) {
  int compared = 0, tight = 0;
  for (uint64_t seed = 0; seed < 500; ++seed) {
    SmallShape shape;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    if (p.validate())
      continue;
    Outcome<int32_t> least = leastLength(p);
    if (!least)
      continue;
    p.length = *least + static_cast<int32_t>(seed % 3);
    Outcome<Windows> w = computeWindows(p);
    ASSERT_TRUE(w) << "seed " << seed;
    for (Objective objective : kObjectives) {
      CostWeights weights{10, 2};
      auto best = optimum(p, p.length, objective, weights);
      if (!best)
        continue;
      int64_t bound = simpleBound(p, *w, paymentOf(objective, weights));
      EXPECT_LE(bound, *best)
          << "seed " << seed << " objective " << int(objective);
      ++compared;
      tight += bound == *best;
    }
  }
  EXPECT_GT(compared, 300);
  // Weak bounds would pass the test above; these must often be exact.
  EXPECT_GT(tight * 2, compared);
}

TEST(Bounds, ResourceIntervalIsNecessary) {
  int checked = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    SmallShape shape;
    shape.pipelined = true;
    shape.limitPercent = 100;
    shape.maxNodes = 4;
    Problem p = smallProblem(seed, shape);
    if (p.validate() || !recurrenceMII(p))
      continue;
    int64_t least = std::max<int64_t>(resourceMII(p), *recurrenceMII(p));
    if (least == 1)
      continue;
    p.ii = least - 1;
    EXPECT_FALSE(optimum(p, 8, Objective::Latency, {})) << "seed " << seed;
    ++checked;
  }
  EXPECT_GT(checked, 50);
}

/// By what excludes each other within limits of units and of live memory.
TEST(Bounds, IntervalByRoomIsNecessary) {
  int checked = 0, exact = 0, possible = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    SmallShape shape;
    shape.pipelined = true;
    shape.maxNodes = 4;
    shape.buffers = seed % 2;
    bool live = seed % 3 != 0;
    shape.limitPercent = live ? 0 : 100;
    shape.windows = shape.lags = seed % 4 == 0;
    Problem p = smallProblem(seed, shape);
    if (live)
      p.liveLimit = 4 + static_cast<int64_t>(seed % 13);
    Outcome<int64_t> least = leastInterval(p);
    int64_t room = limitsMII(p);
    if (p.validate() || !least || room <= *least || room > 50)
      continue;
    p.ii = static_cast<int32_t>(room) - 1;
    EXPECT_FALSE(optimum(p, 8, Objective::Latency, {})) << "seed " << seed;
    ++checked;
    auto fits = [&](int64_t ii) {
      p.ii = static_cast<int32_t>(ii);
      return optimum(p, 8, Objective::Latency, {}).has_value();
    };
    exact += fits(room);
    possible += fits(room + 20);
  }
  EXPECT_GT(checked, 50);
  // A weak bound would pass, too.
  EXPECT_GT(exact * 2, possible);
}

/// An operation that is held longer than the interval meets itself, whole turns
/// are everywhere, and the rest meets the others.
TEST(Bounds, HoldsBeyondTheInterval) {
  Problem p;
  int32_t r = p.addResource("r", 4);
  p.addNode("x", 5);
  p.addUse(r, 3);
  p.occupancy[0] = 1000;
  EXPECT_EQ(resourceMII(p), 750);
  EXPECT_EQ(limitsMII(p), 1000);
  p.addNode("y", 500);
  p.addUse(r, 3);
  p.occupancy[1] = 5;
  EXPECT_EQ(limitsMII(p), 1005);
  p.limit[r] = kUnlimited;
  p.ii = 3;
  p.length = 500;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w);
  // 333 and 1 whole turns, and rests of 1 and 2 of 3 slots.
  EXPECT_EQ(simpleBound(p, *w, paymentOf(Objective::Resources, {1, 0})), 1005);
  p.occupancy[0] = 1001;
  EXPECT_EQ(simpleBound(p, *w, paymentOf(Objective::Resources, {1, 0})), 1008);
}

struct Hold {
  int32_t cycles;
  int64_t units;
};

/// The least interval at which the holds share so many units, beside what their
/// work asks for.
void expectRoom(std::initializer_list<Hold> holds, int64_t limit,
                int64_t byWork, int32_t least) {
  Problem p;
  int32_t r = p.addResource("r", limit);
  for (Hold hold : holds) {
    p.addNode("", 1);
    p.addUse(r, hold.units);
    p.occupancy.back() = hold.cycles;
  }
  EXPECT_EQ(resourceMII(p), byWork);
  EXPECT_EQ(limitsMII(p), least);
  p.ii = least - 1;
  EXPECT_FALSE(optimum(p, 8, Objective::Latency, {}));
  p.ii = least;
  EXPECT_TRUE(optimum(p, 8, Objective::Latency, {}));
}

/// What excludes all others follows one another; the rest lies between.
TEST(Bounds, WhatTakesTurns) { expectRoom({{1, 4}, {2, 2}, {2, 8}}, 8, 3, 4); }

/// Beside whole turns there is less room for what takes turns: two slots of the
/// second turn, and one each of the others.
TEST(Bounds, WhatTakesTurnsBesideWholeTurns) {
  expectRoom({{10, 8}, {1, 8}, {1, 8}, {3, 1}}, 16, 7, 8);
}

TEST(Bounds, RecurrenceIntervalIsExact) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SmallShape shape;
    shape.pipelined = true;
    shape.windows = false;
    Problem p = smallProblem(seed, shape);
    Outcome<int32_t> least = recurrenceMII(p);
    for (p.ii = 1; p.ii < 20; ++p.ii)
      EXPECT_EQ(bool(computeWindows(p)), least && p.ii >= *least)
          << "seed " << seed << " II " << p.ii;
  }
}

TEST(Bounds, RecurrenceWithoutDistanceIsExplained) {
  Problem p;
  p.addNode("x", 1);
  p.addNode("y", 0);
  p.addEdge(0, 1);
  p.addEdge(1, 0);
  Outcome<int32_t> least = recurrenceMII(p);
  ASSERT_FALSE(least);
  EXPECT_EQ(least.error().code, "Dep");
  EXPECT_THAT(least.error().message, HasSubstr("no distance"));
}

TEST(Bounds, LargeNumbersDoNotOverflow) {
  Problem p;
  int32_t r = p.addResource("r");
  for (int i = 0; i < 40; ++i) {
    p.addNode("", 1, int64_t(1) << 55);
    p.addUse(r, int64_t(1) << 31);
    p.occupancy[i] = 1 << 29;
    p.occupancy[i] -= 1;
    if (i > 0)
      p.addEdge(i - 1, i);
  }
  p.ii = 1 << 28;
  p.length = kMaxCycle;
  ASSERT_FALSE(p.validate()) << p.validate()->message;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w);
  EXPECT_EQ(resourceMII(p), 1);
  // 40 * 2^31 * (2^29 - 1) / 2^35 units.
  p.limit[r] = int64_t(1) << 35;
  EXPECT_EQ(resourceMII(p), 1342177278);
  for (Objective objective : kObjectives)
    EXPECT_GT(simpleBound(p, *w, paymentOf(objective, {1, 0})), 0);
}

/// A node that takes no time and reads its own buffer has one of them.
TEST(Bounds, OfABufferThatIsReadByItsOwnNode) {
  Problem p;
  p.addNode("", 0, 8);
  p.addEdge(0, 0);
  p.memoryModel = MemoryModel::Buffers;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w) << w.error().message;
  EXPECT_EQ(evaluate(p, std::vector<int32_t>{0}).memory, 8);
  EXPECT_EQ(simpleBound(p, *w, paymentOf(Objective::Memory, {})), 8);
}

/// Of 5, 4 and 4 units for 4 cycles of 8 two meet, whatever their areas say.
TEST(Bounds, LargestThatMustMeet) {
  for (bool pipelined : {false, true}) {
    Problem p;
    int32_t r = p.addResource("r");
    for (int64_t units : {4, 5, 4}) {
      p.addNode("", 4, units);
      p.addUse(r, units);
      p.occupancy.back() = 4;
    }
    p.memoryModel = MemoryModel::Buffers;
    p.ii = pipelined ? 8 : 0;
    p.length = 8;
    Outcome<Windows> w = computeWindows(p);
    ASSERT_TRUE(w);
    for (Objective objective : {Objective::Resources, Objective::Memory}) {
      EXPECT_EQ(simpleBound(p, *w, paymentOf(objective, {1, 0})), 8);
      EXPECT_EQ(*optimum(p, 8, objective, {1, 0}), 8);
    }
  }
}

TEST(Bounds, EmptyProblem) {
  Problem p;
  p.addResource("r", 1);
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w);
  for (Objective objective : kObjectives)
    EXPECT_EQ(simpleBound(p, *w, paymentOf(objective, {})), 0);
  EXPECT_EQ(resourceMII(p), 1);
  EXPECT_EQ(*recurrenceMII(p), 1);
}

} // namespace
