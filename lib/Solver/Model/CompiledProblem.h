//===- CompiledProblem.h - A problem with its windows -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A resolved problem, its adjacency, components and windows: computed once a
/// solve.
/// Model/Instance.h makes the arrays of it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODEL_COMPILEDPROBLEM_H
#define GAUS_LIB_SOLVER_MODEL_COMPILEDPROBLEM_H

#include "gaus/Core/Windows.h"

namespace gaus {

/// The resolved problem with what is computed of it once a solve.
struct CompiledProblem {
  Problem p;
  Adjacency adj;
  Components components;
  Windows windows;
  bool hasLimits = false;

  /// Fails where computeWindows fails. `earliest`, where they are known
  /// already, are those of `resolved`.
  static Outcome<CompiledProblem> of(Problem resolved,
                                     std::optional<EarliestStarts> earliest,
                                     const Stop *stop);
  /// The windows in another length, at least their depth. Nothing where `stop`
  /// ended it.
  std::optional<Windows> windowsWithin(int32_t length, const Stop *stop) const;
  /// True if an II times a distance is a cycle number, and profiles of the
  /// slots are not too long.
  bool foldsFit() const;
  /// True if every node has a last start.
  bool bounded() const;
};

/// Cycles within which there is a shortest schedule, if there is any; nothing
/// where that is not known: with an II and a limit of live memory.
std::optional<int64_t> completeHorizon(const Problem &p);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODEL_COMPILEDPROBLEM_H
