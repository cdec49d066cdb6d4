//===- PricedCutsTest.cpp - Bounds and their schedules --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/PricedCuts.h"
#include "RandomProblem.h"
#include "SmallData.h"

#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

using namespace gaus;
using namespace gaus::test;

namespace {

constexpr int32_t kCuts = 30;

/// Schedules under [Dep], [Win] and [Lat] with their costs: cuts know nothing
/// of limits.
struct Enumerated {
  ProblemData d;
  std::vector<Starts> all;
  std::vector<int64_t> costs;

  int64_t least() const {
    return *std::min_element(costs.begin(), costs.end());
  }
};

std::optional<Enumerated> enumerate(uint64_t seed, const SmallShape &shape,
                                    Objective objective) {
  Problem p = smallProblem(seed, shape);
  std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
  std::optional<ProblemData> d =
      problemData(p, objective, 1 + 0.25 * double(seed % 4));
  if (!d || d->p.length > 9)
    return std::nullopt;
  Enumerated e{std::move(*d), {}, {}};
  e.all = allSchedules(e.d.p);
  for (const Starts &s : e.all)
    e.costs.push_back(e.d.costOf(s));
  return e;
}

/// Shapes with all that the network and the costs depend on.
std::vector<SmallShape> shapes() {
  SmallShape plain, pipelined, clocked, buffers;
  pipelined.pipelined = true;
  clocked.clocked = true;
  buffers.buffers = true;
  return {plain, pipelined, clocked, buffers};
}

/// Calls `body` for many problems with something to price.
template <class F> void forMany(uint64_t seeds, F &&body) {
  int worthwhile = 0;
  for (const SmallShape &shape : shapes())
    for (Objective objective : {Objective::Memory, Objective::Resources})
      for (uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", objective " +
                     std::to_string(static_cast<int>(objective)) + ", shape " +
                     std::to_string(shape.pipelined) +
                     std::to_string(shape.clocked));
        std::optional<Enumerated> e = enumerate(seed, shape, objective);
        if (!e)
          continue;
        Stop stop;
        PricedCuts cuts(e->d.instance, e->d.instance.asap, e->d.instance.alap,
                        stop);
        if (!cuts.worthwhile())
          continue;
        ++worthwhile;
        body(*e, cuts);
      }
  EXPECT_GT(worthwhile, static_cast<int>(2 * seeds));
}

void expectSchedules(const Enumerated &e, const PricedRun &run) {
  ASSERT_FALSE(run.starts.empty());
  ASSERT_EQ(run.weights.size(), run.starts.size());
  EXPECT_NEAR(std::accumulate(run.weights.begin(), run.weights.end(), 0.0), 1,
              1e-9);
  for (const Starts &s : run.starts)
    EXPECT_TRUE(verify(e.d.p, s).empty());
  for (double share : {0.0, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 1.0})
    EXPECT_TRUE(verify(e.d.p, run.quantile(share)).empty()) << share;
}

TEST(PricedCuts, BoundsAndSchedules) {
  forMany(60, [&](const Enumerated &e, PricedCuts &cuts) {
    for (double sharpness : {0.0, 20.0}) {
      std::vector<double> first = cuts.softPrices(e.d.instance.asap, sharpness);
      PricedRun run =
          cuts.maximise(first, kCuts, e.d.costOf(e.d.instance.asap), {});
      EXPECT_LE(run.bound, e.least());
      expectSchedules(e, run);
    }
  });
}

/// Where uses may come before births, a cut counts a life as negative, which
/// is valid but not the cost.
bool livesArePositive(const Problem &p) {
  for (int32_t k = 0; k < p.numEdges(); ++k)
    if (p.carries[k] && p.lag[k] < 0)
      return false;
  return true;
}

using Profile = std::vector<double>;

