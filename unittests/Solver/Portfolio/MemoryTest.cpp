//===- MemoryTest.cpp - What a problem needs, and limits of it ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Portfolio/Memory.h"

#include "RandomProblem.h"
#include "SmallData.h"
#include "SmallRun.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

template <class... Vectors> int64_t roomOf(const Vectors &...vectors) {
  return (int64_t(0) + ... +
          static_cast<int64_t>(vectors.capacity() *
                               sizeof(typename Vectors::value_type)));
}

int64_t roomOfProblem(const Problem &p) {
  return roomOf(p.latency, p.occupancy, p.width, p.earliest, p.latest,
                p.delayIn, p.delayOut, p.nodeName, p.useBegin, p.useResource,
                p.useUnits, p.source, p.target, p.distance, p.lag, p.weight,
                p.carries, p.resourceName, p.limit, p.price);
}

int64_t roomOfArrays(const Instance &d) {
  return roomOf(d.asap, d.alap, d.duration, d.bornAfter, d.occupancy, d.width,
                d.profileWidth, d.commGradient, d.commSlope, d.topological,
                d.useBegin, d.useResource, d.useUnits, d.profileUnits,
                d.outBegin, d.outTarget, d.outGap, d.outShift, d.inBegin,
                d.inSource, d.inPosition, d.outWeight, d.limit, d.price,
                d.unitShift);
}

TEST(Memory, EstimatesAreWhatArraysTake) {
  for (int32_t nodes : {500, 1000, 1500, 3000, 10000})
    for (int32_t ii : {0, 4 * nodes}) {
      Problem p = layeredProblem(nodes, nodes, ii);
      std::optional<ProblemData> d = problemData(p, Objective::Memory, 1.5);
      ASSERT_TRUE(d) << nodes;
      int64_t arrays = roomOfArrays(d->instance), problem = roomOfProblem(p);
      int64_t estimate =
          searchBytes(p, d->instance.numCycles, d->options, {}).arrays;
      EXPECT_GE(estimate, arrays) << nodes;
      EXPECT_LE(estimate, 4 * arrays) << nodes;
      EXPECT_GE(problemBytes(p), problem) << nodes;
      EXPECT_LE(problemBytes(p), 4 * problem) << nodes;
    }
}

TEST(Memory, GrowsWithTheProfilesThatRunAtOnce) {
  Problem p = layeredProblem(1, 200);
  SolverOptions o;
  o.objective = Objective::Memory;
  int64_t one = searchBytes(p, 1000000, o, {1, 1, 100}).descents;
  EXPECT_GE(one, int64_t(1000000) * 8);
  EXPECT_EQ(searchBytes(p, 1000000, o, {4, 1, 100}).descents, 4 * one);
  EXPECT_GT(searchBytes(p, 2000000, o, {1, 1, 100}).descents, one * 19 / 10);
}

SolverOptions within(int64_t bytes) {
  SolverOptions o;
  o.objective = Objective::Memory;
  o.effort = 1;
  o.memoryLimit = bytes;
  return o;
}

TEST(Memory, AProblemBeyondTheLimitIsRefused) {
  Problem p = layeredProblem(1, 50);
  Outcome<Solution> s = solve(p, within(1024));
  ASSERT_FALSE(s);
  EXPECT_EQ(s.error().code, "memory");
  EXPECT_THAT(s.error().message, HasSubstr("the memory limit is 1.0 KiB"));
  EXPECT_FALSE(s.error().notes.empty());
}

TEST(Memory, ALongHorizonLeavesTheHeuristics) {
  Problem p = layeredProblem(1, 50);
  p.length = 2000000;
  Outcome<Solution> s = solve(p, within(64 << 20));
  ASSERT_TRUE(s) << s.error().message;
  EXPECT_THAT(s->memoryReason, HasSubstr("the memory limit is 64.0 MiB"));
  EXPECT_EQ(s->work.descentSteps, 0);
}

TEST(Memory, ALimitThatSufficesChangesNothing) {
  Problem p = layeredProblem(1, 50);
  Outcome<Solution> free = solveSmall(p, within(kNoMemoryLimit));
  Outcome<Solution> limited = solveSmall(p, within(64 << 20));
  ASSERT_TRUE(free && limited);
  EXPECT_EQ(free->starts, limited->starts);
  EXPECT_EQ(limited->memoryReason, "");
  EXPECT_GT(limited->work.descentSteps, 0);
}

TEST(Memory, BytesAsText) {
  EXPECT_EQ(bytesText(17), "17 bytes");
  EXPECT_EQ(bytesText(1536), "1.5 KiB");
  EXPECT_EQ(bytesText((int64_t(1) << 30) - 1), "1.0 GiB");
  EXPECT_GT(defaultMemoryLimit(), 1 << 20);
}

} // namespace
