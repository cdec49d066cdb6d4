//===- Kinds.h - What becomes loops -----------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_ASLOOPS_KINDS_H
#define GAUS_LIB_TRANSFORMS_ASLOOPS_KINDS_H

#include "Scopes/Insides.h"

namespace gaus::ir {

/// Each writes loops instead of one kind of operations in and under `root`,
/// with a remark; what is described by something else, or cannot be loops,
/// stays.

/// Operations of linalg on buffers.
void linalgToLoops(mlir::Operation *root, Insides &insides);
/// Loops in any order: `scf.parallel`, `scf.forall` without results,
/// `affine.parallel`. Iterations of what they become are independent.
void parallelToLoops(mlir::Operation *root, Insides &insides);
/// `scf.while` that does no more than count in steps that cannot wrap.
void countedToLoops(mlir::Operation *root, Insides &insides);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_ASLOOPS_KINDS_H
