//===- Shapes.cpp - What operations work on -------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/Shapes.h"

#include "mlir/IR/BuiltinTypeInterfaces.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"
#include "llvm/ADT/SmallPtrSet.h"

using namespace mlir;
using namespace gaus::ir;

int64_t Shapes::layoutBits(Type type, Operation *at) {
  Operation *holder = at;
  while (holder && !isa<ModuleOp, DataLayoutOpInterface>(holder))
    holder = holder->getParentOp();
  std::unique_ptr<DataLayout> &layout = layouts[holder];
  if (!layout)
    layout = std::make_unique<DataLayout>(DataLayout::closest(at));
  return static_cast<int64_t>(
      layout->getTypeSizeInBits(type).getKnownMinValue());
}

Shape Shapes::ofType(Type type, Operation *at) {
  Shape shape;
  if (auto vector = dyn_cast<VectorType>(type)) {
    if (vector.isScalable())
      return shape;
    shape = ofType(vector.getElementType(), at);
    shape.lanes = vector.getNumElements();
    return shape;
  }
  bool isAddress =
      isa<PtrLikeTypeInterface>(type) && !isa<BaseMemRefType>(type);
  if (isa<IntegerType, FloatType>(type))
    shape.width = type.getIntOrFloatBitWidth();
  else if (isa<IndexType>(type) || isAddress)
    shape.width = layoutBits(type, at);
  else
    return shape;
  shape.element = type;
  shape.isInteger = !isa<FloatType>(type);
  return shape;
}

/// Whether an operand that counts is a constant.
static bool hasConstantOperand(Operation *op) {
  if (op->getName().getStringRef() == "llvm.getelementptr")
    return op->getNumOperands() == 1;
  auto isConstant = [](Value v) { return matchPattern(v, m_Constant()); };
  if (op->getNumOperands() == 0)
    return false;
  if (op->hasTrait<OpTrait::IsCommutative>())
    return llvm::any_of(op->getOperands(), isConstant);
  return isConstant(op->getOperands().back());
}

Shape Shapes::of(Operation *op) {
  llvm::SmallVector<Type, 4> types(op->getResultTypes());
  llvm::SmallPtrSet<Value, 2> memory;
  llvm::SmallVector<MemoryEffects::EffectInstance, 4> effects;
  if (auto known = dyn_cast<MemoryEffectOpInterface>(op))
    known.getEffects(effects);
  for (const MemoryEffects::EffectInstance &effect : effects)
    if (Value value = effect.getValue()) {
      memory.insert(value);
      if (auto type = dyn_cast<BaseMemRefType>(value.getType()))
        types.push_back(type.getElementType());
    }
  for (Value operand : op->getOperands()) {
    bool isSubscript = !memory.empty() && operand.getType().isIndex();
    if (!isSubscript && !memory.contains(operand))
      types.push_back(operand.getType());
  }
  Shape widest;
  for (Type type : types) {
    Shape shape = ofType(type, op);
    if (std::pair(shape.width, shape.lanes) >
        std::pair(widest.width, widest.lanes))
      widest = shape;
  }
  widest.constant = hasConstantOperand(op);
  return widest;
}
