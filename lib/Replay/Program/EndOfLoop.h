//===- EndOfLoop.h - Ends that are known ahead ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Whether it is known before an iteration ends that there is another one.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_REPLAY_PROGRAM_ENDOFLOOP_H
#define GAUS_LIB_REPLAY_PROGRAM_ENDOFLOOP_H

#include "mlir/Interfaces/ControlFlowInterfaces.h"

namespace gaus::ir::replaying {

/// Says something of a variable of the source, and does nothing.
bool isDebug(mlir::Operation *op);

inline bool isConstant(mlir::Operation *op) {
  return op->hasTrait<mlir::OpTrait::ConstantLike>();
}

/// Whether the end of a loop follows from values that step by what the loop
/// does not change. The header comes first among the blocks.
class EndOfLoop {
public:
  explicit EndOfLoop(llvm::ArrayRef<mlir::Block *> blocks) : blocks(blocks) {}

  bool isKnownAhead(mlir::Value end);
  /// Whether an iteration that is not the last comes by the block.
  bool isOnEveryWay(mlir::Block *block) const;

private:
  bool isOutside(mlir::Value v) const;
  bool isCounter(mlir::BlockArgument arg, mlir::Value next, unsigned depth);
  /// What all branches back hand on; null if they differ.
  mlir::Value passedTo(mlir::BlockArgument arg) const;

  llvm::ArrayRef<mlir::Block *> blocks;
};

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_PROGRAM_ENDOFLOOP_H
