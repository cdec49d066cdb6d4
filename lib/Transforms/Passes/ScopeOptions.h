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

/// What is asked of a scope that has no result to go on from.
struct Asked {
  gaus::SolverOptions options;
  /// For StartKind::Existing, else empty.
  gaus::Starts existing;
};

/// The options with the wishes of `gaus.request`. A loop is pipelined unless
/// something else is asked for; what runs its iterations apart loses the edges
/// between them. An error for a wish that means nothing, and for starts that
/// are wanted and missing.
mlir::FailureOr<Asked> askedOf(Scope &scope, const gaus::SolverOptions &given);

/// Sets the wishes of `gaus.request` on the scope's carrier, or on the function
/// around a block; an error for one that means nothing.
mlir::LogicalResult readRequest(const Scope &scope,
                                gaus::SolverOptions &options);

/// What gaus-annotate left on a scope, with the options of a later step.
using AnnotatedBody = llvm::function_ref<mlir::LogicalResult(
    const gaus::Problem &, const gaus::SolverOptions &,
    const gaus::Distributions &)>;
mlir::LogicalResult fromAnnotated(Scope &scope,
                                  const gaus::SolverOptions &given,
                                  AnnotatedBody body);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PASSES_SCOPEOPTIONS_H
