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

inline bool isConstant(mlir::Operation *op) {
  return op->hasTrait<mlir::OpTrait::ConstantLike>();
}

/// Whether the end of a block that jumps back to itself follows from values
/// that step by what the loop does not change.
class EndOfLoop {
public:
  EndOfLoop(mlir::Block *block, unsigned successor)
      : block(block),
        passed(mlir::cast<mlir::BranchOpInterface>(block->getTerminator())
                   .getSuccessorOperands(successor)
                   .getForwardedOperands()) {}

  bool isKnownAhead(mlir::Value v, unsigned depth = 0);

private:
  bool isOutside(mlir::Value v) const;
  bool isCounter(mlir::BlockArgument arg, mlir::Value next, unsigned depth);

  mlir::Block *block;
  mlir::OperandRange passed;
};

} // namespace gaus::ir::replaying

#endif // GAUS_LIB_REPLAY_PROGRAM_ENDOFLOOP_H
