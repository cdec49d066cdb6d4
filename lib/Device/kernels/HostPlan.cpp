//===- HostPlan.cpp - What is the same for every replica ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "HostPlan.h"

#include <algorithm>
#include <bit>
#include <cmath>

using namespace gaus;
using namespace gaus::kernels;

dev::StepParameters kernels::stepParameters(const DescentOptions &options,
                                            int32_t index) {
  double f = options.steps > 1 ? double(index) / (options.steps - 1) : 0.0;
  auto linear = [&](double a, double b) { return a + (b - a) * f; };
  auto geometric = [&](double a, double b) {
    return a * std::exp2(std::log2(b / a) * f);
  };
  auto correction = [&](double beta) {
    return static_cast<float>(1.0 /
                              (1.0 - std::exp2((index + 1) * std::log2(beta))));
  };
  dev::StepParameters now;
  now.rate = static_cast<float>(linear(options.rateFirst, options.rateLast));
  now.kappa =
      static_cast<float>(geometric(options.kappaFirst, options.kappaLast));
  now.peakTemperature =
      static_cast<float>(geometric(options.peakFirst, options.peakLast));
  now.penaltyGrowth = static_cast<float>(1.0 + 20.0 * f);
  now.momentCorrection = correction(0.9);
  now.varianceCorrection = correction(0.99);
  return now;
}

double kernels::priceScale(int32_t numCycles, int32_t slots, bool limited) {
  // A cycle's price is at most 1 + the largest price of overuse (2^10), all the
  // peak's shares together 1 a turn.
  int turns = numCycles / slots + 1;
  int bits = 52 - std::bit_width(static_cast<uint32_t>(numCycles) + 2) -
             std::bit_width(static_cast<uint32_t>(turns));
  if (limited)
    bits -= 10 + std::bit_width(static_cast<uint32_t>(slots));
  return static_cast<double>(int64_t(1) << std::clamp(bits, 8, 30));
}

void kernels::planProfiles(const Instance &instance, HostPlan &plan) {
  int32_t slots = instance.slots();
  auto add = [&](int32_t resource, bool peak, int64_t limit, double loss) {
    double scale = priceScale(instance.numCycles, slots, limit >= 0);
    plan.profiles.push_back({resource, peak, limit, static_cast<float>(loss),
                             static_cast<float>(1.0 / scale), scale});
  };
  plan.profileOf.assign(instance.numResources, -1);
  double scale = 1.0 / instance.lossScale;
  for (int32_t r = 0; r < instance.numResources; ++r) {
    bool peak = instance.ratio > 0 && instance.price[r] > 0;
    if (!peak && instance.limit[r] < 0)
      continue;
    plan.profileOf[r] = static_cast<int32_t>(plan.profiles.size());
    double weight =
        peak ? double(instance.ratio) * double(instance.price[r]) : 1.0;
    add(r, peak,
        instance.limit[r] < 0 ? -1 : instance.limit[r] >> instance.unitShift[r],
        std::ldexp(weight * scale, instance.unitShift[r]));
  }
  if (instance.memoryWeight > 0) {
    plan.memoryProfile = static_cast<int32_t>(plan.profiles.size());
    add(-1, true, -1,
        std::ldexp(double(instance.memoryWeight) * scale, instance.widthShift));
  }
}

static void planSteps(const DescentOptions &options, HostPlan &plan) {
  constexpr int32_t kSnapshots = 4;
  int32_t every = std::max(1, options.steps / kSnapshots), taken = 0;
  for (int32_t s = 0; s < options.steps; ++s) {
    bool take = (s + 1) % every == 0 || s + 1 == options.steps;
    plan.steps.push_back(
        {stepParameters(options, s), take ? taken++ : int32_t(-1)});
  }
}

static void planLastUses(const Instance &instance, HostPlan &plan) {
  plan.lastFirst.assign(instance.numNodes, 0);
  plan.lastFinal.assign(instance.numNodes, -1);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      plan.outSource.push_back(i);
      if (instance.outShift[k] < 0)
        continue;
      int32_t j = instance.outTarget[k], shift = instance.outShift[k];
      plan.lastFirst[i] = std::max(plan.lastFirst[i], instance.asap[j] + shift);
      plan.lastFinal[i] = std::max(plan.lastFinal[i], instance.alap[j] + shift);
    }
}

static void planEdges(const Instance &instance, HostPlan &plan) {
  for (int32_t k = 0; k < instance.numEdges; ++k)
    plan.inGap.push_back(instance.outGap[instance.inPosition[k]]);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int32_t out = instance.outBegin[i + 1] - instance.outBegin[i];
    if (out > kHeavyDegree)
      plan.heavyOut.push_back(i);
    if (out + instance.inBegin[i + 1] - instance.inBegin[i] > kHeavyDegree)
      plan.heavy.push_back(i);
  }
}

/// Level of a node: edges on the longest path to it.
static void planLevels(const Instance &instance, HostPlan &plan) {
  plan.levelBegin.assign(1, 0);
  if (instance.cyclic)
    return;
  std::vector<int32_t> level(instance.numNodes, 0);
  int32_t count = instance.numNodes > 0 ? 1 : 0;
  for (int32_t i : instance.order)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t &l = level[instance.outTarget[k]];
      l = std::max(l, level[i] + 1);
      count = std::max(count, l + 1);
    }
  plan.levelBegin.assign(count + 1, 0);
  for (int32_t l : level)
    ++plan.levelBegin[l + 1];
  for (int32_t l = 0; l < count; ++l)
    plan.levelBegin[l + 1] += plan.levelBegin[l];
  plan.levelNode.resize(instance.numNodes);
  std::vector<int32_t> next(plan.levelBegin.begin(), plan.levelBegin.end() - 1);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    plan.levelNode[next[level[i]]++] = i;
}

HostPlan kernels::makePlan(const Instance &instance,
                           const DescentOptions &options) {
  HostPlan plan;
  planProfiles(instance, plan);
  planSteps(options, plan);
  planLastUses(instance, plan);
  planEdges(instance, plan);
  planLevels(instance, plan);
  return plan;
}
