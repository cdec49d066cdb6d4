//===- Flatten.h - Perfect nests as one loop --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A perfect nest is loops of which each but the innermost holds nothing but
/// the next one, and hands on what that hands on. One loop over all its
/// iterations, in their order, does the same.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H
#define GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H

#include "mlir/Dialect/Affine/IR/AffineOps.h"

namespace gaus::ir {

/// The loops of a nest, outermost first.
using LoopNest = llvm::SmallVector<mlir::affine::AffineForOp>;

/// The largest perfect nest with this innermost loop whose loops all run a
/// constant number of times, at least once, and have no wishes of their own;
/// the loop alone if there is none. `reason` says why the loop around it, if
/// there is one, is not part of it.
LoopNest perfectNest(mlir::affine::AffineForOp innermost,
                     llvm::StringRef &reason);

/// How often the body of the innermost loop runs.
int64_t iterationsOf(llvm::ArrayRef<mlir::affine::AffineForOp> nest);

/// A loop before the nest that does the same; the nest stays as it is. Each
/// variable of the nest is an affine.apply of the new loop's variable.
mlir::affine::AffineForOp
flattened(llvm::ArrayRef<mlir::affine::AffineForOp> nest);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_FLATTEN_H
