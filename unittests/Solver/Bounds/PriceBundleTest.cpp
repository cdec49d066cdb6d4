//===- PriceBundleTest.cpp - The bundle against a grid --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/PriceBundle.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace gaus;
using namespace gaus::test;

namespace {

using Point = std::vector<double>;

/// The least of some planes.
struct Concave {
  std::vector<double> constant;
  std::vector<Point> slope;

  double plane(size_t k, const Point &x) const {
    return std::inner_product(x.begin(), x.end(), slope[k].begin(),
                              constant[k]);
  }
  size_t lowest(const Point &x) const {
    size_t low = 0;
    for (size_t k = 1; k < slope.size(); ++k)
      if (plane(k, x) < plane(low, x))
        low = k;
    return low;
  }
  double at(const Point &x) const { return plane(lowest(x), x); }
};

/// Planes as the bound has them: profiles, and other costs.
Concave randomConcave(Random &random, int32_t prices) {
  Concave f;
  for (int32_t k = random.in(2, 8); k > 0; --k) {
    f.constant.push_back(random.in(0, 10));
    f.slope.emplace_back();
    for (int32_t p = 0; p < prices; ++p)
      f.slope.back().push_back(random.in(-2, 12));
  }
  return f;
}

/// The greatest value of a plane that is allowed.
double greatest(const std::vector<PriceGroup> &groups, double constant,
                const Point &slope) {
  for (const PriceGroup &g : groups) {
    double top =
        *std::max_element(slope.begin() + g.begin, slope.begin() + g.end);
    constant += top * (top > 0 ? g.most : g.least);
  }
  return constant;
}

double upperOf(const std::vector<PriceGroup> &groups, const Concave &f) {
  double upper = 1e9;
  for (size_t k = 0; k < f.slope.size(); ++k)
    upper = std::min(upper, greatest(groups, f.constant[k], f.slope[k]));
  return upper;
}

void expectAllowed(const std::vector<PriceGroup> &groups, const Point &x) {
  for (const PriceGroup &g : groups) {
    double sum = 0;
    for (int32_t k = g.begin; k < g.end; ++k) {
      EXPECT_GE(x[k], 0);
      sum += x[k];
    }
    EXPECT_GE(sum, g.least - 1e-9);
    EXPECT_LE(sum, g.most + 1e-9);
  }
}

void expectMean(const std::vector<double> &weights, int32_t points) {
  ASSERT_EQ(static_cast<int32_t>(weights.size()), points);
  double sum = 0;
  for (double w : weights) {
    EXPECT_GE(w, 0);
    sum += w;
  }
  EXPECT_NEAR(sum, 1, 1e-9);
}

/// Of the mean of the planes.
double greatestOfMean(const std::vector<PriceGroup> &groups,
                      const PriceBundle &bundle, const Concave &f,
                      const std::vector<size_t> &told) {
  double constant = 0;
  Point slope(f.slope[0].size(), 0.0);
  for (size_t k = 0; k < told.size(); ++k) {
    constant += bundle.weights()[k] * f.constant[told[k]];
    for (size_t p = 0; p < slope.size(); ++p)
      slope[p] += bundle.weights()[k] * f.slope[told[k]][p];
  }
  return greatest(groups, constant, slope);
}

/// Maximises `f` from `first`; returns the best value.
double maximise(const std::vector<PriceGroup> &groups, const Concave &f,
                const Point &first) {
  constexpr int32_t kMost = 200;
  PriceBundle bundle(groups, first);
  EXPECT_EQ(bundle.point(), first);
  double upper = upperOf(groups, f), best = -1e9;
  std::vector<size_t> told;
  for (int32_t k = 0; k < kMost; ++k) {
    Point x = bundle.point();
    expectAllowed(groups, x);
    told.push_back(f.lowest(x));
    best = std::max(best, f.at(x));
    bundle.add(f.at(x), f.slope[told.back()], upper);
    // The best of all points, which never falls.
    EXPECT_EQ(bundle.bestValue(), best);
    EXPECT_NEAR(f.at(bundle.bestPoint()), best, 1e-9);
    expectMean(bundle.weights(), k + 1);
    if (bundle.promise() <= 1e-5 * std::fabs(best))
      break;
  }
  EXPECT_LE(greatestOfMean(groups, bundle, f, told),
            best + 5e-3 * std::max(1.0, std::fabs(best)));
  return best;
}

/// Tries `body` with all points of a grid.
void forGrid(const std::vector<PriceGroup> &groups, int32_t steps, size_t at,
             Point &x, const std::function<void()> &body) {
  if (at == x.size())
    return body();
  const PriceGroup &g =
      *std::find_if(groups.begin(), groups.end(),
                    [&](const PriceGroup &g) { return int32_t(at) < g.end; });
  double before = std::accumulate(x.begin() + g.begin, x.begin() + at, 0.0);
  double step = g.most / steps;
  bool last = int32_t(at) + 1 == g.end;
  double from = last ? std::max(0.0, g.least - before) : 0;
  for (x[at] = from; x[at] <= g.most - before + 1e-9; x[at] += step) {
    forGrid(groups, steps, at + 1, x, body);
    if (last && g.least == g.most)
      break;
  }
}

double gridBest(const std::vector<PriceGroup> &groups, const Concave &f,
                int32_t prices, int32_t steps) {
  Point x(prices, 0.0);
  double best = -1e9;
  forGrid(groups, steps, 0, x, [&] { best = std::max(best, f.at(x)); });
  return best;
}

/// `slack`: what the grid may miss.
void compare(const std::vector<PriceGroup> &groups, const Point &first,
             uint64_t seeds, int32_t steps, double slack) {
  for (uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    auto prices = static_cast<int32_t>(first.size());
    Concave f = randomConcave(random, prices);
    double best = maximise(groups, f, first);
    double expected = gridBest(groups, f, prices, steps);
    EXPECT_GE(best, expected - 1e-3 * std::max(1.0, std::fabs(expected)));
    EXPECT_LE(best, expected + slack);
  }
}

TEST(PriceBundle, Simplex) {
  compare({{0, 3, 1, 1}}, {1.0 / 3, 1.0 / 3, 1.0 / 3}, 100, 200, 0.15);
  compare({{0, 3, 1, 1}}, {1, 0, 0}, 100, 200, 0.15);
}

TEST(PriceBundle, SumInARange) {
  compare({{0, 2, 0, 2}}, {0.5, 0.5}, 100, 200, 0.3);
  compare({{0, 2, 1, 4}}, {0, 1}, 100, 200, 0.6);
}

TEST(PriceBundle, TwoGroups) {
  compare({{0, 2, 3, 3}, {2, 4, 0, 1}}, {1.5, 1.5, 0.5, 0.5}, 40, 50, 1.5);
}

} // namespace
