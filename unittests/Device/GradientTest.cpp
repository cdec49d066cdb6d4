//===- GradientTest.cpp - Gradients by finite differences -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Device/cpu/Descent.h"
#include "RandomProblem.h"

#include "Model/Instance.h"
#include "gaus/Core/Windows.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <cmath>

using namespace gaus;
using namespace gaus::test;

namespace {

struct Fixture {
  Problem p;
  Instance instance;

  Fixture(const Problem &given, Objective objective, int64_t alpha = 1,
          int64_t ratio = 100)
      : p(given) {
    SolverOptions o;
    o.objective = objective;
    o.weights = {ratio, alpha};
    o.length.kind = LengthChoice::Factor;
    o.length.factorMillionths = 2000000;
    Outcome<Problem> resolved = resolve(p, o);
    EXPECT_TRUE(resolved);
    p = *resolved;
    Adjacency adj(p);
    Components components = findComponents(p, adj);
    Outcome<Windows> windows = computeWindows(p);
    EXPECT_TRUE(windows);
    instance = buildInstance(p, adj, components, *windows, o);
  }

  /// Means strictly inside the windows.
  std::vector<float> means(uint64_t seed) const {
    Random random(seed);
    std::vector<float> mean;
    for (int32_t i = 0; i < instance.numNodes; ++i) {
      float share = 0.2f + 0.6f * static_cast<float>(random.in(0, 1000)) / 1000;
      mean.push_back(
          static_cast<float>(instance.asap[i]) +
          share * static_cast<float>(instance.alap[i] - instance.asap[i]));
    }
    return mean;
  }

  /// The loss with a temperature that is a share `temperature` of the peak.
  double loss(std::vector<float> mean, double temperature,
              std::vector<float> &gradient) const {
    DescentOptions options;
    options.steps = 2;
    options.peakFirst = static_cast<float>(temperature);
    Replica replica;
    replica.mean = std::move(mean);
    // No constraint forces: the loss that is compared has none.
    replica.rho = 0;
    dev::Plan plan = dev::makePlan(instance);
    std::vector<dev::Step> steps = dev::planSteps(options);
    cpu::Descent descent({instance, plan, options, steps}, replica);
    return descent.lossAndGradient(0.0f, gradient);
  }

  /// The loss with the temperature that belongs to `peak`. A step takes the
  /// temperature for a constant, so the differences must, too. (Exact where the
  /// loss is one peak.)
  double lossAt(std::vector<float> mean, double peak) const {
    std::vector<float> unused;
    double now = loss(mean, kCold, unused);
    return loss(std::move(mean), kShare * peak / now, unused);
  }

  static constexpr double kShare = 0.05, kCold = 1e-5;
};

struct Comparison {
  double cosine, ratio;
};

/// Central differences against the gradient, over all nodes: the angle between
/// both and the ratio of their sizes.
Comparison compare(const Fixture &f, uint64_t seed) {
  std::vector<float> mean = f.means(seed), gradient, unused;
  double peak = f.loss(mean, Fixture::kCold, unused);
  f.loss(mean, Fixture::kShare, gradient);
  double dot = 0, hand = 0, numeric = 0;
  for (int32_t i = 0; i < f.instance.numNodes; ++i) {
    if (f.instance.asap[i] == f.instance.alap[i])
      continue;
    constexpr float kStep = 0.02f;
    std::vector<float> up = mean, down = mean;
    up[i] += kStep;
    down[i] -= kStep;
    double slope = (f.lossAt(up, peak) - f.lossAt(down, peak)) / (2.0 * kStep);
    dot += slope * gradient[i];
    hand += double(gradient[i]) * gradient[i];
    numeric += slope * slope;
  }
  return {dot / std::sqrt(hand * numeric), std::sqrt(hand / numeric)};
}

/// Chains of operations with latencies, widths and units of one resource: no
/// value has two consumers.
Problem chains(uint64_t seed, int32_t ii) {
  Problem p;
  Random random(seed);
  p.ii = ii;
  p.addResource("unit");
  for (int32_t chain = 0; chain < 8; ++chain)
    for (int32_t k = 0; k < 5; ++k) {
      p.addNode("", random.in(1, 3), random.in(1, 32));
      p.occupancy.back() = random.in(1, 3);
      p.addUse(0, random.in(1, 4));
      if (k > 0)
        p.addEdge(p.numNodes() - 2, p.numNodes() - 1,
                  ii > 0 ? random.in(0, 1) : 0);
    }
  return p;
}

TEST(Gradient, Resources) {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    for (int32_t ii : {0, 4}) {
      Comparison c = compare(Fixture(chains(seed, ii), Objective::Resources,
                                     /*alpha=*/0),
                             seed);
      EXPECT_GT(c.cosine, 0.999);
      EXPECT_NEAR(c.ratio, 1.0, 0.02);
    }
}

/// With one consumer a value there is no maximum, and the gradient is exact.
TEST(Gradient, Memory) {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    for (int32_t ii : {0, 4}) {
      Comparison c =
          compare(Fixture(chains(seed, ii), Objective::Memory), seed);
      EXPECT_GT(c.cosine, 0.999);
      EXPECT_NEAR(c.ratio, 1.0, 0.02);
    }
}

/// Of buffers, too, whose lives begin and end elsewhere.
TEST(Gradient, Buffers) {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    for (int32_t ii : {0, 4}) {
      Comparison c = compare(
          Fixture(withBuffers(chains(seed, ii)), Objective::Memory), seed);
      EXPECT_GT(c.cosine, 0.999);
      EXPECT_NEAR(c.ratio, 1.0, 0.02);
    }
}

/// Communication is linear: its gradient is the sum of the weights.
TEST(Gradient, Communication) {
  Fixture f(layeredProblem(3, 60), Objective::Resources, /*alpha=*/1,
            /*ratio=*/0);
  std::vector<float> gradient;
  f.loss(f.means(1), Fixture::kShare, gradient);
  for (int32_t i = 0; i < f.instance.numNodes; ++i)
    EXPECT_NEAR(gradient[i], f.instance.commGradient[i],
                1e-6 * std::abs(f.instance.commGradient[i]) + 1e-8);
}

/// The last use of a value with several consumers is the hard maximum with a
/// soft gradient, by design: a direction of descent, not the derivative.
TEST(Gradient, MemoryWithSeveralConsumers) {
  for (uint64_t seed = 1; seed <= 4; ++seed)
    EXPECT_GT(
        compare(Fixture(layeredProblem(seed, 60), Objective::Memory), seed)
            .cosine,
        0.9);
}

} // namespace
