//===- LocalSearchTest.cpp - What the annealed moves keep -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallData.h"

#include "Improve/LocalSearch.h"
#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// A wide value that is live all the time, and two narrow ones that need not be
/// live at once.
Problem wideAndNarrow() {
  Problem p;
  int32_t wide = p.addNode("wide", 1, 100000), last = p.addNode("last", 1);
  p.addEdge(wide, last, 0, 3);
  for (const char *name : {"a", "b"}) {
    int32_t narrow = p.addNode(name, 1, 7);
    p.addEdge(narrow, p.addNode(std::string(name) + " used", 1));
  }
  return p;
}

/// What is gained is far less than the first steps of the target.
TEST(LocalSearch, KeepsSmallGainsOnWideValues) {
  std::optional<ProblemData> d =
      problemData(wideAndNarrow(), Objective::Memory, 1.0);
  ASSERT_TRUE(d);
  ASSERT_EQ(d->p.length, 5);
  const Stop never;
  Starts together{0, 4, 0, 1, 0, 1};
  ASSERT_EQ(d->costOf(together), 100014);
  LocalSearchResult r =
      localSearch(d->instance, together, {20000, 0, 0.005, 3, 0.05}, never);
  EXPECT_TRUE(verify(d->p, r.starts, 1).empty());
  EXPECT_EQ(r.cost, 100007);
  EXPECT_EQ(d->costOf(r.starts), 100007);
}

/// Of a schedule of many cycles a search visits about as many as it makes
/// proposals for each of its profiles, or all of them some times.
TEST(LocalSearch, VisitsFewCyclesOfLongSchedules) {
  for (int32_t cycles : {1000, 40000}) {
    Problem p;
    for (int32_t k = 0; k < 4; ++k)
      p.addEdge(p.addNode("", cycles / 4, 7), p.addNode("", 1));
    std::optional<ProblemData> d = problemData(p, Objective::Memory, 2.0);
    ASSERT_TRUE(d);
    const Stop never;
    Starts begin(d->instance.asap.begin(), d->instance.asap.end());
    LocalSearchResult r =
        localSearch(d->instance, begin, {20000, 0, 0.005, 3, 0.05}, never);
    EXPECT_GT(r.visited, 0);
    EXPECT_LE(r.visited, 16 * r.proposals + 65 * int64_t(d->p.length));
  }
}

} // namespace
