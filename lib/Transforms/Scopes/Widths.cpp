//===- Widths.cpp - Bits of what operations make --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Widths.h"

#include "gaus/Dialect/Gaus.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;

int64_t Widths::of(Operation &op) const {
  if (auto node = dyn_cast<NodeOp>(op))
    return node.getTypeAttr() ? bitsOf(node.getTypeAttr().getValue()) : 0;
  int64_t bits = 0;
  for (Type type : op.getResultTypes())
    bits += bitsOf(type);
  return bits;
}

int64_t Widths::bitsOf(Type type) const {
  if (isa<LLVM::LLVMVoidType, LLVM::LLVMTokenType, NoneType>(type))
    return 0;
  if (auto shaped = dyn_cast<ShapedType>(type);
      shaped && isa<RankedTensorType, VectorType>(type)) {
    int64_t elements = shaped.hasStaticShape() ? shaped.getNumElements() : 1;
    int64_t each = bitsOf(shaped.getElementType());
    constexpr int64_t most = int64_t(1) << 40;
    return each && elements > most / each ? most : elements * each;
  }
  if (isa<IndexType, IntegerType, FloatType, ComplexType>(type) ||
      isa<DataLayoutTypeInterface>(type)) {
    llvm::TypeSize size = layout.getTypeSizeInBits(type);
    return static_cast<int64_t>(size.getKnownMinValue());
  }
  // A reference to memory is an address.
  return static_cast<int64_t>(
      layout.getTypeSizeInBits(IndexType::get(type.getContext()))
          .getKnownMinValue());
}
