//===- WrittenBinding.cpp - A binding as attributes -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Binding/ScopeDatapath.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;

/// The first part of units' names: a number follows it.
static std::string stemOf(llvm::StringRef kind) {
  bool isClear =
      !kind.empty() && !llvm::isDigit(kind.back()) && kind.back() != '_';
  return kind.str() + (isClear ? "" : "_");
}

void gaus::ir::dropBinding(const Scope &scope) {
  for (Operation *op : scope.nodes)
    for (llvm::StringRef name : {kUnit, kSwapped, kRegisters})
      op->removeAttr(name);
  for (llvm::StringRef name :
       {kUnits, kRegisterWidths, kEnteringRegisters, kRegisterCount,
        kRegisterBits, kMultiplexerInputs})
    scope.carrier->removeAttr(name);
}

static Attribute registersAttr(Builder &b, std::span<const int32_t> registers) {
  llvm::SmallVector<int64_t> numbers(registers.begin(), registers.end());
  return b.getDenseI64ArrayAttr(numbers);
}

static void writeUnits(Scope &scope, const gaus::Datapath &d,
                       const gaus::Binding &binding) {
  Builder b(scope.carrier->getContext());
  for (int32_t i = 0; i < d.numNodes(); ++i) {
    llvm::SmallVector<Attribute> names;
    size_t at = 0;
    for (int32_t k = d.holdBegin[i]; k < d.holdBegin[i + 1]; ++k)
      for (int64_t u = 0; u < d.holdUnits[k] * d.turnsOf(i); ++u)
        names.push_back(
            b.getStringAttr(stemOf(d.kindName[d.holdKind[k]]) +
                            std::to_string(binding.unitsOf(i)[at++])));
    if (names.size() == 1)
      scope.nodes[i]->setAttr(kUnit, names[0]);
    else if (!names.empty())
      scope.nodes[i]->setAttr(kUnit, b.getArrayAttr(names));
    if (binding.swapped[i])
      scope.nodes[i]->setAttr(kSwapped, b.getUnitAttr());
  }
  std::map<std::string, int64_t> byName;
  for (int32_t k = 0; k < d.numKinds(); ++k)
    if (binding.unitCount[k] > 0)
      byName[d.kindName[k]] += binding.unitCount[k];
  llvm::SmallVector<NamedAttribute> counts;
  for (const auto &[name, count] : byName)
    counts.push_back(b.getNamedAttr(name, b.getI64IntegerAttr(count)));
  scope.carrier->setAttr(kUnits, b.getDictionaryAttr(counts));
}

void gaus::ir::writeBinding(Scope &scope, const gaus::Datapath &d,
                            const gaus::Binding &binding) {
  dropBinding(scope);
  Builder b(scope.carrier->getContext());
  writeUnits(scope, d, binding);
  llvm::SmallVector<Attribute> entering;
  for (int32_t v = 0; v < d.numValues(); ++v) {
    Attribute registers = registersAttr(b, binding.registersOf(v));
    if (d.producer[v] >= 0)
      scope.nodes[d.producer[v]]->setAttr(kRegisters, registers);
    else
      entering.push_back(registers);
  }
  Operation *carrier = scope.carrier;
  if (!entering.empty())
    carrier->setAttr(kEnteringRegisters, b.getArrayAttr(entering));
  carrier->setAttr(kRegisterWidths,
                   b.getDenseI64ArrayAttr(binding.registerWidth));
  carrier->setAttr(kRegisterCount,
                   b.getI64IntegerAttr(binding.registerCount()));
  carrier->setAttr(kRegisterBits, b.getI64IntegerAttr(binding.registerBits()));
  carrier->setAttr(kMultiplexerInputs,
                   b.getI64IntegerAttr(binding.multiplexerInputs));
}

//===----------------------------------------------------------------------===//
// Back
//===----------------------------------------------------------------------===//

