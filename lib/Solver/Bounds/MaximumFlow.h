//===- MaximumFlow.h - The cut behind a closure -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A least cut between "set" and "not set" of variables that imply each other,
/// and the one place behind which a library finds it: Boost's algorithm of
/// Boykov and Kolmogorov, or none in a build without it (GAUS_WITH_BOOST).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_MAXIMUMFLOW_H
#define GAUS_LIB_SOLVER_BOUNDS_MAXIMUMFLOW_H

#include "gaus/Core/Stop.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace gaus {

/// Whether this build has a library for cuts.
bool hasMaximumFlows();

class MaximumFlow {
public:
  /// Variables 0 .. variables - 1; an implication {a, b}: if a is set, b is.
  MaximumFlow(std::vector<std::pair<int32_t, int32_t>> implications,
              int32_t variables);
  ~MaximumFlow();

  /// What is left of the cost of a variable that is not set, and of one that
  /// is.
  int64_t unset(int32_t variable) const;
  int64_t set(int32_t variable) const;
  void setCosts(int32_t variable, int64_t unset, int64_t set);
  /// All costs and flows become 0.
  void clear();

  /// Sends what can be sent and returns it; the costs become what is left.
  /// `work` falls by the number of arcs that were looked at; where it would
  /// fall below 0, or `stop` becomes true, there is no result, and `clear` must
  /// follow. There is none in a build without a library.
  std::optional<int64_t> push(int64_t &work, const Stop &stop);
  /// In the cut of the last push.
  bool isSet(int32_t variable) const;

private:
  struct Network;
  std::unique_ptr<Network> network;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_MAXIMUMFLOW_H
