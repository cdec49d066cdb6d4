//===- View.h - The descent's state as the kernels see it -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Arrays of the problem and of a batch of replicas, as pointers with sizes. A
/// kernel gets one View by value. Arrays of a replica lie one after the other:
/// entry i of replica b is at b * (size of one) + i.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_VIEW_H
#define GAUS_LIB_DEVICE_KERNELS_VIEW_H

#include "../plan/KernelPlan.h"
#include "../plan/Steps.h"

#include <cstdint>

namespace gaus::kernels {

/// An array in global memory. Contexts access it; the host one checks bounds.
template <class T> struct DeviceArray {
  T *data = nullptr;
  int64_t size = 0;
  bool operator==(const DeviceArray &) const = default;
};

using dev::kCandidates, dev::kMaxSnapshots, dev::kHeavyDegree;
using dev::kLossLanes, dev::kLossBlocks;
using dev::ProfileInfo, dev::Step;
inline constexpr int32_t kWarp = 32;

/// Scalars of a replica.
struct ReplicaState {
  float rho, penalty, meanGradient;
  int32_t step;
  int32_t periods;       ///< roundings done
  int32_t violationBits; ///< largest violation as a float's bits
  int32_t hasBest;
  int32_t chosen; ///< candidate that became the best; -1 = none did
  int64_t gradientSum;
  int64_t bestOveruse, bestCost;
};

struct TraceEntry {
  double loss, violation;
  int64_t cost;
};

/// Scalars, and an array for every row of Arrays.def.
struct View {
  int32_t n, m, numResources, numProfiles, memoryProfile;
  int32_t numCycles, slots, replicas;
  int32_t numLevels, cyclic;
  int32_t nodesPerSums;       ///< nodes of a block in AddEvents
  int32_t level, levelBlocks; ///< of the launch of LegalizeLevel
  float stddevFloor, lastUseInverse;
  int64_t ratio, alpha, memoryWeight, lengthWeight, commConstant;

#define INSTANCE_ARRAY(Type, Name, Count) DeviceArray<const Type> Name;
#define PLAN_ARRAY(Type, Name, Count) DeviceArray<const Type> Name;
#define STEPS_ARRAY(Type, Name, Count) DeviceArray<const Type> Name;
#define REPLICA_ARRAY(Type, Name, Count, Begins) DeviceArray<Type> Name;
#include "Arrays.def"

  bool operator==(const View &) const = default;
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_VIEW_H
