//===- Arrays.cpp - Sizes of the arrays on a device -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Arrays.h"

using namespace gaus;
using namespace gaus::kernels;

template <class T> static int64_t sizeOf(const std::vector<T> &v) {
  return static_cast<int64_t>(v.size());
}

Sizes::Sizes(const Instance &instance, const dev::KernelPlan &plan)
    : n(instance.numNodes), m(instance.numEdges),
      numUses(sizeOf(instance.useResource)),
      numResources(instance.numResources), numProfiles(sizeOf(plan.profiles)),
      numHeavyOut(sizeOf(plan.heavyOut)), numHeavy(sizeOf(plan.heavy)),
      numLevels(sizeOf(plan.levelBegin) - 1),
      numLevelNodes(sizeOf(plan.levelNode)), numCycles(instance.numCycles),
      numSlots(instance.slots()), memory(plan.memoryProfile >= 0) {}

void Sizes::setOptions(const DescentOptions &options) {
  numSteps = options.steps;
  numPeriods = options.steps / options.period + 1;
}

DeviceBytes kernels::deviceBytes(const Counts &counts) {
  DeviceBytes bytes;
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  bytes.shared += counts.Name() * int64_t(sizeof(Type));
#define PLAN_ARRAY INSTANCE_ARRAY
#define STEPS_ARRAY INSTANCE_ARRAY
#define REPLICA_ARRAY(Type, Name, Count, Begins)                               \
  bytes.replica += counts.Name() * int64_t(sizeof(Type));
#include "Arrays.def"
  return bytes;
}
