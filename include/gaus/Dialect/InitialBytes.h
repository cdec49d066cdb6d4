//===- InitialBytes.h - What a global computes at first ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The content of globals of the llvm dialect that have a region: tables with
/// holes, and of structures.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_INITIALBYTES_H
#define GAUS_DIALECT_INITIALBYTES_H

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

#include "llvm/Support/MathExtras.h"

#include <optional>
#include <vector>

namespace gaus::ir {

/// Appends a number, the lowest of `size` bytes first.
inline void appendBytes(const llvm::APInt &number, uint64_t size,
                        std::vector<uint8_t> &bytes) {
  llvm::APInt whole = number.zextOrTrunc(static_cast<unsigned>(8 * size));
  for (unsigned k = 0; k < size; ++k)
    bytes.push_back(
        static_cast<uint8_t>(whole.extractBitsAsZExtValue(8, 8 * k)));
}

/// Appends elements of so many bytes each; false if they are of a kind that is
/// not read.
inline bool appendElements(mlir::DenseElementsAttr elements, uint64_t size,
                           std::vector<uint8_t> &bytes) {
  mlir::Type type = elements.getElementType();
  if (mlir::isa<mlir::IntegerType, mlir::IndexType>(type))
    for (const llvm::APInt &v : elements.getValues<llvm::APInt>())
      appendBytes(v, size, bytes);
  else if (mlir::isa<mlir::FloatType>(type))
    for (const llvm::APFloat &v : elements.getValues<llvm::APFloat>())
      appendBytes(v.bitcastToAPInt(), size, bytes);
  else
    return false;
  return true;
}

/// The same of a constant of any type.
inline bool appendConstant(mlir::Attribute value, mlir::Type type,
                           const mlir::DataLayout &layout,
                           std::vector<uint8_t> &bytes) {
  if (auto text = mlir::dyn_cast<mlir::StringAttr>(value))
    llvm::append_range(bytes, text.getValue().bytes());
  else if (auto elements = mlir::dyn_cast<mlir::DenseElementsAttr>(value))
    return appendElements(elements,
                          layout.getTypeSize(elements.getElementType()), bytes);
  else if (auto integer = mlir::dyn_cast<mlir::IntegerAttr>(value))
    appendBytes(integer.getValue(), layout.getTypeSize(type), bytes);
  else if (auto number = mlir::dyn_cast<mlir::FloatAttr>(value))
    appendBytes(number.getValue().bitcastToAPInt(), layout.getTypeSize(type),
                bytes);
  else
    return false;
  return true;
}

/// Where an element of an array or a structure begins.
inline uint64_t offsetIn(mlir::Type type, llvm::ArrayRef<int64_t> position,
                         const mlir::DataLayout &layout) {
  uint64_t offset = 0;
  for (int64_t index : position) {
    if (auto array = mlir::dyn_cast<mlir::LLVM::LLVMArrayType>(type)) {
      type = array.getElementType();
      offset += static_cast<uint64_t>(index) * layout.getTypeSize(type);
      continue;
    }
    auto record = mlir::cast<mlir::LLVM::LLVMStructType>(type);
    uint64_t within = 0;
    for (int64_t k = 0; k <= index; ++k) {
      type = record.getBody()[static_cast<size_t>(k)];
      if (!record.isPacked())
        within = llvm::alignTo(within, layout.getTypeABIAlignment(type));
      if (k < index)
        within += layout.getTypeSize(type);
    }
    offset += within;
  }
  return offset;
}

/// The bytes of a value that is made of constants; nullopt if it is not, or of
/// constants that are not read, as addresses. What is not defined is 0.
inline std::optional<std::vector<uint8_t>>
initialBytes(mlir::Value v, const mlir::DataLayout &layout) {
  llvm::SmallVector<mlir::LLVM::InsertValueOp> puts;
  while (auto put = v.getDefiningOp<mlir::LLVM::InsertValueOp>()) {
    puts.push_back(put);
    v = put.getContainer();
  }
  std::vector<uint8_t> bytes;
  if (auto constant = v.getDefiningOp<mlir::LLVM::ConstantOp>()) {
    if (!appendConstant(constant.getValue(), v.getType(), layout, bytes))
      return std::nullopt;
  } else if (!mlir::isa_and_nonnull<mlir::LLVM::ZeroOp, mlir::LLVM::UndefOp,
                                    mlir::LLVM::PoisonOp>(v.getDefiningOp())) {
    return std::nullopt;
  }
  bytes.resize(layout.getTypeSize(v.getType()));
  for (mlir::LLVM::InsertValueOp put : llvm::reverse(puts)) {
    auto part = initialBytes(put.getValue(), layout);
    uint64_t at = offsetIn(v.getType(), put.getPosition(), layout);
    if (!part || at + part->size() > bytes.size())
      return std::nullopt;
    llvm::copy(*part, bytes.begin() + static_cast<int64_t>(at));
  }
  return bytes;
}

} // namespace gaus::ir

#endif // GAUS_DIALECT_INITIALBYTES_H
