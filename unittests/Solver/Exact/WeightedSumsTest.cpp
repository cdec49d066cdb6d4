//===- WeightedSumsTest.cpp - Limits on sums of literals ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/WeightedSums.h"

#include <gtest/gtest.h>

#include <random>

using namespace gaus;

namespace {

constexpr int64_t kRoom = 1 << 20, kConflicts = 1 << 20;

struct Weights {
  int64_t certain;
  std::vector<int64_t> units; ///< of literals
};

/// Whether these of the literals may be true together, within the limits in
/// their order.
bool mayBe(const Weights &w, unsigned chosen,
           std::initializer_list<int64_t> limits) {
  Stop never;
  Formula formula(kRoom);
  WeightedSums sums(formula, never);
  WeightedSum total;
  total.certain = w.certain;
  for (int64_t units : w.units)
    total.add(formula.newVariable(), units);
  for (int64_t limit : limits)
    sums.limitTo(total, limit);
  for (size_t k = 0; k < w.units.size(); ++k) {
    int literal = total.literals[k].first;
    formula.clause({chosen >> k & 1 ? literal : -literal});
  }
  EXPECT_TRUE(sums.goesOn());
  std::optional<bool> found = formula.solve(kConflicts, never);
  EXPECT_TRUE(found.has_value());
  return found.value_or(false);
}

Weights randomWeights(std::mt19937 &random) {
  Weights w{static_cast<int64_t>(random() % 4), {}};
  size_t count = 1 + random() % 6;
  int64_t most = random() % 2 ? 3 : 70;
  while (w.units.size() < count)
    w.units.push_back(1 + static_cast<int64_t>(random()) % most);
  return w;
}

TEST(WeightedSums, AllowWhatAddsUpToTheLimit) {
  std::mt19937 random(1);
  for (int round = 0; round < 40; ++round) {
    Weights w = randomWeights(random);
    int64_t all = w.certain;
    for (int64_t units : w.units)
      all += units;
    int64_t limit = static_cast<int64_t>(random()) % (all + 1);
    for (unsigned chosen = 0; chosen < 1u << w.units.size(); ++chosen) {
      int64_t sum = w.certain;
      for (size_t k = 0; k < w.units.size(); ++k)
        sum += chosen >> k & 1 ? w.units[k] : 0;
      EXPECT_EQ(mayBe(w, chosen, {limit}), sum <= limit);
      // A smaller limit later is one on the same count.
      EXPECT_EQ(mayBe(w, chosen, {all, limit + 1, limit}), sum <= limit);
    }
  }
}

TEST(WeightedSums, EndWithTheRoom) {
  Stop never;
  Formula formula(8);
  WeightedSums sums(formula, never);
  WeightedSum total;
  for (int64_t units : {1, 2, 4, 8, 16, 32})
    total.add(formula.newVariable(), units);
  sums.limitTo(total, 20);
  EXPECT_FALSE(sums.goesOn());
}

/// Of thousands of widths the sums of which are all different no list is made:
/// there is no room for the count, whatever its parts.
TEST(WeightedSums, EndBeforeTheyCount) {
  Stop never;
  Formula formula(100000);
  WeightedSums sums(formula, never);
  WeightedSum total;
  std::mt19937 random(2);
  for (int k = 0; k < 4000; ++k)
    total.add(formula.newVariable(),
              1 + static_cast<int64_t>(random() % 1000000007));
  sums.limitTo(total, total.all / 2);
  EXPECT_FALSE(sums.goesOn());
  EXPECT_TRUE(total.count.lower.empty());
}

} // namespace
