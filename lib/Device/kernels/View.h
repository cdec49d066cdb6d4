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

#include "gaus/Device/Distribution.h"

#include <cstdint>

namespace gaus::kernels {

/// An array in global memory. Contexts access it; the host one checks bounds.
template <class T> struct Span {
  T *data = nullptr;
  int64_t size = 0;
};

using dev::kCandidates;
/// Most snapshots of a descent, see Replica::snapshots.
inline constexpr int32_t kMaxSnapshots = 8;
/// Lanes of the sum in the traced loss: so many blocks of so many.
inline constexpr int32_t kLossLanes = 256, kLossBlocks = 16;
inline constexpr int32_t kWarp = 32;
/// A node with more edges than this has a warp for them; see EdgeTeam.
inline constexpr int32_t kHeavyDegree = 8;

/// Parameters of a step, the same for all replicas.
struct Step {
  dev::StepParameters now;
  int32_t snapshot; ///< where to keep the means after the step; -1 = nowhere
};

/// What a profile costs; see cpu::ProfileRules.
struct ProfileInfo {
  int32_t resource; ///< -1 = memory
  int32_t peak;     ///< 1: the smooth peak counts
  int64_t limit;    ///< as the profile adds units; -1 = none
  float unitLoss;   ///< loss of one unit's peak
  float unit;       ///< price of one unit of the sums
  double priceScale;
};

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

/// Scalars, and a Span for every row of Arrays.def.
struct View {
  int32_t n, m, numResources, numProfiles, memoryProfile;
  int32_t numCycles, slots, replicas;
  int32_t numLevels, cyclic;
  int32_t nodesPerWindow;     ///< nodes of a block in AddEvents
  int32_t level, levelBlocks; ///< of the launch of LegalizeLevel
  float stddevFloor, lastUseInverse;
  int64_t ratio, alpha, memoryWeight, lengthWeight, commConstant;

#define INSTANCE_ARRAY(Type, Name, Count) Span<const Type> Name;
#define PLAN_ARRAY(Type, Name, Count) Span<const Type> Name;
#define STEPS_ARRAY(Type, Name, Count) Span<const Type> Name;
#define REPLICA_ARRAY(Type, Name, Count) Span<Type> Name;
#include "Arrays.def"
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_VIEW_H
