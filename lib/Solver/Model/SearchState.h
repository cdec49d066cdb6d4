//===- SearchState.h - A schedule with its profiles up to date --*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Starts, last uses and profiles of a schedule under change, and the energy of
/// the local search: for memory the sum over cycles of the squared excess over
/// a target, for resources communication, the targets' price, and the excess
/// over them; overuse of limits weighs more than both.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODEL_SEARCHSTATE_H
#define GAUS_LIB_SOLVER_MODEL_SEARCHSTATE_H

#include "gaus/Device/Instance.h"

#include <span>

namespace gaus {

class SearchState {
public:
  SearchState(const Instance &instance, std::span<const int32_t> starts);

  const std::vector<int32_t> &starts() const { return s; }
  int32_t start(int32_t node) const { return s[node]; }

  /// Moves `node` to `cycle` (any cycle of its window, [Dep] or not) and
  /// returns the change of the energy.
  double move(int32_t node, int32_t cycle);

  /// Overuse of limits, that of live memory included, exact.
  int64_t limitOveruse() const { return overuse; }
  /// Sum of the excess over all targets: 0 = every peak is at its target.
  double excess() const { return excessSum; }
  /// ratio * price * peaks + alpha * Com + Mem + T, exact. O(cycles + nodes).
  int64_t exactCost() const;

  //===--- Targets -------------------------------------------------------===//
  int32_t numProfiles() const { return static_cast<int32_t>(profiles.size()); }
  int64_t peak(int32_t profile) const;
  /// By slot.
  std::span<const int64_t> profile(int32_t profile) const {
    return profiles[profile].use;
  }
  int64_t target(int32_t profile) const { return profiles[profile].target; }
  /// Sets a target and returns the change of the energy. O(cycles).
  double setTarget(int32_t profile, int64_t target);
  /// True if the profile is one of use, whose target has a price.
  bool priced(int32_t profile) const { return profiles[profile].unitPrice > 0; }
  /// Weight of a unit of excess over a resource target, in its prices.
  void setExcessWeight(double weight);

private:
  struct Tracked {
    std::vector<int64_t> use;
    int64_t target = 0, limit = -1;
    double unitPrice = 0; ///< ratio * price: cost of one unit of target
    double linear = 0, square = 0; ///< weights of the excess
    double overWeight = 0;         ///< weight of a unit over the limit
  };

  void addSteps(Tracked &t, int64_t from, int64_t to, int64_t amount) const;
  double cellEnergy(const Tracked &t, int64_t use) const;
  double addRange(Tracked &t, int32_t from, int32_t to, int64_t amount);
  double moveLastUses(int32_t node, int32_t from, int32_t to);
  double setLive(int32_t node, int32_t born, int32_t last, int32_t newBorn,
                 int32_t newLast);
  int32_t lastUse(int32_t node, int32_t &count) const;
  double totalEnergy(const Tracked &t) const;

  const Instance &instance;
  int32_t slots;
  std::vector<int32_t> s, last, lastCount;
  std::vector<Tracked> profiles;
  std::vector<int32_t> profileOf;
  int32_t memory = -1;
  int64_t overuse = 0, comm = 0;
  double excessSum = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODEL_SEARCHSTATE_H
