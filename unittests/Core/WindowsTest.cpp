//===- WindowsTest.cpp - Windows, and why there are none ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Windows.h"

#include "gaus/Core/Bounds.h"

#include "RandomProblem.h"
#include "Reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

/// All notes of a diagnostic in one text.
std::string notesOf(const Diagnostic &d) {
  std::string text;
  for (const Note &note : d.notes)
    text += note.message + "\n";
  return text;
}

TEST(Windows, AreTheEnvelopeOfAllSchedules) {
  int feasible = 0, infeasible = 0;
  for (uint64_t seed = 0; seed < 600; ++seed) {
    SmallShape shape;
    shape.maxNodes = 4;
    shape.maxResources = 0;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    p.length = 1 + static_cast<int32_t>(seed % 6);
    Starts least(p.numNodes(), INT32_MAX), most(p.numNodes(), -1);
    bool any = false;
    int64_t depth = INT64_MAX;
    forAllSchedules(p, p.length, [&](const Starts &s) {
      any = true;
      for (int32_t i = 0; i < p.numNodes(); ++i) {
        least[i] = std::min(least[i], s[i]);
        most[i] = std::max(most[i], s[i]);
      }
      depth = std::min(depth, referenceCost(p, s).length);
    });
    Outcome<Windows> w = computeWindows(p);
    ASSERT_EQ(bool(w), any) << "seed " << seed;
    ++(any ? feasible : infeasible);
    if (!any)
      continue;
    EXPECT_EQ(w->asap, least) << "seed " << seed;
    EXPECT_EQ(w->alap, most) << "seed " << seed;
    EXPECT_EQ(w->depth, depth) << "seed " << seed;
  }
  EXPECT_GT(feasible, 100);
  EXPECT_GT(infeasible, 100);
}

TEST(Windows, UnboundedLengthLeavesSinksOpen) {
  Problem p;
  p.addNode("x", 2);
  p.addNode("y", 1);
  p.addEdge(0, 1);
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w);
  EXPECT_EQ(w->asap, (std::vector<int32_t>{0, 2}));
  EXPECT_EQ(w->alap, (std::vector<int32_t>{kMaxCycle - 2, kMaxCycle}));
  EXPECT_EQ(w->depth, 3);
  EXPECT_EQ(*leastLength(p), 3);
}

TEST(Windows, PinnedNodesPullTheirNeighbours) {
  Problem p;
  for (const char *name : {"x", "y", "z"})
    p.addNode(name, 1);
  p.addEdge(0, 1);
  p.addEdge(1, 2);
  p.earliest[1] = p.latest[1] = 5;
  p.length = 10;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_TRUE(w);
  EXPECT_EQ(w->asap, (std::vector<int32_t>{0, 5, 6}));
  EXPECT_EQ(w->alap, (std::vector<int32_t>{4, 5, 9}));
}

TEST(Windows, EmptyProblem) {
  Outcome<Windows> w = computeWindows(Problem());
  ASSERT_TRUE(w);
  EXPECT_EQ(w->depth, 0);
  EXPECT_TRUE(w->asap.empty());
}

TEST(Windows, ShortLengthNamesTheCriticalPath) {
  Problem p;
  p.addNode("load", 2);
  p.addNode("mul", 3);
  p.addNode("store", 1);
  p.addNode("other", 1);
  p.addEdge(0, 1);
  p.addEdge(1, 2);
  p.length = 5;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Lat");
  EXPECT_EQ(w.error().node, 2);
  EXPECT_THAT(w.error().message, HasSubstr("longest path of 6 cycles"));
  std::string notes = notesOf(w.error());
  EXPECT_THAT(notes, HasSubstr("'load' at cycle 0 (latency 2) before 'mul'"));
  EXPECT_THAT(notes, HasSubstr("'mul' at cycle 2 (latency 3) before 'store'"));
  EXPECT_THAT(notes, HasSubstr("least possible length is 6"));
  EXPECT_THAT(notes, testing::Not(HasSubstr("other")));
  EXPECT_EQ(w.error().notes[1].edge, 1);
}

TEST(Windows, RecurrenceNamesTheCycleAndTheSmallestInterval) {
  Problem p;
  p.addNode("x", 3);
  p.addNode("y", 4);
  p.addNode("z", 1);
  p.addEdge(0, 1);
  p.addEdge(1, 0, 2, 1);
  p.addEdge(1, 2);
  p.addEdge(2, 1, 1);
  p.ii = 3;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Dep");
  // Cycle x-y: 8 cycles over 2; cycle y-z: 5 over 1. Either may be named, the
  // smallest II satisfies both.
  EXPECT_THAT(w.error().message, HasSubstr("initiation interval of at least"));
  EXPECT_THAT(notesOf(w.error()),
              HasSubstr("smallest initiation interval that satisfies every "
                        "recurrence is 5"));
  EXPECT_THAT(notesOf(w.error()), HasSubstr("distance"));
  p.ii = 4;
  w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_THAT(w.error().message, HasSubstr("at least 5, not 4"));
  p.ii = 5;
  EXPECT_TRUE(computeWindows(p));
}

