//===- ClosureNetworkTest.cpp - Minimum cuts against enumeration ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/ClosureNetwork.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

struct Instance {
  struct Difference {
    int32_t a, b, gap;
  };
  std::vector<std::pair<int32_t, int32_t>> rows;
  std::vector<Difference> differences;
};

/// All rows at their first cycles, and all at their last ones, satisfy the
/// differences.
Instance randomInstance(Random &random) {
  Instance in;
  int32_t n = random.in(1, 5);
  for (int32_t r = 0; r < n; ++r) {
    int32_t first = random.in(0, 6);
    in.rows.push_back({first, first + random.in(0, 3)});
  }
  for (int32_t k = random.in(0, 2 * n); k > 0; --k) {
    int32_t a = random.in(0, n - 1), b = random.in(0, n - 1);
    int32_t most = std::min(in.rows[b].first - in.rows[a].first,
                            in.rows[b].second - in.rows[a].second);
    in.differences.push_back({a, b, most - random.in(0, 2)});
  }
  return in;
}

void fill(const Instance &in, ClosureNetwork &network) {
  for (const auto &[first, last] : in.rows)
    network.addRow(first, last);
  for (const auto &[a, b, gap] : in.differences)
    network.addDifference(a, b, gap);
}

std::vector<int64_t> randomCosts(const ClosureNetwork &network, Random &random,
                                 int32_t most) {
  std::vector<int64_t> cost(network.numVariables() + network.numRows());
  for (int64_t &c : cost)
    c = random.in(-most, most);
  return cost;
}

bool satisfies(const Instance &in, const std::vector<int32_t> &cycles) {
  for (size_t r = 0; r < in.rows.size(); ++r)
    if (cycles[r] < in.rows[r].first || cycles[r] > in.rows[r].second)
      return false;
  return std::all_of(in.differences.begin(), in.differences.end(),
                     [&](const Instance::Difference &d) {
                       return cycles[d.b] >= cycles[d.a] + d.gap;
                     });
}

int64_t costOf(const ClosureNetwork &network, const std::vector<int64_t> &cost,
               const std::vector<int32_t> &cycles) {
  int64_t sum = 0;
  for (int32_t r = 0; r < network.numRows(); ++r)
    sum += cost[network.cell(r) + cycles[r] - network.first(r)];
  return sum;
}

int64_t leastCost(const Instance &in, const ClosureNetwork &network,
                  const std::vector<int64_t> &cost) {
  std::vector<int32_t> cycles;
  for (const auto &[first, last] : in.rows)
    cycles.push_back(first);
  int64_t least = INT64_MAX;
  for (size_t at = 0; at < cycles.size();) {
    if (satisfies(in, cycles))
      least = std::min(least, costOf(network, cost, cycles));
    for (at = 0; at < cycles.size() && ++cycles[at] > in.rows[at].second; ++at)
      cycles[at] = in.rows[at].first;
  }
  return least;
}

/// The least sum, and cycles that have it.
void compare(const Instance &in, ClosureNetwork &network,
             const std::vector<int64_t> &cost) {
  int64_t least = network.minimise(cost);
  EXPECT_EQ(least, leastCost(in, network, cost));
  ASSERT_EQ(network.cycles().size(), in.rows.size());
  EXPECT_TRUE(satisfies(in, network.cycles()));
  EXPECT_EQ(costOf(network, cost, network.cycles()), least);
}

TEST(ClosureNetwork, Places) {
  ClosureNetwork network;
  EXPECT_EQ(network.addRow(2, 5), 0);
  EXPECT_EQ(network.addRow(4, 4), 1);
  EXPECT_EQ(network.addRow(0, 1), 2);
  EXPECT_EQ(network.numRows(), 3);
  EXPECT_EQ(network.numVariables(), 4);
  EXPECT_EQ(network.cell(0), 0);
  EXPECT_EQ(network.cell(1), 4);
  EXPECT_EQ(network.cell(2), 5);
  EXPECT_EQ(network.first(1), 4);
  EXPECT_EQ(network.last(1), 4);
}

TEST(ClosureNetwork, RandomInstances) {
  int forward = 0, backward = 0, fixed = 0;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    Instance in = randomInstance(random);
    ClosureNetwork network;
    fill(in, network);
    for (int32_t most : {3, 1000})
      compare(in, network, randomCosts(network, random, most));
    for (const Instance::Difference &d : in.differences)
      (d.gap > 0 ? forward : backward) += 1;
    fixed += network.numVariables() == 0;
  }
  EXPECT_GT(forward, 100);
  EXPECT_GT(backward, 100);
  EXPECT_GT(fixed, 0);
}

/// The flow that is left from the calls before changes nothing, the smallest
/// of several best cycles included.
TEST(ClosureNetwork, ManyCalls) {
  for (uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed);
    Instance in = randomInstance(random);
    ClosureNetwork network;
    fill(in, network);
    for (int32_t call = 0; call < 200; ++call) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", call " +
                   std::to_string(call));
      std::vector<int64_t> cost =
          randomCosts(network, random, call % 3 == 0 ? 2 : 100);
      compare(in, network, cost);
      ClosureNetwork fresh;
      fill(in, fresh);
      EXPECT_EQ(network.minimise(cost), fresh.minimise(cost));
      EXPECT_EQ(network.cycles(), fresh.cycles());
    }
  }
}

/// Costs whose absolute values sum up to nearly 2^54, in every call.
TEST(ClosureNetwork, LargeCosts) {
  for (uint64_t seed = 1; seed <= 20; ++seed) {
    Random random(seed);
    Instance in = randomInstance(random);
    ClosureNetwork network;
    fill(in, network);
    // At most 20 cells.
    constexpr int64_t kUnit = (int64_t(1) << 54) / (20 * 1000);
    for (int32_t call = 0; call < 140; ++call) {
      SCOPED_TRACE("seed " + std::to_string(seed) + ", call " +
                   std::to_string(call));
      std::vector<int64_t> cost = randomCosts(network, random, 1);
      for (int64_t &c : cost)
        c *= kUnit * random.in(900, 999);
      compare(in, network, cost);
    }
  }
}

} // namespace
