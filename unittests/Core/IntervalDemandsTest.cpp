//===- IntervalDemandsTest.cpp - What asks for an interval ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/IntervalDemands.h"

#include "RandomProblem.h"
#include "Recurrences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::ElementsAre;

namespace {

/// A sum of 4 cycles around the loop behind a load; `limit` ports, four loads.
Problem sumOfLoads(int64_t limit) {
  Problem p;
  int32_t port = p.addResource("port", limit);
  p.addResource("free");
  for (int k = 0; k < 4; ++k) {
    p.addNode("load", 2);
    p.addUse(port, 1);
  }
  int32_t sum = p.addNode("sum", 4);
  for (int k = 0; k < 4; ++k)
    p.addEdge(k, sum);
  p.addEdge(sum, sum, 1);
  return p;
}

Problem randomLoop(uint64_t seed) {
  SmallShape shape;
  shape.pipelined = true;
  shape.windows = false;
  shape.limitPercent = 100;
  return smallProblem(seed, shape);
}

TEST(IntervalDemands, CriticalRecurrenceIsACycleThatAsksForTheInterval) {
  int found = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    Problem p = randomLoop(seed);
    Outcome<int32_t> least = recurrenceMII(p);
    Outcome<Recurrence> r = criticalRecurrence(p);
    ASSERT_EQ(bool(r), bool(least));
    if (!r)
      continue;
    EXPECT_EQ(r->ii, *least);
    EXPECT_EQ(r->edges.empty(), r->ii == 1);
    int64_t cycles = 0, distance = 0;
    for (size_t k = 0; k < r->edges.size(); ++k) {
      int32_t e = r->edges[k], next = r->edges[(k + 1) % r->edges.size()];
      EXPECT_EQ(p.target[e], p.source[next]);
      cycles += int64_t(p.latency[p.source[e]]) + p.lag[e];
      distance += p.distance[e];
    }
    EXPECT_EQ(r->cycles, cycles);
    EXPECT_EQ(r->distance, distance);
    if (!r->edges.empty()) {
      EXPECT_EQ(r->ii, ceilDiv(cycles, distance));
      ++found;
    }
  }
  EXPECT_GT(found, 100);
}

TEST(IntervalDemands, ResourcesAreSortedByWhatTheyAskFor) {
  Problem p = sumOfLoads(2);
  int32_t mul = p.addResource("mul", 1);
  p.addNode("product", 3);
  p.addUse(mul, 1);
  p.occupancy.back() = 3;
  std::vector<ResourceDemand> all = resourceDemands(p);
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].resource, mul);
  EXPECT_EQ(all[0].ii, 3);
  EXPECT_EQ(all[0].work, 3);
  EXPECT_EQ(all[1].resource, 0);
  EXPECT_EQ(all[1].ii, 2);
  EXPECT_EQ(*leastInterval(p), 4);
}

TEST(IntervalDemands, MoreUnits) {
  Problem p = sumOfLoads(1);
  p.distance.back() = 4; // the sum asks for 1
  std::optional<Relief> relief = reliefByUnits(p, 0, 4);
  ASSERT_TRUE(relief);
  EXPECT_EQ(relief->amount, 2);
  EXPECT_EQ(relief->interval, 2);
  // From 2 to 1 it takes all four.
  p.limit[0] = 2;
  relief = reliefByUnits(p, 0, 2);
  ASSERT_TRUE(relief);
  EXPECT_EQ(relief->amount, 4);
  EXPECT_EQ(relief->interval, 1);
  // Something else asks for as much.
  p.distance.back() = 1;
  p.limit[0] = 1;
  EXPECT_EQ(reliefByUnits(p, 0, 4)->interval, 4);
  EXPECT_FALSE(reliefByUnits(p, 0, 1));
  EXPECT_FALSE(reliefByUnits(p, 1, 4));
}

