//===- Starts.h - Where descents start --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// First means and widths of the replicas of a batch of descents.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_RELAX_STARTS_H
#define GAUS_LIB_SOLVER_RELAX_STARTS_H

#include "Context/Budgets.h"
#include "Context/Context.h"

#include "gaus/Device/Backend.h"

namespace gaus {

/// Means in the middle of windows.
std::vector<float> midWindow(std::span<const int32_t> asap,
                             std::span<const int32_t> alap);
/// `mean` within the windows.
void clampToWindows(const Instance &instance, std::vector<float> &mean);

/// Moves means at random by up to `share` of their windows, within these. Nodes
/// in the same place of a symmetric graph have equal gradients for ever:
/// without it they never part. `member`: of Stream::Replicas.
void shake(std::vector<float> &mean, float share, const Instance &instance,
           uint64_t seed, uint64_t member);

/// The replicas that a descent of the portfolio begins with. `existing` is a
/// previous schedule, if not empty.
std::vector<Replica> makeReplicas(const Context &c, const Instance &instance,
                                  const DescentBudget &budget,
                                  std::span<const int32_t> existing);

/// Steps and rates of a descent.
DescentOptions descentOptions(const Context &c, const DescentBudget &budget);

/// A replica in the middle between two schedules, wide where they differ.
Replica between(const Instance &instance, float kappa,
                std::span<const int32_t> a, std::span<const int32_t> b);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_RELAX_STARTS_H
