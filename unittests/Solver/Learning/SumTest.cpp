//===- SumTest.cpp - A weighted sum ---------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Sum.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

constexpr int64_t kPlenty = 1 << 28;

/// x + 2 y - z <= 3.
TEST(Sum, ReachesEachTerm) {
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