namespace {

/// A binding from what is written: units by their names alone, whatever they
/// are units of.
class ReadBinding {
public:
  ReadBinding(const Scope &scope, gaus::Datapath &d) : scope(scope), d(d) {}

  LogicalResult read() {
    int32_t kinds = d.numKinds();
    count.assign(kinds, 0);
    for (int32_t i = 0; i < d.numNodes(); ++i)
      if (failed(readUnits(i)))
        return failure();
    binding.unitCount = count;
    if (auto widths =
            scope.carrier->getAttrOfType<DenseI64ArrayAttr>(kRegisterWidths))
      binding.registerWidth.assign(widths.asArrayRef().begin(),
                                   widths.asArrayRef().end());
    return readRegisters();
  }

  gaus::Binding binding;

private:
  LogicalResult wrong(Operation *op, const llvm::Twine &what) {
    return mlir::emitError(op->getLoc()) << what;
  }

  LogicalResult readUnits(int32_t i) {
    Operation *op = scope.nodes[i];
    llvm::SmallVector<llvm::StringRef> names;
    if (auto name = op->getAttrOfType<StringAttr>(kUnit))
      names.push_back(name.getValue());
    else if (auto list = op->getAttrOfType<ArrayAttr>(kUnit))
      for (Attribute name : list)
        names.push_back(cast<StringAttr>(name).getValue());
    size_t at = 0;
    for (int32_t k = d.holdBegin[i]; k < d.holdBegin[i + 1]; ++k)
      for (int64_t u = 0; u < d.holdUnits[k] * d.turnsOf(i); ++u, ++at)
        if (at >= names.size() || failed(readUnit(k, names[at])))
          return wrong(op, "gaus.unit names no unit of '" +
                               llvm::Twine(d.kindName[d.holdKind[k]]) + "'");
    if (at != names.size())
      return wrong(op, "gaus.unit names more units than it holds");
    binding.unitBegin.push_back(static_cast<int32_t>(binding.unit.size()));
    return success();
  }

  LogicalResult readUnit(int32_t hold, llvm::StringRef name) {
    int32_t kind = d.holdKind[hold];
    int32_t number = 0;
    if (!name.consume_front(stemOf(d.kindName[kind])) ||
        name.getAsInteger(10, number) || number < 0)
      return failure();
    binding.unit.push_back(number);
    count[kind] = std::max(count[kind], number + 1);
    return success();
  }

  LogicalResult readRegisters() {
    auto entering = scope.carrier->getAttrOfType<ArrayAttr>(kEnteringRegisters);
    size_t next = 0;
    for (int32_t v = 0; v < d.numValues(); ++v) {
      DenseI64ArrayAttr held;
      if (d.producer[v] >= 0)
        held = scope.nodes[d.producer[v]]->getAttrOfType<DenseI64ArrayAttr>(
            kRegisters);
      else if (entering && next < entering.size())
        held = dyn_cast<DenseI64ArrayAttr>(entering[next++]);
      if (held)
        for (int64_t r : held.asArrayRef())
          binding.registers.push_back(
              static_cast<int32_t>(std::clamp<int64_t>(r, -1, INT32_MAX)));
      binding.registerBegin.push_back(
          static_cast<int32_t>(binding.registers.size()));
    }
    binding.swapped.assign(d.numNodes(), 0);
    return success();
  }

  const Scope &scope;
  gaus::Datapath &d;
  std::vector<int32_t> count;
};

} // namespace

LogicalResult gaus::ir::checkWrittenBinding(const Scope &scope,
                                            llvm::ArrayRef<int32_t> starts) {
  if (!scope.carrier->hasAttr(kUnits))
    return success();
  gaus::Datapath d = datapathOf(scope, starts, UnitSharing::All);
  ReadBinding written(scope, d);
  if (failed(written.read()))
    return failure();
  std::vector<gaus::Diagnostic> wrong = gaus::checkBinding(d, written.binding);
  for (const gaus::Diagnostic &diagnostic : wrong)
    scope.emit(diagnostic);
  return failure(!wrong.empty());
}
