//===- SolverTest.cpp - Properties of whole solves ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallRun.h"

#include "gaus/Core/Verifier.h"
#include "gaus/Device/Backend.h"
#include "gaus/Solver/Solver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;
using testing::HasSubstr;

namespace {

/// Large enough for several chunks of the descent.
TEST(Solver, ThreadsDoNotChangeTheBits) {
  for (int32_t ii : {0, 40}) {
    Problem p = layeredProblem(3, 16400, ii);
    SolverOptions o = quick(ii ? Objective::Memory : Objective::Resources);
    o.polish = false;
    Outcome<Solution> one = solveSmall(p, o);
    ASSERT_TRUE(one) << one.error().message;
    EXPECT_GT(one->work.descentSteps, 0);
    expectSame(*one, p, o, 3);
  }
}

TEST(Solver, SeedsAndRepetition) {
  Problem p = layeredProblem(5, 120);
  SolverOptions o = quick(Objective::Memory, 2);
  o.length = factor(1250000);
  Outcome<Solution> first = solveSmall(p, o), again = solveSmall(p, o);
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->starts, again->starts);
  o.seed = 7;
  Outcome<Solution> other = solveSmall(p, o);
  ASSERT_TRUE(other);
  EXPECT_TRUE(verify(*resolve(p, o), other->starts).empty());
}

/// A bound rules the length out, before anything is searched.
TEST(Solver, SaysWhatALengthLacks) {
  Problem p = sharedUnits(2, 4000);
  int32_t first = p.addNode("", 50), last = p.addNode("", 50);
  for (int32_t i = 0; i < 4000; ++i) {
    p.addEdge(first, i);
    p.addEdge(i, last);
  }
  SolverOptions o;
  o.threads = 1;
  o.objective = Objective::Memory;
  o.length.kind = LengthChoice::Cycles;
  o.length.cycles = 2099;
  Outcome<Solution> s = solve(p, o);
  ASSERT_FALSE(s);
  ASSERT_EQ(s.error().notes.size(), 2u);
  EXPECT_EQ(s.error().notes[0].message,
            "paths and limits together need at least 2100 cycles");
}

TEST(Solver, NeverWorseThanItsHeuristics) {
  for (uint64_t seed = 1; seed <= 5; ++seed)
    for (Objective objective : {Objective::Memory, Objective::Resources}) {
      Problem p = layeredProblem(seed, 60);
      SolverOptions heuristics = quick(objective), whole = quick(objective);
      heuristics.effort = 0;
      heuristics.length = whole.length = factor(1250000);
      Outcome<Solution> a = solveSmall(p, heuristics), b = solveSmall(p, whole);
      ASSERT_TRUE(a && b);
      EXPECT_LE(b->value, a->value);
      for (const MethodResult &m : b->methods)
        EXPECT_LE(b->value, m.cost) << toString(m.method);
    }
}

TEST(Solver, DescentBeatsTheHeuristics) {
  Problem p = layeredProblem(11, 400);
  SolverOptions o = quick(Objective::Memory);
  o.length = factor(1500000);
  o.effort = 0;
  Outcome<Solution> heuristics = solveSmall(p, o);
  o.effort = 2;
  o.polish = false;
  Outcome<Solution> descent = solveSmall(p, o);
  ASSERT_TRUE(heuristics && descent);
  EXPECT_LT(descent->value, heuristics->value);
  EXPECT_EQ(descent->method, Method::Descent);
  EXPECT_GT(descent->work.descentSteps, 0);
}

TEST(Solver, WarmStartIsNeverWorse) {
  Problem p = layeredProblem(9, 120);
  SolverOptions o = quick(Objective::Memory);
  o.effort = 2;
  o.length = factor(1250000);
  Outcome<Solution> good = solveSmall(p, o);
  ASSERT_TRUE(good);
  o.effort = 1;
  o.start = StartKind::Existing;
  Outcome<Solution> again = solveSmall(p, o, good->starts);
  ASSERT_TRUE(again);
  EXPECT_LE(again->value, good->value);
}

