//===- ScheduleTest.cpp - Exact costs against counting --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Reference.h"

#include "gaus/Core/Interface.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

void expectEqualCosts(const Problem &p, const Starts &s) {
  Cost want = referenceCost(p, s), got = evaluate(p, s);
  EXPECT_EQ(got.peak, want.peak);
  EXPECT_EQ(got.resources, want.resources);
  EXPECT_EQ(got.communication, want.communication);
  EXPECT_EQ(got.memory, want.memory);
  EXPECT_EQ(got.length, want.length);
}

/// Every other one with an II.
static Problem upToSevenNodes(uint64_t seed) {
  SmallShape shape;
  shape.maxNodes = 7;
  shape.pipelined = seed % 2;
  return smallProblem(seed, shape);
}

static Starts anyStarts(const Problem &p, Random &random, int32_t last) {
  Starts s;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    s.push_back(random.in(0, last));
  return s;
}

TEST(Cost, RandomSchedulesAgainstCounting) {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    Problem p = upToSevenNodes(seed);
    Random random(seed + 1000);
    if (seed % 3 == 0)
      addInterface(p, random);
    if (seed / 2 % 2)
      p.memoryModel = MemoryModel::Buffers;
    for (int k = 0; k < 20; ++k) {
      Starts s = anyStarts(p, random, k < 10 ? 8 : 200);
      expectEqualCosts(p, s);
      if (HasFailure()) {
        FAIL() << "seed " << seed;
      }
    }
  }
}

// What enters and leaves, as nodes: the same costs, and as long.
TEST(Cost, NodesForAnInterfaceCostTheSame) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Problem p = upToSevenNodes(seed);
    Random random(seed + 2000);
    addInterface(p, random);
    p.length = 9;
    if (seed / 2 % 2)
      p.memoryModel = MemoryModel::Buffers;
    Problem q = withInterfaceNodes(p);
    EXPECT_FALSE(q.validate());
    EXPECT_TRUE(q.interface.empty());
    for (int k = 0; k < 10; ++k) {
      Starts s = anyStarts(p, random, 8);
      Cost own = evaluate(p, s), other = evaluate(q, withInterfaceStarts(p, s));
      EXPECT_EQ(own.memory, other.memory);
      EXPECT_EQ(own.communication, other.communication);
      EXPECT_EQ(own.peak, other.peak);
      if (k == 0)
        EXPECT_EQ(violations(p, s), violations(q, withInterfaceStarts(p, s)));
    }
  }
}

TEST(Cost, ArgumentsLiveToTheirUseAndResultsToTheEnd) {
  Problem p;
  int32_t x = p.addNode("x", 2, 8);
  p.addNode("y", 1, 4);
  p.interface.addEntering(32, std::vector<int32_t>{x, 1}, false);
  p.interface.leaves = {x};
  // The argument in cycles 0 to 3, x from 1 on to the end of y in 4.
  EXPECT_EQ(memoryProfile(p, Starts{0, 4}),
            (std::vector<int64_t>{32, 40, 40, 40, 8}));
  EXPECT_EQ(evaluate(p, Starts{0, 4}).memory, 40);
}

TEST(Cost, ABufferLivesFromItsWriteToTheEndOfItsLastUse) {
  Problem p;
  p.memoryModel = MemoryModel::Buffers;
  int32_t x = p.addNode("x", 3, 8), y = p.addNode("y", 2, 4),
          z = p.addNode("z", 0, 2);
  p.addEdge(x, y);
  p.addEdge(y, z);
  p.interface.addEntering(100, std::vector<int32_t>{x}, false);
  p.interface.addEntering(1, std::vector<int32_t>{}, true);
  p.interface.addEntering(1000, std::vector<int32_t>{}, false);
  // What enters to the end of x in cycle 2, x to that of y in 5; y from its
  // start at 4 to z, which has latency 0 and takes the cycle in which it
  // starts, and in which alone its own buffer is live, for nobody reads it.
  EXPECT_EQ(memoryProfile(p, Starts{0, 4, 6}),
            (std::vector<int64_t>{109, 109, 109, 9, 13, 13, 7}));
  // The same at an interval.
  p.ii = 4;
  EXPECT_EQ(memoryProfile(p, Starts{0, 4, 6}),
            (std::vector<int64_t>{122, 122, 116, 9}));
}

