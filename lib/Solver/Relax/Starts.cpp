//===- Starts.cpp - Where descents start ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Relax/Starts.h"

#include "Model/Random.h"

#include "gaus/Device/Arithmetic.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

std::vector<float> gaus::midWindow(std::span<const int32_t> asap,
                                   std::span<const int32_t> alap) {
  std::vector<float> mean;
  mean.reserve(asap.size());
  for (size_t i = 0; i < asap.size(); ++i)
    mean.push_back(0.5f * static_cast<float>(asap[i]) +
                   0.5f * static_cast<float>(alap[i]));
  return mean;
}

void gaus::clampToWindows(const Instance &instance, std::vector<float> &mean) {
  for (int32_t i = 0; i < instance.numNodes; ++i)
    mean[i] = std::clamp(mean[i], static_cast<float>(instance.asap[i]),
                         static_cast<float>(instance.alap[i]));
}

void gaus::shake(std::vector<float> &mean, float share,
                 const Instance &instance, uint64_t seed, uint64_t member) {
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    auto first = static_cast<float>(instance.asap[i]);
    auto last = static_cast<float>(instance.alap[i]);
    uint32_t bits = draw(Stream::Replicas, seed, i, member).word[0];
    float u = static_cast<float>(bits >> 8) * 0x1p-23f - 1.0f;
    mean[i] = std::clamp(mean[i] + u * share * (last - first), first, last);
  }
}

/// What replicas from the same start differ in: the weight of constraints and
/// the width of the distributions.
static constexpr struct {
  float rho, width;
} kVariants[] = {{1.0f, 1.0f}, {0.3f, 3.0f}, {3.0f, 1.0f}, {10.0f, 3.0f}};

/// Where descents start; as many of the first ones as there are replicas do.
static std::vector<std::vector<float>>
startMeans(const Context &c, const Instance &instance,
           const DescentBudget &budget, std::span<const int32_t> existing) {
  const Landmarks &marks = c.landmarks;
  bool solved = c.incumbent.solved();
  StartKind start = c.options.start;
  bool all = start == StartKind::Portfolio;
  bool missing = (start == StartKind::Existing && existing.empty()) ||
                 (start == StartKind::Flow && marks.leastFlow.empty());
  bool middle = all || start == StartKind::Midpoint;
  bool known = solved && (all || start == StartKind::List || missing);
  // Nothing else comes near the depth-first ones on large graphs; small ones
  // want starts as different as can be.
  bool large = !budget.small;
  std::vector<std::vector<float>> means;
  auto add = [&](bool wanted, std::span<const int32_t> starts) {
    if (wanted && !starts.empty())
      means.emplace_back(starts.begin(), starts.end());
  };
  auto addMiddle = [&](bool wanted) {
    if (wanted)
      means.push_back(midWindow(instance.asap, instance.alap));
  };
  add(start == StartKind::Existing, existing);
  add(known && budget.bestFirst, c.incumbent.starts());
  for (const Starts &o : marks.depthFirst)
    add(all && large, o);
  addMiddle(middle && !budget.bestFirst);
  add(all || start == StartKind::Flow, marks.leastFlow);
  addMiddle(middle && budget.bestFirst);
  add(known && !budget.bestFirst, c.incumbent.starts());
  // What better ones came from may lead elsewhere, too.
  add(known && marks.firstBest != c.incumbent.starts(), marks.firstBest);
  for (const Starts &o : marks.depthFirst)
    add(all && !large, o);
  addMiddle(means.empty());
  return means;
}

std::vector<Replica> gaus::makeReplicas(const Context &c,
                                        const Instance &instance,
                                        const DescentBudget &budget,
                                        std::span<const int32_t> existing) {
  std::vector<std::vector<float>> means =
      startMeans(c, instance, budget, existing);
  std::vector<Replica> replicas(std::max<size_t>(budget.replicas, 1));
  for (size_t r = 0; r < replicas.size(); ++r) {
    size_t turn = r / means.size();
    replicas[r].mean = means[r % means.size()];
    // What is known to be good stays as it is.
    bool good =
        c.options.start == StartKind::Existing || (budget.bestFirst && r == 0);
    // Other ones at each effort.
    shake(replicas[r].mean, good ? 0.0f : 0.1f, instance, c.options.seed,
          replicaMember(budget.steps, r));
    replicas[r].rho = kVariants[turn % std::size(kVariants)].rho;
    replicas[r].stddev.assign(instance.numNodes,
                              kVariants[turn % std::size(kVariants)].width);
  }
  return replicas;
}

DescentOptions gaus::descentOptions(const Context &c,
                                    const DescentBudget &budget) {
  DescentOptions descent;
  descent.steps = std::max(1, budget.steps);
  if (c.pays.units()) {
    descent.kappaFirst = 0.1f;
    descent.kappaLast = 0.001f;
  } else if (!budget.small && !c.landmarks.depthFirst.empty()) {
    // A wide distribution would blur the order that the start has.
    descent.kappaFirst = 0.1f;
    descent.kappaLast = 0.006f;
    descent.rateFirst = 0.04f;
    descent.rateLast = 0.004f;
  }
  return descent;
}

Replica gaus::between(const Instance &instance, float kappa,
                      std::span<const int32_t> a, std::span<const int32_t> b) {
  Replica child;
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    auto x = static_cast<float>(a[i]), y = static_cast<float>(b[i]);
    float window = std::max(1.0f, static_cast<float>(instance.alap[i]) -
                                      static_cast<float>(instance.asap[i]));
    child.mean.push_back(0.5f * x + 0.5f * y);
    child.stddev.push_back(
        std::min(1.0f + std::fabs(x - y) / (window * kappa), 100.0f));
  }
  return child;
}
