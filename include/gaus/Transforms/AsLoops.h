//===- AsLoops.h - What is scheduled as loops -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What linalg does with buffers, loops in any order and loops that only count
/// are loops that can be pipelined, and are scheduled as that: only operations
/// that are there can have starts.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_ASLOOPS_H
#define GAUS_TRANSFORMS_ASLOOPS_H

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// Writes `affine.for` and `scf.for` in and under `root` instead of operations
/// of linalg on buffers, of `scf.parallel`, `scf.forall` and `affine.parallel`
/// without results on tensors, and of `scf.while` that count; each with a
/// remark. One with an operator, units or a latency of its own stays, and so
/// does what cannot be such loops. What is written has to be loaded
/// (loadLoopDialects).
void writeLoops(mlir::Operation *root);

/// For who is no pass: loads the dialects in which loops are written.
void loadLoopDialects(mlir::MLIRContext &context);

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_ASLOOPS_H
