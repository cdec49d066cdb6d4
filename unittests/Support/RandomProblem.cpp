//===- RandomProblem.cpp - Problems for tests -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"

#include "gaus/Core/Interface.h"

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

static void addSmallNode(Problem &p, Random &random, const SmallShape &shape) {
  int32_t i = p.addNode("", random.in(0, shape.maxLatency), random.in(0, 6));
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (random.chance(50)) {
      int64_t most = p.limit[r] == kUnlimited ? 3 : p.limit[r];
      p.addUse(r, random.in(0, static_cast<int32_t>(most)));
    }
  p.occupancy[i] = random.chance(40) ? random.in(1, 4) : 1;
  if (shape.windows && random.chance(15)) {
    p.earliest[i] = random.in(0, 3);
    p.latest[i] = p.earliest[i] + random.in(0, 4);
  }
  if (shape.clocked) {
    p.delayIn[i] = 0.1 * random.in(0, 8);
    p.delayOut[i] = p.latency[i] == 0 ? p.delayIn[i] : 0.1 * random.in(0, 8);
  }
}

static void addSmallEdge(Problem &p, Random &random, const SmallShape &shape,
                         int32_t i, int32_t j) {
  int32_t distance = 0, lag = 0;
  if (shape.pipelined && random.chance(30))
    distance = random.in(1, 2);
  if (shape.lags && random.chance(25))
    lag = random.in(-2, 2);
  p.addEdge(i, j, distance, lag, random.in(0, 3), random.chance(85));
}

Problem gaus::test::smallProblem(uint64_t seed, const SmallShape &shape) {
  Random random(seed);
  Problem p;
  int32_t resources = random.in(0, shape.maxResources);
  for (int32_t r = 0; r < resources; ++r)
    p.addResource(
        "", random.chance(shape.limitPercent) ? random.in(1, 3) : kUnlimited,
        random.in(0, 2));
  int32_t n = random.in(shape.minNodes, shape.maxNodes);
  for (int32_t i = 0; i < n; ++i)
    addSmallNode(p, random, shape);
  for (int32_t i = 0; i < n; ++i)
    for (int32_t j = i + 1; j < n; ++j)
      if (random.chance(shape.edgePercent))
        addSmallEdge(p, random, shape, i, j);
  if (shape.pipelined) {
    p.ii = random.in(1, 4);
    for (int32_t k = random.in(0, 2); k > 0; --k) {
      int32_t j = random.in(0, n - 1), i = random.in(j, n - 1);
      p.addEdge(i, j, random.in(1, 2), random.in(-1, 0));
    }
  } else if (shape.lags && random.chance(20)) {
    // At most so many cycles between two nodes.
    int32_t j = random.in(0, n - 1), i = random.in(j, n - 1);
    if (i != j)
      p.addEdge(i, j, 0, -p.latency[i] - random.in(2, 5), 1, false);
  }
  if (shape.clocked)
    p.clock = 0.1 * random.in(8, 12);
  if (shape.buffers) {
    p.memoryModel = MemoryModel::Buffers;
    for (int32_t i : unreadBuffers(p))
      p.width[i] = 0;
  }
  return p;
}

Problem gaus::test::withBuffers(Problem p) {
  p.memoryModel = MemoryModel::Buffers;
  return withInterfaceNodes(p);
}

Problem gaus::test::sharedUnits(int64_t limit, int32_t nodes) {
  Problem p;
  int32_t unit = p.addResource("unit", limit);
  for (int32_t i = 0; i < nodes; ++i) {
    p.addNode("", 1);
    p.addUse(unit, 1);
  }
  return p;
}

Problem gaus::test::layeredProblem(uint64_t seed, int32_t nodes, int32_t ii) {
  Random random(seed);
  Problem p;
  p.addResource("add", kUnlimited, 1);
  p.addResource("mul", kUnlimited, 3);
  int32_t perLayer = std::max(2, nodes / 12);
  for (int32_t i = 0; i < nodes; ++i) {
    bool mul = random.chance(30);
    p.addNode("", mul ? 3 : 1, 8 * random.in(1, 4));
    p.addUse(mul, 1);
    int32_t layer = i / perLayer;
    if (layer == 0)
      continue;
    for (int32_t k = random.in(1, 3); k > 0; --k) {
      int32_t back = random.chance(80) ? 1 : random.in(1, layer);
      int32_t from = (layer - back) * perLayer + random.in(0, perLayer - 1);
      p.addEdge(from, i);
    }
  }
  p.ii = ii;
  for (int32_t k = 0; ii > 0 && k < nodes / 10; ++k) {
    int32_t to = random.in(0, nodes - 1), from = random.in(to, nodes - 1);
    // Far enough that the recurrence fits the interval.
    p.addEdge(from, to, 40 / ii + 1);
  }
  return p;
}

void gaus::test::addInterface(Problem &p, Random &random) {
  for (int32_t k = random.in(0, 2); k > 0; --k) {
    std::vector<int32_t> users;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      if (random.chance(40))
        users.push_back(i);
    p.interface.addEntering(random.in(0, 3), users, random.chance(20));
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (random.chance(30))
      p.interface.leaves.push_back(i);
}
