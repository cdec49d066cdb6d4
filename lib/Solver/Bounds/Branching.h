//===- Branching.h - Closing the last gap by branching ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Branch and bound on the windows of starts, with the bounds of priced cuts:
/// proves that nothing is better than a known cost, in exact integers.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_BRANCHING_H
#define GAUS_LIB_SOLVER_BOUNDS_BRANCHING_H

#include "Bounds/PricedCuts.h"

namespace gaus {

struct Branching {
  /// True if no schedule costs less than `upper`: proven.
  bool proven = false;
  /// Schedules without a fraction, which are worth a look.
  std::vector<std::vector<int32_t>> starts;
};

/// Branches below the root's run, until `work` arcs of networks were looked at.
/// Limits of resources are left out: what is proven without them holds with
/// them, too.
Branching branch(const Instance &instance, const PricedRun &root, int64_t upper,
                 int64_t work, const Stop &stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_BRANCHING_H
