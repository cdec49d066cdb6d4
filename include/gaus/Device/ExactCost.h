//===- ExactCost.h - What a schedule pays for -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The exact cost of a schedule from an instance's arrays:
///
///   ratio * sum price * peak + alpha * Com + memoryWeight * Mem
///   + lengthWeight * T
///
/// for all that runs on the host; the kernels of
/// lib/Device/kernels/Candidates.h compute the same. `starts` has numNodes
/// entries within the windows. Sums that could overflow were refused when the
/// problem was resolved.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_EXACTCOST_H
#define GAUS_DEVICE_EXACTCOST_H

#include "gaus/Device/Instance.h"

#include <algorithm>
#include <span>

namespace gaus {

/// What a unit of a resource's peak costs.
inline int64_t unitPrice(const Instance &instance, int32_t resource) {
  return instance.ratio * instance.price[resource];
}

/// Whether only the peak of live memory costs something: some searches then
/// lower one crowded cycle after the other instead of the cost.
inline bool memoryAlone(const Instance &instance) {
  return instance.memoryWeight > 0 && instance.ratio == 0 &&
         instance.alpha == 0 && instance.lengthWeight == 0;
}

/// Whether the use of a resource matters: it is paid for or limited.
inline bool isTracked(const Instance &instance, int32_t resource) {
  return unitPrice(instance, resource) != 0 || instance.limit[resource] >= 0;
}

/// The first cycle, unfolded, in which the value of `node` is no longer live:
/// that of its birth if it never is.
inline int32_t lifeEnd(const Instance &instance,
                       std::span<const int32_t> starts, int32_t node) {
  int32_t end = starts[node] + instance.bornAfter[node];
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k)
    if (instance.outShift[k] >= 0)
      end = std::max(end, starts[instance.outTarget[k]] + instance.outShift[k]);
  return end;
}

/// alpha * Com.
inline int64_t communicationCost(const Instance &instance,
                                 std::span<const int32_t> starts) {
  int64_t cost = instance.alpha * instance.commConstant;
  if (instance.alpha != 0)
    for (int32_t i = 0; i < instance.numNodes; ++i)
      cost += instance.commSlope[i] * starts[i];
  return cost;
}

/// lengthWeight * T.
inline int64_t lengthCost(const Instance &instance,
                          std::span<const int32_t> starts) {
  int32_t end = 0;
  if (instance.lengthWeight != 0)
    for (int32_t i = 0; i < instance.numNodes; ++i)
      end = std::max(end, starts[i] + instance.duration[i]);
  return instance.lengthWeight * end;
}

/// The whole of it. `communication` is communicationCost; `peak(r)`, called for
/// every tracked resource in their order, the most units of it in use, and
/// `peak(-1)`, last and where memory counts, the largest live memory.
template <class Peak>
int64_t exactCost(const Instance &instance, std::span<const int32_t> starts,
                  int64_t communication, const Peak &peak) {
  int64_t cost = communication;
  for (int32_t r = 0; r < instance.numResources; ++r)
    if (isTracked(instance, r))
      cost += unitPrice(instance, r) * peak(r);
  if (instance.memoryWeight != 0)
    cost += instance.memoryWeight * peak(int32_t(-1));
  return cost + lengthCost(instance, starts);
}

} // namespace gaus

#endif // GAUS_DEVICE_EXACTCOST_H
