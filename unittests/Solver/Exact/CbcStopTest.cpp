//===- CbcStopTest.cpp - An integer program ends when asked to ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallData.h"

#include "Exact/NeighbourhoodProgram.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// After the request nothing goes on for long: so many more questions at most.
constexpr int64_t kFew = 2000;

TEST(CbcStop, EndsAnIntegerProgram) {
  std::optional<ProblemData> d =
      problemData(layeredProblem(5, 14), Objective::Resources, 1.5);
  ASSERT_TRUE(d);
  NeighbourhoodGoal goal;
  for (int64_t price : d->instance.price)
    if (d->instance.ratio * price > 0)
      goal.mostPeak.push_back(1 << 20);
  auto solved = [&](const Stop *stop) {
    return solveNeighbourhood(d->instance, d->instance.asap, d->instance.alap,
                              goal, {100000, 5, true, stop});
  };
  NeighbourhoodSchedule plain = solved(nullptr);
  Stop all;
  all.requestAfter(INT64_MAX);
  NeighbourhoodSchedule counted = solved(&all);
  EXPECT_EQ(counted.starts, plain.starts);
  EXPECT_EQ(counted.iterations, plain.iterations);
  ASSERT_GT(all.polls(), 100);
  for (int64_t polls : {int64_t(0), int64_t(100), all.polls() / 2}) {
    Stop stop;
    stop.requestAfter(polls);
    NeighbourhoodSchedule cut = solved(&stop);
    EXPECT_FALSE(cut.complete);
    EXPECT_LE(stop.polls(), polls + kFew);
    EXPECT_LE(cut.iterations, plain.iterations);
  }
}

} // namespace
