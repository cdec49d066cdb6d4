//===- Plan.h - The parts in their order ------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The whole portfolio on a resolved problem: a table of steps, each with a
/// name, when it applies, and what it runs.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_PORTFOLIO_PLAN_H
#define GAUS_LIB_SOLVER_PORTFOLIO_PLAN_H

#include "Intervals.h"
#include "Portfolio/Budget.h"
#include "Resolve.h"

#include <memory>

namespace gaus {

/// What an effort gives each part.
using BudgetOf = Budget (*)(const Problem &, int32_t effort);

/// Schedules that a solve may begin with; each may be empty.
struct GivenStarts {
  std::span<const int32_t> existing; ///< the user's
  /// One within the length, taken where no list finds one.
  std::span<const int32_t> shortest;
  /// The cost that is enough, or kUnlimited.
  int64_t enough = kUnlimited;
};

/// `attempt` says whether the II was ruled out. Tests of the order of the parts
/// give these less to do.
Outcome<Solution> runPortfolio(Resolved resolved, const SolverOptions &options,
                               const GivenStarts &given, Attempt &attempt,
                               std::shared_ptr<const Deadline> deadline,
                               BudgetOf budgetOf = &Budget::of);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_PORTFOLIO_PLAN_H
