//===- SmallData.h - Arrays of a small problem ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A problem as the solver's parts see it, and all of its schedules.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SOLVER_SMALLDATA_H
#define GAUS_UNITTESTS_SOLVER_SMALLDATA_H

#include "Reference.h"

#include "Model/Instance.h"
#include "gaus/Solver/Solver.h"

namespace gaus::test {

struct ProblemData {
  Problem p; ///< with its length, but without the edges that stand for chains
  SolverOptions options;
  Instance instance;

  int64_t costOf(const Starts &s) const {
    return referenceCost(p, s).value(options.objective, options.weights);
  }
};

/// In `factor` times the least length. Nothing where windows and simple
/// bounds leave no schedule.
inline std::optional<ProblemData>
problemData(const Problem &p, Objective objective, double factor) {
  ProblemData d;
  d.options.objective = objective;
  d.options.length.kind = LengthChoice::Factor;
  d.options.length.factorMillionths = static_cast<int64_t>(factor * 1e6);
  Outcome<Problem> resolved = resolve(p, d.options);
  if (!resolved)
    return std::nullopt;
  Outcome<Windows> windows = computeWindows(*resolved);
  if (!windows)
    return std::nullopt;
  Adjacency adj(*resolved);
  d.instance = buildInstance(*resolved, adj, findComponents(*resolved, adj),
                             *windows, d.options);
  d.p = p;
  d.p.ii = resolved->ii;
  d.p.length = resolved->length;
  return d;
}

/// Every legal schedule.
inline std::vector<Starts> allSchedules(const Problem &p) {
  std::vector<Starts> all;
  forAllSchedules(p, p.length, [&](const Starts &s) { all.push_back(s); });
  return all;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SOLVER_SMALLDATA_H
