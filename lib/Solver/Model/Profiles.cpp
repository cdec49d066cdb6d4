//===- Profiles.cpp - Use and live memory, cycle by cycle -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/Profiles.h"

#include "gaus/Device/ExactCost.h"

#include <numeric>

using namespace gaus;

/// Values of the cycles from their changes; the last two end what lasts to the
/// end.
static std::vector<int64_t> summed(std::vector<int64_t> change) {
  std::partial_sum(change.begin(), change.end(), change.begin());
  change.resize(change.size() - 2);
  return change;
}

std::vector<int64_t> gaus::useProfile(const Instance &instance,
                                      std::span<const int32_t> starts,
                                      int32_t resource) {
  std::vector<int64_t> change(size_t(instance.numCycles) + 2, 0);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
      if (instance.useResource[k] == resource) {
        change[starts[i]] += instance.useUnits[k];
        change[starts[i] + instance.occupancy[i]] -= instance.useUnits[k];
      }
  return summed(std::move(change));
}

std::vector<int64_t> gaus::liveProfile(const Instance &instance,
                                       std::span<const int32_t> starts) {
  std::vector<int64_t> change(size_t(instance.numCycles) + 2, 0);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    change[starts[i] + instance.bornAfter[i]] += instance.width[i];
    change[lifeEnd(instance, starts, i)] -= instance.width[i];
  }
  return summed(std::move(change));
}
