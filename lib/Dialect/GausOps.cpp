//===- GausOps.cpp - Operations of gaus -----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/Gaus.h"

#include "gaus/Core/Problem.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

#include <cmath>

using namespace mlir;
using namespace gaus::ir;

//===----------------------------------------------------------------------===//
// Pieces of assembly
//===----------------------------------------------------------------------===//

/// `@mul, @bus: 2`; units are left out if all are 1.
static ParseResult parseUses(OpAsmParser &parser, ArrayAttr &uses,
                             DenseI64ArrayAttr &units) {
  SmallVector<Attribute> names;
  SmallVector<int64_t> counts;
  auto one = [&]() -> ParseResult {
    StringAttr name;
    int64_t count = 1;
    if (parser.parseSymbolName(name))
      return failure();
    if (succeeded(parser.parseOptionalColon()) && parser.parseInteger(count))
      return failure();
    names.push_back(FlatSymbolRefAttr::get(name));
    counts.push_back(count);
    return success();
  };
  if (parser.parseCommaSeparatedList(one))
    return failure();
  uses = parser.getBuilder().getArrayAttr(names);
  if (!llvm::all_equal(counts) || counts.front() != 1)
    units = parser.getBuilder().getDenseI64ArrayAttr(counts);
  return success();
}

static void printUses(OpAsmPrinter &printer, Operation *, ArrayAttr uses,
                      DenseI64ArrayAttr units) {
  for (auto [index, use] : llvm::enumerate(uses)) {
    if (index)
      printer << ", ";
    printer.printAttributeWithoutType(use);
    if (units && static_cast<size_t>(units.size()) > index && units[index] != 1)
      printer << ": " << units[index];
  }
}

static ParseResult parseDelay(OpAsmParser &parser, FloatAttr &in,
                              FloatAttr &out) {
  double first = 0, second = 0;
  if (parser.parseFloat(first))
    return failure();
  second = first;
  if (succeeded(parser.parseOptionalComma()) && parser.parseFloat(second))
    return failure();
  in = parser.getBuilder().getF64FloatAttr(first);
  out = parser.getBuilder().getF64FloatAttr(second);
  return success();
}

static void printDelay(OpAsmPrinter &printer, Operation *, FloatAttr in,
                       FloatAttr out) {
  printer.printFloat(in.getValue());
  if (out && out != in) {
    printer << ", ";
    printer.printFloat(out.getValue());
  }
}

static ParseResult parseOpNames(OpAsmParser &parser, ArrayAttr &names) {
  SmallVector<Attribute> list;
  auto one = [&]() -> ParseResult {
    std::string name;
    if (parser.parseString(&name))
      return failure();
    list.push_back(parser.getBuilder().getStringAttr(name));
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, one))
    return failure();
  names = parser.getBuilder().getArrayAttr(list);
  return success();
}

static void printOpNames(OpAsmPrinter &printer, Operation *, ArrayAttr names) {
  printer << "(";
  llvm::interleaveComma(names, printer,
                        [&](Attribute a) { printer.printAttribute(a); });
  printer << ")";
}

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

