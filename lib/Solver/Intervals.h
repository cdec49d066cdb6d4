//===- Intervals.h - The smallest II that has a schedule --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What solve does around the portfolio: it tries one initiation interval after
/// the other.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_INTERVALS_H
#define GAUS_LIB_SOLVER_INTERVALS_H

#include "Context/Deadline.h"

#include "gaus/Solver/Solver.h"

#include <functional>

namespace gaus {

/// What is known of an II after it was tried.
struct Attempt {
  int32_t ii = 0; ///< 0 if it could not be told
  /// Why it has no schedule: nothing is known, windows and bounds, or search.
  enum { Open, ByBound, BySearch } ruledOut = Open;
};

/// Solves at the II that the options name.
using SolveAt =
    std::function<Outcome<Solution>(const SolverOptions &, Attempt &)>;

/// With an II to be found, after `first` ended with `refusal`: the larger ones.
/// The next ones up to a number of tries; then those that forced use does not
/// rule out, in growing steps; then back by halves. The solution says whether
/// all smaller II are ruled out; the error says which are not.
Outcome<Solution> raiseII(const Problem &p, const SolverOptions &options,
                          Attempt first, Diagnostic refusal,
                          const SolveAt &solveAt, const Deadline &deadline);

/// True for the constraints of the problem; other codes say nothing about it.
bool isProof(const Diagnostic &d);
/// True for what ended a search before it could tell: another II may do.
bool isUnfinished(const Diagnostic &d);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_INTERVALS_H
