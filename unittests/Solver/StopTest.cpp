//===- StopTest.cpp - Long work ends when it is asked to ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A stop that requests itself when it was asked a number of times stands for a
// time limit, a signal or another thread.
//
//===----------------------------------------------------------------------===//

#include "Exact/NeighbourhoodProgram.h"
#include "RandomProblem.h"
#include "SmallData.h"

#include "Construct/DifferenceFlow.h"
#include "Construct/Ejection.h"
#include "Construct/ListScheduler.h"
#include "Modulo/ModuloExact.h"
#include "gaus/Core/Bounds.h"
#include "gaus/Core/Chains.h"
#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// After the request nothing goes on for long: so many more questions at most.
constexpr int64_t kFew = 2000;

/// A ring of `nodes`, against whose order the longest paths run: each sweep
/// settles few of them.
Problem slowRing(int32_t nodes) {
  Problem p;
  Random random(7);
  for (int32_t i = 0; i < nodes; ++i)
    p.addNode("", 1);
  for (int32_t i = 0; i < nodes; ++i)
    p.addEdge(i, (i + nodes - 1) % nodes, i == 0 ? 1 : 0, 0);
  for (int32_t i = 0; i < 4 * nodes; ++i)
    p.addEdge(random.in(0, nodes - 1), random.in(0, nodes - 1), 1, 0);
  p.ii = 2 * nodes;
  return p;
}

TEST(Stop, EndsLongestPaths) {
  Problem p = slowRing(20000);
  ASSERT_TRUE(computeWindows(p));
  auto stopped = [&](auto &&run) {
    Stop stop;
    stop.requestAfter(0);
    auto result = run(&stop);
    return !result && result.error().code == "stop" && stop.polls() == 1;
  };
  EXPECT_TRUE(stopped([&](const Stop *s) { return computeWindows(p, s); }));
  EXPECT_TRUE(stopped([&](const Stop *s) { return leastLength(p, s); }));
  EXPECT_TRUE(stopped([&](const Stop *s) { return recurrenceMII(p, s); }));
  SolverOptions o;
  o.ii.kind = IIChoice::Auto;
  EXPECT_TRUE(stopped([&](const Stop *s) {
    o.stop = s;
    return resolve(p, o);
  }));
}

/// What takes no time comes to its end: there is a schedule even then.
TEST(Stop, LeavesSmallWork) {
  Problem p = layeredProblem(1, 200, 40);
  Stop stop;
  stop.request();
  ASSERT_TRUE(computeWindows(p, &stop));
  SolverOptions o;
  o.stop = &stop;
  Outcome<Solution> s = solve(layeredProblem(1, 200), o);
  ASSERT_TRUE(s);
}

/// All nodes of a layer before all of the next one, without a register.
Problem combinational(int32_t layers, int32_t nodes) {
  Problem p;
  p.clock = 3;
  for (int32_t i = 0; i < layers * nodes; ++i) {
    p.addNode("", 0);
    p.delayIn[i] = p.delayOut[i] = 1;
    for (int32_t k = 0; k < nodes && i >= nodes; ++k)
      p.addEdge((i / nodes - 1) * nodes + k, i, 0, 0);
  }
  return p;
}

TEST(Stop, EndsChains) {
  Problem p = combinational(20, 60);
  Stop stop;
  stop.requestAfter(3);
  std::optional<Diagnostic> d = addChainEdges(p, &stop);
  ASSERT_TRUE(d);
  EXPECT_EQ(d->code, "stop");
  EXPECT_EQ(p.numChainEdges, 0);
  EXPECT_EQ(stop.polls(), 4);
}

/// A ring of edges without a register that is tight and slow to settle.
TEST(Stop, TheVerifierDoesNotCallLegalWhatItLeft) {
  Problem p;
  int32_t n = 2000;
  p.clock = 1e9;
  for (int32_t i = 0; i < n; ++i) {
    p.addNode("", 0);
    p.delayOut[i] = i == 0 ? 1 : 0;
  }
  for (int32_t i = 0; i < n; ++i)
    p.addEdge(i, (i + n - 1) % n, 0, 0);
  Starts starts(n, 0);
  Stop stop;
  stop.requestAfter(0);
  std::vector<Diagnostic> found = verify(p, starts, 1, &stop);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].code, "stop");
}

