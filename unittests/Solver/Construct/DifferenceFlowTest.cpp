//===- DifferenceFlowTest.cpp - Least sums over difference constraints ----===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallData.h"

#include "Construct/DifferenceFlow.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Device/Arithmetic.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

/// One or two bends a node, some with a price of zero.
std::vector<FlowBend> randomBends(const Instance &instance, uint64_t seed) {
  std::vector<FlowBend> bends;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (uint64_t k = 0; k < 2; ++k) {
      dev::Philox random = dev::philox(seed, uint64_t(i), k);
      const auto &word = random.word;
      int32_t window = instance.alap[i] - instance.asap[i] + 1;
      bends.push_back(
          {i, instance.asap[i] + static_cast<int32_t>(word[0] % window),
           static_cast<int64_t>(word[1] % 40), word[2] % 2 == 0});
    }
  return bends;
}

int64_t sumOf(const Instance &instance, const Starts &s, int64_t scale,
              const std::vector<FlowBend> &bends) {
  int64_t sum = 0;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    sum += scale * instance.commSlope[i] * s[i];
  for (const FlowBend &b : bends) {
    int32_t far = b.before ? b.cycle - s[b.node] : s[b.node] - b.cycle;
    sum += b.price * std::max(0, far);
  }
  return sum;
}

TEST(DifferenceFlow, BendsAreLeast) {
  int tried = 0;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Problem p = smallProblem(seed, {});
    std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
    std::optional<ProblemData> d = problemData(p, Objective::Resources, 1.5);
    if (!d || d->p.length > 9 || d->instance.alpha == 0)
      continue;
    ++tried;
    int64_t scale = seed % 3 == 0 ? 1 : 16;
    std::vector<FlowBend> bends = randomBends(d->instance, seed);
    std::optional<FlowSchedule> flow =
        differenceFlow(d->instance, scale, bends);
    ASSERT_TRUE(flow);
    EXPECT_TRUE(verify(d->p, flow->starts).empty());
    EXPECT_EQ(flow->sum, sumOf(d->instance, flow->starts, scale, bends));
    int64_t least = INT64_MAX;
    for (const Starts &s : allSchedules(d->p))
      least = std::min(least, sumOf(d->instance, s, scale, bends));
    EXPECT_EQ(flow->sum, least);
  }
  EXPECT_GT(tried, 200);
}

TEST(DifferenceFlow, LargeNumbers) {
  Problem p;
  int32_t x = p.addNode("x", 1), y = p.addNode("y", 1);
  p.addEdge(x, y, 0, 0, int64_t(1) << 30);
  std::optional<ProblemData> d = problemData(p, Objective::Resources, 2);
  ASSERT_TRUE(d);
  EXPECT_TRUE(differenceFlow(d->instance, 1 << 5));
  EXPECT_FALSE(differenceFlow(d->instance, 1 << 20));
}

} // namespace
