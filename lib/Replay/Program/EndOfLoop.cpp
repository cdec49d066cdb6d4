//===- EndOfLoop.cpp - Ends that are known ahead ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program/EndOfLoop.h"

#include "gaus/Dialect/FollowsFrom.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

bool gaus::ir::replaying::isDebug(Operation *op) {
  return isa<LLVM::DbgValueOp, LLVM::DbgDeclareOp, LLVM::DbgLabelOp>(op);
}

bool EndOfLoop::isKnownAhead(Value end) {
  return followsFrom(
      end, [&](Value v) { return isOutside(v); },
      [&](BlockArgument arg) {
        Value next = arg.getOwner() == blocks[0] ? passedTo(arg) : Value();
        return next && isCounter(arg, next, 0);
      });
}

Value EndOfLoop::passedTo(BlockArgument arg) const {
  Value found;
  for (Block *block : blocks) {
    Operation *last = block->getTerminator();
    for (unsigned k = 0; k < last->getNumSuccessors(); ++k) {
      if (last->getSuccessor(k) != blocks[0])
        continue;
      Value v = cast<BranchOpInterface>(last).getSuccessorOperands(
          k)[arg.getArgNumber()];
      if (found && found != v)
        return Value();
      found = v;
    }
  }
  return found;
}

bool EndOfLoop::isOnEveryWay(Block *block) const {
  if (block == blocks[0])
    return true;
  llvm::SmallVector<Block *> work = {blocks[0]}, seen = work;
  while (!work.empty())
    for (Block *next : work.pop_back_val()->getSuccessors()) {
      if (next == blocks[0])
        return false;
      if (next == block || !llvm::is_contained(blocks, next) ||
          llvm::is_contained(seen, next))
        continue;
      seen.push_back(next);
      work.push_back(next);
    }
  return true;
}

bool EndOfLoop::isOutside(Value v) const {
  return !llvm::is_contained(blocks, v.getParentBlock()) ||
         (v.getDefiningOp() && isConstant(v.getDefiningOp()));
}

/// Whether `next` is the argument plus something from outside.
bool EndOfLoop::isCounter(BlockArgument arg, Value next, unsigned depth) {
  if (next == arg || isOutside(next))
    return true;
  Operation *op = next.getDefiningOp();
  if (!op || depth > 8)
    return false;
  llvm::StringRef name = op->getName().stripDialect();
  if (name != "add" && name != "addi" && name != "sub" && name != "subi" &&
      name != "getelementptr")
    return false;
  unsigned inside = 0;
  for (Value operand : op->getOperands())
    if (!isOutside(operand)) {
      ++inside;
      if (!isCounter(arg, operand, depth + 1))
        return false;
    }
  return inside <= 1;
}
