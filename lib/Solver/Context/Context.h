//===- Context.h - What a part of the portfolio gets ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What all parts share. A part takes this, the problem as arrays and a budget;
/// it does not know the others.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_CONTEXT_H
#define GAUS_LIB_SOLVER_CONTEXT_CONTEXT_H

#include "Context/Incumbent.h"
#include "Context/Pool.h"
#include "Model/CompiledProblem.h"

namespace gaus {

/// Schedules that other parts begin from.
struct Landmarks {
  /// Of least communication or lifetime, where it was computed.
  Starts leastFlow;
  /// Depth-first schedules, where they were made.
  std::vector<Starts> depthFirst;
  /// The best one before the first descent: the heuristics'.
  Starts firstBest;
};

struct Context {
  const CompiledProblem &problem;
  const SolverOptions &options;
  Payment pays;
  const Deadline &deadline;
  Trace &trace;
  Incumbent &incumbent;
  Pool &pool;
  Landmarks &landmarks;

  const Problem &p() const { return problem.p; }
  /// For the algorithms, which poll it.
  const Stop &stop() const { return deadline.flag(); }
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_CONTEXT_H
