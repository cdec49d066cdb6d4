//===- HostPlan.h - What is the same for every replica ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The profiles of a problem, the parameters of every step and the levels of
/// its graph, computed once on the host for all backends.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_HOSTPLAN_H
#define GAUS_LIB_DEVICE_KERNELS_HOSTPLAN_H

#include "View.h"

#include "gaus/Device/Backend.h"

#include <vector>

namespace gaus::kernels {

struct HostPlan {
  std::vector<ProfileInfo> profiles;
  std::vector<int32_t> profileOf; ///< resource -> profile, -1 = none
  int32_t memoryProfile = -1;
  std::vector<Step> steps;
  /// Cycles in which a value's last use can lie.
  std::vector<int32_t> lastFirst, lastFinal;
  std::vector<int32_t> outSource, inGap;
  /// Nodes with more than kHeavyDegree consumers, and such edges in all.
  std::vector<int32_t> heavyOut, heavy;
  std::vector<int32_t> levelBegin, levelNode;
};

HostPlan makePlan(const Instance &instance, const DescentOptions &options);

/// The parameters of step `index` of a descent. They are the host's doubles,
/// rounded once, so every backend gets the same floats.
dev::StepParameters stepParameters(const DescentOptions &options,
                                   int32_t index);

/// The profiles that cost something.
void planProfiles(const Instance &instance, HostPlan &plan);

/// Fixed-point scale of a cycle's price: its double prefix sums over all cycles
/// must stay below 2^52, to be exact as doubles.
double priceScale(int32_t numCycles, int32_t slots, bool limited);

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_HOSTPLAN_H
