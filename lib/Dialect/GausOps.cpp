//===- GausOps.cpp - Operations of gaus -----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "OperationNames.h"
#include "Suggestions.h"
#include "Timings.h"

#include "gaus/Dialect/Gaus.h"
#include "gaus/Dialect/Selectors.h"

#include "gaus/Core/Problem.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/StringMap.h"

#include <cmath>

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Shared checks
//===----------------------------------------------------------------------===//

static LogicalResult checkRange(Operation *op, llvm::StringRef what,
                                std::optional<uint64_t> value, int64_t least,
                                int64_t most) {
  auto number = static_cast<int64_t>(value.value_or(least));
  if (number >= least && number <= most)
    return success();
  return op->emitOpError() << what << " must be in [" << least << ", " << most
                           << "], got " << number;
}

static LogicalResult checkDelayValue(Operation *op, FloatAttr delay) {
  if (!delay || (delay.getValueAsDouble() >= 0 &&
                 std::isfinite(delay.getValueAsDouble())))
    return success();
  return op->emitOpError() << "delay must be finite and not negative";
}

static LogicalResult checkUnits(Operation *op, ArrayAttr uses,
                                DenseI64ArrayAttr units) {
  if (!units)
    return success();
  if (!uses || static_cast<size_t>(units.size()) != uses.size())
    return op->emitOpError()
           << "has units for " << units.size() << " resources but uses "
           << (uses ? uses.size() : 0);
  for (int64_t u : units.asArrayRef())
    if (u < 0)
      return op->emitOpError() << "units must not be negative, got " << u;
  return success();
}

/// What operators and nodes have in common.
template <class Op> static LogicalResult checkTiming(Op op) {
  int64_t most = gaus::kMaxCycle;
  return success(
      succeeded(checkRange(op, "latency", op.getLatency(), 0, most)) &&
      succeeded(checkRange(op, "occupancy", op.getOccupancy(), 1, most)) &&
      succeeded(checkRange(op, "width", op.getWidth(), 0, int64_t(1) << 40)) &&
      succeeded(checkDelayValue(op, op.getDelayInAttr())) &&
      succeeded(checkDelayValue(op, op.getDelayOutAttr())) &&
      succeeded(checkUnits(op, op.getUsesAttr(), op.getUnitsAttr())));
}

//===----------------------------------------------------------------------===//
// Library, resource, operator
//===----------------------------------------------------------------------===//

namespace {

/// What stands in `for` of an operator.
struct NamedOperator {
  Attribute text;
  Selector selector;
  OperatorOp op;
};

} // namespace

static std::string textOf(Attribute selector) {
  std::string text;
  llvm::raw_string_ostream os(text);
  printSelector(os, selector);
  return text;
}

/// Of two selectors one has to be more special where both match.
static LogicalResult checkTies(ArrayRef<NamedOperator> before,
                               const NamedOperator &added) {
  for (const NamedOperator &other : before) {
    if (!added.selector.ties(other.selector))
      continue;
    InFlightDiagnostic error = OperatorOp(added.op).emitOpError()
                               << "for: " << textOf(added.text);
    if (added.text == other.text)
      error << " has an operator already";
    else
      error << " and " << textOf(other.text)
            << " are both for some operations, and neither is more special";
    error.attachNote(OperatorOp(other.op).getLoc()) << "it is this one";
    return error;
  }
  return success();
}

LogicalResult LibraryOp::verifyRegions() {
  llvm::StringMap<SmallVector<NamedOperator, 1>> byName;
  for (Operation &op : getBody().front()) {
    if (!isa<ResourceOp, OperatorOp>(op))
      return op.emitOpError()
             << "cannot stand in a gaus.library; only gaus.resource and "
                "gaus.operator can";
    auto type = dyn_cast<OperatorOp>(op);
    if (!type || !type.getOpsAttr())
      continue;
    for (Attribute text : type.getOpsAttr()) {
      NamedOperator added{text, Selector(text), type};
      auto &before = byName[added.selector.name];
      if (failed(checkTies(before, added)))
        return failure();
      before.push_back(added);
    }
  }
  return success();
}

LogicalResult ResourceOp::verify() {
  if (auto limit = getLimit(); limit && static_cast<int64_t>(*limit) < 1)
    return emitOpError() << "limit must be at least 1, got "
                         << static_cast<int64_t>(*limit)
                         << "; leave it out for an unlimited resource";
  return checkRange(*this, "price", getPrice(), 0, int64_t(1) << 31);
}

LogicalResult OperatorOp::verify() {
  if (ArrayAttr names = getOpsAttr())
    for (Attribute text : names) {
      llvm::StringRef name = Selector(text).name;
      if (std::string wrong = wrongOperationName(getContext(), name);
          !wrong.empty())
        return emitOpError() << "for: \"" << name << "\" " << wrong;
    }
  if (failed(checkTimings(*this)))
    return failure();
  return checkTiming(*this);
}

