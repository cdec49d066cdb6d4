//===- WrittenSchedule.h - A schedule as attributes -------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The one place between attributes and schedules. Of what is written it says
/// which problem the starts on a scope solve. Its interval and length are those
/// of the options; else those among the written results; else, where there are
/// results, none; else the scope's own (of a gaus.graph). A loop without an
/// interval runs its iterations apart, and the edges between them, which then
/// hold, are left out.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_WRITTENSCHEDULE_H
#define GAUS_TRANSFORMS_WRITTENSCHEDULE_H

#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// What stands on a scope and its operations.
struct WrittenSchedule {
  /// By node of the scope: 0 .. kMaxCycle, or -1 where there is no start.
  std::vector<int64_t> starts;
  size_t missing = 0;
  /// 1 .. 2 kMaxCycle (the last start and a latency), 1 .. kMaxCycle
  std::optional<int32_t> length, ii;
  std::optional<int64_t> cost, bound;
  /// "bound", "exact" or "undecided"
  std::optional<std::string> iiProof;
  /// Whether a pass has written results: a length, an interval or a cost on the
  /// scope, distributions; in a loop, which has no wishes of its own, a start.
  bool results = false;

  bool complete() const { return missing == 0; }
  /// All starts; empty if one is missing.
  gaus::Starts complete32() const;
};

/// Reads the attributes of a scope that has been built.
WrittenSchedule readWritten(const Scope &scope);

/// Puts what is written in the place of options that are not given, and takes
/// the scope's own length from its problem where results have none.
void adoptWritten(Scope &scope, const WrittenSchedule &written,
                  gaus::SolverOptions &options);

/// Makes the scope's problem the one that the written starts solve, with the
/// clock of `options` if they have one. `ii=auto` asks for nothing here: what
/// is written counts. Emits an error and fails where a length as a factor
/// cannot be told.
mlir::LogicalResult settleWritten(Scope &scope, const WrittenSchedule &written,
                                  const gaus::SolverOptions &options = {});

/// Writes what `p` limits of live memory, and which values it counts.
void writeMemory(const Scope &scope, const gaus::Problem &p);

/// Writes starts and results, and removes those that the solution does not
/// have. A warning at operations that are printed without their attributes.
void writeSolution(Scope &scope, const gaus::Solution &solution);

/// The state between the steps of a solve, as `gaus.dist` on the operations.
void writeDistributions(Scope &scope, const gaus::Distributions &state);
/// An error where an operation has none.
mlir::FailureOr<gaus::Distributions> readDistributions(const Scope &scope);

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_WRITTENSCHEDULE_H
