//===- LiveLimit.h - Schedules within so much live memory -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A limit of live memory. The parts respect it where they can, and the
/// verifier refuses what is above it; where that does not end with a proof, the
/// problem is solved for `memory`: a schedule of at most the limit is one, a
/// bound above it proves that there is none, at this length and all shorter
/// ones.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LIVELIMIT_H
#define GAUS_LIB_SOLVER_LIVELIMIT_H

#include "Intervals.h"
#include "Portfolio/Plan.h"

namespace gaus {

/// Solves a resolved problem, with a limit of live memory or without.
using SolveResolved = std::function<Outcome<Solution>(
    Resolved, const SolverOptions &, const GivenStarts &, Attempt &)>;

/// Solves `resolved`, which has a limit of live memory, with any objective.
/// `attempt` says whether it is proven that there is no schedule.
Outcome<Solution> solveWithinLive(const Resolved &resolved,
                                  const SolverOptions &options,
                                  const GivenStarts &given, Attempt &attempt,
                                  const Deadline &deadline,
                                  const SolveResolved &solve);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LIVELIMIT_H
