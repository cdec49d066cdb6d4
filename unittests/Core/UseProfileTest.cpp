//===- UseProfileTest.cpp - Repeated use against every cycle --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/UseProfile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

using namespace gaus;

namespace {

/// A profile, and the same as units by cycle.
struct Both {
  UseProfile profile;
  std::vector<int64_t> units;
};

void addCycles(std::vector<int64_t> &to, const std::vector<int64_t> &what,
               int64_t shift) {
  to.resize(std::max(to.size(), what.size() + static_cast<size_t>(shift)), 0);
  for (size_t k = 0; k < what.size(); ++k)
    to[k + static_cast<size_t>(shift)] += what[k];
}

Both randomNest(std::mt19937 &random, int depth) {
  auto upTo = [&](int64_t most) {
    return static_cast<int64_t>(random() % static_cast<uint64_t>(most + 1));
  };
  Both made;
  int64_t pieces = 1 + upTo(3);
  for (int64_t n = 0; n < pieces; ++n) {
    int64_t from = upTo(12);
    int64_t kind = depth > 0 ? upTo(3) : 0;
    if (kind == 0) {
      int64_t cycles = 1 + upTo(6), units = 1 + upTo(2);
      made.profile.add(from, cycles, units, static_cast<int32_t>(n));
      addCycles(made.units, std::vector<int64_t>(cycles, units), from);
      continue;
    }
    Both inner = randomNest(random, depth - 1);
    if (kind == 1) {
      Both other = randomNest(random, depth - 1);
      std::vector<int64_t> most(
          std::max(inner.units.size(), other.units.size()), 0);
      for (size_t k = 0; k < most.size(); ++k)
        most[k] = std::max(k < inner.units.size() ? inner.units[k] : 0,
                           k < other.units.size() ? other.units[k] : 0);
      made.profile.add(UseProfile::most(inner.profile, other.profile), from);
      addCycles(made.units, most, from);
      continue;
    }
    int64_t period = 1 + upTo(kind == 2 ? 5 : 40), count = 1 + upTo(9);
    made.profile.addRepeated(inner.profile, from, period, count);
    for (int64_t k = 0; k < count; ++k)
      addCycles(made.units, inner.units, from + k * period);
  }
  return made;
}

TEST(UseProfile, RandomNestsAsCycleByCycle) {
  for (uint32_t seed = 0; seed < 1500; ++seed) {
    std::mt19937 random(seed);
    Both both = randomNest(random, 1 + seed % 3);
    int64_t most = *std::max_element(both.units.begin(), both.units.end());
    UsePeak peak = both.profile.peak();
    ASSERT_TRUE(peak.exact) << seed;
    ASSERT_EQ(peak.units, most) << seed;
    ASSERT_EQ(both.units[static_cast<size_t>(peak.cycle)], most) << seed;
    ASSERT_EQ(both.profile.end(), static_cast<int64_t>(both.units.size()));
    std::vector<int64_t> outline(both.units.size(), 0);
    auto stretches = both.profile.outline(1 + seed % 5);
    ASSERT_LE(stretches.size(), 1 + seed % 5);
    for (const UseProfile::Stretch &s : stretches) {
      ASSERT_LE(s.units, most);
      std::fill_n(outline.begin() + s.from, s.cycles, s.units);
    }
    for (size_t cycle = 0; cycle < outline.size(); ++cycle)
      ASSERT_GE(outline[cycle], both.units[cycle]) << seed;
    for (size_t cycle = 0; cycle < both.units.size() && cycle < 200; ++cycle) {
      int64_t sum = 0;
      for (const UseProfile::Holder &h :
           both.profile.at(static_cast<int64_t>(cycle)))
        sum += h.units;
      ASSERT_EQ(sum, both.units[cycle]) << seed << " cycle " << cycle;
    }
  }
}

TEST(UseProfile, ManyRepetitionsTakeNoTime) {
  UseProfile body, nest, whole;
  body.add(0, 1, 1, 0);
  body.add(5, 2, 1, 1);
  nest.addRepeated(body, 3, 2, 500'000'000);
  EXPECT_EQ(nest.peak().units, 2);
  EXPECT_TRUE(nest.peak().exact);
  whole.addRepeated(nest, 0, 1'100'000'000, 100'000);
  EXPECT_EQ(whole.peak().units, 2);
  EXPECT_EQ(whole.end(), 99'999 * 1'100'000'000LL + 3 + 999'999'998 + 7);
  // In the gap of each repetition.
  whole.add(1'050'000'000, 10'000, 2, 2);
  EXPECT_EQ(whole.peak().units, 2);
  whole.add(1'100'000'009, 1, 1, 3);
  EXPECT_EQ(whole.peak().units, 3);
  EXPECT_EQ(whole.peak().cycle, 1'100'000'009);
}

TEST(UseProfile, PeriodsThatMeetLate) {
  // Every 1,009 and every 1,013 cycles, never and sometimes in the same one.
  UseProfile a, b, both;
  a.add(0, 1, 1, 0);
  b.add(0, 1, 1, 1);
  both.addRepeated(a, 1, 1'009, 1'000);
  both.addRepeated(b, 0, 1'013, 1'000);
  EXPECT_EQ(both.peak().units, 2);
  EXPECT_TRUE(both.peak().exact);
  // What cannot be decided is bounded, and says so.
  UseProfile wide;
  wide.addRepeated(a, 1, 1'000'003, 100'000'000);
  wide.addRepeated(b, 0, 999'983, 100'000'000);
  EXPECT_EQ(wide.peak().units, 2);
  EXPECT_FALSE(wide.peak().exact);
}

TEST(UseProfile, BeyondTheLastCycleIsNotExact) {
  UseProfile a, b;
  a.add(0, 1, 1, 0);
  b.addRepeated(a, 0, int64_t(1) << 40, int64_t(1) << 40);
  EXPECT_EQ(b.peak().units, 1);
  EXPECT_FALSE(b.peak().exact);
}

} // namespace
