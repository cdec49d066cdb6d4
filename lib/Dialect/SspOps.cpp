//===- SspOps.cpp - Operations of ssp -------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SspText.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gaus::ssp;

static OptionalParseResult parsePropertyList(OpAsmParser &parser,
                                             ArrayAttr &list) {
  SmallVector<Attribute> properties;
  OptionalParseResult parsed = parsePropertyArray(parser, properties);
  if (!properties.empty())
    list = parser.getBuilder().getArrayAttr(properties);
  return parsed;
}

static void printPropertyList(OpAsmPrinter &printer, Operation *,
                              ArrayAttr list) {
  printPropertyArray(printer, list.getValue());
}

//===----------------------------------------------------------------------===//
// Instance
//===----------------------------------------------------------------------===//

template <class Op> static Op firstIn(InstanceOp instance) {
  auto all = instance.getBody().front().getOps<Op>();
  return all.empty() ? Op() : *all.begin();
}

LibraryOp InstanceOp::getLibrary() { return firstIn<LibraryOp>(*this); }
ResourceLibraryOp InstanceOp::getResources() {
  return firstIn<ResourceLibraryOp>(*this);
}
GraphOp InstanceOp::getGraph() { return firstIn<GraphOp>(*this); }

LogicalResult InstanceOp::verify() {
  Block &body = getBody().front();
  if (!llvm::hasSingleElement(body.getOps<LibraryOp>()) ||
      !llvm::hasSingleElement(body.getOps<GraphOp>()))
    return emitOpError() << "must contain exactly one 'library' and one "
                            "'graph'";
  if (getGraph()->isBeforeInBlock(getLibrary()))
    return emitOpError() << "must contain the 'library' before the 'graph'";
  return success();
}

/// An operation of an instance names a type of the instance's own library
/// first, then by a path in the instance, then by a path around it.
template <class Type>
static Type lookupType(SymbolTableCollection &symbols, InstanceOp instance,
                       Operation *library, SymbolRefAttr ref) {
  Operation *found = library ? symbols.lookupSymbolIn(library, ref) : nullptr;
  if (!found)
    found = symbols.lookupSymbolIn(instance, ref);
  if (!found && instance->getParentOp())
    found = symbols.lookupNearestSymbolFrom(instance->getParentOp(), ref);
  return dyn_cast_or_null<Type>(found);
}

OperatorTypeOp gaus::ssp::lookupOperatorType(SymbolTableCollection &symbols,
                                             InstanceOp instance,
                                             SymbolRefAttr ref) {
  return lookupType<OperatorTypeOp>(symbols, instance, instance.getLibrary(),
                                    ref);
}

ResourceTypeOp gaus::ssp::lookupResourceType(SymbolTableCollection &symbols,
                                             InstanceOp instance,
                                             SymbolRefAttr ref) {
  Operation *library = instance.getResources();
  return lookupType<ResourceTypeOp>(symbols, instance, library, ref);
}

//===----------------------------------------------------------------------===//
// Operation: text
//===----------------------------------------------------------------------===//

/// More are a slip: each takes memory.
static constexpr size_t kMaxResults = 1 << 16;

/// `uses[@a, @lib::@b]`, or `uses<@a>`; nothing where the keyword is missing.
static ParseResult parseUses(OpAsmParser &parser,
                             SmallVectorImpl<Attribute> &properties) {
  SMLoc loc = parser.getCurrentLocation();
  if (failed(parser.parseOptionalKeyword("uses")))
    return success();
  for (Attribute property : properties)
    if (isa<LinkedResourceTypesAttr>(property))
      return parser.emitError(loc, "has 'uses' twice");
  SmallVector<Attribute> names;
  auto one = [&]() -> ParseResult {
    SymbolRefAttr name;
    if (parser.parseAttribute(name))
      return failure();
    names.push_back(name);
    return success();
  };
  if (succeeded(parser.parseOptionalLess())) {
    if (one() || parser.parseGreater())
      return failure();
  } else if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Square,
                                            one)) {
    return failure();
  }
  Builder &b = parser.getBuilder();
  properties.push_back(
      LinkedResourceTypesAttr::get(b.getContext(), b.getArrayAttr(names)));
  return success();
}

