//===- Unroll.h - Loops that are to be unrolled -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_UNROLL_H
#define GAUS_LIB_TRANSFORMS_LOOPS_UNROLL_H

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// Unrolls the loops whose `gaus.request` has `unroll = n`, each once: then
/// `gaus.unrolled` is on what is left of them. A remark where that cannot be.
mlir::LogicalResult unrollLoops(mlir::Operation *root);

/// Why an scf.for or affine.for cannot be unrolled; empty if it may be.
llvm::StringRef unrollObstacle(mlir::Operation *loop);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_UNROLL_H
