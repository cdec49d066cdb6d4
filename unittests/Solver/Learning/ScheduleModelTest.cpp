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

} // namespace
