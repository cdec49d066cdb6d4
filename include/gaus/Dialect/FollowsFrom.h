//===- FollowsFrom.h - Values that follow from others -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_FOLLOWSFROM_H
#define GAUS_DIALECT_FOLLOWSFROM_H

#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "llvm/ADT/DenseSet.h"

namespace gaus::ir {

/// Whether `value` follows, by operations without regions and effects, however
/// many, from values of which `isKnown` holds and from block arguments of which
/// `isKnownArgument` holds. Each value is asked about once.
inline bool
followsFrom(mlir::Value value, llvm::function_ref<bool(mlir::Value)> isKnown,
            llvm::function_ref<bool(mlir::BlockArgument)> isKnownArgument) {
  llvm::SmallVector<mlir::Value> work = {value};
  llvm::DenseSet<mlir::Value> seen;
  while (!work.empty()) {
    mlir::Value v = work.pop_back_val();
    if (isKnown(v) || !seen.insert(v).second)
      continue;
    if (auto arg = mlir::dyn_cast<mlir::BlockArgument>(v)) {
      if (!isKnownArgument(arg))
        return false;
      continue;
    }
    mlir::Operation *op = v.getDefiningOp();
    if (op->getNumRegions() > 0 || !mlir::isMemoryEffectFree(op))
      return false;
    llvm::append_range(work, op->getOperands());
  }
  return true;
}

} // namespace gaus::ir

#endif // GAUS_DIALECT_FOLLOWSFROM_H
