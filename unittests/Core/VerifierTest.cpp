//===- VerifierTest.cpp - Exactly the legal schedules ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Verifier.h"

#include "RandomProblem.h"
#include "Reference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

std::set<std::string> codes(const Problem &p, const Starts &s) {
  std::set<std::string> found;
  for (const Diagnostic &d : verify(p, s))
    found.insert(d.code);
  return found;
}

/// Every vector of starts of many small problems: the violated constraints are
/// those that counting finds, so the verifier accepts exactly the legal ones.
void compareAll(const SmallShape &shape, uint64_t problems,
                int32_t mostLive = -1,
                MemoryModel model = MemoryModel::Values) {
  int64_t legal = 0, illegal = 0;
  for (uint64_t seed = 0; seed < problems; ++seed) {
    Problem p = smallProblem(seed, shape);
    if (p.validate())
      continue;
    if (seed % 3 == 0)
      p.length = 4;
    if (mostLive >= 0) {
      Random random(seed);
      addInterface(p, random);
      p.liveLimit = random.in(0, mostLive);
      p.memoryModel = model;
    }
    int32_t horizon = p.numNodes() == 5 ? 5 : 7;
    forAllStarts(p.numNodes(), horizon, [&](const Starts &s) {
      std::set<std::string> want = violations(p, s);
      ++(want.empty() ? legal : illegal);
      ASSERT_EQ(codes(p, s), want) << "seed " << seed;
    });
    if (testing::Test::HasFatalFailure())
      return;
  }
  // The comparison means something only if both kinds come up often.
  EXPECT_GT(legal, 1000);
  EXPECT_GT(illegal, 1000);
}

TEST(Verifier, ExactlyTheLegalSchedules) { compareAll(SmallShape(), 150); }

TEST(Verifier, ExactlyWithinALimitOfLiveMemory) {
  SmallShape shape;
  compareAll(shape, 60, 12);
  shape.pipelined = true;
  compareAll(shape, 60, 20);
}

TEST(Verifier, ExactlyWithinALimitOfLiveBuffers) {
  SmallShape shape;
  shape.maxLatency = 3;
  compareAll(shape, 60, 20, MemoryModel::Buffers);
  shape.pipelined = true;
  compareAll(shape, 60, 30, MemoryModel::Buffers);
}

/// Two values of width 8 that are read together, and one that enters.
TEST(Verifier, NamesWhatIsLive) {
  Problem p;
  int32_t a = p.addNode("a", 1, 8), b = p.addNode("b", 1, 9);
  int32_t c = p.addNode("c", 1);
  p.addEdge(a, c);
  p.addEdge(b, c);
  p.interface.addEntering(2, std::vector<int32_t>{c}, false);
  p.liveLimit = 19;
  EXPECT_TRUE(verify(p, Starts{0, 1, 2}).empty());
  p.liveLimit = 18;
  std::vector<Diagnostic> found = verify(p, Starts{0, 1, 2});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "Live");
  EXPECT_EQ(found[0].node, b);
  EXPECT_EQ(found[0].message,
            "19 of live memory in cycle 1, above the limit 18");
  ASSERT_EQ(found[0].notes.size(), 3u);
  EXPECT_EQ(found[0].notes[0].message, "the value of 'b' is live, of width 9");
  EXPECT_THAT(found[0].notes[2].message, HasSubstr("those that enter"));
  p.liveLimit = -2;
  EXPECT_TRUE(p.validate());
}

/// What is legal for values is not for buffers: the operand and the result of
/// an operation are live while it is at work.
TEST(Verifier, NamesWhichBuffersAreLive) {
  Problem p;
  int32_t a = p.addNode("a", 1, 8), b = p.addNode("b", 2, 9);
  p.addNode("c", 1);
  p.addEdge(a, b);
  p.addEdge(b, 2);
  p.liveLimit = 9;
  EXPECT_TRUE(verify(p, Starts{0, 1, 3}).empty());
  p.memoryModel = MemoryModel::Buffers;
  std::vector<Diagnostic> found = verify(p, Starts{0, 1, 3});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "Live");
  EXPECT_EQ(found[0].node, b);
  EXPECT_EQ(found[0].message,
            "17 of live memory in cycle 1, above the limit 9");
  p.liveLimit = 17;
  EXPECT_TRUE(verify(p, Starts{0, 1, 3}).empty());
  p.memoryModel = static_cast<MemoryModel>(7);
  EXPECT_TRUE(p.validate());
}

