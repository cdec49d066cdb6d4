//===- EndOfLoop.cpp - Ends that are known ahead ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program/EndOfLoop.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

bool EndOfLoop::isKnownAhead(Value v, unsigned depth) {
  if (isOutside(v))
    return true;
  if (depth > 8)
    return false;
  if (auto arg = dyn_cast<BlockArgument>(v))
    return isCounter(arg, passed[arg.getArgNumber()], 0);
  Operation *op = v.getDefiningOp();
  return op->getNumRegions() == 0 && isMemoryEffectFree(op) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isKnownAhead(operand, depth + 1);
         });
}

bool EndOfLoop::isOutside(Value v) const {
  return v.getParentBlock() != block ||
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