LogicalResult OperatorOp::verifySymbolUses(SymbolTableCollection &symbols) {
  ArrayAttr uses = getUsesAttr();
  if (!uses)
    return success();
  for (auto [index, use] : llvm::enumerate(uses)) {
    auto resource = symbols.lookupSymbolIn<ResourceOp>(
        (*this)->getParentOp(), cast<FlatSymbolRefAttr>(use));
    if (!resource) {
      Suggestion nearest(cast<FlatSymbolRefAttr>(use).getValue());
      nearest.offerSymbols<ResourceOp>((*this)->getParentOp());
      return emitOpError() << "uses " << use
                           << ", which is no gaus.resource of its library"
                           << nearest.text();
    }
    int64_t units = getUnitsAttr() ? getUnitsAttr()[index] : 1;
    if (auto limit = resource.getLimit();
        limit && units > static_cast<int64_t>(*limit)) {
      InFlightDiagnostic error = emitOpError()
                                 << "uses " << units << " units of " << use
                                 << ", over the limit of " << *limit;
      error.attachNote(resource.getLoc()) << "the limit is set here";
      return error;
    }
  }
  return success();
}

//===----------------------------------------------------------------------===//
// Graph
//===----------------------------------------------------------------------===//

LogicalResult GraphOp::verify() {
  if (failed(checkRange(*this, "ii", getIi(), 1, gaus::kMaxCycle)) ||
      failed(checkRange(*this, "length", getLength(), 1, gaus::kMaxCycle)))
    return failure();
  if (auto clock = getClock();
      clock && !(clock->convertToDouble() > 0 && clock->isFinite()))
    return emitOpError() << "clock must be finite and positive";
  return success();
}

LogicalResult GraphOp::verifyRegions() {
  for (Operation &op : getBody().front())
    if (!isa<NodeOp>(op))
      return op.emitOpError() << "cannot stand in a gaus.graph; only gaus.node "
                                 "can";
  return success();
}

LogicalResult GraphOp::verifySymbolUses(SymbolTableCollection &symbols) {
  FlatSymbolRefAttr name = getLibraryAttr();
  if (!name || name.getValue() == "gaus_default" ||
      symbols.lookupNearestSymbolFrom<LibraryOp>(*this, name))
    return success();
  return emitOpError() << "there is no gaus.library " << name
                       << suggestLibrary((*this)->getParentOp(), name);
}

//===----------------------------------------------------------------------===//
// Node
//===----------------------------------------------------------------------===//

static LogicalResult checkEdges(NodeOp op, llvm::StringRef what,
                                DenseI64ArrayAttr numbers, int64_t least,
                                int64_t most) {
  if (!numbers)
    return success();
  if (numbers.size() != static_cast<int64_t>(op->getNumOperands()))
    return op.emitOpError() << "has " << numbers.size() << " " << what
                            << "s for " << op->getNumOperands() << " operands";
  for (int64_t x : numbers.asArrayRef())
    if (x < least || x > most)
      return op.emitOpError() << what << " must be in [" << least << ", "
                              << most << "], got " << x;
  return success();
}

LogicalResult NodeOp::verify() {
  int64_t most = gaus::kMaxCycle;
  if (failed(checkEdges(*this, "distance", getDistancesAttr(), 0, most)) ||
      failed(checkEdges(*this, "lag", getLagsAttr(), -most, most)) ||
      failed(
          checkEdges(*this, "weight", getWeightsAttr(), 0, int64_t(1) << 40)))
    return failure();
  if (DenseI64ArrayAttr w = getWindowAttr()) {
    if (w.size() != 2 || w[0] < 0 || w[1] > most)
      return emitOpError() << "window must be two cycles in [0, " << most
                           << "]";
    if (w[0] > w[1])
      return emitOpError() << "window is empty: " << w[0] << " is after "
                           << w[1];
  }
  return checkTiming(*this);
}

LogicalResult NodeOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto graph = cast<GraphOp>((*this)->getParentOp());
  FlatSymbolRefAttr name = graph.getLibraryAttr();
  LibraryOp library;
  if (name)
    library = symbols.lookupNearestSymbolFrom<LibraryOp>(graph, name);
  bool isDefault = !name || name.getValue() == "gaus_default";
  if (SymbolRefAttr ref = getOperatorTypeAttr()) {
    bool nested = !ref.getNestedReferences().empty();
    Operation *found = nullptr;
    if (nested)
      found = symbols.lookupNearestSymbolFrom(graph, ref);
    else if (library)
      found = symbols.lookupSymbolIn(library, ref);
    bool byDefault = nested
                         ? ref.getRootReference().getValue() == "gaus_default"
                         : isDefault;
    if (!isa_and_nonnull<OperatorOp>(found) && !byDefault) {
      InFlightDiagnostic error = emitOpError()
                                 << "there is no gaus.operator " << ref;
      Suggestion nearest(ref.getLeafReference());
      nearest.offerSymbols<OperatorOp>(nested ? nullptr : library);
      error << (nested ? suggestOperator(graph, ref) : nearest.text());
      if (library)
        error.attachNote(library.getLoc()) << "in the graph's library";
      return error;
    }
  }
  if (!library || !getUsesAttr())
    return success();
  for (auto [index, use] : llvm::enumerate(getUsesAttr())) {
    auto resource = symbols.lookupSymbolIn<ResourceOp>(
        library, cast<FlatSymbolRefAttr>(use));
    int64_t units = getUnitsAttr() ? getUnitsAttr()[index] : 1;
    if (!resource)
      continue;
    auto limit = resource.getLimit();
    if (!limit || units <= static_cast<int64_t>(*limit))
      continue;
    InFlightDiagnostic error = emitOpError()
                               << "uses " << units << " units of " << use
                               << ", over the limit of " << *limit;
    error.attachNote(resource.getLoc()) << "the limit is set here";
    return error;
  }
  return success();
}

#define GET_OP_CLASSES
#include "gaus/Dialect/GausOps.cpp.inc"
