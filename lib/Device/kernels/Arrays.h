//===- Arrays.h - Sizes of the arrays on a device ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How many entries each row of Arrays.def has, and what all of them take.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_ARRAYS_H
#define GAUS_LIB_DEVICE_KERNELS_ARRAYS_H

#include "View.h"

namespace gaus::kernels {

/// What an array holds when a descent begins; see Arrays.def.
enum class Begins { Given, Zero, Unset };

/// What the counts in Arrays.def are made of.
struct Sizes {
  Sizes(const Instance &instance, const dev::KernelPlan &plan);
  /// Before it, there are no steps.
  void setOptions(const DescentOptions &options);

  int64_t n, m, numUses, numResources, numProfiles;
  int64_t numHeavyOut, numHeavy, numLevels, numLevelNodes;
  int64_t numCycles, numSlots;
  int64_t memory; ///< 1 if memory has a profile, else 0
  int64_t numSteps = 0, numPeriods = 0;

  /// Entries of the profiles by cycle, and by slot.
  int64_t rows() const { return numProfiles * (numCycles + 2); }
  int64_t cells() const { return numProfiles * numSlots; }
};

/// Entries of each array (of one replica's, for those), by its name.
struct Counts : Sizes {
  using Sizes::Sizes;
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  int64_t Name() const { return Count; }
#define PLAN_ARRAY INSTANCE_ARRAY
#define STEPS_ARRAY INSTANCE_ARRAY
#define REPLICA_ARRAY(Type, Name, Count, Begins) INSTANCE_ARRAY(, Name, Count)
#include "Arrays.def"
};

/// Bytes on the device for a replica and for what all replicas share, exactly
/// but for what each allocation is rounded up by.
struct DeviceBytes {
  int64_t shared = 0, replica = 0;
};
DeviceBytes deviceBytes(const Counts &counts);

/// Rows of Arrays.def: so many allocations at most.
inline constexpr int32_t kNumArrays = 0
#define INSTANCE_ARRAY(Type, Name, Count) +1
#define PLAN_ARRAY INSTANCE_ARRAY
#define STEPS_ARRAY INSTANCE_ARRAY
#define REPLICA_ARRAY(Type, Name, Count, Begins) +1
#include "Arrays.def"
    ;

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_ARRAYS_H
