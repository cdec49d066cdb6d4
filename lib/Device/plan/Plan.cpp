//===- Plan.cpp - What every descent of a problem shares ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Plan.h"

#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <bit>
#include <cmath>

using namespace gaus;
using namespace gaus::dev;

double dev::priceScale(int32_t numCycles, int32_t slots, bool limited) {
  // A cycle's price is at most 1 + the largest price of overuse (2^10), all the
  // peak's shares together 1 a turn.
  int turns = numCycles / slots + 1;
  int bits = 52 - std::bit_width(static_cast<uint32_t>(numCycles) + 2) -
             std::bit_width(static_cast<uint32_t>(turns));
  if (limited)
    bits -= 10 + std::bit_width(static_cast<uint32_t>(slots));
  return static_cast<double>(int64_t(1) << std::clamp(bits, 8, 30));
}

/// The profiles that cost something.
static void planProfiles(const Instance &instance, Plan &plan) {
  int32_t slots = instance.slots();
  auto add = [&](int32_t resource, bool peak, int64_t limit, double loss) {
    double scale = priceScale(instance.numCycles, slots, limit >= 0);
    plan.profiles.push_back({resource, peak, limit, static_cast<float>(loss),
                             static_cast<float>(1.0 / scale), scale});
  };
  plan.profileOf.assign(instance.numResources, -1);
  double scale = 1.0 / instance.lossScale;
  for (int32_t r = 0; r < instance.numResources; ++r) {
    if (!isTracked(instance, r))
      continue;
    bool peak = unitPrice(instance, r) > 0;
    plan.profileOf[r] = static_cast<int32_t>(plan.profiles.size());
    double weight =
        peak ? double(instance.ratio) * double(instance.price[r]) : 1.0;
    add(r, peak,
        instance.limit[r] < 0 ? -1 : instance.limit[r] >> instance.unitShift[r],
        std::ldexp(weight * scale, instance.unitShift[r]));
  }
  if (instance.memoryWeight > 0) {
    plan.memoryProfile = static_cast<int32_t>(plan.profiles.size());
    add(/*resource=*/-1, /*peak=*/true, /*limit=*/-1,
        std::ldexp(double(instance.memoryWeight) * scale, instance.widthShift));
  }
}

static void planLastUses(const Instance &instance, Plan &plan) {
  plan.lastFirst.assign(instance.numNodes, 0);
  plan.lastFinal.assign(instance.numNodes, -1);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      if (instance.outShift[k] < 0)
        continue;
      int32_t j = instance.outTarget[k], shift = instance.outShift[k];
      plan.lastFirst[i] = std::max(plan.lastFirst[i], instance.asap[j] + shift);
      plan.lastFinal[i] = std::max(plan.lastFinal[i], instance.alap[j] + shift);
    }
}

Plan dev::makePlan(const Instance &instance) {
  Plan plan;
  planProfiles(instance, plan);
  planLastUses(instance, plan);
  return plan;
}
