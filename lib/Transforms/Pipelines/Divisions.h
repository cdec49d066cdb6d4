//===- Divisions.h - Divisions that may run once too often ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Integer divisions and remainders that a pipeline begins before it is known
/// whether they take place.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_DIVISIONS_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_DIVISIONS_H

#include "Pipelines/Dialects.h"

#include "llvm/ADT/DenseSet.h"

namespace gaus::ir {

/// Whether `makeSafe` can change an operation that `needs` come to the operands
/// of: the dialect that makes undefined values defined is llvm, and so
/// arithmetic in which such values may arise is not for the others.
bool canBeSafe(mlir::Operation *op,
               const llvm::DenseSet<mlir::Operation *> &needs);

/// The same, whatever comes to its operands.
bool canAlwaysBeSafe(mlir::Operation *op);

/// Divides by 1 where it would trap. Where it is to take place it does not, and
/// its result stays the same.
void makeSafe(mlir::Operation *op, const Dialects &make, mlir::OpBuilder &b);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_DIVISIONS_H
