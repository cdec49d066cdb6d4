//===- StartsTest.cpp - Where descents begin ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Begun.h"
#include "RandomProblem.h"

#include "Relax/Starts.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gaus;
using namespace gaus::test;

namespace {

std::unique_ptr<Begun> layered(StartKind start) {
  SolverOptions o;
  o.objective = Objective::Memory;
  o.start = start;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 2000000;
  return begin(layeredProblem(2, 40), o);
}

std::vector<float> asMeans(const Starts &s) { return {s.begin(), s.end()}; }

TEST(Starts, WithinTheWindows) {
  std::unique_ptr<Begun> begun = layered(StartKind::Portfolio);
  ASSERT_TRUE(begun);
  const Instance &d = begun->instance();
  std::vector<float> mean = midWindow(d.asap, d.alap);
  for (int32_t i = 0; i < d.numNodes; ++i)
    EXPECT_EQ(mean[i] - static_cast<float>(d.asap[i]),
              static_cast<float>(d.alap[i]) - mean[i]);
  for (float share : {0.1f, 5.0f}) {
    std::vector<float> shaken = mean;
    shake(shaken, share, d, 3, 4);
    int32_t moved = 0;
    for (int32_t i = 0; i < d.numNodes; ++i) {
      auto window = static_cast<float>(d.alap[i] - d.asap[i]);
      EXPECT_LE(std::fabs(shaken[i] - mean[i]), share * window + 1e-4f);
      moved += shaken[i] != mean[i];
    }
    EXPECT_GT(moved, d.numNodes / 2);
    // Clamped already: nothing is left to clamp.
    std::vector<float> clamped = shaken;
    clampToWindows(d, clamped);
    EXPECT_EQ(clamped, shaken);
    // The same stream shakes the same way, another one another.
    std::vector<float> again = mean, other = mean;
    shake(again, share, d, 3, 4);
    shake(other, share, d, 3, 5);
    EXPECT_EQ(again, shaken);
    EXPECT_NE(other, shaken);
  }
}

/// The middle keeps every dependence; widths grow with the difference.
TEST(Starts, Between) {
  std::unique_ptr<Begun> begun = layered(StartKind::Portfolio);
  ASSERT_TRUE(begun);
  const Instance &d = begun->instance();
  Replica child = between(d, 0.1f, d.asap, d.alap);
  for (int32_t i = 0; i < d.numNodes; ++i) {
    for (int32_t k = d.outBegin[i]; k < d.outBegin[i + 1]; ++k)
      EXPECT_GE(child.mean[d.outTarget[k]],
                child.mean[i] + static_cast<float>(d.outGap[k]));
    if (d.alap[i] > d.asap[i]) {
      EXPECT_FLOAT_EQ(child.stddev[i], 11.0f);
    } else {
      EXPECT_FLOAT_EQ(child.stddev[i], 1.0f);
    }
  }
  EXPECT_EQ(between(d, 0.1f, d.asap, d.asap).stddev,
            std::vector<float>(d.numNodes, 1.0f));
}

/// As the option says, and as many as the budget says.
TEST(Starts, OfEachKind) {
  DescentBudget budget;
  budget.replicas = 3;
  budget.steps = 10;
  budget.small = true;
  budget.bestFirst = true;
  for (StartKind kind : {StartKind::Portfolio, StartKind::Midpoint,
                         StartKind::List, StartKind::Existing}) {
    std::unique_ptr<Begun> begun = layered(kind);
    ASSERT_TRUE(begun);
    const Instance &d = begun->instance();
    std::vector<Replica> replicas = makeReplicas(begun->c(), d, budget, d.alap);
    ASSERT_EQ(replicas.size(), 3u);
    // What is known to be good comes first, as it is.
    if (kind == StartKind::Existing) {
      EXPECT_EQ(replicas[0].mean, asMeans(d.alap));
    } else if (kind == StartKind::Midpoint) {
      EXPECT_EQ(replicas[0].mean, midWindow(d.asap, d.alap));
    } else {
      EXPECT_EQ(replicas[0].mean, asMeans(begun->incumbent().starts()));
    }
    for (const Replica &r : replicas) {
      EXPECT_GT(r.rho, 0);
      std::vector<float> clamped = r.mean;
      clampToWindows(d, clamped);
      EXPECT_EQ(clamped, r.mean);
    }
    // From one start replicas differ in their forces.
    if (kind == StartKind::Midpoint || kind == StartKind::Existing) {
      EXPECT_NE(replicas[0].rho, replicas[1].rho);
    }
  }
}

/// At the first effort nothing is known to be good: all are shaken.
TEST(Starts, ShakenUnlessGood) {
  std::unique_ptr<Begun> begun = layered(StartKind::Portfolio);
  ASSERT_TRUE(begun);
  const Instance &d = begun->instance();
  DescentBudget budget;
  budget.replicas = 1;
  budget.steps = 10;
  std::vector<Replica> first = makeReplicas(begun->c(), d, budget, {});
  EXPECT_NE(first[0].mean, midWindow(d.asap, d.alap));
  // Other ones on each effort level.
  budget.steps = 20;
  EXPECT_NE(makeReplicas(begun->c(), d, budget, {})[0].mean, first[0].mean);
}

/// Narrow where an order must not be blurred, and for `resources`.
TEST(Starts, WidthsByObjective) {
  DescentBudget budget;
  budget.steps = 10;
  std::unique_ptr<Begun> begun = layered(StartKind::Portfolio);
  ASSERT_TRUE(begun);
  float wide = descentOptions(begun->c(), budget).kappaFirst;
  offerDepthFirst(begun->c(), begun->instance());
  EXPECT_LT(descentOptions(begun->c(), budget).kappaFirst, wide);
  budget.small = true;
  EXPECT_EQ(descentOptions(begun->c(), budget).kappaFirst, wide);
  SolverOptions o = begun->options;
  o.objective = Objective::Resources;
  std::unique_ptr<Begun> other = begin(layeredProblem(2, 40), o);
  ASSERT_TRUE(other);
  EXPECT_LT(descentOptions(other->c(), budget).kappaFirst, wide);
}

} // namespace