TEST(Cost, ABufferThatIsReadIterationsLater) {
  Problem p;
  p.memoryModel = MemoryModel::Buffers;
  int32_t x = p.addNode("x", 2, 8);
  p.addEdge(x, x, /*distanceIterations=*/3);
  p.ii = 2;
  // From its start to the end of the third one behind, 8 cycles later: it, the
  // two in between and the one that is read.
  EXPECT_EQ(evaluate(p, Starts{0}).memory, 32);
}

/// Each operation at work as two nodes of the model `values`: one makes the
/// value in the cycle of the start, and one of latency 0 where it ends reads
/// its operands and its result.
static Problem withReadersBehind(const Problem &p) {
  Problem q;
  int32_t n = p.numNodes();
  q.ii = p.ii;
  for (int32_t i = 0; i < n; ++i)
    q.addNode("", 1, p.width[i]);
  for (int32_t i = 0; i < n; ++i)
    q.addEdge(i, q.addNode("", 0), 0, durationOf(p, i) - 1);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e]) {
      q.addEdge(p.source[e], p.target[e], p.distance[e]);
      q.addEdge(p.source[e], n + p.target[e], p.distance[e]);
    }
  return q;
}

TEST(Cost, BuffersAreValuesWithAReaderBehindEachOperation) {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Problem p = upToSevenNodes(seed);
    p.memoryModel = MemoryModel::Buffers;
    Problem q = withReadersBehind(p);
    Random random(seed + 3000);
    for (int k = 0; k < 20; ++k) {
      Starts s = anyStarts(p, random, 9), t = s;
      for (int32_t i = 0; i < p.numNodes(); ++i)
        t.push_back(s[i] + durationOf(p, i));
      EXPECT_EQ(memoryProfile(p, s).size(), memoryProfile(q, t).size());
      EXPECT_EQ(memoryProfile(p, s), memoryProfile(q, t));
    }
  }
}

TEST(Cost, OccupancyAboveTheIntervalCountsTwice) {
  Problem p;
  int32_t r = p.addResource("mul");
  p.addNode("x", 1);
  p.addUse(r, 2);
  p.occupancy[0] = 5;
  p.ii = 3;
  // Cycles 1 .. 5 fall on the slots 1 2 0 1 2.
  EXPECT_EQ(useProfile(p, Starts{1}, r), (std::vector<int64_t>{2, 4, 4}));
  EXPECT_EQ(evaluate(p, Starts{1}).peak[0], 4);
  p.ii = 0;
  EXPECT_EQ(useProfile(p, Starts{1}, r),
            (std::vector<int64_t>{0, 2, 2, 2, 2, 2}));
}

TEST(Cost, AValueLivesFromItsBirthToItsLastUse) {
  Problem p;
  int32_t x = p.addNode("x", 2, 8), y = p.addNode("y", 1, 4),
          z = p.addNode("z", 0, 2);
  p.addEdge(x, y);
  p.addEdge(x, z);
  p.addEdge(y, z, 0, 0, 1, /*carriesValue=*/false);
  // x is born at the end of cycle 1 and last read at 5; y only orders; z has
  // no consumer.
  Starts s{0, 3, 5};
  EXPECT_EQ(memoryProfile(p, s), (std::vector<int64_t>{0, 8, 8, 8, 8}));
  Cost c = evaluate(p, s);
  EXPECT_EQ(c.memory, 8);
  EXPECT_EQ(c.communication, 3 + 5);
  EXPECT_EQ(c.length, 6);
}

