//===- BackendTest.cpp - The same bits on every backend -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "DescentWork.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

std::vector<Replica> runOn(Outcome<std::unique_ptr<Backend>> backend,
                           const Work &work) {
  EXPECT_TRUE(backend);
  Outcome<std::unique_ptr<Loaded>> loaded = (*backend)->load(work.instance);
  EXPECT_TRUE(loaded);
  std::vector<Replica> replicas = work.replicas;
  auto failed = (*loaded)->descend(work.options, replicas, Stop());
  EXPECT_FALSE(failed) << failed->message;
  return replicas;
}

/// cpu against simt in `orders` thread orders, and against cuda if there is
/// one.
void compareAll(const Work &work, uint64_t orders) {
  std::vector<Replica> cpu = runOn(createCpuBackend(), work);
  EXPECT_FALSE(cpu[0].bestStarts.empty());
  for (uint64_t order = 0; order < orders; ++order) {
    std::vector<Replica> simt = runOn(createSimtBackend(order), work);
    for (size_t r = 0; r < cpu.size(); ++r)
      expectSame(cpu[r], simt[r]);
  }
  if (Outcome<std::unique_ptr<Backend>> device = createCudaBackend()) {
    std::vector<Replica> cuda = runOn(std::move(device), work);
    for (size_t r = 0; r < cpu.size(); ++r)
      expectSame(cpu[r], cuda[r]);
  }
}

void compareSizes(std::initializer_list<int32_t> sizes) {
  for (int32_t n : sizes)
    for (Objective objective : kObjectives) {
      SCOPED_TRACE("n " + std::to_string(n));
      compareAll(makeWork(layeredProblem(n, n), objective, 0, 13), 1);
    }
}

TEST(Backends, SizesAroundWarps) { compareSizes({1, 2, 31, 32, 33}); }

TEST(Backends, SizesAroundTiles) {
  compareSizes({255, 256, 257});
  for (int32_t n : {1023, 1025})
    compareAll(makeWork(layeredProblem(n, n), Objective::Memory, 0, 11), 1);
}

TEST(Backends, ThreadOrders) {
  for (Objective objective : kObjectives)
    compareAll(makeWork(layeredProblem(4, 90), objective, 0, 35), 3);
}

TEST(Backends, Buffers) {
  for (int32_t ii : {0, 11})
    for (uint64_t seed : {4, 5})
      compareAll(makeWork(withBuffers(layeredProblem(seed, 90, ii)),
                          Objective::Memory, 0, 25),
                 2);
}

/// `p` with `count` more resources, each used by some nodes.
Problem withResources(Problem p, int32_t count) {
  for (int32_t r = 0; r < count; ++r)
    p.addResource("more" + std::to_string(r));
  Random random(5);
  Problem q = p;
  q.useBegin.assign(1, 0);
  q.useResource.clear();
  q.useUnits.clear();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    for (int32_t r = 0; r < p.numResources(); ++r)
      if (random.in(0, 3) == 0) {
        q.useResource.push_back(r);
        q.useUnits.push_back(random.in(1, 5));
      }
    q.useBegin.push_back(static_cast<int32_t>(q.useResource.size()));
  }
  return q;
}

/// The arrays' exact cost against the one that the problem itself has.
void expectExactCosts(const Work &work) {
  std::vector<Replica> replicas = runOn(createCpuBackend(), work);
  for (const Replica &r : replicas) {
    int64_t cost = evaluate(work.problem, r.bestStarts)
                       .value(work.objective, SolverOptions().weights);
    EXPECT_EQ(r.bestCost, cost);
  }
}

TEST(Backends, CostsAreTheProblems) {
  for (Objective objective : kObjectives) {
    for (uint64_t seed = 1; seed <= 20; ++seed)
      expectExactCosts(
          makeWork(layeredProblem(seed, 60, seed % 2 * 40), objective, 0, 12));
    expectExactCosts(
        makeWork(withBuffers(layeredProblem(8, 70)), objective, 0, 12));
    expectExactCosts(
        makeWork(withResources(layeredProblem(9, 70), 7), objective, 9, 12));
  }
}

