//===- Linalg.h - Operations of linalg as their loops -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What linalg does with buffers is a nest of loops, and is scheduled as that:
/// only operations that are there can have starts.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_TRANSFORMS_LINALG_H
#define GAUS_TRANSFORMS_LINALG_H

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// Turns the operations of linalg in and under `root` that work on buffers into
/// loops, each with a remark: of affine where it allows their bounds, else of
/// scf. One with an operator, units or a latency of its own stays, and so does
/// one that has no loops. What it writes has to be loaded (loadLoopDialects).
void linalgToLoops(mlir::Operation *root);

/// For who is no pass: loads the dialects in which loops are written.
void loadLoopDialects(mlir::MLIRContext &context);

} // namespace gaus::ir

#endif // GAUS_TRANSFORMS_LINALG_H