TEST(Verifier, ExactlyTheLegalModuloSchedules) {
  SmallShape shape;
  shape.pipelined = true;
  compareAll(shape, 150);
}

TEST(Verifier, ExactlyTheLegalChains) {
  SmallShape shape;
  shape.clocked = true;
  shape.maxLatency = 1;
  compareAll(shape, 120);
  shape.pipelined = true;
  compareAll(shape, 80);
}

TEST(Verifier, NamesBothEndsOfAnEdge) {
  Problem p;
  p.addNode("x", 3);
  p.addNode("y", 1);
  p.addEdge(0, 1);
  std::vector<Diagnostic> found = verify(p, Starts{0, 1});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "Dep");
  EXPECT_EQ(found[0].node, 1);
  EXPECT_THAT(found[0].message, HasSubstr("2 too early for 'x'"));
  ASSERT_EQ(found[0].notes.size(), 1u);
  EXPECT_EQ(found[0].notes[0].node, 0);
  EXPECT_EQ(found[0].notes[0].edge, 0);
  EXPECT_TRUE(verify(p, Starts{0, 3}).empty());
}

TEST(Verifier, OneViolationARunOfCycles) {
  Problem p;
  int32_t r = p.addResource("mul", 1);
  for (int i = 0; i < 4; ++i) {
    p.addNode("", 1);
    p.addUse(r, 1);
    p.occupancy[i] = 2;
  }
  // Cycles 0 and 1, then 5 and 6.
  std::vector<Diagnostic> found = verify(p, Starts{0, 0, 5, 5});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_THAT(found[0].message, HasSubstr("2 units of 'mul'"));
  EXPECT_THAT(found[0].message, HasSubstr("cycle 0"));
  EXPECT_THAT(found[1].message, HasSubstr("cycle 5"));
  EXPECT_EQ(verify(p, Starts{0, 0, 5, 5}, 1).size(), 1u);
}

TEST(Verifier, StartsFromAFileMayBeAnything) {
  Problem p;
  p.addResource("r", 1);
  p.addNode("x", 1);
  p.addUse(0, 1);
  p.addNode("y", 1);
  p.addEdge(0, 1, 1);
  p.ii = kMaxCycle;
  for (int64_t s : {INT64_MIN, int64_t(-1), INT64_MAX}) {
    std::vector<Diagnostic> found = verify(p, std::vector<int64_t>{s, s});
    ASSERT_FALSE(found.empty());
    EXPECT_EQ(found[0].code, "Win") << s;
  }
}

TEST(Verifier, WrongSizesAndProblemsAreErrors) {
  Problem p;
  p.addNode("x", 1);
  std::vector<Diagnostic> found = verify(p, Starts{0, 1});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "input");
  p.latency[0] = -1;
  found = verify(p, Starts{0});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "input");
  EXPECT_TRUE(verify(Problem(), Starts{}).empty());
}

TEST(Verifier, CombinationalCyclesAreNamed) {
  Problem p;
  p.addNode("x", 0);
  p.addNode("y", 0);
  p.delayIn = p.delayOut = {0.5, 0.5};
  p.addEdge(0, 1);
  p.addEdge(1, 0);
  p.clock = 10;
  std::vector<Diagnostic> found = verify(p, Starts{0, 0});
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].code, "Chain");
  EXPECT_THAT(found[0].message, HasSubstr("combinational cycle"));
  // Without a delay the cycle settles.
  p.delayIn = p.delayOut = {0, 0};
  EXPECT_TRUE(verify(p, Starts{0, 0}).empty());
}

} // namespace
