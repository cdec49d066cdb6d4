//===- Alternatives.h - Operations of which one takes place -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Of two operations on ways that exclude each other an iteration takes at most
/// one. Where they start in the same cycle, and after it is known which, they
/// need the units of one. `gaus.alternative = k` says so of all operations of a
/// scope that have the same k. docs/spec.md, "Alternatives", defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_ALTERNATIVES_H
#define GAUS_LIB_TRANSFORMS_LOOPS_ALTERNATIVES_H

#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/Scope.h"

#include "llvm/ADT/DenseSet.h"

namespace gaus::ir {

/// Of a loop's scope that is built, and has none: writes `gaus.alternative` on
/// operations that exclude each other, use the same units for as long, and may
/// start together: of resources whose limits ask for an interval above `least`.
/// False if there are none.
bool markAlternatives(Scope &scope, int64_t least);

/// Where alternatives allow a smaller interval than `solution`, without an
/// interval a smaller cost, or one at all, replaces it and writes it, with
/// them. `options` are those that the solution was found with.
void improveByAlternatives(Scope &scope, const gaus::SolverOptions &options,
                           gaus::Outcome<gaus::Solution> &solution);

/// Of a scope that is being built: what has the same number starts together,
/// and its units count once, for the first. An error where that is not so of
/// operations with other units, or that may both take place.
mlir::LogicalResult joinAlternatives(Scope &scope);

/// Of alternatives in the order of a scope, those that count.
class CountedOnce {
public:
  bool operator()(mlir::Operation *op);

private:
  llvm::DenseSet<mlir::Attribute> seen;
};

/// Whether both have the same number.
bool areAlternatives(mlir::Operation *a, mlir::Operation *b);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_ALTERNATIVES_H
