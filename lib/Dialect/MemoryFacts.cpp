//===- MemoryFacts.cpp - Ports and banks of memories ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/MemoryFacts.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/BuiltinAttributes.h"
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

LogicalResult gaus::ir::checkBanks(Attribute value, MemRefType type,
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
  if (!kind || (kind != "cyclic" && kind != "block") || array.size() != 3 ||
      number(1) < 1 || number(1) > most || number(2) < 0)
    return emitError() << kBanks
                       << R"( must be ["cyclic", banks, dimension], ["block", )"
                       << R"(banks, dimension] or ["complete"], with 1 to )"
                       << most << " banks, got " << value;
  if (!type || !type.hasStaticShape() || !type.getLayout().isIdentity())
    return emitError() << kBanks << " of this kind needs a memref of a known "
                       << "shape without a layout";
  if (number(2) >= type.getRank())
    return emitError() << kBanks << ": there is no dimension " << number(2)
                       << " in " << type;
  return success();
}

MemRefType gaus::ir::memrefOf(Operation *op) {
  if (op->getNumResults() == 1)
    return dyn_cast<MemRefType>(op->getResult(0).getType());
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
  facts.banks.emplace();
  facts.banks->kind = kind == "cyclic"  ? Banks::Kind::Cyclic
                      : kind == "block" ? Banks::Kind::Block
                                        : Banks::Kind::Complete;
  if (facts.banks->kind == Banks::Kind::Complete)
    return facts;
  facts.banks->count = cast<IntegerAttr>(array[1]).getInt();
  facts.banks->dimension =
      static_cast<unsigned>(cast<IntegerAttr>(array[2]).getInt());
  llvm::append_range(facts.banks->shape, cast<MemRefType>(type).getShape());
  return facts;
}

MemoryFacts gaus::ir::factsOf(Operation *memory) {
  return factsIn([&](llvm::StringRef name) { return memory->getAttr(name); },
                 memrefOf(memory));
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
