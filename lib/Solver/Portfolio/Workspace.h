//===- Workspace.h - All that belongs to one solve --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Owns what a context refers to.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_PORTFOLIO_WORKSPACE_H
#define GAUS_LIB_SOLVER_PORTFOLIO_WORKSPACE_H

#include "Context/Context.h"
#include "Portfolio/Memory.h"
#include "Relax/Descents.h"
#include "Resolve.h"

#include <memory>

namespace gaus {

class Workspace {
public:
  /// `p` is resolved, as given from outside: it is checked. Fails where
  /// computeWindows fails, where options are out of range, where a wish for a
  /// backend cannot be met (also where nothing would be descended), and where
  /// the trace cannot be written. `deadline`: of all that belongs to a solve;
  /// made here if null.
  static Outcome<std::unique_ptr<Workspace>>
  create(const Problem &p, const SolverOptions &options,
         std::shared_ptr<const Deadline> deadline = nullptr);
  /// The same of what resolveChecked made.
  static Outcome<std::unique_ptr<Workspace>>
  ofChecked(Resolved resolved, const SolverOptions &options,
            std::shared_ptr<const Deadline> deadline);

  /// Cuts an open horizon to what the best schedule needs and builds the
  /// arrays. Why not, if the horizon is too long for profiles (code "input"),
  /// or the arrays with what works on them are beyond the memory limit
  /// ("memory"): that is known before anything is allocated.
  std::optional<Diagnostic> buildArrays(const Lanes &lanes);

  const Context &context() const { return c; }
  Descents &descents() { return *backend; }
  /// Of the problem; empty before `buildArrays`.
  const Instance &instance() const { return arrays; }

private:
  Workspace(CompiledProblem problem, const SolverOptions &options,
            std::shared_ptr<const Deadline> deadline,
            std::unique_ptr<Trace> trace);

  CompiledProblem problem;
  std::shared_ptr<const Deadline> deadline;
  std::unique_ptr<Trace> trace;
  Instance arrays;
  Incumbent incumbent;
  Pool pool;
  Landmarks landmarks;
  Context c;
  std::unique_ptr<Descents> backend;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_PORTFOLIO_WORKSPACE_H
