//===- Types.cpp - Types, constants and globals -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operations/Semantics.h"

#include "gaus/Dialect/InitialBytes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/UB/IR/UBOps.h"
#include "mlir/IR/Matchers.h"

#include <cstring>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

unsigned gaus::ir::replaying::bitsOf(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    return bitsOf(vector.getElementType());
  if (isa<IndexType, LLVM::LLVMPointerType>(type))
    return 64;
  if (isa<Float16Type, BFloat16Type, Float32Type, Float64Type, IntegerType>(
          type))
    return type.getIntOrFloatBitWidth() <= 64 ? type.getIntOrFloatBitWidth()
                                              : 0;
  return 0;
}

unsigned gaus::ir::replaying::bytesOf(Type type) {
  unsigned bits = bitsOf(type);
  if (bits == 0 || isa<VectorType>(type))
    return 0;
  return static_cast<unsigned>(llvm::PowerOf2Ceil((bits + 7) / 8));
}

int64_t gaus::ir::replaying::lanesOf(Type type) {
  auto vector = dyn_cast<VectorType>(type);
  return vector ? vector.getNumElements() : 0;
}

FloatKind gaus::ir::replaying::floatKind(Type type) {
  if (auto vector = dyn_cast<VectorType>(type))
    type = vector.getElementType();
  if (isa<Float16Type>(type))
    return FloatKind::F16;
  if (isa<BFloat16Type>(type))
    return FloatKind::BF16;
  if (isa<Float32Type>(type))
    return FloatKind::F32;
  return isa<Float64Type>(type) ? FloatKind::F64 : FloatKind::None;
}

static std::optional<uint64_t> bitsOfAttribute(Attribute value) {
  if (auto integer = dyn_cast<IntegerAttr>(value);
      integer && integer.getValue().getBitWidth() <= 64)
    return integer.getValue().getZExtValue();
  if (auto number = dyn_cast<FloatAttr>(value);
      number && bitsOf(number.getType()))
    return number.getValue().bitcastToAPInt().getZExtValue();
  return std::nullopt;
}

/// The elements of a dense attribute, as bits.
static std::optional<std::vector<uint64_t>> elementsOf(Attribute value) {
  if (auto text = dyn_cast<StringAttr>(value))
    return std::vector<uint64_t>(text.getValue().bytes_begin(),
                                 text.getValue().bytes_end());
  auto dense = dyn_cast<DenseElementsAttr>(value);
  if (!dense || !bitsOf(dense.getElementType()))
    return std::nullopt;
  std::vector<uint64_t> all;
  if (isa<FloatType>(dense.getElementType()))
    for (const APFloat &f : dense.getValues<APFloat>())
      all.push_back(f.bitcastToAPInt().getZExtValue());
  else
    for (const APInt &i : dense.getValues<APInt>())
      all.push_back(i.getZExtValue());
  return all;
}

/// A global that is made of constants by operations.
static bool placeComputed(LLVM::GlobalOp global, Region &body,
                          Runtime &runtime) {
  std::optional<std::vector<uint8_t>> bytes = initialBytes(
      body.front().getTerminator()->getOperand(0), DataLayout::closest(global));
  if (!bytes)
    return false;
  uint64_t address = runtime.memory.allocate(bytes->size());
  runtime.globals[global] = address;
  runtime.note(global, address, 1);
  llvm::copy(*bytes, runtime.memory.at(address));
  return true;
}

bool gaus::ir::replaying::placeGlobal(Operation *op, Runtime &runtime) {
  Type element;
  int64_t count = 1;
  Attribute value;
  if (auto global = dyn_cast<memref::GlobalOp>(op)) {
    element = global.getType().getElementType();
    count = global.getType().getNumElements();
    value = global.getInitialValue().value_or(Attribute());
  } else if (auto global = dyn_cast<LLVM::GlobalOp>(op)) {
    if (Region &body = global.getInitializerRegion(); !body.empty())
      return placeComputed(global, body, runtime);
    element = global.getType();
    while (auto array = dyn_cast<LLVM::LLVMArrayType>(element)) {
      element = array.getElementType();
      count *= array.getNumElements();
    }
    value = global.getValueAttr();
  } else {
    return true;
  }
  unsigned bytes = bytesOf(element);
  std::optional<std::vector<uint64_t>> elements;
  if (value && !isa<UnitAttr>(value)) {
    elements = elementsOf(value);
    if (auto bits = bitsOfAttribute(value))
      elements = {*bits};
    if (!elements || static_cast<int64_t>(elements->size()) != count)
      return false;
  }
  if (!bytes || count > (1 << 24))
    return false;
  uint64_t address = runtime.memory.allocate(count * bytes);
  runtime.globals[op] = address;
  runtime.note(op, address, bytes);
  for (size_t k = 0; elements && k < elements->size(); ++k)
    std::memcpy(runtime.memory.at(address + k * bytes), &(*elements)[k], bytes);
  return true;
}

std::optional<Payload> gaus::ir::replaying::constantPayload(Operation *op,
                                                            Runtime &runtime) {
  Payload payload;
  if (isa<LLVM::ZeroOp, LLVM::UndefOp, LLVM::PoisonOp, ub::PoisonOp>(op)) {
    if (!bitsOf(op->getResult(0).getType()))
      return std::nullopt;
    payload.lanes.resize(lanesOf(op->getResult(0).getType()));
    return payload;
  }
  if (auto address = dyn_cast<LLVM::AddressOfOp>(op)) {
    auto global =
        SymbolTable::lookupNearestSymbolFrom(op, address.getGlobalNameAttr());
    auto found = runtime.globals.find(global);
    if (found == runtime.globals.end())
      return std::nullopt;
    payload.bits = found->second;
    return payload;
  }
  Attribute value;
  if (op->getNumResults() != 1 || !matchPattern(op, m_Constant(&value)))
    return std::nullopt;
  if (auto bits = bitsOfAttribute(value)) {
    payload.bits = *bits;
    return payload;
  }
  if (auto lanes = elementsOf(value);
      lanes && lanesOf(op->getResult(0).getType())) {
    payload.lanes = std::move(*lanes);
    return payload;
  }
  return std::nullopt;
}
