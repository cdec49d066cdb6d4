//===- Observer.h - What a search has reached so far ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For whoever watches a solve: progress bars, logs, a program that has seen
/// enough. Nothing that the solver decides depends on an observer; a request to
/// end early is a Stop.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_SOLVER_OBSERVER_H
#define GAUS_SOLVER_OBSERVER_H

#include "gaus/Core/Schedule.h"

#include <functional>
#include <span>
#include <string_view>

namespace gaus {

/// Where a search is, and its best schedule.
struct Reached {
  /// A solve consists of several searches where an II or a length is looked
  /// for: what this one minimises, at which II and length (0 = none).
  Objective objective = Objective::Latency;
  int32_t ii = 0, length = 0;
  /// The part at work ("construct", "learning", "descent", ...): number
  /// `begun` >= 1 of at most `parts`.
  std::string_view part;
  int32_t begun = 0, parts = 0;
  /// A lower bound on the objective; the value of the best schedule, where
  /// `starts` is not empty. `starts` is valid during the call alone.
  int64_t bound = 0, cost = 0;
  std::span<const int32_t> starts;
};

/// Called when a part begins and for every better schedule, from the thread
/// that runs the search (not the caller's), one call at a time. In the same
/// order with the same values for every number of threads. Must not throw.
using Observer = std::function<void(const Reached &)>;

} // namespace gaus

#endif // GAUS_SOLVER_OBSERVER_H