/// Windows of 4 to 3000 cycles: deviations from the floor to 900.
TEST(Backends, WideDistributions) {
  for (int32_t cycles : {0, 1, 30, 254, 1000, 3000})
    for (Objective objective : {Objective::Resources, Objective::Memory})
      compareAll(makeWork(layeredProblem(7, 40), objective, cycles, 12), 1);
}

/// `p` at another interval: distances of at least 1 where an edge has one, and
/// so long a latency that the recurrences fit.
Problem atInterval(Problem p, int32_t ii) {
  p.ii = ii;
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.distance[e] > 0)
      p.distance[e] = p.distance[e] * 40 / std::min(ii, 40) + 1;
  return p;
}

TEST(Backends, Recurrences) {
  for (int32_t ii : {1, 2, 31, 40, 300})
    for (Objective objective : kObjectives) {
      SCOPED_TRACE("ii " + std::to_string(ii));
      Problem p = atInterval(layeredProblem(5, 70, 40), ii);
      compareAll(makeWork(p, objective, 0, 14), 1);
    }
}

/// Several resources, limits, lags, windows, nodes without edges or uses.
TEST(Backends, SmallProblemsOfEveryKind) {
  int32_t compared = 0;
  for (uint64_t seed = 1; seed <= 60; ++seed) {
    SmallShape shape;
    shape.maxNodes = 9;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    SolverOptions o = optionsOf(kObjectives[seed % std::size(kObjectives)]);
    if (!resolve(p, o))
      continue;
    compareAll(makeWork(p, o.objective, 0, 12), 1);
    ++compared;
  }
  EXPECT_GT(compared, 30);
}

TEST(Backends, OneCycleAndNoSteps) {
  Problem p;
  p.addResource("r");
  for (int32_t i = 0; i < 5; ++i) {
    p.addNode("", 0, 3);
    p.addUse(0, 2);
  }
  for (Objective objective : kObjectives)
    for (int32_t steps : {1, 10, 20})
      compareAll(makeWork(p, objective, 0, steps), 1);
}

/// A block's window of shared sums (4096 cycles of all profiles together) is
/// shorter than the horizon.
TEST(Backends, HorizonsBeyondAWindow) {
  for (Objective objective : kObjectives) {
    compareAll(makeWork(layeredProblem(8, 70), objective, 9000, 11), 1);
    compareAll(
        makeWork(withResources(layeredProblem(9, 70), 7), objective, 900, 11),
        1);
  }
}

/// More edges at a node than one thread takes, into it and out of it.
TEST(Backends, NodesWithManyEdges) {
  for (int32_t edges : {8, 9, 24, 25, 100}) {
    Problem p = layeredProblem(6, 40);
    for (int32_t hub = 0; hub < 9; ++hub)
      p.addNode("hub", 1, hub);
    for (int32_t k = 0; k < edges; ++k) {
      p.addNode("from", 1, k % 3);
      p.addNode("to", 2, 1);
      for (int32_t hub = 40; hub < 49; ++hub) {
        p.addEdge(p.numNodes() - 2, hub, 0, k % 2);
        p.addEdge(hub, p.numNodes() - 1);
      }
    }
    for (Objective objective : kObjectives)
      compareAll(makeWork(p, objective, 5, 12), 1);
  }
}

/// Levels of 50, 300 and 2100 nodes: a block of 256 or 512 threads a candidate,
/// and a launch a level.
TEST(Backends, WideLevels) {
  for (int32_t width : {50, 300, 2100}) {
    Problem p;
    for (int32_t i = 0; i < 3 * width; ++i)
      p.addNode("", 1, 1);
    Random random(3);
    for (int32_t i = width; i < 3 * width; ++i) {
      int32_t layer = i / width - 1;
      p.addEdge(layer * width + random.in(0, width - 1), i);
    }
    compareAll(makeWork(p, Objective::Memory, 3, 3), 1);
  }
}

} // namespace
