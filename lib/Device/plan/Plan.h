//===- Plan.h - What every descent of a problem shares ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What is the same for every descent of a problem, computed once on the host:
/// the profiles that cost something, and where values can die.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_PLAN_PLAN_H
#define GAUS_LIB_DEVICE_PLAN_PLAN_H

#include "gaus/Device/Instance.h"

#include <cstdint>
#include <vector>

namespace gaus::dev {

/// Lanes of the sum in the traced loss: so many blocks of so many.
inline constexpr int32_t kLossLanes = 256, kLossBlocks = 16;

/// What a profile costs; see cpu::ProfileRules.
struct ProfileInfo {
  int32_t resource; ///< -1 = memory
  int32_t peak;     ///< 1: the smooth peak counts
  int64_t limit;    ///< as the profile adds units; -1 = none
  float unitLoss;   ///< loss of one unit's peak
  float unit;       ///< price of one unit of the sums
  double priceScale;
};

struct Plan {
  std::vector<ProfileInfo> profiles;
  std::vector<int32_t> profileOf; ///< resource -> profile, -1 = none
  int32_t memoryProfile = -1;
  /// Cycles in which a value's last use can lie.
  std::vector<int32_t> lastFirst, lastFinal;
};

Plan makePlan(const Instance &instance);

/// Fixed-point scale of a cycle's price: its double prefix sums over all cycles
/// must stay below 2^52, to be exact as doubles.
double priceScale(int32_t numCycles, int32_t slots, bool limited);

} // namespace gaus::dev

#endif // GAUS_LIB_DEVICE_PLAN_PLAN_H
