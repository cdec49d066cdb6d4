//===- DecisionsTest.cpp - Where the search goes --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Profile.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

constexpr int64_t kPlenty = 1 << 28;

TEST(Decisions, EndsWithItsWorkOrTheStop) {
  Stop stop;
  auto fill = [](Engine &e) {
    auto profile = std::make_unique<Profile>(40, false, -1, 3);
    Profile &of = *profile;
    e.addPropagator(std::move(profile));
    for (int32_t i = 0; i < 14; ++i) {
      int32_t x = e.addVariable(0, 17);
      e.ordered.push_back(x);
      int32_t index = of.addItem(x, 0, 2);
      of.addEnd(x, 2);
      e.subscribe(fromBelow(x), index);
      e.subscribe(fromAbove(x), index);
    }
  };
  Engine little(stop);
  fill(little);
  EXPECT_EQ(little.search(atMost(0, 17), 100), Engine::Verdict::Open);
  stop.request();
  Engine stopped(stop);
  fill(stopped);
  EXPECT_EQ(stopped.search(atMost(0, 17), kPlenty), Engine::Verdict::Open);
}

/// Without a conflict the earliest comes first, near the schedule it is given.
TEST(Decisions, NearTheModel) {
  Stop stop;
  Engine e(stop);
  for (int32_t i = 0; i < 3; ++i)
    e.ordered.push_back(e.addVariable(0, 9));
  EXPECT_EQ(e.search(atMost(0, 9), kPlenty), Engine::Verdict::Found);
  EXPECT_EQ(e.model, (std::vector<int32_t>{0, 0, 0}));
  e.model = {4, 7, 2};
  EXPECT_EQ(e.search(atMost(1, 5), kPlenty), Engine::Verdict::Found);
  EXPECT_EQ(e.model, (std::vector<int32_t>{4, 5, 2}));
}

} // namespace
