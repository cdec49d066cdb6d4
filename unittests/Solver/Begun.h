//===- Begun.h - A solve that has begun -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What a part of the portfolio is given: a context and an instance, and the
/// schedules of lists, so that each part can be run alone.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SOLVER_BEGUN_H
#define GAUS_UNITTESTS_SOLVER_BEGUN_H

#include "Construct/Heuristics.h"
#include "Portfolio/Workspace.h"

#include <memory>

namespace gaus::test {

/// Keeps what the context refers to.
struct Begun {
  SolverOptions options;
  Problem p; ///< resolved
  std::unique_ptr<Workspace> workspace;

  const Context &c() const { return workspace->context(); }
  const Instance &instance() const { return workspace->instance(); }
  Incumbent &incumbent() const { return c().incumbent; }
};

/// Null where windows and simple bounds leave no schedule. The lists have
/// offered theirs, and the arrays are built.
inline std::unique_ptr<Begun> begin(const Problem &p,
                                    const SolverOptions &options) {
  auto begun = std::make_unique<Begun>();
  begun->options = options;
  begun->options.threads = 1;
  Outcome<Problem> resolved = resolve(p, begun->options);
  if (!resolved)
    return nullptr;
  begun->p = *resolved;
  auto workspace = Workspace::create(begun->p, begun->options);
  if (!workspace)
    return nullptr;
  begun->workspace = std::move(*workspace);
  offerLists(begun->c());
  if (begun->workspace->buildArrays({}))
    return nullptr;
  return begun;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SOLVER_BEGUN_H