TEST(Solver, PreviousScheduleOfAnotherSize) {
  Problem p = layeredProblem(9, 50);
  SolverOptions o = quick(Objective::Memory);
  o.start = StartKind::Existing;
  Starts wrong(7, 0);
  Outcome<Solution> s = solve(p, o, wrong);
  ASSERT_FALSE(s);
  EXPECT_THAT(s.error().message, HasSubstr("7 starts for 50 nodes"));
}

TEST(Solver, EmptyAndSingle) {
  Problem none;
  Outcome<Solution> s = solve(none, {});
  ASSERT_TRUE(s);
  EXPECT_TRUE(s->starts.empty());
  EXPECT_EQ(s->value, 0);
  Problem one;
  one.addNode("x", 0, 5);
  for (Objective objective : kObjectives) {
    Outcome<Solution> t = solve(one, quick(objective));
    ASSERT_TRUE(t);
    EXPECT_EQ(t->starts, Starts{0});
    EXPECT_EQ(t->value, objective == Objective::Latency ? 1 : 0);
  }
}

TEST(Solver, LongerIsNotWorse) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SmallShape shape;
    shape.limitPercent = 0;
    Problem p = smallProblem(seed, shape);
    std::optional<int64_t> last;
    for (int64_t f : {1000000, 1500000, 2000000}) {
      SolverOptions o = quick(Objective::Memory);
      o.effort = 3;
      o.length = factor(f);
      Outcome<Solution> s = solve(p, o);
      if (!s)
        break;
      if (last) {
        EXPECT_LE(s->value, *last) << "seed " << seed;
      }
      last = s->value;
    }
  }
}

TEST(Solver, RelabelledNodesKeepTheOptimum) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    SmallShape shape;
    shape.windows = false;
    Problem p = smallProblem(seed, shape), q;
    // The same graph with its nodes in reverse.
    int32_t n = p.numNodes();
    for (int32_t r = 0; r < p.numResources(); ++r)
      q.addResource(p.resourceLabel(r), p.limit[r], p.price[r]);
    for (int32_t i = n; i-- > 0;) {
      q.addNode(p.nodeLabel(i), p.latency[i], p.width[i]);
      q.occupancy.back() = p.occupancy[i];
      for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
        q.addUse(p.useResource[k], p.useUnits[k]);
    }
    for (int32_t e = 0; e < p.numEdges(); ++e)
      q.addEdge(n - 1 - p.source[e], n - 1 - p.target[e], p.distance[e],
                p.lag[e], p.weight[e], p.carries[e]);
    SolverOptions o = quick(Objective::Resources);
    o.effort = 3;
    o.length = factor(1500000);
    Outcome<Solution> a = solve(p, o), b = solve(q, o);
    ASSERT_EQ(bool(a), bool(b)) << "seed " << seed;
    if (a) {
      EXPECT_EQ(a->value, b->value) << "seed " << seed;
    }
  }
}

// Holds on machines with a device and on machines without one.
TEST(Solver, CudaIsTheSameScheduleOrOneError) {
  Problem p = layeredProblem(1, 10);
  SolverOptions o = quick(Objective::Memory);
  o.backend = BackendKind::Cuda;
  Outcome<Solution> s = solve(p, o);
  Outcome<std::unique_ptr<Backend>> device = createCudaBackend();
  ASSERT_EQ(bool(s), bool(device));
  if (!device) {
    EXPECT_EQ(s.error().code, "backend");
    EXPECT_EQ(s.error().message, device.error().message);
    return;
  }
  EXPECT_EQ(s->backend, "cuda");
  o.backend = BackendKind::Cpu;
  Outcome<Solution> cpu = solve(p, o);
  ASSERT_TRUE(cpu);
  EXPECT_EQ(s->starts, cpu->starts);
}

} // namespace
