//===- Resolve.h - Input, checked once, and what is settled of it -*- C++
//-*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The public face checks what it is given; what is behind it takes problems
/// that were checked and checks only what it has changed.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_RESOLVE_H
#define GAUS_LIB_SOLVER_RESOLVE_H

#include "Context/Deadline.h"

#include "gaus/Core/Windows.h"
#include "gaus/Solver/Solver.h"

#include <memory>

namespace gaus {

bool hasDistances(const Problem &p);

/// Options out of range, what Problem::validate finds, or a problem beyond the
/// memory limit.
std::optional<Diagnostic> checkInput(const Problem &p,
                                     const SolverOptions &options);
/// The same, and costs that the weights make too large.
std::optional<Diagnostic> checkResolved(const Problem &p,
                                        const SolverOptions &options);

/// A valid problem with its II and length, and what was computed on the way.
struct Resolved {
  Problem p;
  std::optional<EarliestStarts> earliest;
};
/// `resolve` of what has passed checkInput. options.timeLimit is not asked.
Outcome<Resolved> resolveChecked(const Problem &p,
                                 const SolverOptions &options);

/// `settleLength` of what has passed checkInput, within `deadline`.
Outcome<SettledOptions> settleChecked(const Problem &p,
                                      const SolverOptions &options,
                                      std::shared_ptr<const Deadline> deadline);

/// `solve` of what has passed checkInput, with the threads that there are,
/// within `deadline`.
Outcome<Solution> solveChecked(const Problem &p, const SolverOptions &options,
                               std::span<const int32_t> existing,
                               std::shared_ptr<const Deadline> deadline);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_RESOLVE_H
