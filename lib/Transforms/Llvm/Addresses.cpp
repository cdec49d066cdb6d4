//===- Addresses.cpp - Pointers of a block as a base and a sum ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Llvm/Addresses.h"

using namespace mlir;
using namespace gaus::ir;

static constexpr unsigned kMaxChain = 1024;

static bool hasBody(LLVM::LLVMStructType type) {
  return !type.isOpaque() && (!type.isIdentified() || type.isInitialized());
}

std::optional<uint64_t> Addresses::allocSize(Type type) {
  if (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
    std::optional<uint64_t> each = allocSize(array.getElementType());
    uint64_t count = array.getNumElements();
    if (!each || (count && *each > kMaxBytes / count))
      return std::nullopt;
    return *each * count;
  }
  if (auto record = dyn_cast<LLVM::LLVMStructType>(type)) {
    if (!hasBody(record))
      return std::nullopt;
    return fieldOffset(record, record.getBody().size());
  }
  if (!isa<IntegerType, FloatType, LLVM::LLVMPointerType, VectorType>(type))
    return std::nullopt;
  llvm::TypeSize size = layout.getTypeSize(type);
  if (size.isScalable())
    return std::nullopt;
  return llvm::alignTo(size.getFixedValue(), layout.getTypeABIAlignment(type));
}

/// Where a field begins; of the number of fields, the size of the whole.
std::optional<uint64_t> Addresses::fieldOffset(LLVM::LLVMStructType type,
                                               uint64_t field) {
  if (!hasBody(type) || field > type.getBody().size())
    return std::nullopt;
  uint64_t offset = 0, most = 1;
  for (auto [index, member] : llvm::enumerate(type.getBody())) {
    std::optional<uint64_t> size = allocSize(member);
    if (!size)
      return std::nullopt;
    uint64_t align = type.isPacked() ? 1 : layout.getTypeABIAlignment(member);
    offset = llvm::alignTo(offset, align);
    most = std::max(most, align);
    if (index == field)
      return offset;
    offset += *size;
  }
  return llvm::alignTo(offset, most);
}

/// Adds what the indices of `gep` are worth; false if that is not known.
bool Addresses::addIndices(LLVM::GEPOp gep, LinearForm &offset) {
  Type type = gep.getElemType();
  for (auto [position, index] : llvm::enumerate(gep.getIndices())) {
    LinearForm form;
    if (auto constant = dyn_cast<IntegerAttr>(index)) {
      form.constant = static_cast<uint64_t>(constant.getInt());
    } else {
      std::optional<LinearForm> found =
          forms.of(cast<Value>(index), /*isUnsigned=*/false);
      if (!found)
        return false;
      form = std::move(*found);
    }
    if (auto record = dyn_cast<LLVM::LLVMStructType>(type);
        record && position > 0) {
      std::optional<uint64_t> at = form.terms.empty()
                                       ? fieldOffset(record, form.constant)
                                       : std::nullopt;
      if (!at || form.constant >= record.getBody().size())
        return false;
      offset.constant += *at;
      type = record.getBody()[form.constant];
      continue;
    }
    if (position > 0) {
      auto array = dyn_cast<LLVM::LLVMArrayType>(type);
      if (!array)
        return false;
      type = array.getElementType();
    }
    std::optional<uint64_t> size = allocSize(type);
    if (!size)
      return false;
    offset.add(form, *size);
  }
  return offset.terms.size() <= kMaxTerms;
}

/// One value for all addresses of a global.
Value Addresses::globalOnce(Value pointer) {
  if (auto of = pointer.getDefiningOp<LLVM::AddressOfOp>())
    return globals.try_emplace(of.getGlobalNameAttr(), pointer).first->second;
  return pointer;
}

/// Follows a pointer to what it points into. The base may be an argument of the
/// loop.
Address Addresses::chase(Value pointer) {
  Address address;
  for (unsigned length = 0; length < kMaxChain; ++length) {
    auto type = dyn_cast<LLVM::LLVMPointerType>(pointer.getType());
    if (!type || layout.getTypeSizeInBits(type) != 64 ||
        layout.getTypeIndexBitwidth(type).value_or(64) != 64)
      return Address();
    auto gep = pointer.getDefiningOp<LLVM::GEPOp>();
    if (!gep) {
      address.base = globalOnce(pointer);
      return address;
    }
    if (!addIndices(gep, address.offset))
      return Address();
    pointer = gep.getBase();
  }
  return Address();
}

const Address &Addresses::of(Value pointer) {
  auto found = addresses.find(pointer);
  if (found == addresses.end())
    found = addresses.try_emplace(pointer, chase(pointer)).first;
  return found->second;
}
