//===- IntervalsTest.cpp - One interval after the other -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"

#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <set>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Pinned operations: an II is ruled out exactly if it divides a difference.
TEST(Intervals, BeyondTheFirstTries) {
  for (uint64_t seed : {1, 2, 3}) {
    Random random(seed);
    Problem p;
    int32_t r = p.addResource("", 1), at = 0;
    for (int32_t i = 0; i < 30; ++i) {
      p.addNode("", 1);
      p.addUse(r, 1);
      p.earliest[i] = p.latest[i] = at += random.in(1, 60);
    }
    auto clashes = [&](int32_t ii) {
      std::set<int32_t> slots;
      for (int32_t t : p.earliest)
        slots.insert(t % ii);
      return slots.size() < 30;
    };
    int32_t least = 1;
    while (clashes(least))
      ++least;
    ASSERT_GT(least, 100);
    SolverOptions o;
    o.ii.kind = IIChoice::Auto;
    Outcome<Solution> s = solve(p, o);
    ASSERT_TRUE(s) << s.error().message;
    EXPECT_EQ(s->ii, least);
    EXPECT_NE(s->iiProof, IIProof::Undecided);
    EXPECT_EQ(s->undecidedII, 0);
  }
}

/// Two pinned to the same cycle meet at every II.
TEST(Intervals, NoneAtAll) {
  Problem p = sharedUnits(1, 2);
  p.earliest = p.latest = {1000, 1000};
  SolverOptions o;
  o.ii.kind = IIChoice::Auto;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message.find("rule out each of them"), std::string::npos)
      << s.error().message;
}

/// One that is pinned to an odd cycle leaves room for all but one, which no sum
/// shows: what nothing folds at says soon that larger ones do not help.
TEST(Intervals, NoLengthThatIsLongEnough) {
  constexpr int32_t kNodes = 100;
  Problem p = sharedUnits(1, kNodes);
  p.occupancy.assign(kNodes, 2);
  p.earliest.assign(kNodes, 0);
  p.latest.assign(kNodes, 2 * kNodes - 2);
  p.earliest[0] = p.latest[0] = 101;
  SolverOptions o;
  o.effort = 0;
  o.objective = Objective::Memory;
  o.ii.kind = IIChoice::Auto;
  o.length = {LengthChoice::Cycles, 2 * kNodes};
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  ASSERT_FALSE(s.error().notes.empty());
  EXPECT_EQ(s.error().notes.front().message.find("3 were tried"), 0u)
      << s.error().notes.front().message;
  o.length.cycles = 2 * kNodes + 1;
  p.latest.assign(kNodes, 2 * kNodes - 1);
  p.latest[0] = 101;
  s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_LE(s->ii, 2 * kNodes + 2);
}

/// Holds of 10^7 cycles: nothing counts cycles.
TEST(Intervals, LongOccupancies) {
  Problem p = sharedUnits(4, 64);
  p.occupancy.assign(64, 10000000);
  for (int32_t i = 4; i < 64; ++i)
    p.addEdge(i - 4, i);
  SolverOptions o;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->cost.length, 150000001);
  o.ii.kind = IIChoice::Auto;
  s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->ii, 160000000);
  EXPECT_EQ(s->iiProof, IIProof::Bound);
}

} // namespace
