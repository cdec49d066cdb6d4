//===- Dialects.cpp - Branches of cf or llvm ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Pipelines/Dialects.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;

llvm::SmallVector<unsigned> gaus::ir::successorsInTurn(Operation *branch) {
  bool isSwitch = isa<cf::SwitchOp, LLVM::SwitchOp>(branch);
  llvm::SmallVector<unsigned> turn;
  if (isSwitch)
    turn.push_back(0);
  for (unsigned s = branch->getNumSuccessors(); s-- > (isSwitch ? 1 : 0);)
    turn.push_back(s);
  return turn;
}

Dialects::Dialects(Operation *branch)
    : isLlvm(isa<LLVM::LLVMDialect>(branch->getDialect())),
      loc(branch->getLoc()) {}

void Dialects::branch(OpBuilder &b, Block *to, ValueRange operands) const {
  if (isLlvm)
    LLVM::BrOp::create(b, loc, operands, to);
  else
    cf::BranchOp::create(b, loc, to, operands);
}

void Dialects::branch(OpBuilder &b, Value condition, Block *yes,
                      ValueRange ifYes, Block *no, ValueRange ifNo) const {
  if (isLlvm)
    LLVM::CondBrOp::create(b, loc, condition, yes, ifYes, no, ifNo);
  else
    cf::CondBranchOp::create(b, loc, condition, yes, ifYes, no, ifNo);
}

Value Dialects::select(OpBuilder &b, Value condition, Value yes,
                       Value no) const {
  if (isLlvm)
    return LLVM::SelectOp::create(b, loc, condition, yes, no);
  return arith::SelectOp::create(b, loc, condition, yes, no);
}

Value Dialects::truth(OpBuilder &b, bool value) const {
  if (isLlvm)
    return LLVM::ConstantOp::create(b, loc, b.getBoolAttr(value));
  return arith::ConstantOp::create(b, loc, b.getBoolAttr(value));
}

Value Dialects::anything(OpBuilder &b, Type type) const {
  if (isa<LLVM::LLVMPointerType>(type))
    return LLVM::ZeroOp::create(b, loc, type);
  auto shaped = dyn_cast<ShapedType>(type);
  if (!type.isIntOrIndexOrFloat() &&
      !(shaped && isa<VectorType>(type) && shaped.hasStaticShape()))
    return Value();
  TypedAttr zero = b.getZeroAttr(type);
  if (!zero)
    return Value();
  if (isLlvm && !type.isIndex())
    return LLVM::ConstantOp::create(b, loc, type, zero);
  return arith::ConstantOp::create(b, loc, zero);
}

Value Dialects::number(OpBuilder &b, Type type,
                       const llvm::APInt &number) const {
  TypedAttr value = b.getIntegerAttr(getElementTypeOrSelf(type), number);
  if (auto shaped = dyn_cast<ShapedType>(type))
    value = DenseElementsAttr::get(shaped, number);
  if (isLlvm && !type.isIndex())
    return LLVM::ConstantOp::create(b, loc, type, value);
  return arith::ConstantOp::create(b, loc, value);
}

Value Dialects::equals(OpBuilder &b, Value v, const llvm::APInt &to) const {
  Value right = number(b, v.getType(), to);
  if (isLlvm)
    return LLVM::ICmpOp::create(b, loc, LLVM::ICmpPredicate::eq, v, right);
  return arith::CmpIOp::create(b, loc, arith::CmpIPredicate::eq, v, right);
}
