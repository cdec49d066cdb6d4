//===- MemoryFacts.cpp - Ports and banks of memories ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/MemoryFacts.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

LogicalResult gaus::ir::checkPorts(Attribute value, EmitError emitError) {
  auto number = dyn_cast<IntegerAttr>(value);
  if (number && number.getType().isSignlessInteger(64) &&
      number.getInt() >= 1 && number.getInt() <= int64_t(1) << 30)
    return success();
  return emitError() << kPorts << " must be an i64 in [1, 2^30], got " << value;
}

//===----------------------------------------------------------------------===//
// Banks
//===----------------------------------------------------------------------===//

int64_t Banks::inner() const {
  int64_t elements = 1;
  for (size_t d = dimension + 1; d < shape.size(); ++d)
    elements *= shape[d];
  return elements;
}

int64_t Banks::bankOfElement(int64_t element) const {
  auto at = llvm::divideFloorSigned(element, inner());
  if (int64_t size = shape[dimension]; !ShapedType::isDynamic(size))
    at = llvm::mod(at, size);
  return kind == Kind::Cyclic ? llvm::mod(at, count) : at / block();
}

/// Bytes of an element behind a pointer; 0 where they are not known.
static int64_t bytesOf(Type element) {
  if (isa<LLVM::LLVMPointerType>(element))
    return 8;
  if (!element.isIntOrFloat())
    return 0;
  unsigned bits = element.getIntOrFloatBitWidth();
  bool isWhole = bits == 8 || bits == 16 || bits == 32 || bits == 64;
  return isWhole ? bits / 8 : 0;
}

/// Shape and element of a memory by what is known of it; no bytes where that
/// says nothing of elements.
static Banks layoutOf(Type type) {
  Banks banks{Banks::Kind::Complete, 0, 0, {}, 0};
  if (auto memref = dyn_cast_or_null<MemRefType>(type)) {
    llvm::append_range(banks.shape, memref.getShape());
    return banks;
  }
  if (!type || isa<LLVM::LLVMPointerType>(type))
    return banks;
  if (!isa<LLVM::LLVMArrayType>(type))
    banks.shape.push_back(ShapedType::kDynamic);
  while (auto array = dyn_cast<LLVM::LLVMArrayType>(type)) {
    banks.shape.push_back(static_cast<int64_t>(array.getNumElements()));
    type = array.getElementType();
  }
  banks.bytes = bytesOf(type);
  return banks;
}

/// What is written as the type of a pointer's memory, else `type`.
static Type memoryType(ArrayAttr banks, Type type) {
  auto written = banks.size() == 4 ? dyn_cast<TypeAttr>(banks[3]) : TypeAttr();
  return written ? written.getValue() : type;
}

static LogicalResult checkLayout(ArrayAttr banks, Type type, int64_t dimension,
                                 EmitError emitError) {
  auto memref = dyn_cast_or_null<MemRefType>(type);
  if (memref && (!memref.hasStaticShape() || !memref.getLayout().isIdentity()))
    type = Type();
  if (!type || (memref && banks.size() > 3))
    return emitError() << kBanks << " of this kind needs a memref of a known "
                       << "shape without a layout, or a pointer";
  Type held = memoryType(banks, type);
  Banks layout = layoutOf(held);
  if (!memref && layout.bytes == 0)
    return emitError() << kBanks
                       << " of a pointer needs the type of its memory "
                       << "as a fourth entry: numbers of 8, 16, 32 or 64 bits, "
                       << "pointers, or arrays of them; got " << held;
  if (dimension >= static_cast<int64_t>(layout.shape.size()))
    return emitError() << kBanks << ": there is no dimension " << dimension
                       << " in " << held;
  bool isBlock = cast<StringAttr>(banks[0]) == "block";
  if (int64_t size = layout.shape[dimension];
      (isBlock && ShapedType::isDynamic(size)) || size == 0)
    return emitError() << kBanks << ": no size of dimension " << dimension
                       << " is known of " << held;
  return success();
}

