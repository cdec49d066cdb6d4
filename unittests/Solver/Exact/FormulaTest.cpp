//===- FormulaTest.cpp - What the encodings share -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/Formula.h"

#include <gtest/gtest.h>

#include <vector>

using namespace gaus;

namespace {

constexpr int kTrue = Formula::kTrue, kFalse = Formula::kFalse;
constexpr int64_t kMuch = 1000000;
const Stop never;

TEST(Formula, ConstantsInClauses) {
  Formula f(kMuch);
  int a = f.newVariable(), b = f.newVariables(3);
  EXPECT_EQ(Formula::negated(kTrue), kFalse);
  EXPECT_EQ(Formula::negated(kFalse), kTrue);
  EXPECT_EQ(Formula::negated(a), -a);
  // Satisfied, whatever else; the other constant is left out.
  f.clause({kTrue, a});
  EXPECT_EQ(f.size(), 0);
  f.clause({kFalse, a});
  f.clause({-a, b + 2});
  EXPECT_EQ(f.size(), 3);
  ASSERT_EQ(f.solve(kMuch, never), true);
  EXPECT_TRUE(f.value(a));
  EXPECT_TRUE(f.value(b + 2));
  f.clause({kFalse});
  EXPECT_EQ(f.solve(kMuch, never), false);
}

TEST(Formula, HasRoomForSoManyLiterals) {
  Formula f(3);
  int a = f.newVariable(), b = f.newVariable();
  f.clause({a, b});
  EXPECT_TRUE(f.fits());
  EXPECT_EQ(f.room(), 1);
  f.clause({-a, -b});
  EXPECT_FALSE(f.fits());
  Formula g(kMuch);
  EXPECT_TRUE(g.fits());
  g.giveUp();
  EXPECT_FALSE(g.fits());
}

/// More pigeons than holes: false, but not within a few conflicts.
TEST(Formula, ConflictsAndStops) {
  constexpr int kHoles = 7;
  auto pigeons = [](Formula &f) {
    int first = f.newVariables((kHoles + 1) * kHoles);
    auto in = [&](int p, int h) { return first + p * kHoles + h; };
    for (int p = 0; p <= kHoles; ++p) {
      std::vector<int> somewhere;
      for (int h = 0; h < kHoles; ++h) {
        somewhere.push_back(in(p, h));
        for (int q = 0; q < p; ++q)
          f.clause({-in(p, h), -in(q, h)});
      }
      f.clause(somewhere);
    }
  };
  Formula f(kMuch);
  pigeons(f);
  EXPECT_FALSE(f.solve(5, never).has_value());
  EXPECT_EQ(f.solve(kMuch, never), false);
  Stop over;
  over.request();
  Formula g(kMuch);
  pigeons(g);
  EXPECT_FALSE(g.solve(kMuch, over).has_value());
}

} // namespace
