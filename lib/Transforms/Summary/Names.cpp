//===- Names.cpp - Where blocks are, and what loops are called ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Names.h"

#include "Scopes/Kinds.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/LoopLikeInterface.h"

using namespace mlir;
using namespace gaus::ir;

Place gaus::ir::placeOf(Block &block) {
  for (Operation &op : block)
    if (isScheduled(op) || op.hasTrait<OpTrait::IsTerminator>())
      if (Place place = placeOf(&op); place.known())
        return place;
  return {};
}

Place gaus::ir::placeOfLoop(Block &header,
                            llvm::function_ref<bool(Block *)> inLoop) {
  for (Block *latch : header.getPredecessors())
    if (inLoop(latch))
      if (Place place = placeOf(latch->getTerminator()); place.known())
        return place;
  return placeOf(header);
}

Place gaus::ir::placeOf(const Scope &scope) {
  // Of all others the carrier is what the scope is.
  if (!scope.isLoop || scope.carrier != scope.block->getTerminator())
    return placeOf(scope.carrier);
  return placeOfLoop(*scope.block, [&](Block *block) {
    return llvm::is_contained(scope.blocks, block);
  });
}

//===----------------------------------------------------------------------===//
// Names
//===----------------------------------------------------------------------===//

std::string gaus::ir::variableOf(Operation *loop) {
  if (auto like = dyn_cast<LoopLikeOpInterface>(loop))
    if (std::optional<Value> variable = like.getSingleInductionVar())
      if (std::string name = nameIn(variable->getLoc()); !name.empty())
        return name;
  return nameIn(loop->getLoc());
}

/// Whether the value is the argument one step further.
static bool stepsFrom(Value value, BlockArgument arg) {
  Operation *op = value ? value.getDefiningOp() : nullptr;
  return isa_and_nonnull<LLVM::AddOp, LLVM::SubOp, LLVM::GEPOp>(op) &&
         op->getOperand(0) == arg;
}

std::string gaus::ir::variableOf(Block &header,
                                 llvm::function_ref<bool(Block *)> inLoop) {
  for (BlockArgument arg : header.getArguments()) {
    bool stepped = false;
    for (auto it = header.pred_begin(), e = header.pred_end(); it != e; ++it) {
      auto branch = dyn_cast<BranchOpInterface>((*it)->getTerminator());
      if (branch && inLoop(*it))
        stepped |= stepsFrom(branch.getSuccessorOperands(
                                 it.getSuccessorIndex())[arg.getArgNumber()],
                             arg);
    }
    if (!stepped)
      continue;
    if (std::string name = nameIn(arg.getLoc()); !name.empty())
      return name;
    for (Operation *user : arg.getUsers())
      if (auto debug = dyn_cast<LLVM::DbgValueOp>(user))
        if (StringAttr name = debug.getVarInfo().getName())
          return name.str();
  }
  return "";
}