TEST(IntervalDemands, ShorterAndFurther) {
  Problem p = sumOfLoads(4);
  Outcome<Recurrence> r = criticalRecurrence(p);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->ii, 4);
  EXPECT_THAT(r->edges, ElementsAre(4));
  EXPECT_EQ(reliefByCycles(p, *r)->amount, 1);
  EXPECT_EQ(reliefByCycles(p, *r)->interval, 3);
  EXPECT_EQ(reliefByDistance(p, *r)->amount, 2);
  EXPECT_EQ(reliefByDistance(p, *r)->interval, 2);
  // A second one of the same length.
  int32_t other = p.addNode("other", 4);
  p.addEdge(other, other, 1);
  EXPECT_EQ(reliefByCycles(p, *criticalRecurrence(p))->interval, 4);
  EXPECT_FALSE(reliefByCycles(p, {}));
  EXPECT_FALSE(reliefByDistance(p, {}));
}

TEST(IntervalDemands, OneOperationOfSeveralRecurrences) {
  Problem p = twoWaysAround();
  Outcome<Recurrence> r = criticalRecurrence(p);
  ASSERT_TRUE(r);
  EXPECT_EQ(r->ii, 5);
  EXPECT_EQ(reliefByCycles(p, *r)->interval, 5);
  std::optional<NodeRelief> relief = reliefByLatency(p, *r);
  ASSERT_TRUE(relief);
  EXPECT_EQ(relief->node, 0); // the multiplication
  EXPECT_EQ(relief->amount, 1);
  EXPECT_EQ(relief->interval, 4);
  // A third one elsewhere: none helps.
  int32_t other = p.addNode("other", 5);
  p.addEdge(other, other, 1);
  EXPECT_FALSE(reliefByLatency(p, *criticalRecurrence(p)));
  EXPECT_FALSE(reliefByLatency(p, {}));
}

TEST(IntervalDemands, ReliefIsTheSmallestChange) {
  int units = 0, cycles = 0, single = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    SCOPED_TRACE(seed);
    Problem p = randomLoop(seed);
    Outcome<int64_t> now = leastInterval(p);
    if (!now)
      continue;
    for (const ResourceDemand &demand : resourceDemands(p)) {
      std::optional<Relief> relief =
          reliefByUnits(p, demand.resource, demand.ii);
      ASSERT_EQ(bool(relief), demand.ii > 1);
      if (!relief)
        continue;
      Problem changed = p;
      changed.limit[demand.resource] = relief->amount;
      EXPECT_LT(ceilDiv(demand.work, relief->amount), demand.ii);
      EXPECT_EQ(ceilDiv(demand.work, relief->amount - 1), demand.ii);
      EXPECT_EQ(*leastInterval(changed), relief->interval);
      EXPECT_LE(relief->interval, *now);
      ++units;
    }
    Outcome<Recurrence> r = criticalRecurrence(p);
    if (std::optional<Relief> relief = reliefByCycles(p, *r)) {
      EXPECT_LT(ceilDiv(r->cycles - relief->amount, r->distance), r->ii);
      EXPECT_EQ(ceilDiv(r->cycles - relief->amount + 1, r->distance), r->ii);
      EXPECT_LE(relief->interval, *now);
      ++cycles;
    }
    if (std::optional<NodeRelief> relief = reliefByLatency(p, *r)) {
      Problem changed = p;
      changed.latency[relief->node] -= static_cast<int32_t>(relief->amount);
      EXPECT_GE(changed.latency[relief->node], 0);
      EXPECT_EQ(*leastInterval(changed), relief->interval);
      EXPECT_LT(relief->interval, *now);
      ++single;
    }
    if (std::optional<Relief> relief = reliefByDistance(p, *r)) {
      EXPECT_LT(ceilDiv(r->cycles, relief->amount), r->ii);
      EXPECT_EQ(ceilDiv(r->cycles, relief->amount - 1), r->ii);
      EXPECT_LE(relief->interval, *now);
    }
  }
  EXPECT_GT(units, 50);
  EXPECT_GT(cycles, 50);
  EXPECT_GT(single, 20);
}

} // namespace
