//===- LiveLimitTest.cpp - Schedules within so much live memory -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Reference.h"
#include "SmallRun.h"

#include "gaus/Core/Verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

/// Pairs of values that are read by one node each: all at once they take two
/// cycles and two widths a pair, one after the other one pair is live.
Problem pairs(int32_t count) {
  Problem p;
  for (int32_t k = 0; k < count; ++k) {
    int32_t a = p.addNode("", 1, 8), b = p.addNode("", 1, 8);
    int32_t reader = p.addNode("", 1);
    p.addEdge(a, reader);
    p.addEdge(b, reader);
  }
  return p;
}

Outcome<Solution> within(const Problem &p, Objective objective, int64_t limit) {
  SolverOptions o = quick(objective);
  o.liveLimit = limit;
  return solve(p, o);
}

TEST(LiveLimit, LeastLength) {
  EXPECT_EQ(within(pairs(4), Objective::Latency, 64)->value, 2);
  // A reader starts with the makers of the next pair, whose values it meets in
  // no cycle.
  Outcome<Solution> one = within(pairs(4), Objective::Latency, 16);
  ASSERT_TRUE(one);
  EXPECT_EQ(one->value, 5);
  EXPECT_EQ(one->bound, 5);
  EXPECT_LE(one->cost.memory, 16);
}

TEST(LiveLimit, IsProvenToBeTooLow) {
  for (Objective objective : kObjectives) {
    Outcome<Solution> s = within(pairs(2), objective, 15);
    ASSERT_FALSE(s);
    EXPECT_EQ(s.error().code, "Live");
    ASSERT_EQ(s.error().notes.size(), 2u);
    EXPECT_THAT(s.error().notes[0].message, HasSubstr("at least 16"));
    EXPECT_THAT(s.error().notes[1].message, HasSubstr("this is proven"));
  }
}

/// Nothing else is given: the length is one at which there is a schedule.
TEST(LiveLimit, SettlesTheLength) {
  Outcome<Solution> s = within(pairs(4), Objective::Resources, 16);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->lengthBound, 5);
  EXPECT_LE(s->cost.memory, 16);
}

TEST(LiveLimit, IsOfTheProblemOrOfTheOptions) {
  Problem p = pairs(3);
  p.liveLimit = 16;
  SolverOptions o = quick(Objective::Latency);
  EXPECT_EQ(solve(p, o)->value, 4);
  o.liveLimit = 48;
  EXPECT_EQ(solve(p, o)->value, 2);
  o.liveLimit = -7;
  EXPECT_EQ(solve(p, o).error().code, "option");
}

/// The value is that without the node for what leaves.
TEST(LiveLimit, CountsWhatLeaves) {
  Problem p = pairs(1);
  p.width[2] = 4;
  p.interface.leaves = {2};
  p.interface.addEntering(3, std::vector<int32_t>{0}, true);
  Outcome<Solution> s = within(p, Objective::Latency, 19);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->value, 2);
  EXPECT_EQ(s->bound, 2);
  EXPECT_FALSE(within(p, Objective::Latency, 18));
}

/// Too large to be decided by the search that learns: lengths are tried.
TEST(LiveLimit, OfLargerProblems) {
  Problem p = pairs(200);
  SolverOptions o = quick(Objective::Latency);
  o.effort = 0;
  Outcome<Solution> shortest = solve(p, o);
  ASSERT_TRUE(shortest);
  o.liveLimit = 320;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_LE(s->cost.memory, o.liveLimit);
  EXPECT_GE(s->value, s->bound);
  EXPECT_GE(s->bound, shortest->bound);
  EXPECT_EQ(s->value, s->cost.length);
  EXPECT_GT(s->value, shortest->value);
  Problem limited = p;
  limited.liveLimit = o.liveLimit;
  EXPECT_TRUE(verify(limited, s->starts).empty());
  EXPECT_TRUE(violations(limited, s->starts).empty());
}

/// Of a given length the penalty of the local search, or a schedule of little
/// memory to begin with, keeps to the limit.
TEST(LiveLimit, OfUnitsInAGivenLength) {
  Problem p = layeredProblem(3, 200);
  SolverOptions o = quick(Objective::Memory);
  o.length = factor(1500000);
  o.effort = 0;
  Outcome<Solution> least = solve(p, o);
  ASSERT_TRUE(least);
  p.length = least->lengthBound;
  o.length = {};
  o.objective = Objective::Resources;
  o.liveLimit = least->value;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_LE(s->cost.memory, o.liveLimit);
  EXPECT_GE(s->value, s->bound);
}

TEST(LiveLimit, IsTheSameForAnyThreads) {
  Problem p = layeredProblem(5, 60);
  SolverOptions o = quick(Objective::Latency);
  o.liveLimit = 160;
  Outcome<Solution> one = solve(p, o);
  o.threads = 3;
  Outcome<Solution> three = solve(p, o);
  ASSERT_EQ(bool(one), bool(three));
  if (one)
    EXPECT_EQ(one->starts, three->starts);
}

/// Solves, and counts the lengths that are searched.
Outcome<Solution> countLengths(const Problem &p, SolverOptions o,
                               int32_t &lengths) {
  o.observer = [&](const Reached &r) {
    lengths += r.part == "construct" && r.starts.empty();
  };
  return solve(p, o);
}

