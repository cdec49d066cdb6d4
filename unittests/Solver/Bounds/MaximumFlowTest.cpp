//===- MaximumFlowTest.cpp - Cuts against enumeration ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/MaximumFlow.h"

#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

using namespace gaus;
using gaus::test::Random;

namespace {

constexpr int32_t kVariables = 6;

struct Closure {
  std::vector<std::pair<int32_t, int32_t>> implications;
  int64_t unset[kVariables], set[kVariables];
};

Closure randomClosure(uint64_t seed) {
  Random random(seed);
  Closure c;
  for (int32_t k = 0; k < 7; ++k)
    if (int32_t a = random.in(0, kVariables - 1),
        b = random.in(0, kVariables - 1);
        a != b)
      c.implications.push_back({a, b});
  for (int32_t v = 0; v < kVariables; ++v) {
    c.unset[v] = random.in(0, 19);
    c.set[v] = random.in(0, 19);
  }
  return c;
}

/// The cost of the set variables in `bits`, or the largest number if an
/// implication does not hold.
int64_t costOf(const Closure &c, uint32_t bits) {
  for (auto [a, b] : c.implications)
    if ((bits >> a & 1) && !(bits >> b & 1))
      return std::numeric_limits<int64_t>::max();
  int64_t cost = 0;
  for (int32_t v = 0; v < kVariables; ++v)
    cost += bits >> v & 1 ? c.set[v] : c.unset[v];
  return cost;
}

TEST(MaximumFlow, EqualsEnumeration) {
  if (!hasMaximumFlows())
    GTEST_SKIP() << "this build has no library for cuts";
  Stop never;
  for (uint64_t seed = 1; seed <= 300; ++seed) {
    Closure c = randomClosure(seed);
    int64_t least = std::numeric_limits<int64_t>::max();
    for (uint32_t bits = 0; bits < 1u << kVariables; ++bits)
      least = std::min(least, costOf(c, bits));
    MaximumFlow flow(c.implications, kVariables);
    for (int32_t v = 0; v < kVariables; ++v)
      flow.setCosts(v, c.unset[v], c.set[v]);
    int64_t work = 1 << 20;
    std::optional<int64_t> sent = flow.push(work, never);
    ASSERT_TRUE(sent) << seed;
    EXPECT_EQ(*sent, least) << seed;
    EXPECT_LT(work, 1 << 20) << seed;
    uint32_t chosen = 0;
    for (int32_t v = 0; v < kVariables; ++v)
      chosen |= flow.isSet(v) ? 1u << v : 0;
    EXPECT_EQ(costOf(c, chosen), least) << seed;
  }
}

TEST(MaximumFlow, HasNoResultWithoutWork) {
  Stop never;
  Closure c = randomClosure(1);
  MaximumFlow flow(c.implications, kVariables);
  for (int32_t v = 0; v < kVariables; ++v)
    flow.setCosts(v, 5, 7);
  int64_t work = 2;
  EXPECT_FALSE(flow.push(work, never));
}

} // namespace
