//===- Described.h - What is said of what becomes loops ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_ASLOOPS_DESCRIBED_H
#define GAUS_LIB_TRANSFORMS_ASLOOPS_DESCRIBED_H

#include "Scopes/Insides.h"

namespace gaus::ir {

/// Whether something else is known of `op` than its loops: an operator, units,
/// a latency, an occupancy or a delay.
bool isDescribed(mlir::Operation *op, Insides &insides);

/// What is said of an operation, for when it is no more.
struct Said {
  explicit Said(mlir::Operation *op)
      : loc(op->getLoc()), attributes(op->getDiscardableAttrDictionary()) {}

  mlir::Location loc;
  mlir::DictionaryAttr attributes;
};

/// Says of `loops` (from the outermost one; there may be none) what was said of
/// the operation that they are made of: times and what holds for all inside of
/// the outermost one, wishes of the innermost one. `made` is all that was made;
/// what has no meaning for it is left out with a remark.
void handOn(const Said &said, llvm::ArrayRef<mlir::Operation *> loops,
            llvm::ArrayRef<mlir::Operation *> made = {});

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_ASLOOPS_DESCRIBED_H