TEST(Windows, CycleWithoutDistanceHasNoSchedule) {
  Problem p;
  p.addNode("x", 1);
  p.addNode("y", 1);
  p.addEdge(0, 1);
  p.addEdge(1, 0, 0, -1);
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Dep");
  EXPECT_THAT(w.error().message, HasSubstr("no distance: no schedule"));
  EXPECT_EQ(w.error().notes.size(), 2u);
  // One cycle more for y, and the maximum time between the two is kept.
  p.lag[1] = -2;
  ASSERT_TRUE(computeWindows(p));
  p.addEdge(0, 0, 0, 1);
  w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().node, 0);
}

TEST(Windows, DistanceNeedsAnInterval) {
  Problem p;
  p.addNode("x", 1);
  p.addNode("y", 1);
  p.addEdge(0, 1, 1);
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Dep");
  EXPECT_THAT(w.error().message, HasSubstr("needs an initiation interval"));
  ASSERT_EQ(w.error().notes.size(), 1u);
  EXPECT_EQ(w.error().notes[0].edge, 0);
}

TEST(Windows, WindowAgainstWindowNamesBothEnds) {
  Problem p;
  for (const char *name : {"a", "b", "c"})
    p.addNode(name, 2);
  p.addEdge(0, 1);
  p.addEdge(1, 2);
  p.earliest[0] = 3;
  p.latest[2] = 5;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Win");
  EXPECT_EQ(w.error().node, 2);
  EXPECT_THAT(w.error().message,
              HasSubstr("'c' must start by cycle 5, but cannot start before "
                        "cycle 7"));
  std::string notes = notesOf(w.error());
  EXPECT_THAT(notes, HasSubstr("'a' starts at cycle 3 or later, and the path "
                               "from it takes 4 cycles"));
  EXPECT_THAT(notes, HasSubstr("'b'"));
  EXPECT_THAT(notes, HasSubstr("window of 'c' that ends at cycle 7 or later"));
  EXPECT_THAT(notes, HasSubstr("'a' that starts at cycle 1 or before"));
}

TEST(Windows, LongPathsAreListedInPart) {
  Problem p;
  for (int i = 0; i < 1000; ++i) {
    p.addNode("", 1);
    if (i > 0)
      p.addEdge(i - 1, i);
  }
  p.length = 10;
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_LT(w.error().notes.size(), 30u);
  EXPECT_THAT(notesOf(w.error()), HasSubstr("979 more left out"));
}

TEST(Windows, CyclesBeyondTheLargestAreAnError) {
  Problem p;
  for (int i = 0; i < 3; ++i) {
    p.addNode("", kMaxCycle);
    if (i > 0)
      p.addEdge(i - 1, i);
  }
  Outcome<Windows> w = computeWindows(p);
  ASSERT_FALSE(w);
  EXPECT_EQ(w.error().code, "Win");
  EXPECT_THAT(w.error().message, HasSubstr("largest cycle number"));
}

/// However the nodes are numbered: an order that leaves out distances would
/// need a sweep a node.
TEST(Windows, LongRingsOfDistances) {
  constexpr int32_t kNodes = 100000;
  for (int32_t stride : {1, 37, kNodes - 1}) {
    Problem p;
    for (int32_t i = 0; i < kNodes; ++i)
      p.addNode("", i == 5 ? 4 : 1);
    for (int64_t i = 0; i < kNodes; ++i)
      p.addEdge(static_cast<int32_t>(i * stride % kNodes),
                static_cast<int32_t>((i + 1) * stride % kNodes), 1);
    EXPECT_EQ(*recurrenceMII(p), 2);
    p.ii = 2;
    Outcome<Windows> w = computeWindows(p);
    ASSERT_TRUE(w);
    // Behind the one of latency 4 every edge gives back a cycle.
    int32_t next = static_cast<int32_t>((5 + int64_t(stride)) % kNodes);
    EXPECT_EQ(w->asap[next], 2);
    EXPECT_EQ(w->depth, 4);
    p.length = 20;
    w = computeWindows(p);
    ASSERT_TRUE(w);
    EXPECT_EQ(w->alap[5], 16);
  }
}

TEST(Components, EdgesGoForwardBetweenComponents) {
  for (uint64_t seed = 0; seed < 100; ++seed) {
    SmallShape shape;
    shape.maxNodes = 12;
    shape.pipelined = true;
    Problem p = smallProblem(seed, shape);
    Adjacency adj(p);
    Components components = findComponents(p, adj);
    ASSERT_EQ(components.nodes.size(), size_t(p.numNodes()));
    ASSERT_EQ(components.begin.back(), p.numNodes());
    bool selfEdge = false;
    for (int32_t e = 0; e < p.numEdges(); ++e) {
      EXPECT_LE(components.component[p.source[e]],
                components.component[p.target[e]]);
      selfEdge |= p.source[e] == p.target[e];
    }
    bool single = components.begin.size() == size_t(p.numNodes()) + 1;
    EXPECT_EQ(components.acyclic, single && !selfEdge);
    for (size_t c = 0; c + 1 < components.begin.size(); ++c)
      for (int32_t k = components.begin[c]; k < components.begin[c + 1]; ++k)
        EXPECT_EQ(components.component[components.nodes[k]], int32_t(c));
  }
}

} // namespace
