//===- Memory.h - What a problem needs --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Estimates of memory in bytes, before anything is allocated: functions of
/// the problem and the options alone, not of the number of threads, so that it
/// does not decide about a result. Rather too much than too little. Not
/// counted: cut networks, integer programs and formulas, whose sizes an effort
/// bounds, and a device's memory, even where the host plays the device (simt).
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_PORTFOLIO_MEMORY_H
#define GAUS_LIB_SOLVER_PORTFOLIO_MEMORY_H

#include "gaus/Core/MemoryLimit.h"
#include "gaus/Solver/Options.h"

namespace gaus {

/// What `options` allow.
int64_t memoryLimit(const SolverOptions &options);

/// The arrays of a problem.
int64_t problemBytes(const Problem &p);
/// Problem, adjacency, order, windows and what schedules without a search take.
int64_t heuristicBytes(const Problem &p);

/// How many parts of a search run at once, whatever the number of threads.
struct Lanes {
  int32_t descents = 0, searches = 0;
  int32_t steps = 0; ///< of a descent
};
/// Those of a whole solve; `searches`: not the heuristics alone.
Lanes portfolioLanes(const Problem &p, const SolverOptions &options,
                     bool searches);

struct SearchBytes {
  int64_t arrays = 0;   ///< Instance, and what a backend keeps of it, once
  int64_t descents = 0; ///< those that run at once
  int64_t searches = 0; ///< local searches that run at once, and ejection

  /// Descents and searches take turns.
  int64_t total() const {
    return arrays + (descents > searches ? descents : searches);
  }
};
/// With profiles of `cycles` cycles, see numProfileCycles.
SearchBytes searchBytes(const Problem &p, int64_t cycles,
                        const SolverOptions &options, const Lanes &lanes);

/// An error if the options do not allow even the heuristics.
std::optional<Diagnostic> checkMemory(const Problem &p,
                                      const SolverOptions &options);
} // namespace gaus

#endif // GAUS_LIB_SOLVER_PORTFOLIO_MEMORY_H
