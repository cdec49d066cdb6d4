//===- EngineTest.cpp - A propagating search that learns ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Engine.h"

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

} // namespace
