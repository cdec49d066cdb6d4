//===- PlacesTest.cpp - Places for arcs, against all ways -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Places.h"

#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// The fewest places, by trying all.
int64_t fewest(const std::vector<Item> &items, int64_t period) {
  std::vector<int32_t> of(items.size());
  auto best = static_cast<int32_t>(items.size());
  auto place = [&](auto &&self, size_t k, int32_t used) -> void {
    if (used >= best)
      return;
    if (k == items.size()) {
      best = used;
      return;
    }
    for (int32_t r = 0; r <= used; ++r) {
      bool free = true;
      for (size_t j = 0; j < k; ++j)
        free &= of[j] != r || !overlap(items[j].arc, items[k].arc, period);
      if (!free)
        continue;
      of[k] = r;
      self(self, k + 1, std::max(used, r + 1));
    }
  };
  place(place, 0, 0);
  return best;
}

TEST(Places, AsFewAsThereMayBe) {
  for (uint64_t seed = 0; seed < 500; ++seed) {
    Random r(seed);
    int64_t period = r.chance(60) ? r.in(1, 7) : 0;
    std::vector<Item> items;
    for (int32_t k = r.in(1, 7); k > 0; --k) {
      int64_t first =
          r.in(0, period > 0 ? static_cast<int32_t>(period) - 1 : 9);
      int64_t length = r.in(1, period > 0 ? static_cast<int32_t>(period) : 6);
      items.push_back({0, {first, length}, 8});
    }
    Places found = findPlaces(items, period, 20000);
    EXPECT_EQ(static_cast<int64_t>(found.width.size()), fewest(items, period))
        << seed;
    EXPECT_LE(peakOf(items, period, 0), fewest(items, period)) << seed;
    EXPECT_EQ(found.bits(), 8 * static_cast<int64_t>(found.width.size()));
  }
}

TEST(Places, WidthsStayAboveTheLeastBits) {
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Random r(seed);
    int64_t period = r.chance(50) ? r.in(2, 6) : 0;
    std::vector<Item> items;
    for (int32_t k = r.in(2, 8); k > 0; --k)
      items.push_back(
          {0,
           {r.in(0, period > 0 ? static_cast<int32_t>(period) - 1 : 9),
            r.in(1, period > 0 ? static_cast<int32_t>(period) : 5)},
           r.chance(50) ? 8 : 32});
    Places found = findPlaces(items, period, 20000);
    EXPECT_GE(found.bits(), leastBits(items, period)) << seed;
    for (size_t a = 0; a < items.size(); ++a)
      for (size_t b = 0; b < a; ++b)
        EXPECT_FALSE(found.of[a] == found.of[b] &&
                     overlap(items[a].arc, items[b].arc, period))
            << seed;
  }
}

} // namespace
