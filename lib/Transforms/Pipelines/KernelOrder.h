//===- KernelOrder.h - The operations of a pipelined loop -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// From the starts of a loop's scope to the order in which the operations of
/// its body stand in the rewritten loop.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_KERNELORDER_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_KERNELORDER_H

#include "gaus/Transforms/Scope.h"

namespace gaus::ir {

/// The kernel's operations in order, each with its stage.
using KernelOrder = std::vector<std::pair<mlir::Operation *, unsigned>>;

/// By slot; operations of one slot that follow each other without a cycle in
/// between in the order of their dependences. A condition is moved as a whole:
/// nullopt if it would have to be in two places.
std::optional<KernelOrder>
kernelOrder(const Scope &scope, llvm::ArrayRef<int64_t> starts, int64_t ii);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_KERNELORDER_H