TEST(Cost, ARecurrenceKeepsItsValueOverTheInterval) {
  Problem p;
  int32_t x = p.addNode("x", 1, 8);
  p.addEdge(x, x, /*distanceIterations=*/3);
  p.ii = 2;
  // Live for the cycles 1 .. 6: three in each slot.
  EXPECT_EQ(memoryProfile(p, Starts{1}), (std::vector<int64_t>{24, 24}));
  EXPECT_EQ(evaluate(p, Starts{1}).communication, 6);
}

std::vector<int64_t> spreadOut(const std::vector<ProfileStep> &steps,
                               size_t cycles) {
  std::vector<int64_t> dense(cycles, 0);
  for (size_t k = 0; k < steps.size(); ++k) {
    EXPECT_TRUE(k == 0 ? steps[k].cycle == 0
                       : steps[k].cycle > steps[k - 1].cycle &&
                             steps[k].value != steps[k - 1].value);
    for (size_t d = steps[k].cycle;
         d < (k + 1 < steps.size() ? steps[k + 1].cycle : cycles); ++d)
      dense.at(d) = steps[k].value;
  }
  return dense;
}

TEST(Profiles, StepsAreTheDenseProfile) {
  for (uint64_t seed = 0; seed < 400; ++seed) {
    Problem p = upToSevenNodes(seed);
    Random random(seed + 1000);
    Starts s = anyStarts(p, random, 20);
    std::vector<int64_t> live = memoryProfile(p, s);
    EXPECT_EQ(spreadOut(memorySteps(p, s), live.size()), live);
    for (int32_t r = 0; r < p.numResources(); ++r) {
      std::vector<int64_t> use = useProfile(p, s, r);
      EXPECT_EQ(spreadOut(useSteps(p, s, r), use.size()), use);
    }
    if (HasFailure()) {
      FAIL() << "seed " << seed;
    }
  }
}

TEST(Profiles, StepsOfFarCycles) {
  Problem p;
  int32_t r = p.addResource("r");
  p.addNode("x", 1, 1);
  p.addUse(r, 3);
  p.occupancy[0] = kMaxCycle;
  EXPECT_EQ(useSteps(p, Starts{5}, r),
            (std::vector<ProfileStep>{{0, 0}, {5, 3}, {kMaxCycle + 5LL, 0}}));
  EXPECT_EQ(memorySteps(p, Starts{5}), (std::vector<ProfileStep>{{0, 0}}));
}

TEST(Cost, FarCyclesCostNoMemory) {
  Problem p;
  int32_t r = p.addResource("r");
  int32_t x = p.addNode("x", 1, 1), y = p.addNode("y", 1);
  p.addUse(r, 1);
  p.addEdge(x, y);
  Cost c = evaluate(p, Starts{0, kMaxCycle});
  EXPECT_EQ(c.peak[0], 1);
  EXPECT_EQ(c.memory, 1);
  EXPECT_EQ(c.communication, kMaxCycle);
  EXPECT_EQ(c.length, int64_t(kMaxCycle) + 1);
}

TEST(Cost, ValuesAreWeightedAndSaturate) {
  Cost c;
  c.resources = 7;
  c.communication = 3;
  c.memory = 5;
  c.length = 9;
  EXPECT_EQ(c.value(Objective::Resources, {100, 2}), 706);
  EXPECT_EQ(c.value(Objective::Memory, {100, 2}), 5);
  EXPECT_EQ(c.value(Objective::Latency, {100, 2}), 9);
  c.resources = int64_t(1) << 61;
  EXPECT_EQ(c.value(Objective::Resources, {100, 2}), INT64_MAX);
}

TEST(Cost, AnEmptyProblemCostsNothing) {
  Problem p;
  p.addResource("r");
  Cost c = evaluate(p, Starts{});
  EXPECT_EQ(c.peak, std::vector<int64_t>{0});
  EXPECT_EQ(c.memory, 0);
  EXPECT_EQ(c.length, 0);
}

} // namespace
