//===- IncumbentTest.cpp - The way in for schedules and bounds ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// Two units of work one after the other, in three cycles.
std::unique_ptr<Begun> twoOnOne() {
  Problem p = sharedUnits(1, 2);
  SolverOptions o;
  o.length.kind = LengthChoice::Cycles;
  o.length.cycles = 3;
  return begin(p, o);
}

TEST(Incumbent, KeepsTheBestLegalOne) {
  std::unique_ptr<Begun> begun = twoOnOne();
  ASSERT_TRUE(begun);
  Context c = begun->c();
  Deadline never(0);
  Incumbent fresh(begun->p, begun->options, 0, never, c.trace);
  EXPECT_FALSE(fresh.solved());
  EXPECT_FALSE(fresh.finished());
  EXPECT_FALSE(fresh.offer(Starts{}, Method::List));
  EXPECT_FALSE(fresh.offer(Starts{1, 1}, Method::List));
  EXPECT_FALSE(fresh.offer(Starts{0, 3}, Method::List));
  EXPECT_FALSE(fresh.solved());
  EXPECT_TRUE(fresh.offer(Starts{0, 2}, Method::Alap));
  EXPECT_EQ(fresh.value(), 3);
  EXPECT_TRUE(fresh.offer(Starts{0, 1}, Method::List));
  // As good comes too late.
  EXPECT_TRUE(fresh.offer(Starts{1, 0}, Method::Polish));
  EXPECT_TRUE(fresh.offer(Starts{2, 0}, Method::List));
  EXPECT_EQ(fresh.starts(), Starts({0, 1}));
  EXPECT_EQ(fresh.method(), Method::List);
  Outcome<Solution> s = fresh.finish();
  ASSERT_TRUE(s);
  // Of each method its best, of those that had something legal.
  ASSERT_EQ(s->methods.size(), 3u);
  EXPECT_EQ(s->methods[0].method, Method::Alap);
  EXPECT_EQ(s->methods[0].cost, 3);
  EXPECT_EQ(s->methods[1].cost, 2);
  EXPECT_EQ(s->methods[2].cost, 2);
}

TEST(Incumbent, BoundsOnlyRise) {
  std::unique_ptr<Begun> begun = twoOnOne();
  ASSERT_TRUE(begun);
  Context c = begun->c();
  Deadline never(0);
  Incumbent fresh(begun->p, begun->options, 1, never, c.trace);
  fresh.offer(Starts{0, 2}, Method::List);
  fresh.raiseBound(0);
  EXPECT_EQ(fresh.bound(), 1);
  EXPECT_FALSE(fresh.finished());
  // What a search with a known cost says is no more than that.
  fresh.raiseBoundToBest(1000);
  EXPECT_EQ(fresh.bound(), 3);
  EXPECT_TRUE(fresh.finished());
}

TEST(Incumbent, SaysWhyThereIsNone) {
  std::unique_ptr<Begun> begun = twoOnOne();
  ASSERT_TRUE(begun);
  Context c = begun->c();
  Deadline never(0);
  auto codeOf = [&](auto change, const Deadline &deadline) {
    Incumbent fresh(begun->p, begun->options, 0, deadline, c.trace);
    change(fresh);
    Outcome<Solution> s = fresh.finish();
    EXPECT_FALSE(s);
    return s ? std::string() : s.error().code + ": " + s.error().message;
  };
  EXPECT_EQ(codeOf([](Incumbent &) {}, never),
            "Res: no schedule within the limits was found in 3 cycles");
  auto infeasible = [](Incumbent &i) { i.setInfeasible(); };
  EXPECT_EQ(codeOf(infeasible, never),
            "Res: no schedule within the limits exists in 3 cycles");
  Stop stop;
  stop.request();
  Deadline over(0, &stop);
  EXPECT_EQ(codeOf([](Incumbent &) {}, over),
            "stop: stopped before a schedule was found");
  // What is proven stays proven.
  EXPECT_EQ(codeOf(infeasible, over),
            "Res: no schedule within the limits exists in 3 cycles");
  Diagnostic memory;
  memory.code = "memory";
  memory.message = "too much";
  EXPECT_EQ(codeOf([&](Incumbent &i) { i.setBeyondMemory(memory); }, never),
            "memory: too much");
}

} // namespace