/// Two buffers that fill the memory, and one of two bits.
Problem buffersOf(int64_t wide) {
  Problem p;
  p.addNode("", 500, wide);
  p.addNode("", 500);
  p.addNode("", 6, 2);
  p.addNode("", 1000, wide);
  p.memoryModel = MemoryModel::Buffers;
  p.liveLimit = wide;
  return p;
}

/// The search that learns takes limits of any size.
TEST(LiveLimit, WideValuesAreDecidedLikeNarrowOnes) {
  for (int64_t wide : {int64_t(4), int64_t(1) << 39}) {
    Problem p = buffersOf(wide);
    int32_t lengths = 0;
    Outcome<Solution> s = countLengths(p, quick(Objective::Latency), lengths);
    ASSERT_TRUE(s);
    EXPECT_EQ(s->value, 1506);
    EXPECT_EQ(s->bound, 1506);
    EXPECT_EQ(lengths, 1);
  }
}

/// Buffers of 6 and 2^39 units, of which only one fits at a time.
Problem exclusiveBuffers(int32_t narrow, int32_t wide) {
  Problem p;
  p.addNode("", narrow, 6);
  p.addNode("", wide, int64_t(1) << 39);
  p.memoryModel = MemoryModel::Buffers;
  p.liveLimit = int64_t(1) << 39;
  return p;
}

/// Two that exclude each other: by what windows say, without a search for each
/// interval that is too small.
TEST(LiveLimit, IntervalsTooSmallForWhatExcludesEachOther) {
  Problem p = exclusiveBuffers(500, 4);
  SolverOptions o = quick(Objective::Resources);
  o.ii.kind = IIChoice::Auto;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->ii, 504);
  EXPECT_EQ(s->iiProof, IIProof::Bound);
  o.ii.kind = IIChoice::Cycles;
  o.ii.cycles = 503;
  Outcome<Solution> none = solve(p, o);
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, "Live");
  EXPECT_THAT(none.error().message, HasSubstr("exists"));
}

/// What ends a life takes no time within a cycle: a result that comes later
/// than the clock allows delays readers alone.
TEST(LiveLimit, ResultsThatComeLateInTheirCycle) {
  Problem p;
  p.addNode("", 500, 8);
  p.delayIn[0] = 0.25;
  p.delayOut[0] = 12.5;
  p.clock = 0.5;
  p.memoryModel = MemoryModel::Buffers;
  p.liveLimit = 8;
  SolverOptions o = quick(Objective::Resources);
  o.ii.kind = IIChoice::Auto;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->ii, 500);
  EXPECT_EQ(s->iiProof, IIProof::Bound);
  EXPECT_EQ(s->cost.length, 500);
}

/// Buffers of 6 and 2^39 units overlap or not: integer programs have a column
/// for each of their sums.
TEST(LiveLimit, WideValuesWithAnInterval) {
  Problem p = exclusiveBuffers(2, 0);
  SolverOptions o = quick(Objective::Memory);
  o.effort = 1;
  o.ii.kind = IIChoice::Auto;
  o.length.factorMillionths = 6000000;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_EQ(s->value, p.liveLimit);
  EXPECT_EQ(s->ii, 3);
}

/// Of two buffers that are too large together one comes first: four in a row
/// are no matter of cycles.
TEST(LiveLimit, BuffersThatExcludeEachOther) {
  Problem p;
  for (int32_t latency : {500, 495, 505, 500})
    p.addNode("", latency, 6);
  p.memoryModel = MemoryModel::Buffers;
  p.liveLimit = 11;
  int32_t lengths = 0;
  Outcome<Solution> s = countLengths(p, quick(Objective::Latency), lengths);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->value, 2000);
  EXPECT_EQ(s->bound, 2000);
  EXPECT_EQ(lengths, 1);
  // What is read by another one lives with it.
  p.addEdge(0, 1);
  EXPECT_FALSE(solve(p, quick(Objective::Latency)));
  p.memoryModel = MemoryModel::Values;
  EXPECT_TRUE(solve(p, quick(Objective::Latency)));
}

/// The schedule that settled the length is within the limit, too.
TEST(LiveLimit, KeepsWhatSettledTheLength) {
  Problem p = buffersOf(int64_t(1) << 39);
  SolverOptions o = quick(Objective::Memory);
  for (bool withAnother : {false, true}) {
    Starts another{0, 0, 0, 0};
    Outcome<Solution> s = solve(p, o, withAnother ? another : Starts());
    ASSERT_TRUE(s) << s.error().message;
    EXPECT_LE(s->value, p.liveLimit);
    EXPECT_EQ(s->lengthBound, 1506);
  }
}

/// The number of lengths that are searched grows with the logarithm of what is
/// possible, and not at all once a schedule is found.
TEST(LiveLimit, FewLengthsAreSearched) {
  for (int32_t latency : {10, 10000}) {
    Problem p = pairs(200);
    std::fill(p.latency.begin(), p.latency.end(), latency);
    SolverOptions o = quick(Objective::Latency);
    o.effort = 0;
    o.liveLimit = 320;
    int32_t lengths = 0;
    Outcome<Solution> s = countLengths(p, o, lengths);
    ASSERT_TRUE(s);
    EXPECT_GT(s->value, s->bound);
    EXPECT_LE(lengths, 20);
  }
}

} // namespace
