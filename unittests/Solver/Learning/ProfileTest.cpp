//===- ProfileTest.cpp - What is in use together --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Profile.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using gaus::test::Random;

namespace {

struct Item {
  int32_t born, units;
  std::vector<std::pair<int32_t, int32_t>> ends;
};

/// The largest sum of a cycle or slot.
int32_t peakOf(const std::vector<Item> &items, const std::vector<int32_t> &s,
               int32_t slots, bool folded) {
  std::vector<int32_t> height(slots, 0);
  for (size_t i = 0; i < items.size(); ++i) {
    int32_t to = 0;
    for (auto [x, offset] : items[i].ends)
      to = std::max(to, s[x] + offset);
    for (int32_t d = s[i] + items[i].born; d < to; ++d)
      height[folded ? d % slots : d] += items[i].units;
  }
  return *std::max_element(height.begin(), height.end());
}

/// Items that end where others start, with the peak as a variable: what is
/// found and refuted is what enumeration says.
TEST(Profile, TheLeastPeakIsThatOfEnumeration) {
  constexpr int32_t kCount = 3, kLast = 3;
  for (uint64_t seed = 1; seed <= 400; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    bool folded = random.chance(50);
    int32_t slots = folded ? random.in(1, 4) : 16;
    std::vector<Item> items;
    for (int32_t i = 0; i < kCount; ++i) {
      Item item{random.in(0, 2), random.in(1, 4), {}};
      for (int32_t k = random.in(1, 2); k > 0; --k)
        item.ends.push_back({random.in(0, kCount - 1), random.in(0, 6)});
      items.push_back(item);
    }
    Stop stop;
    Engine e(stop, {1, 4});
    for (int32_t i = 0; i < kCount; ++i)
      e.ordered.push_back(e.addVariable(0, kLast));
    int32_t peak = e.addVariable(0, 100);
    auto profile = std::make_unique<Profile>(slots, folded, peak, 0);
    Profile &of = *profile;
    e.addPropagator(std::move(profile));
    e.subscribe(fromAbove(peak), -1);
    for (int32_t i = 0; i < kCount; ++i) {
      int32_t index = of.addItem(i, items[i].born, items[i].units);
      for (auto [x, offset] : items[i].ends)
        of.addEnd(x, offset);
      for (View v = 0; v < 2 * kCount; ++v)
        e.subscribe(v, index);
    }
    int32_t best = 1000;
    std::vector<int32_t> s(kCount, 0);
    for (s[0] = 0; s[0] <= kLast; ++s[0])
      for (s[1] = 0; s[1] <= kLast; ++s[1])
        for (s[2] = 0; s[2] <= kLast; ++s[2])
          best = std::min(best, peakOf(items, s, slots, folded));
    EXPECT_EQ(e.search(atMost(peak, best - 1), 1 << 24), Engine::Verdict::None);
    ASSERT_EQ(e.search(atMost(peak, best), 1 << 24), Engine::Verdict::Found);
    EXPECT_EQ(peakOf(items, e.model, slots, folded), best);
  }
}

} // namespace