TEST(Stop, EndsADifferenceFlow) {
  std::optional<ProblemData> d =
      problemData(layeredProblem(3, 2000), Objective::Memory, 1.5);
  ASSERT_TRUE(d);
  std::optional<FlowSchedule> whole = differenceFlow(d->instance);
  ASSERT_TRUE(whole);
  Stop all;
  all.requestAfter(INT64_MAX);
  std::optional<FlowSchedule> counted =
      differenceFlow(d->instance, 1, {}, &all);
  ASSERT_TRUE(counted);
  EXPECT_EQ(counted->starts, whole->starts);
  EXPECT_EQ(counted->sum, whole->sum);
  ASSERT_GT(all.polls(), 1000);
  for (int64_t polls : {int64_t(0), int64_t(100), all.polls() / 2}) {
    Stop stop;
    stop.requestAfter(polls);
    EXPECT_FALSE(differenceFlow(d->instance, 1, {}, &stop));
    EXPECT_LE(stop.polls(), polls + kFew);
  }
}

/// Each look for a place goes over all slots of a long interval.
TEST(Stop, EndsAnEjection) {
  Problem p = sharedUnits(1, 40);
  p.ii = 1 << 20;
  p.occupancy.assign(40, p.ii / 40 - 1);
  Outcome<Windows> windows = computeWindows(p);
  ASSERT_TRUE(windows);
  Adjacency adj(p);
  Components components = findComponents(p, adj);
  ModuloEffort effort;
  for (int64_t polls : {0, 10}) {
    Stop stop;
    stop.requestAfter(polls);
    ModuloDecision d = decideModulo(p, adj, components, *windows, effort, stop);
    EXPECT_EQ(d.verdict, ModuloVerdict::Undecided);
    EXPECT_GT(stop.polls(), polls);
    EXPECT_LE(stop.polls(), polls + kFew);
  }
}

/// At whatever moment: a legal schedule that says that it was cut short, or
/// that there was none yet; and with time enough the same as ever.
TEST(Stop, AtAnyMomentOfASearch) {
  int cut = 0;
  for (Objective objective : kObjectives)
    for (uint64_t seed : {1, 2}) {
      Problem p = layeredProblem(seed, 24, seed == 2 ? 20 : 0);
      SolverOptions o;
      o.objective = objective;
      o.effort = 1;
      o.threads = 1;
      Outcome<Solution> whole = solve(p, o);
      ASSERT_TRUE(whole);
      EXPECT_EQ(whole->cut, Cut::None);
      Stop all;
      all.requestAfter(INT64_MAX);
      o.stop = &all;
      Outcome<Solution> counted = solve(p, o);
      ASSERT_TRUE(counted);
      EXPECT_EQ(counted->starts, whole->starts);
      EXPECT_EQ(counted->bound, whole->bound);
      for (int64_t polls = 0; polls < all.polls(); polls = 8 * polls + 1) {
        SCOPED_TRACE(std::to_string(seed) + " after " + std::to_string(polls));
        Stop stop;
        stop.requestAfter(polls);
        o.stop = &stop;
        Outcome<Solution> s = solve(p, o);
        EXPECT_LE(stop.polls(), polls + kFew);
        if (!s) {
          EXPECT_EQ(s.error().code, "stop");
          continue;
        }
        Problem resolved = p;
        resolved.ii = s->ii;
        resolved.length = s->lengthBound;
        EXPECT_TRUE(verify(resolved, s->starts).empty());
        EXPECT_GE(s->value, whole->bound);
        EXPECT_LE(s->bound, whole->value);
        if (s->value > s->bound) {
          EXPECT_EQ(s->cut, Cut::Request);
          ++cut;
        }
      }
    }
  EXPECT_GT(cut, 10);
}

TEST(Stop, AFlagEndsTheSearch) {
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
TEST(Stop, IsSharedByTheIntervals) {
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

} // namespace