LogicalResult LibraryOp::verifyRegions() {
  llvm::StringMap<OperatorOp> byName;
  for (Operation &op : getBody().front()) {
    if (!isa<ResourceOp, OperatorOp>(op))
      return op.emitOpError()
             << "cannot stand in a gaus.library; only gaus.resource and "
                "gaus.operator can";
    auto type = dyn_cast<OperatorOp>(op);
    if (!type || !type.getOpsAttr())
      continue;
    for (Attribute name : type.getOpsAttr()) {
      auto [entry, fresh] =
          byName.try_emplace(cast<StringAttr>(name).getValue(), type);
      if (fresh)
        continue;
      InFlightDiagnostic error = op.emitOpError() << "for: " << name
                                                  << " has an operator already";
      error.attachNote(entry->second.getLoc()) << "it is this one";
      return error;
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
    for (Attribute name : names)
      if (cast<StringAttr>(name).getValue().find('.') == llvm::StringRef::npos)
        return emitOpError()
               << "for: " << name << " is no operation name as \"arith.muli\"";
  return checkTiming(*this);
}

LogicalResult OperatorOp::verifySymbolUses(SymbolTableCollection &symbols) {
  ArrayAttr uses = getUsesAttr();
  if (!uses)
    return success();
  for (auto [index, use] : llvm::enumerate(uses)) {
    auto resource = symbols.lookupSymbolIn<ResourceOp>(
        (*this)->getParentOp(), cast<FlatSymbolRefAttr>(use));
    if (!resource)
      return emitOpError() << "uses " << use
                           << ", which is no gaus.resource of its library";
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
  return emitOpError() << "there is no gaus.library " << name;
}

//===----------------------------------------------------------------------===//
// Node: assembly
//===----------------------------------------------------------------------===//

namespace {

/// Edges as they are read: operands, and what stands behind each.
struct EdgeList {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<int64_t> distances, lags, weights;

  ParseResult parse(OpAsmParser &parser);
};

} // namespace

/// `(%x, %y[1] lag(-2) weight(3))`
ParseResult EdgeList::parse(OpAsmParser &parser) {
  auto one = [&]() -> ParseResult {
    int64_t distance = 0, lag = 0, weight = 1;
    if (parser.parseOperand(operands.emplace_back()))
      return failure();
    if (succeeded(parser.parseOptionalLSquare()) &&
        (parser.parseInteger(distance) || parser.parseRSquare()))
      return failure();
    if (succeeded(parser.parseOptionalKeyword("lag")) &&
        (parser.parseLParen() || parser.parseInteger(lag) ||
         parser.parseRParen()))
      return failure();
    if (succeeded(parser.parseOptionalKeyword("weight")) &&
        (parser.parseLParen() || parser.parseInteger(weight) ||
         parser.parseRParen()))
      return failure();
    distances.push_back(distance);
    lags.push_back(lag);
    weights.push_back(weight);
    return success();
  };
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::OptionalParen,
                                        one);
}

/// An attribute for numbers that are not all `usual`.
static DenseI64ArrayAttr arrayUnless(Builder &b, ArrayRef<int64_t> numbers,
                                     int64_t usual) {
  if (llvm::all_of(numbers, [&](int64_t x) { return x == usual; }))
    return {};
  return b.getDenseI64ArrayAttr(numbers);
}

static ParseResult parseParenInteger(OpAsmParser &parser, IntegerAttr &attr) {
  int64_t number = 0;
  if (parser.parseLParen() || parser.parseInteger(number) ||
      parser.parseRParen())
    return failure();
  attr = parser.getBuilder().getI64IntegerAttr(number);
  return success();
}

/// One clause behind the edges; nullopt if `keyword` is none.
static OptionalParseResult parseClause(OpAsmParser &parser,
                                       llvm::StringRef keyword,
                                       NodeOp::Properties &p) {
  if (keyword == "latency")
    return parseParenInteger(parser, p.latency);
  if (keyword == "occupancy")
    return parseParenInteger(parser, p.occupancy);
  if (keyword == "width")
    return parseParenInteger(parser, p.width);
  if (keyword == "uses")
    return failure(parser.parseLParen() || parseUses(parser, p.uses, p.units) ||
                   parser.parseRParen());
  if (keyword == "delay")
    return failure(parser.parseLParen() ||
                   parseDelay(parser, p.delay_in, p.delay_out) ||
                   parser.parseRParen());
  if (keyword == "operator")
    return failure(parser.parseLParen() ||
                   parser.parseAttribute(p.operator_type) ||
                   parser.parseRParen());
  if (keyword == "window") {
    int64_t first = 0, last = 0;
    if (parser.parseLParen() || parser.parseInteger(first) ||
        parser.parseComma() || parser.parseInteger(last) ||
        parser.parseRParen())
      return failure();
    p.window = parser.getBuilder().getDenseI64ArrayAttr({first, last});
    return success();
  }
  return std::nullopt;
}

ParseResult NodeOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &p = result.getOrAddProperties<NodeOp::Properties>();
  Builder &builder = parser.getBuilder();
  std::string label;
  if (succeeded(parser.parseOptionalString(&label)))
    p.label = builder.getStringAttr(label);
  EdgeList edges;
  if (edges.parse(parser))
    return failure();
  size_t inputs = edges.operands.size();
  if (succeeded(parser.parseOptionalKeyword("after")) && edges.parse(parser))
    return failure();
  llvm::StringRef keyword;
  SMLoc loc = parser.getCurrentLocation();
  while (succeeded(parser.parseOptionalKeyword(
      &keyword, {"operator", "latency", "occupancy", "uses", "window", "width",
                 "delay"}))) {
    OptionalParseResult parsed = parseClause(parser, keyword, p);
    if (!parsed.has_value())
      return parser.emitError(loc, "unknown clause '") << keyword << "'";
    if (*parsed)
      return failure();
    loc = parser.getCurrentLocation();
  }
  if (parser.parseOptionalAttrDict(result.attributes))
    return failure();
  if (succeeded(parser.parseOptionalColon())) {
    Type type;
    if (parser.parseType(type))
      return failure();
    p.type = TypeAttr::get(type);
  }
  p.distances = arrayUnless(builder, edges.distances, 0);
  p.lags = arrayUnless(builder, edges.lags, 0);
  p.weights = arrayUnless(builder, edges.weights, 1);
  p.operandSegmentSizes = {
      static_cast<int32_t>(inputs),
      static_cast<int32_t>(edges.operands.size() - inputs)};
  Type value = ValueType::get(parser.getContext());
  result.addTypes(value);
  return parser.resolveOperands(edges.operands, value, result.operands);
}

void NodeOp::print(OpAsmPrinter &printer) {
  if (getLabelAttr())
    printer << " " << getLabelAttr();
  auto printRange = [&](unsigned begin, unsigned end) {
    if (begin == end)
      return;
    printer << "(";
    for (unsigned k = begin; k < end; ++k) {
      printer << (k > begin ? ", " : "") << getOperand(k);
      if (getDistancesAttr() && getDistancesAttr()[k] != 0)
        printer << "[" << getDistancesAttr()[k] << "]";
      if (getLagsAttr() && getLagsAttr()[k] != 0)
        printer << " lag(" << getLagsAttr()[k] << ")";
      if (getWeightsAttr() && getWeightsAttr()[k] != 1)
        printer << " weight(" << getWeightsAttr()[k] << ")";
    }
    printer << ")";
  };
  unsigned inputs = getInputs().size(), all = getNumOperands();
  printRange(0, inputs);
  if (all > inputs) {
    printer << " after";
    printRange(inputs, all);
  }
  if (getOperatorTypeAttr())
    printer << " operator(" << getOperatorTypeAttr() << ")";
  if (auto latency = getLatency())
    printer << " latency(" << static_cast<int64_t>(*latency) << ")";
  if (auto occupancy = getOccupancy())
    printer << " occupancy(" << static_cast<int64_t>(*occupancy) << ")";
  if (getUsesAttr()) {
    printer << " uses(";
    printUses(printer, *this, getUsesAttr(), getUnitsAttr());
    printer << ")";
  }
  if (DenseI64ArrayAttr w = getWindowAttr(); w && w.size() == 2)
    printer << " window(" << w[0] << ", " << w[1] << ")";
  if (auto width = getWidth())
    printer << " width(" << static_cast<int64_t>(*width) << ")";
  if (getDelayInAttr()) {
    printer << " delay(";
    printDelay(printer, *this, getDelayInAttr(), getDelayOutAttr());
    printer << ")";
  }
  printer.printOptionalAttrDict(
      (*this)->getDiscardableAttrDictionary().getValue());
  if (getTypeAttr())
    printer << " : " << getTypeAttr();
}

void NodeOp::getAsmResultNames(
    llvm::function_ref<void(Value, llvm::StringRef)> setName) {
  if (auto label = getLabel(); label && !label->empty())
    setName(getResult(), *label);
}

//===----------------------------------------------------------------------===//
// Node: checks
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