/// Profiles of all peaks, each times its weight.
std::vector<Profile> costlyProfiles(const ProblemData &d, const Starts &s) {
  std::vector<Profile> all;
  auto add = [&](const std::vector<int64_t> &profile, int64_t weight) {
    all.emplace_back(d.p.ii > 0 ? d.p.ii : d.instance.numCycles, 0.0);
    for (size_t k = 0; k < profile.size(); ++k)
      all.back()[k] = double(weight * profile[k]);
  };
  if (d.options.objective == Objective::Memory)
    add(memoryProfile(d.p, s), 1);
  else
    for (int32_t r = 0; r < d.p.numResources(); ++r)
      add(useProfile(d.p, s, r), d.options.weights.ratio * d.p.price[r]);
  return all;
}

double communication(const ProblemData &d, const Starts &s) {
  if (d.options.objective == Objective::Memory)
    return 0;
  return double(d.options.weights.alpha * referenceCost(d.p, s).communication);
}

/// One cut with equal prices gives what enumeration gives, up to rounding.
TEST(PricedCuts, OneCut) {
  forMany(60, [&](const Enumerated &e, PricedCuts &cuts) {
    if (!livesArePositive(e.d.p))
      return;
    PricedRun run = cuts.maximise(cuts.softPrices(e.d.instance.asap, 0), 1,
                                  e.d.costOf(e.d.instance.asap), {});
    EXPECT_EQ(run.starts.size(), 1u);
    double least = 1e18;
    for (const Starts &s : e.all) {
      double priced = communication(e.d, s);
      for (const Profile &x : costlyProfiles(e.d, s))
        priced += std::accumulate(x.begin(), x.end(), 0.0) / double(x.size());
      least = std::min(least, priced);
    }
    EXPECT_GE(double(run.bound), least - 1e-3);
    EXPECT_LE(double(run.bound), std::ceil(least) + 1);
  });
}

/// Of the mean of a run's schedules: above the linear program's value.
double costOfMean(const ProblemData &d, const PricedRun &run) {
  std::vector<Profile> mean;
  double cost = 0;
  for (size_t k = 0; k < run.starts.size(); ++k) {
    cost += run.weights[k] * communication(d, run.starts[k]);
    std::vector<Profile> profiles = costlyProfiles(d, run.starts[k]);
    if (mean.empty())
      mean.assign(profiles.size(), Profile(profiles[0].size(), 0.0));
    for (size_t p = 0; p < mean.size(); ++p)
      for (size_t t = 0; t < mean[p].size(); ++t)
        mean[p][t] += run.weights[k] * profiles[p][t];
  }
  for (const Profile &x : mean)
    cost += *std::max_element(x.begin(), x.end());
  return cost;
}

/// The bound from below and the mean from above meet at the linear program's
/// value: neither could be much better.
TEST(PricedCuts, BestPrices) {
  forMany(60, [&](const Enumerated &e, PricedCuts &cuts) {
    int64_t upper = e.d.costOf(e.d.instance.asap);
    PricedRun run =
        cuts.maximise(cuts.softPrices(e.d.instance.asap, 6), 100, upper, {});
    if (livesArePositive(e.d.p) && run.bound < upper) {
      EXPECT_GE(double(run.bound), 0.99 * costOfMean(e.d, run)) << e.least();
    }
  });
}

int64_t peakOf(const Enumerated &e, const Starts &s) {
  Cost cost = referenceCost(e.d.p, s);
  if (e.d.options.objective == Objective::Memory)
    return cost.memory;
  for (int32_t r = 0; r < e.d.p.numResources(); ++r)
    if (e.d.p.price[r] > 0)
      return cost.peak[r];
  return 0;
}

/// The least cost with a peak from `low` to `high`.
int64_t leastWithin(const Enumerated &e, int64_t low, int64_t high) {
  int64_t least = INT64_MAX;
  for (size_t k = 0; k < e.all.size(); ++k)
    if (int64_t peak = peakOf(e, e.all[k]); peak >= low && peak <= high)
      least = std::min(least, e.costs[k]);
  return least;
}

