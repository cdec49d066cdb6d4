//===- Steps.h - The parameters of every step -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What the options alone say: a row for each step of a descent. The parameters
/// are the host's doubles, rounded once, so every backend gets the same floats.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_PLAN_STEPS_H
#define GAUS_LIB_DEVICE_PLAN_STEPS_H

#include "gaus/Device/Backend.h"
#include "gaus/Device/Distribution.h"

namespace gaus::dev {

/// Parameters of a step, the same for all replicas.
struct Step {
  StepParameters now;
  int32_t snapshot; ///< where to keep the means after the step; -1 = nowhere
};

/// Most snapshots of a descent, see Replica::snapshots.
inline constexpr int32_t kMaxSnapshots = 8;

std::vector<Step> planSteps(const DescentOptions &options);

} // namespace gaus::dev

#endif // GAUS_LIB_DEVICE_PLAN_STEPS_H
