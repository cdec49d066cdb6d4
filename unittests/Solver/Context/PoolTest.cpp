//===- PoolTest.cpp - Candidates, and what is known of them ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SmallData.h"

#include "Context/Pool.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Of legal starts nothing is overused, and the cost is the schedule's.
TEST(Pool, KnowsOveruseAndCost) {
  for (Objective objective : kObjectives) {
    std::optional<ProblemData> d =
        problemData(layeredProblem(1, 40), objective, 1.25);
    ASSERT_TRUE(d);
    Pool pool(d->instance);
    EXPECT_TRUE(pool.empty());
    for (const Starts &s : {d->instance.asap, d->instance.alap}) {
      pool.add(s, Method::Asap);
      EXPECT_EQ(pool.last().starts, s);
      EXPECT_EQ(pool.last().overuse, 0);
      EXPECT_EQ(pool.last().cost, d->costOf(s));
    }
  }
}

/// Units over a limit, summed over cycles.
TEST(Pool, CountsOveruse) {
  // All start at once on `limit` units.
  std::optional<ProblemData> d =
      problemData(sharedUnits(2, 5), Objective::Latency, 3.0);
  ASSERT_TRUE(d);
  Pool pool(d->instance);
  pool.add(Starts(5, 0), Method::Asap);
  EXPECT_EQ(pool.last().overuse, (5 - 2) * int64_t(d->p.occupancy[0]));
}

TEST(Pool, TheBestFirstAndTiesByArrival) {
  Instance none;
  Pool pool(none);
  auto add = [&](int64_t overuse, int64_t cost, Method method) {
    pool.add({{}, overuse, cost, method});
  };
  add(1, 1, Method::List);
  add(0, 9, Method::Asap);
  add(0, 9, Method::Alap);
  add(0, 3, Method::Flow);
  pool.sort();
  std::vector<Method> order;
  for (const Candidate &c : pool.all())
    order.push_back(c.method);
  EXPECT_EQ(order, (std::vector{Method::Flow, Method::Asap, Method::Alap,
                                Method::List}));
  pool.lastToFront();
  EXPECT_EQ(pool.all().front().method, Method::List);
  pool.addInFront({{}, 5, 5, Method::Cut});
  EXPECT_EQ(pool.all().front().method, Method::Cut);
  EXPECT_EQ(pool.first(2).size(), 2u);
  EXPECT_EQ(pool.first(99).size(), 5u);
  EXPECT_EQ(pool.takeAll().size(), 5u);
  EXPECT_TRUE(pool.empty());
}

} // namespace