TEST(PricedCuts, Levels) {
  int levels = 0, useful = 0;
  forMany(50, [&](const Enumerated &e, PricedCuts &cuts) {
    bool memory = e.d.options.objective == Objective::Memory;
    if (!memory && !cuts.canHoldPeak())
      return;
    int64_t upper = e.d.costOf(e.d.instance.asap);
    int64_t top = peakOf(e, e.d.instance.asap) + 2;
    for (int64_t level = 0; level <= top; level += 1 + top / 6) {
      std::vector<double> first = cuts.softPrices(e.d.instance.asap, 6);
      PricedRun below =
          cuts.maximise(first, kCuts, upper, {1, kMostOfWeight, level});
      EXPECT_LE(below.bound, leastWithin(e, 0, level));
      expectSchedules(e, below);
      PricedRun above = cuts.maximise(first, kCuts, upper, {0, 1, level});
      EXPECT_LE(above.bound, leastWithin(e, level, INT64_MAX));
      expectSchedules(e, above);
      PricedRun at =
          cuts.maximise(first, kCuts, upper, {0, kMostOfWeight, level});
      EXPECT_LE(at.bound, leastWithin(e, level, level));
      ++levels;
      useful += below.bound > e.least() || above.bound > e.least();
    }
  });
  // Some levels are told to be bad ones.
  EXPECT_GT(useful, levels / 10);
}

/// Windows between two schedules: both ends are schedules again.
TEST(PricedCuts, NarrowWindows) {
  forMany(40, [&](const Enumerated &e, PricedCuts &) {
    Starts low = e.all[e.all.size() / 3], high = e.all[e.all.size() / 2];
    for (size_t i = 0; i < low.size(); ++i)
      std::tie(low[i], high[i]) = std::minmax({low[i], high[i]});
    Stop stop;
    PricedCuts cuts(e.d.instance, low, high, stop);
    if (!cuts.worthwhile())
      return;
    PricedRun run =
        cuts.maximise(cuts.softPrices(low, 6), kCuts, e.d.costOf(low), {});
    auto inside = [&](const Starts &s) {
      for (size_t i = 0; i < s.size(); ++i)
        if (s[i] < low[i] || s[i] > high[i])
          return false;
      return true;
    };
    EXPECT_TRUE(std::all_of(run.starts.begin(), run.starts.end(), inside));
    expectSchedules(e, run);
    int64_t least = INT64_MAX;
    for (size_t k = 0; k < e.all.size(); ++k)
      if (inside(e.all[k]))
        least = std::min(least, e.costs[k]);
    EXPECT_LE(run.bound, least);
  });
}

/// Three weights that sum to 0.4 in one order and to less in the other: both
/// nodes must count them alike, or b no longer starts after a.
TEST(PricedCuts, QuantilesDoNotDependOnRounding) {
  PricedRun run;
  run.weights = {0.01, 0.03, 0.36, 0.6};
  run.starts = {{5, 8}, {5, 7}, {5, 6}, {0, 0}};
  for (int twentieths = 0; twentieths <= 20; ++twentieths) {
    double share = twentieths / 20.0;
    Starts s = run.quantile(share);
    EXPECT_GE(s[1], s[0]) << share;
  }
  Starts s = run.quantile(0.4);
  EXPECT_GE(s[1], s[0]);
  EXPECT_EQ(run.quantile(0.02), Starts({5, 7}));
  EXPECT_EQ(run.quantile(1), Starts({0, 0}));
}

TEST(PricedCuts, StopsAtOnce) {
  std::optional<Enumerated> e;
  for (uint64_t seed = 1; !e || e->d.p.numEdges() == 0; ++seed)
    e = enumerate(seed, {}, Objective::Memory);
  Stop stop;
  stop.request();
  PricedCuts cuts(e->d.instance, e->d.instance.asap, e->d.instance.alap, stop);
  PricedRun run = cuts.maximise(cuts.softPrices(e->d.instance.asap, 6), kCuts,
                                e->least(), {});
  EXPECT_EQ(run.bound, INT64_MIN);
  EXPECT_TRUE(run.starts.empty());
  EXPECT_TRUE(run.quantile(0.5).empty());
  EXPECT_EQ(cuts.numCuts(), 0);
}

} // namespace
