//===- ScopeOptions.h - What is asked of a scope ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The options of a pass as they hold for one scope, with what is written on
/// it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PASSES_SCOPEOPTIONS_H
#define GAUS_LIB_TRANSFORMS_PASSES_SCOPEOPTIONS_H

#include "gaus/Solver/Solver.h"
#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// The options with the wishes of `gaus.request` on the scope's carrier, or on
/// the function around a block; an error for one that means nothing. A loop is
/// pipelined unless something else is asked for; what runs its iterations apart
/// loses the edges between them.
mlir::FailureOr<gaus::SolverOptions>
optionsFor(Scope &scope, const gaus::SolverOptions &given);

/// The wishes alone, set on `options`.
mlir::LogicalResult readRequest(const Scope &scope,
                                gaus::SolverOptions &options);

/// Starts for StartKind::Existing; an error where they are wanted and missing.
mlir::FailureOr<gaus::Starts> wantedStarts(const Scope &scope,
                                           const gaus::SolverOptions &options);

/// The problem with the options of a later step, or those that gaus-annotate
/// left on the scope.
gaus::Outcome<gaus::Problem> resolveScope(Scope &scope,
                                          gaus::SolverOptions &options);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PASSES_SCOPEOPTIONS_H
