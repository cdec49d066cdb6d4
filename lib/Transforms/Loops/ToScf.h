//===- ToScf.h - affine.for as scf.for --------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_TOSCF_H
#define GAUS_LIB_TRANSFORMS_LOOPS_TOSCF_H

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace gaus::ir {

/// Whether what an affine.if asks for holds, before the builder's place.
mlir::Value holdsIn(mlir::OpBuilder &b, mlir::affine::AffineIfOp condition);

/// What stands between `before` (null: the begin of the block) and `at`, all of
/// it new, in order; but constants, which are moved before the loop.
llvm::SmallVector<mlir::Operation *>
newBetween(mlir::Operation *before, mlir::Operation *at, mlir::Operation *loop);

/// Whether `toScf` knows all operations in the loop.
bool hasScfForm(mlir::affine::AffineForOp loop);

/// What an operation of the body became, in order.
using Became = llvm::function_ref<void(mlir::Operation *,
                                       llvm::ArrayRef<mlir::Operation *>)>;

/// The same loop as scf.for, in its place: what the affine dialect computes is
/// arithmetic, and its accesses are those of memref. `became` is told of each
/// operation of the body that is replaced, while it is still there. Constants
/// are before the loop.
mlir::scf::ForOp toScf(mlir::affine::AffineForOp loop, Became became);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_TOSCF_H
