//===- Profiles.h - Expected profiles, peaks and prices ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// One expected profile (a resource's use, or live memory): from the second
/// difference to the smooth peak, the prices of cycles, and their double prefix
/// sums that the gradients read.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_CPU_PROFILES_H
#define GAUS_LIB_DEVICE_CPU_PROFILES_H

#include <cstdint>
#include <span>
#include <vector>

namespace gaus::cpu {

/// What a profile costs.
struct ProfileRules {
  /// The smooth peak counts in the objective.
  bool peak = false;
  /// Units allowed in each cycle, as the profile adds them; -1 = unlimited.
  int64_t limit = -1;
};

class Profile {
public:
  Profile(int32_t numCycles, int32_t ii, int32_t chunks, ProfileRules rules);

  /// Second differences of chunk `chunk`, zeroed by `clear`.
  int64_t *second(int32_t chunk) { return seconds[chunk].data(); }
  void clear();

  /// Sums the chunks, folds onto slots, finds the peak and the prices.
  /// `temperature` is relative to the peak, `overusePenalty` the price of
  /// overuse by one limit.
  void price(float temperature, float overusePenalty);
  /// Multipliers of overuse take the present forces.
  void updateMultipliers();

  /// sums[b] = sum over t < b of (sum over d >= t of price(d)), scaled by
  /// 1 / priceUnit; size numCycles + 2.
  const double *priceSums() const { return sums.data(); }
  /// Price of one unit of `priceSums`.
  float priceUnit() const { return unit; }
  /// Units of the smooth peak (0 if it does not count), the exact peak and the
  /// largest overuse as a share of the limit.
  double smoothPeak() const { return peakValue; }
  double largestOveruse() const { return overuse; }

private:
  void accumulate();
  void fold();

  int32_t numCycles, slots;
  ProfileRules rules;
  std::vector<std::vector<int64_t>> seconds;
  std::vector<int64_t> use;    ///< by slot, times kUnitMass
  std::vector<int64_t> shares; ///< softmax weights in fixed point
  std::vector<float> multiplier, force;
  std::vector<int64_t> slotPrice;
  std::vector<double> sums;
  float unit = 1;
  double priceScale = 1, peakValue = 0, overuse = 0;
};

} // namespace gaus::cpu

#endif // GAUS_LIB_DEVICE_CPU_PROFILES_H
