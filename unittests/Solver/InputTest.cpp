//===- InputTest.cpp - What solve is given, and where it ends -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"

#include "Construct/ListScheduler.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

using namespace gaus;
using namespace gaus::test;

namespace {

//===----------------------------------------------------------------------===//
// Input
//===----------------------------------------------------------------------===//

TEST(Input, IsCheckedBeforeAnInterval) {
  Problem p;
  int32_t r = p.addResource("mul", 0);
  p.addNode("x", 1);
  p.addUse(r, 1);
  SolverOptions o;
  o.ii.kind = IIChoice::Auto;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  std::optional<Diagnostic> wrong = p.validate();
  ASSERT_TRUE(wrong);
  EXPECT_EQ(s.error().message, wrong->message);
  // The steps check what they are given, too.
  EXPECT_FALSE(annotate(p, o));
  EXPECT_FALSE(commit(p, o, {{0}, {1}}));
  WorkCounts work;
  EXPECT_FALSE(relax(p, o, {{0}, {1}}, work));
}

TEST(Input, OptionsFromCode) {
  Problem p;
  p.addNode("x", 1);
  auto refused = [&](auto change) {
    SolverOptions o;
    change(o);
    Outcome<Solution> s = solve(p, o);
    return !s && s.error().code == "option";
  };
  EXPECT_TRUE(refused([](SolverOptions &o) { o.weights.ratio = INT64_MAX; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.weights.alpha = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.effort = 40; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.threads = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.timeLimit = NAN; }));
  EXPECT_TRUE(refused([](SolverOptions &o) { o.clock = -1; }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.length.kind = LengthChoice::Cycles;
    o.length.cycles = -5;
  }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.length.kind = LengthChoice::Factor;
    o.length.factorMillionths = INT64_MIN;
  }));
  EXPECT_TRUE(refused([](SolverOptions &o) {
    o.ii.kind = IIChoice::Cycles;
    o.ii.cycles = -3;
  }));
  EXPECT_FALSE(refused([](SolverOptions &) {}));
}

TEST(Input, WeightsThatCostsCannotHold) {
  Problem p;
  p.addNode("", 1);
  p.addNode("", 1);
  p.addEdge(0, 1, 0, 0, int64_t(1) << 32);
  SolverOptions o;
  o.objective = Objective::Resources;
  ASSERT_TRUE(solve(p, o));
  o.weights.alpha = int64_t(1) << 31;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message.find("overflow"), std::string::npos);
}

//===----------------------------------------------------------------------===//
// The end of the time
//===----------------------------------------------------------------------===//

TEST(Time, AFlagEndsTheSearch) {
  Problem p = layeredProblem(3, 300);
  SolverOptions o;
  o.objective = Objective::Memory;
  o.effort = 5;
  Stop stop;
  stop.request();
  o.stop = &stop;
  Outcome<Solution> s = solve(p, o);
  ASSERT_TRUE(s);
  EXPECT_EQ(s->work.descentSteps + s->work.polishProposals + s->work.windows,
            0);
  EXPECT_TRUE(verify(*resolve(p, o), s->starts).empty());
}

/// One deadline for all intervals: where it has passed no other one is tried.
TEST(Time, IsSharedByTheIntervals) {
  Problem p = sharedUnits(1, 24);
  for (int32_t i = 0; i < 24; ++i)
    p.earliest[i] = p.latest[i] = i * i;
  SolverOptions o;
  o.ii.kind = IIChoice::Auto;
  Stop stop;
  stop.request();
  o.stop = &stop;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  EXPECT_NE(s.error().message.find("undecided"), std::string::npos);
  ASSERT_FALSE(s.error().notes.empty());
  EXPECT_EQ(s.error().notes[0].message.substr(0, 12), "1 were tried");
}

//===----------------------------------------------------------------------===//
// Intervals
//===----------------------------------------------------------------------===//

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

/// Times as long for all: the list is the same, times as late.
TEST(Intervals, ListsOfLongHoldsAreThoseOfShortOnes) {
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
    if (!few || !many || !orderComponents(p, adj).acyclic)
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

//===----------------------------------------------------------------------===//
// A device that is lost
//===----------------------------------------------------------------------===//

TEST(Device, TheCpuGoesOnWithTheSameBits) {
  Problem p = layeredProblem(5, 30);
  SolverOptions o;
  o.objective = Objective::Memory;
  o.effort = 1;
  o.threads = 1;
  o.polish = false;
  o.backend = BackendKind::Cpu;
  Outcome<Solution> whole = solve(p, o);
  ASSERT_TRUE(whole);
  ASSERT_GT(whole->work.descentSteps, 0);
  o.backend = BackendKind::Simt;
  for (const char *batch : {"1", "2"}) {
    setenv("GAUS_SIMT_FAIL", batch, 1);
    Outcome<Solution> s = solve(p, o);
    unsetenv("GAUS_SIMT_FAIL");
    ASSERT_TRUE(s) << s.error().message;
    EXPECT_EQ(s->starts, whole->starts);
    EXPECT_EQ(s->work.descentSteps, whole->work.descentSteps);
    EXPECT_EQ(s->bound, whole->bound);
    if (std::string(batch) == "1") {
      EXPECT_EQ(s->backend, "cpu");
      EXPECT_NE(s->backendReason.find("simt failed"), std::string::npos);
    }
  }
}

} // namespace