namespace {

/// The dependences as they are read.
struct DependenceList {
  SmallVector<OpAsmParser::UnresolvedOperand> operands;
  SmallVector<Attribute> dependences;
  unsigned count = 0;

  ParseResult parse(OpAsmParser &parser);
  ParseResult parseOne(OpAsmParser &parser);
};

} // namespace

/// `%0#1 [dist<1>]` or `@name [dist<1>]`.
ParseResult DependenceList::parseOne(OpAsmParser &parser) {
  SMLoc loc = parser.getCurrentLocation();
  SymbolRefAttr name;
  OptionalParseResult named = parser.parseOptionalAttribute(name);
  if (named.has_value() && failed(*named))
    return failure();
  if (name && !isa<FlatSymbolRefAttr>(name))
    return parser.emitError(loc, "expected an operation of the same graph");
  if (!name && parser.parseOperand(operands.emplace_back()))
    return failure();
  SmallVector<Attribute> properties;
  OptionalParseResult parsed = parsePropertyArray(parser, properties);
  if (parsed.has_value() && failed(*parsed))
    return failure();
  Builder &b = parser.getBuilder();
  ArrayAttr list =
      properties.empty() ? ArrayAttr() : b.getArrayAttr(properties);
  if (name || list)
    dependences.push_back(
        DependenceAttr::get(b.getContext(), count,
                            dyn_cast_or_null<FlatSymbolRefAttr>(name), list));
  ++count;
  return success();
}

ParseResult DependenceList::parse(OpAsmParser &parser) {
  return parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren,
                                        [&] { return parseOne(parser); });
}

ParseResult OperationOp::parse(OpAsmParser &parser, OperationState &result) {
  auto &p = result.getOrAddProperties<OperationOp::Properties>();
  Builder &b = parser.getBuilder();
  if (parser.getNumResults() > kMaxResults)
    return parser.emitError(parser.getNameLoc())
           << "has more than " << kMaxResults << " results";
  SmallVector<Attribute> properties;
  SymbolRefAttr type;
  if (parser.parseLess())
    return failure();
  OptionalParseResult typed = parser.parseOptionalAttribute(type);
  if ((typed.has_value() && failed(*typed)) || parser.parseGreater())
    return failure();
  if (type)
    properties.push_back(LinkedOperatorTypeAttr::get(b.getContext(), type));
  if (parseUses(parser, properties))
    return failure();
  (void)parser.parseOptionalSymbolName(p.sym_name);
  DependenceList list;
  if (list.parse(parser) || parseUses(parser, properties))
    return failure();
  OptionalParseResult parsed = parsePropertyArray(parser, properties);
  if ((parsed.has_value() && failed(*parsed)) ||
      parser.parseOptionalAttrDict(result.attributes))
    return failure();
  if (!properties.empty())
    p.sspProperties = b.getArrayAttr(properties);
  if (!list.dependences.empty())
    p.dependences = b.getArrayAttr(list.dependences);
  result.addTypes(SmallVector<Type>(parser.getNumResults(), b.getNoneType()));
  return parser.resolveOperands(list.operands, b.getNoneType(),
                                result.operands);
}

/// The dependences in parentheses: operands, then names.
static void printDependences(OpAsmPrinter &printer, OperationOp op) {
  SmallVector<DependenceAttr> behind(op->getNumOperands()), named;
  if (ArrayAttr all = op.getDependencesAttr())
    for (auto one : all.getAsRange<DependenceAttr>()) {
      if (one.getSourceRef())
        named.push_back(one);
      else if (one.getOperandIdx() < behind.size())
        behind[one.getOperandIdx()] = one;
    }
  auto properties = [&](DependenceAttr one) {
    if (!one || !one.getProperties() || one.getProperties().empty())
      return;
    printer << " ";
    printPropertyArray(printer, one.getProperties().getValue());
  };
  printer << "(";
  for (auto [index, operand] : llvm::enumerate(op->getOperands())) {
    printer << (index ? ", " : "") << operand;
    properties(behind[index]);
  }
  for (auto [index, one] : llvm::enumerate(named)) {
    printer << (index || !behind.empty() ? ", " : "");
    printer.printAttribute(one.getSourceRef());
    properties(one);
  }
  printer << ")";
}

