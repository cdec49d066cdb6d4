//===- ScheduleModelTest.cpp - A problem for the search that learns -------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/ScheduleModel.h"
#include "RandomProblem.h"
#include "Reference.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr ModelLimits kLimits = {10000, 1000, 100, {}};

/// Every schedule that the engine finds is legal, and costs what it says.
TEST(ScheduleModel, SchedulesAreLegalAndCostWhatItSays) {
  Stop stop;
  int found = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.pipelined = seed % 2;
    shape.buffers = seed / 2 % 2;
    Problem p = smallProblem(seed, shape);
    p.length = 8;
    Outcome<Windows> windows = computeWindows(p);
    if (!windows)
      continue;
    auto objective = static_cast<Objective>(seed % 3);
    CostWeights weights{2, 1};
    auto model = ScheduleModel::of(
        p, *windows, p.length, paymentOf(objective, weights), kLimits, stop);
    ASSERT_TRUE(model);
    int32_t cost = model->cost;
    int32_t most = model->engine.high(fromBelow(cost));
    if (model->engine.search(atMost(cost, most), 1 << 24) !=
        Engine::Verdict::Found)
      continue;
    Starts s = model->starts();
    EXPECT_TRUE(violations(p, s).empty());
    EXPECT_LE(referenceCost(p, s).value(objective, weights),
              model->valueOf(model->engine.model[cost]));
    ++found;
  }
  EXPECT_GT(found, 100);
}

TEST(ScheduleModel, RoundsCostsDown) {
  Stop stop;
  Problem p;
  int32_t a = p.addNode("", 1, 6), b = p.addNode("", 1, 9);
  p.addEdge(a, b);
  p.addEdge(b, p.addNode("", 1));
  p.length = 5;
  Outcome<Windows> windows = computeWindows(p);
  ASSERT_TRUE(windows);
  auto model = ScheduleModel::of(
      p, *windows, p.length, paymentOf(Objective::Memory, {}), kLimits, stop);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->scale, 3);
  EXPECT_EQ(model->mostFor(8), 2);
  EXPECT_EQ(model->mostFor(-1), -1);
}

/// A limit alone is no number of the engine, and may be of any size; what is
/// paid for may not.
TEST(ScheduleModel, LimitsMayBeLarge) {
  Stop stop;
  Problem p;
  constexpr int64_t kUnits = int64_t(1) << 39;
  int32_t r = p.addResource("r", kUnits, 0);
  for (int64_t units : {kUnits, int64_t(1), kUnits - 1}) {
    p.addNode("", 2);
    p.occupancy.back() = 2;
    p.addUse(r, units);
  }
  p.length = 4;
  Outcome<Windows> windows = computeWindows(p);
  ASSERT_TRUE(windows);
  auto model = ScheduleModel::of(
      p, *windows, p.length, paymentOf(Objective::Latency, {}), kLimits, stop);
  ASSERT_TRUE(model);
  ASSERT_EQ(model->engine.search(atMost(model->cost, 4), 1 << 20),
            Engine::Verdict::Found);
  EXPECT_TRUE(violations(p, model->starts()).empty());
  EXPECT_EQ(model->engine.search(atMost(model->cost, 3), 1 << 20),
            Engine::Verdict::None);
  p.price[r] = 1;
  EXPECT_FALSE(ScheduleModel::of(p, *windows, p.length,
                                 paymentOf(Objective::Resources, {1, 1}),
                                 kLimits, stop));
}

} // namespace
