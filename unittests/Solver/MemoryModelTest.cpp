//===- MemoryModelTest.cpp - Buffers instead of values --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Reference.h"
#include "SmallRun.h"

#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

SolverOptions buffers(Objective objective) {
  SolverOptions o = quick(objective);
  o.memoryModel = ModelChoice::Buffers;
  return o;
}

/// A chain of operations, each of which reads the one before.
Problem chain(int32_t count, int32_t latency) {
  Problem p;
  for (int32_t i = 0; i < count; ++i) {
    p.addNode("", latency, 8);
    if (i > 0)
      p.addEdge(i - 1, i);
  }
  return p;
}

TEST(MemoryModel, AnOptionIsMoreThanTheProblem) {
  Problem p = chain(4, 2);
  Outcome<Solution> values = solve(p, quick(Objective::Memory));
  ASSERT_TRUE(values);
  EXPECT_EQ(values->value, 8);
  Outcome<Solution> both = solve(p, buffers(Objective::Memory));
  ASSERT_TRUE(both);
  EXPECT_EQ(both->value, 16);
  EXPECT_EQ(both->bound, 16);
  EXPECT_EQ(both->cost.memory, 16);
  p.memoryModel = MemoryModel::Buffers;
  EXPECT_EQ(solve(p, quick(Objective::Memory))->value, 16);
  SolverOptions against = quick(Objective::Memory);
  against.memoryModel = ModelChoice::Values;
  EXPECT_EQ(solve(p, against)->value, 8);
}

TEST(MemoryModel, LimitsBuffers) {
  Problem p = chain(4, 2);
  SolverOptions o = buffers(Objective::Latency);
  o.liveLimit = 16;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->value, 8);
  o.liveLimit = 15;
  s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code, "Live");
}

/// Several results that nobody reads: they are live while they are written, one
/// after the other if there is time.
TEST(MemoryModel, WhatNobodyReads) {
  Problem p;
  for (int32_t k = 0; k < 3; ++k)
    p.addNode("", 2, 8);
  SolverOptions o = buffers(Objective::Memory);
  o.length.kind = LengthChoice::Cycles;
  o.length.cycles = 6;
  EXPECT_EQ(solve(p, o)->value, 8);
  o.length.cycles = 5;
  EXPECT_EQ(solve(p, o)->value, 16);
  o.length.cycles = 2;
  Outcome<Solution> s = solve(p, o);
  EXPECT_EQ(s->value, 24);
  EXPECT_EQ(s->bound, 24);
  EXPECT_EQ(s->starts.size(), 3u);
}

/// One machine, in order: what the machine reads and writes is there.
TEST(MemoryModel, AnOrderOnOneMachine) {
  // Two chains of a wide and a narrow value into one.
  Problem p;
  int32_t unit = p.addResource("machine", 1);
  auto add = [&](int64_t width) {
    int32_t node = p.addNode("", 1, width);
    p.addUse(unit, 1);
    return node;
  };
  int32_t wide = add(10), narrow = add(2), other = add(7), end = add(1);
  p.addEdge(wide, narrow);
  p.addEdge(narrow, end);
  p.addEdge(other, end);
  SolverOptions o = buffers(Objective::Memory);
  o.length.kind = LengthChoice::Cycles;
  o.length.cycles = 4;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s);
  // wide with narrow first, or with other it would be 19.
  EXPECT_EQ(s->value, 12);
  EXPECT_EQ(s->bound, 12);
  o.memoryModel = ModelChoice::Own;
  EXPECT_EQ(solve(p, o)->value, 10);
}

TEST(MemoryModel, TheOptimumByEnumeration) {
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    SmallShape shape;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    p.memoryModel = MemoryModel::Buffers;
    p.length = 6;
    if (p.validate())
      continue;
    std::optional<int64_t> best = optimum(p, 6, Objective::Memory, {});
    SolverOptions o = quick(Objective::Memory);
    o.effort = 2;
    Outcome<Solution> s = solve(p, o);
    EXPECT_EQ(bool(s), bool(best));
    if (!s || !best)
      continue;
    EXPECT_TRUE(verify(p, s->starts).empty());
    EXPECT_EQ(s->value, referenceCost(p, s->starts).memory);
    EXPECT_EQ(s->value, *best);
    EXPECT_LE(s->bound, *best);
  }
}

} // namespace