void OperationOp::print(OpAsmPrinter &printer) {
  auto type = getProperty<LinkedOperatorTypeAttr>();
  auto uses = getProperty<LinkedResourceTypesAttr>();
  printer << "<";
  if (type)
    printer.printAttribute(type.getValue());
  printer << ">";
  if (getSymNameAttr()) {
    printer << " ";
    printer.printSymbolName(getSymNameAttr().getValue());
  }
  printDependences(printer, *this);
  if (uses) {
    printer << " uses[";
    llvm::interleaveComma(uses.getValue(), printer,
                          [&](Attribute one) { printer.printAttribute(one); });
    printer << "]";
  }
  SmallVector<Attribute> rest;
  bool typePending = bool(type), usesPending = bool(uses);
  if (ArrayAttr all = getSspPropertiesAttr())
    for (Attribute one : all) {
      if (typePending && one == type)
        typePending = false;
      else if (usesPending && one == uses)
        usesPending = false;
      else
        rest.push_back(one);
    }
  if (!rest.empty()) {
    printer << " ";
    printPropertyArray(printer, rest);
  }
  printer.printOptionalAttrDict(
      (*this)->getDiscardableAttrDictionary().getValue());
}

//===----------------------------------------------------------------------===//
// Operation: checks
//===----------------------------------------------------------------------===//

LogicalResult OperationOp::verify() {
  ArrayAttr all = getDependencesAttr();
  if (!all)
    return success();
  // Operands may be left out, names may not; both ascend.
  int64_t operands = getNumOperands(), next = 0;
  for (auto one : all.getAsRange<DependenceAttr>()) {
    int64_t index = one.getOperandIdx();
    if (FlatSymbolRefAttr name = one.getSourceRef()) {
      next = std::max(next, operands);
      if (index < operands)
        return emitOpError() << "auxiliary dependence on " << name
                             << " stands before an operand";
      if (index != next)
        return emitOpError()
               << "auxiliary dependence on " << name << " has the number "
               << index << " instead of " << next;
    } else {
      if (index >= operands)
        return emitOpError() << "has properties of operand " << index
                             << ", but " << operands << " operands";
      if (index < next)
        return emitOpError() << "properties of operands do not ascend";
    }
    next = index + 1;
  }
  return success();
}

LogicalResult OperationOp::verifySymbolUses(SymbolTableCollection &symbols) {
  auto graph = cast<GraphOp>((*this)->getParentOp());
  auto instance = cast<InstanceOp>(graph->getParentOp());
  if (ArrayAttr all = getDependencesAttr())
    for (auto one : all.getAsRange<DependenceAttr>())
      if (FlatSymbolRefAttr name = one.getSourceRef())
        if (!isa_and_nonnull<OperationOp>(symbols.lookupSymbolIn(graph, name)))
          return emitOpError() << "depends on " << name
                               << ", which is no operation of the graph";
  if (auto type = getProperty<LinkedOperatorTypeAttr>())
    if (!lookupOperatorType(symbols, instance, type.getValue()))
      return emitOpError() << "there is no operator_type " << type.getValue();
  if (auto uses = getProperty<LinkedResourceTypesAttr>())
    for (auto name : uses.getValue().getAsRange<SymbolRefAttr>())
      if (!lookupResourceType(symbols, instance, name))
        return emitOpError() << "there is no resource_type " << name;
  return success();
}

#define GET_OP_CLASSES
#include "gaus/Dialect/SspOps.cpp.inc"
