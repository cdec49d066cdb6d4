//===- ChainsTest.cpp - Chaining as difference constraints ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Reference.h"

#include "gaus/Core/Chains.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Core/Windows.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Nodes of latency 0 with one delay each, and precedence edges.
Problem combinational(double clock, std::initializer_list<double> delays) {
  Problem p;
  p.clock = clock;
  for (double d : delays) {
    int32_t i = p.addNode("", 0);
    p.delayIn[i] = p.delayOut[i] = d;
  }
  return p;
}

/// [Dep] with the edges for chains must say what [Dep] and [Chain] say.
void compareWithChains(const Problem &p, int &tight) {
  Problem chained = p;
  std::optional<Diagnostic> failed = addChainEdges(chained);
  Problem wires = p;
  wires.clock = 0;
  int32_t horizon = p.numNodes() <= 4 ? 5 : 4;
  forAllStarts(p.numNodes(), horizon, [&](const Starts &s) {
    if (!violations(wires, s).empty())
      return;
    bool legal = violations(p, s).empty(), stands = !failed;
    for (int32_t e = p.numEdges(); stands && e < chained.numEdges(); ++e)
      stands = s[chained.target[e]] >= s[chained.source[e]] +
                                           p.latency[chained.source[e]] +
                                           chained.lag[e];
    ASSERT_EQ(legal, stands);
    tight += !legal;
  });
}

TEST(Chains, ExactlyWhatTheVerifierSays) {
  int tight = 0;
  for (bool pipelined : {false, true})
    for (uint64_t seed = 1; seed <= 400; ++seed) {
      SCOPED_TRACE("seed " + std::to_string(seed));
      SmallShape shape;
      shape.clocked = true;
      shape.pipelined = pipelined;
      shape.maxLatency = static_cast<int32_t>(seed % 2);
      shape.maxResources = 0;
      shape.windows = false;
      shape.edgePercent = 60;
      compareWithChains(smallProblem(seed, shape), tight);
    }
  EXPECT_GT(tight, 10000);
}

/// The late path from 0 to 4 leads over 2 and 3; the direct one is a cycle
/// longer and not late.
TEST(Chains, ALooserPathHidesALateOne) {
  Problem p = combinational(1.0, {0.3, 0.6, 0.1, 0.1, 0.3});
  p.addEdge(0, 1);
  p.addEdge(1, 4);
  p.addEdge(0, 2);
  p.addEdge(2, 3);
  p.addEdge(3, 4, 0, 1);
  ASSERT_FALSE(addChainEdges(p));
  EXPECT_EQ(p.numChainEdges, 0);
  EXPECT_EQ(*leastLength(p), 2);
  EXPECT_TRUE(verify(p, Starts{0, 0, 0, 0, 1}).empty());
}

TEST(Chains, ASecondCallReplacesTheEdgesOfTheFirst) {
  Problem p = combinational(1.0, {0.4, 0.4, 0.4, 0.4});
  for (int32_t i = 0; i < 3; ++i)
    p.addEdge(i, i + 1);
  ASSERT_FALSE(addChainEdges(p));
  EXPECT_EQ(p.numChainEdges, 2);
  Problem again = p;
  ASSERT_FALSE(addChainEdges(again));
  EXPECT_EQ(again.source, p.source);
  EXPECT_EQ(again.target, p.target);
  EXPECT_EQ(again.lag, p.lag);
  EXPECT_EQ(again.numChainEdges, 2);
  again.clock = 2.0;
  ASSERT_FALSE(addChainEdges(again));
  EXPECT_EQ(again.numEdges(), 3);
}

/// Many paths that improve a node again and again: no edge is lost.
TEST(Chains, NodesThatAreReachedManyTimes) {
  Problem p = combinational(1.0, {0.5});
  int32_t last = 0;
  for (int32_t stage = 0; stage < 12; ++stage) {
    int32_t end = p.addNode("", 0);
    for (int32_t k = 0; k < 8; ++k) {
      int32_t i = p.addNode("", 0);
      p.delayIn[i] = p.delayOut[i] = 0.001 * k;
      p.addEdge(last, i);
      p.addEdge(i, end);
    }
    last = end;
  }
  int32_t i = p.addNode("", 0);
  p.delayIn[i] = p.delayOut[i] = 0.42;
  p.addEdge(last, i);
  ASSERT_FALSE(addChainEdges(p));
  // 0.5 + 12 * 0.007 + 0.42.
  bool found = false;
  for (int32_t e = p.numEdges() - p.numChainEdges; e < p.numEdges(); ++e)
    found |= p.source[e] == 0 && p.target[e] == i && p.lag[e] == 1;
  EXPECT_TRUE(found);
}

TEST(Chains, LoopsWithoutARegister) {
  Problem p = combinational(1.0, {0, 0, 0.2, 0});
  p.addEdge(0, 1);
  p.addEdge(1, 2, 0, 1);
  p.addEdge(2, 3);
  p.addEdge(3, 1, 0, -1);
  std::optional<Diagnostic> failed = addChainEdges(p);
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->code, "Chain");
  EXPECT_EQ(failed->node, 2);
  // Without a delay on it a loop settles.
  p.delayIn[2] = p.delayOut[2] = 0;
  EXPECT_FALSE(addChainEdges(p));
  // One that has no schedule at all is not about chains.
  p.lag[3] = 0;
  p.delayIn[2] = p.delayOut[2] = 0.2;
  EXPECT_FALSE(addChainEdges(p));
  EXPECT_FALSE(computeWindows(p));
}

/// In a row every node has exactly one first one that is too far: as many edges
/// as nodes, however many fit into the period.
TEST(Chains, LongRowsOfSmallDelays) {
  constexpr int32_t kNodes = 100000, kFit = 20000;
  for (bool ring : {false, true}) {
    Problem p = combinational(kFit, {});
    for (int32_t i = 0; i < kNodes; ++i) {
      p.addNode("", 0);
      p.delayIn[i] = p.delayOut[i] = 1;
      if (i > 0)
        p.addEdge(i - 1, i, 0, i % 3 == 0 ? 1 : 0);
    }
    p.ii = 40000;
    if (ring)
      p.addEdge(kNodes - 1, 0, 1);
    ASSERT_FALSE(addChainEdges(p));
    ASSERT_EQ(p.numChainEdges, ring ? kNodes : kNodes - kFit);
    for (int32_t k = 0; k < kNodes - kFit; ++k) {
      int32_t e = p.numEdges() - p.numChainEdges + k;
      ASSERT_EQ(p.source[e], k);
      ASSERT_EQ(p.target[e], k + kFit);
      ASSERT_EQ(p.lag[e], (k + kFit) / 3 - k / 3 + 1);
    }
  }
}

/// Many branches, all of which fit into the period: nothing is walked.
TEST(Chains, DeepGraphsThatFitIntoThePeriod) {
  Problem p = layeredProblem(1, 60000);
  p.clock = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    p.latency[i] = 0;
    p.delayIn[i] = p.delayOut[i] = 1e-3;
  }
  ASSERT_FALSE(addChainEdges(p));
  EXPECT_EQ(p.numChainEdges, 0);
}

} // namespace
