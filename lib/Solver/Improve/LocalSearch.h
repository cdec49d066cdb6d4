//===- LocalSearch.h - Annealed moves on the exact cost ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The polish: simulated annealing from a good schedule, started cool, with
/// profiles kept up to date. A proposal moves one node; nodes in its way are
/// pushed along their edges.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_LOCALSEARCH_H
#define GAUS_LIB_SOLVER_IMPROVE_LOCALSEARCH_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>

namespace gaus {

struct LocalSearchOptions {
  int64_t proposals = 1000000;
  uint64_t seed = 0;
  /// First temperature as a share of the mean |change| of a proposal.
  double heat = 0.02;
  /// First weight of a unit above a resource's target, in prices of the peak
  /// over all cycles.
  double excess = 3;
  /// How far the target of live memory is below the best peak at first, as a
  /// share of it; a few units where the peak is small. In the end the target is
  /// one below.
  double depth = 0.05;
};

struct LocalSearchResult {
  std::vector<int32_t> starts;
  /// Overuse of limits, summed over cycles; 0 = legal.
  int64_t overuse = 0;
  int64_t cost = 0;
  int64_t proposals = 0;
  /// Cycles of profiles that were visited to place targets.
  int64_t visited = 0;
  /// What was reached after how many proposals, each better than the one
  /// before.
  struct Progress {
    int64_t proposals, overuse, cost;
  };
  std::vector<Progress> progress;
};

/// Improves `starts`, which satisfy [Dep], [Win] and [Lat] (limits may be
/// overused: the search then first repairs them). The result keeps [Dep], [Win]
/// and [Lat] and is never worse, by overuse first and then cost. `stop` ends it
/// early.
LocalSearchResult localSearch(const Instance &instance,
                              std::span<const int32_t> starts,
                              const LocalSearchOptions &options,
                              const Stop &stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_LOCALSEARCH_H
