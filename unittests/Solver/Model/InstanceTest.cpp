//===- InstanceTest.cpp - The arrays say what the problem says ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Enumerated.h"

#include "Model/SearchState.h"

using namespace gaus;
using namespace gaus::test;

namespace {

/// Windows and gaps allow the starts that [Dep], [Win] and [Lat] do.
TEST(Instance, AllowsWhatTheProblemAllows) {
  forMany(20, [&](const Enumerated &e) {
    const Instance &d = e.d.instance;
    if (d.numNodes > 4)
      return;
    forAllStarts(d.numNodes, e.d.p.length, [&](const Starts &s) {
      bool allowed = true;
      for (int32_t i = 0; i < d.numNodes; ++i) {
        allowed &= s[i] >= d.asap[i] && s[i] <= d.alap[i];
        for (int32_t k = d.outBegin[i]; k < d.outBegin[i + 1]; ++k)
          allowed &= s[d.outTarget[k]] >= s[i] + d.outGap[k];
      }
      std::set<std::string> broken = violations(e.d.p, s);
      broken.erase("Res");
      EXPECT_EQ(allowed, broken.empty());
    });
  });
}

TEST(Instance, CostsWhatTheProblemCosts) {
  for (Objective objective : kObjectives)
    for (int32_t ii : {0, 9}) {
      std::optional<ProblemData> d =
          problemData(layeredProblem(3, 40, ii), objective, 1.5);
      ASSERT_TRUE(d);
      for (const Starts &s : {d->instance.asap, d->instance.alap})
        EXPECT_EQ(SearchState(d->instance, s).exactCost(), d->costOf(s));
    }
}

TEST(Instance, BuffersCostWhatTheProblemCosts) {
  for (int32_t ii : {0, 9}) {
    std::optional<ProblemData> d = problemData(
        withBuffers(layeredProblem(3, 40, ii)), Objective::Memory, 1.5);
    ASSERT_TRUE(d);
    for (const Starts &s : {d->instance.asap, d->instance.alap})
      EXPECT_EQ(SearchState(d->instance, s).exactCost(), d->costOf(s));
  }
}

/// The rows by target are those by source.
TEST(Instance, RowsMirrorEachOther) {
  std::optional<ProblemData> d =
      problemData(layeredProblem(3, 40, 9), Objective::Memory, 1.5);
  ASSERT_TRUE(d);
  const Instance &a = d->instance;
  std::vector<int32_t> seen(a.numEdges, 0);
  for (int32_t j = 0; j < a.numNodes; ++j)
    for (int32_t k = a.inBegin[j]; k < a.inBegin[j + 1]; ++k) {
      int32_t at = a.inPosition[k], i = a.inSource[k];
      EXPECT_EQ(a.outTarget[at], j);
      EXPECT_TRUE(at >= a.outBegin[i] && at < a.outBegin[i + 1]);
      ++seen[at];
    }
  EXPECT_EQ(seen, std::vector<int32_t>(a.numEdges, 1));
}

/// Values that nobody reads are never live; the largest ones still fit.
TEST(Instance, Widths) {
  Problem p;
  p.addNode("read", 1, int64_t(1) << 50);
  p.addNode("unread", 1, 7);
  p.addNode("ordered", 1, 9);
  p.addNode("last", 1);
  p.addEdge(0, 3);
  p.addEdge(2, 3, 0, 0, 1, false);
  std::optional<ProblemData> d = problemData(p, Objective::Memory, 1);
  ASSERT_TRUE(d);
  const Instance &a = d->instance;
  EXPECT_EQ(a.width, std::vector<int64_t>({int64_t(1) << 50, 0, 0, 0}));
  EXPECT_GT(a.widthShift, 0);
  EXPECT_EQ(a.profileWidth[0], a.width[0] >> a.widthShift);
  EXPECT_LT(a.profileWidth[0], int64_t(1) << 32);
}

} // namespace