LogicalResult gaus::ir::checkBanks(Attribute value, Type type,
                                   EmitError emitError) {
  constexpr int64_t most = 1024;
  auto array = dyn_cast<ArrayAttr>(value);
  auto kind =
      array && !array.empty() ? dyn_cast<StringAttr>(array[0]) : StringAttr();
  if (kind && kind == "complete" && array.size() == 1)
    return success();
  auto number = [&](size_t k) {
    auto n = dyn_cast<IntegerAttr>(array[k]);
    return n && n.getValue().isSignedIntN(32) ? n.getInt() : -1;
  };
  bool isWhole = array && (array.size() == 3 ||
                           (array.size() == 4 && isa<TypeAttr>(array[3])));
  if (!kind || (kind != "cyclic" && kind != "block") || !isWhole ||
      number(1) < 1 || number(1) > most || number(2) < 0)
    return emitError() << kBanks
                       << R"( must be ["cyclic", banks, dimension], ["block", )"
                       << R"(banks, dimension] or ["complete"], with 1 to )"
                       << most << " banks, got " << value;
  return checkLayout(array, type, number(2), emitError);
}

/// What an alloca of the llvm dialect holds.
static Type allocatedType(LLVM::AllocaOp alloca) {
  Type element = alloca.getElemType();
  APInt count;
  if (!matchPattern(alloca.getArraySize(), m_ConstantInt(&count)))
    return isa<LLVM::LLVMArrayType>(element) ? Type() : element;
  return count.isOne() && isa<LLVM::LLVMArrayType>(element)
             ? element
             : LLVM::LLVMArrayType::get(element, count.getZExtValue());
}

Type gaus::ir::memoryTypeOf(Type argument) {
  return isa_and_nonnull<MemRefType, LLVM::LLVMPointerType>(argument) ? argument
                                                                      : Type();
}

Type gaus::ir::memoryTypeOf(Operation *op) {
  if (auto alloca = dyn_cast<LLVM::AllocaOp>(op))
    return allocatedType(alloca);
  if (auto global = dyn_cast<LLVM::GlobalOp>(op))
    return global.getGlobalType();
  if (op->getNumResults() == 1)
    return memoryTypeOf(op->getResult(0).getType());
  auto type = op->getAttrOfType<TypeAttr>("type");
  return type ? dyn_cast<MemRefType>(type.getValue()) : MemRefType();
}

/// The verifier of the dialect has seen the attributes.
static MemoryFacts factsIn(llvm::function_ref<Attribute(llvm::StringRef)> get,
                           Type type) {
  MemoryFacts facts;
  Attribute ports = get(kPorts), banks = get(kBanks);
  facts.isFifo = static_cast<bool>(get(kFifo));
  if (auto number = dyn_cast_or_null<IntegerAttr>(ports))
    facts.ports = number.getInt();
  auto array = dyn_cast_or_null<ArrayAttr>(banks);
  if (!array || array.empty())
    return facts;
  llvm::StringRef kind = cast<StringAttr>(array[0]).getValue();
  facts.banks = layoutOf(memoryType(array, type));
  facts.banks->kind = kind == "cyclic"  ? Banks::Kind::Cyclic
                      : kind == "block" ? Banks::Kind::Block
                                        : Banks::Kind::Complete;
  if (facts.banks->kind == Banks::Kind::Complete)
    return facts;
  facts.banks->count = cast<IntegerAttr>(array[1]).getInt();
  facts.banks->dimension =
      static_cast<unsigned>(cast<IntegerAttr>(array[2]).getInt());
  return facts;
}

MemoryFacts gaus::ir::factsOf(Operation *memory) {
  return factsIn([&](llvm::StringRef name) { return memory->getAttr(name); },
                 memoryTypeOf(memory));
}

MemoryFacts gaus::ir::factsOf(BlockArgument memory) {
  auto function =
      dyn_cast<FunctionOpInterface>(memory.getOwner()->getParentOp());
  if (!function)
    return {};
  return factsIn(
      [&](llvm::StringRef name) {
        return function.getArgAttr(memory.getArgNumber(), name);
      },
      memory.getType());
}
