//===- EngineTest.cpp - A propagating search that learns ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Engine.h"
#include "Learning/Profile.h"
#include "Learning/Sum.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

constexpr int64_t kPlenty = 1 << 28;

TEST(Engine, EdgesReachBothWays) {
  Stop stop;
  Engine e(stop);
  int32_t x = e.addVariable(0, 9), y = e.addVariable(0, 9);
  e.addEdge(fromBelow(x), fromBelow(y), 4);
  ASSERT_TRUE(e.require(atLeast(x, 3)));
  EXPECT_EQ(e.search(atMost(y, 7), kPlenty), Engine::Verdict::Found);
  EXPECT_EQ(e.model, (std::vector<int32_t>{3, 7}));
  EXPECT_EQ(e.search(atMost(y, 6), kPlenty), Engine::Verdict::None);
  EXPECT_FALSE(e.isInfeasible());
  EXPECT_FALSE(e.require(atMost(y, 6)));
}

/// Five of one kind in four places: no bound shows it, the search does.
TEST(Engine, RefutesWhatCannotBe) {
  Stop stop;
  Engine e(stop, {/*restart=*/1, /*clauses=*/4});
  for (int32_t i = 0; i < 5; ++i)
    e.ordered.push_back(e.addVariable(0, 3));
  for (int32_t i = 0; i < 5; ++i)
    for (int32_t j = i + 1; j < 5; ++j) {
      int32_t first = e.addVariable(0, 1);
      e.addEdge(fromBelow(i), fromBelow(j), 1, atLeast(first, 1));
      e.addEdge(fromBelow(j), fromBelow(i), 1, atMost(first, 0));
    }
  EXPECT_EQ(e.search(atLeast(0, 0), kPlenty), Engine::Verdict::None);
  EXPECT_TRUE(e.isInfeasible());
  EXPECT_GT(e.conflictsSeen(), 3);
}

TEST(Engine, EndsWithItsWorkOrTheStop) {
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

/// x + 2 y - z <= 3.
TEST(Engine, Sums) {
  Stop stop;
  Engine e(stop);
  int32_t x = e.addVariable(0, 9), y = e.addVariable(1, 9),
          z = e.addVariable(0, 1000000, /*isWide=*/true);
  auto sum = std::make_unique<Sum>(3);
  Sum &of = *sum;
  e.addPropagator(std::move(sum));
  for (auto [view, factor] :
       {std::pair{fromBelow(x), 1}, {fromBelow(y), 2}, {fromAbove(z), 1}}) {
    of.addTerm(view, factor);
    e.subscribe(view, 0);
  }
  ASSERT_TRUE(e.require(atLeast(y, 5)));
  EXPECT_EQ(e.search(atMost(z, 6), kPlenty), Engine::Verdict::None);
  EXPECT_EQ(e.search(atMost(z, 7), kPlenty), Engine::Verdict::Found);
  EXPECT_EQ(e.model, (std::vector<int32_t>{0, 5, 7}));
}

} // namespace
