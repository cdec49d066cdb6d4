//===- AnalysisTest.cpp - What a conflict teaches -------------------------===//
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

/// Five of one kind in four places: no bound shows it, the search does.
TEST(Analysis, RefutesWhatCannotBe) {
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

} // namespace
