//===- ListSchedulerTest.cpp - Lists against plain ones -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/ListScheduler.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Times as long for all: the list is the same, times as late.
TEST(ListScheduler, LongHoldsAreShortOnesManyTimes) {
  constexpr int32_t kTimes = 100000;
  int compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SmallShape shape;
    shape.maxNodes = 12;
    shape.limitPercent = 100;
    // A reader before its maker starts one cycle late, not so many.
    shape.lags = false;
    Problem p = smallProblem(seed, shape);
    std::fill(p.latency.begin(), p.latency.end(), 1);
    Problem q = p;
    for (int32_t i = 0; i < q.numNodes(); ++i) {
      q.latency[i] *= kTimes;
      q.occupancy[i] *= kTimes;
      q.earliest[i] *= kTimes;
      if (q.latest[i] < kMaxCycle)
        q.latest[i] *= kTimes;
    }
    for (int32_t &a : q.lag)
      a *= kTimes;
    Outcome<Windows> few = computeWindows(p), many = computeWindows(q);
    Adjacency adj(p);
    if (!few || !many || !findComponents(p, adj).acyclic)
      continue;
    std::vector<float> priority(p.numNodes());
    for (int32_t i = 0; i < p.numNodes(); ++i)
      priority[i] = static_cast<float>((i * 7 + 3) % 11);
    Starts a = listSchedule(p, adj, *few, {priority, p.limit, {}, false});
    Starts b = listSchedule(q, adj, *many, {priority, q.limit, {}, false});
    ASSERT_EQ(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i)
      EXPECT_EQ(int64_t(a[i]) * kTimes, b[i]);
    compared += !a.empty();
  }
  EXPECT_GT(compared, 20);
}

/// Many that wait for one unit are not all asked in every cycle.
TEST(ListScheduler, WhatNeedsTheSameUnitsIsAskedOnce) {
  constexpr int32_t kNodes = 4000;
  Problem p;
  int32_t port = p.addResource("port", 1), other = p.addResource("other", 1);
  std::vector<float> priority;
  for (int32_t i = 0; i < kNodes; ++i) {
    p.addNode("n", 1);
    p.addUse(i % 4 == 0 ? other : port, 1);
    priority.push_back(static_cast<float>((i * 7 + 3) % 11));
  }
  Outcome<Windows> windows = computeWindows(p);
  ASSERT_TRUE(windows);
  Stop stop;
  stop.requestAfter(int64_t(1) << 40);
  Starts s = listSchedule(p, Adjacency(p), *windows,
                          {.priority = priority,
                           .capacity = p.limit,
                           .forceAtLatest = false,
                           .stop = &stop});
  ASSERT_EQ(s.size(), p.latency.size());
  // The best one of the first, then of those with the next priority.
  std::vector<int32_t> order;
  for (int32_t i = 0; i < kNodes; ++i)
    if (i % 4 != 0)
      order.push_back(i);
  std::stable_sort(order.begin(), order.end(), [&](int32_t a, int32_t b) {
    return priority[a] < priority[b];
  });
  for (size_t k = 0; k < order.size(); ++k)
    ASSERT_EQ(s[order[k]], static_cast<int32_t>(k));
  // Once a cycle, and no more than once beside that.
  EXPECT_LE(stop.polls(), 3 * kNodes / 4 + 1);
}

} // namespace
