//===- Obstacle.h - What linalg has no loops for ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LINALG_OBSTACLE_H
#define GAUS_LIB_TRANSFORMS_LINALG_OBSTACLE_H

#include "mlir/IR/Operation.h"

namespace gaus::ir {

/// Whether `op` is of the linalg dialect, and no part of another one.
bool isLinalg(mlir::Operation *op);

/// Why an operation of linalg cannot become loops; empty if it may.
llvm::StringRef linalgObstacle(mlir::Operation *op);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LINALG_OBSTACLE_H
