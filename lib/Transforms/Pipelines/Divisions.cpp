//===- Divisions.cpp - Divisions that may run once too often --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/Divisions.h"

#include "Scopes/Kinds.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"

using namespace mlir;
using namespace gaus::ir;

static bool isOfLlvm(Operation *op) {
  return isa<LLVM::LLVMDialect>(op->getDialect());
}

/// Whether an operation may make a value that no division may use: all but what
/// is known not to.
static bool mayBePoison(Operation *op) {
  if (isa<memref::LoadOp, affine::AffineLoadOp>(op))
    return false;
  if (isa<arith::ShLIOp, arith::ShRSIOp, arith::ShRUIOp>(op) &&
      !matchPattern(op->getOperand(1), m_Constant()))
    return true;
  auto flags = dyn_cast<arith::ArithIntegerOverflowFlagsInterface>(op);
  return !isa<arith::ArithDialect>(op->getDialect()) ||
         isa<arith::FPToSIOp, arith::FPToUIOp>(op) || op->hasAttr("isExact") ||
         (flags && (flags.hasNoSignedWrap() || flags.hasNoUnsignedWrap()));
}

bool gaus::ir::canBeSafe(Operation *op,
                         const llvm::DenseSet<Operation *> &needs) {
  return canAlwaysBeSafe(op) ||
         (isDivision(op) && llvm::none_of(needs, mayBePoison));
}

bool gaus::ir::canAlwaysBeSafe(Operation *op) {
  return isDivision(op) && isOfLlvm(op);
}

void gaus::ir::makeSafe(Operation *op, const Dialects &make, OpBuilder &b) {
  OpBuilder::InsertionGuard here(b);
  b.setInsertionPoint(op);
  for (OpOperand &operand : op->getOpOperands())
    if (isOfLlvm(op))
      operand.set(LLVM::FreezeOp::create(b, op->getLoc(), operand.get()));
  Value left = op->getOperand(0), right = op->getOperand(1);
  Type type = right.getType(), element = getElementTypeOrSelf(type);
  unsigned bits = element.isIndex() ? IndexType::kInternalStorageBitWidth
                                    : element.getIntOrFloatBitWidth();
  Value one = make.number(b, type, APInt(bits, 1));
  Value safe =
      make.select(b, make.equals(b, right, APInt::getZero(bits)), one, right);
  if (isSignedDivision(op)) {
    // The least number has no opposite.
    Value isLeast = make.equals(b, left, APInt::getSignedMinValue(bits));
    Value isMinusOne = make.equals(b, right, APInt::getAllOnes(bits));
    safe = make.select(b, isLeast, make.select(b, isMinusOne, one, safe), safe);
  }
  op->setOperand(1, safe);
}
