//===- DifferenceFlow.h - Least lifetimes by minimum cost flow --*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Schedules that are optimal for a sum over difference constraints: least
/// total communication, or least total lifetime weighted by width. The linear
/// program over [Dep], [Win] and [Lat] is the dual of a minimum cost flow,
/// whose potentials are integer starts. Costs of single starts that are convex
/// and bent at whole cycles are a few arcs more.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_DIFFERENCEFLOW_H
#define GAUS_LIB_SOLVER_CONSTRUCT_DIFFERENCEFLOW_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <optional>
#include <span>

namespace gaus {

/// A cost of the start of `node`: `price` >= 0 for each cycle by which it is
/// before `cycle`, or after it.
struct FlowBend {
  int32_t node, cycle;
  int64_t price;
  bool before;
};

struct FlowSchedule {
  std::vector<int32_t> starts;
  /// Least sum: alpha * Com (without the constant part) if the instance has a
  /// communication weight, else total width * lifetime; times the scale, and
  /// the costs of the bends.
  int64_t sum = 0;
};

/// The weights of the sum, times the scale, and the prices of the bends add up
/// to no more than this: costs are summed in 64 bits.
inline constexpr int64_t kLargestFlow = int64_t(1) << 40;

/// Whether this build has a library for flows (GAUS_WITH_LEMON).
bool hasDifferenceFlows();

/// Solves by network simplex: the least of `scale` times the sum plus the
/// bends. Empty if the numbers are too large for it, where `stop` ended it, and
/// in a build without a library for flows.
std::optional<FlowSchedule> differenceFlow(const Instance &instance,
                                           int64_t scale = 1,
                                           std::span<const FlowBend> bends = {},
                                           const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_DIFFERENCEFLOW_H
