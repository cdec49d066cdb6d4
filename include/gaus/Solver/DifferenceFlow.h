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
/// whose potentials are integer starts.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_SOLVER_DIFFERENCEFLOW_H
#define GAUS_SOLVER_DIFFERENCEFLOW_H

#include "gaus/Device/RelaxationData.h"

#include <optional>

namespace gaus {

struct FlowSchedule {
  std::vector<int32_t> starts;
  /// Least sum: alpha * Com (without the constant part) if the data has a
  /// communication weight, else total width * lifetime.
  int64_t sum = 0;
};

/// Solves by network simplex. Empty if the numbers are too large for it.
std::optional<FlowSchedule> differenceFlow(const RelaxationData &data);

} // namespace gaus

#endif // GAUS_SOLVER_DIFFERENCEFLOW_H
