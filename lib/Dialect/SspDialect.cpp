//===- SspDialect.cpp - The dialect ssp and its properties ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "SspText.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gaus::ssp;

#include "gaus/Dialect/SspDialect.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "gaus/Dialect/SspAttrs.cpp.inc"

void SspDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "gaus/Dialect/SspAttrs.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "gaus/Dialect/SspOps.cpp.inc"
      >();
}

LogicalResult LinkedResourceTypesAttr::verify(
    llvm::function_ref<InFlightDiagnostic()> emitError, ArrayAttr value) {
  for (Attribute one : value)
    if (!isa<SymbolRefAttr>(one))
      return emitError() << "resource types must be symbols, got " << one;
  return success();
}

OptionalParseResult
gaus::ssp::parsePropertyArray(AsmParser &parser,
                              SmallVectorImpl<Attribute> &properties) {
  if (failed(parser.parseOptionalLSquare()))
    return std::nullopt;
  if (succeeded(parser.parseOptionalRSquare()))
    return success();
  auto one = [&]() -> ParseResult {
    Attribute property;
    // No property's short name is the beginning of an attribute.
    OptionalParseResult parsed = parser.parseOptionalAttribute(property);
    if (!parsed.has_value()) {
      SMLoc loc = parser.getCurrentLocation();
      StringRef name;
      parsed = generatedAttributeParser(parser, &name, Type(), property);
      if (!parsed.has_value())
        return parser.emitError(loc, "unknown property '")
               << name << "'; properties of other dialects start with '#'";
    }
    if (failed(*parsed))
      return failure();
    properties.push_back(property);
    return success();
  };
  return failure(parser.parseCommaSeparatedList(one) || parser.parseRSquare());
}

void gaus::ssp::printPropertyArray(AsmPrinter &printer,
                                   ArrayRef<Attribute> properties) {
  if (properties.empty())
    return;
  printer << "[";
  llvm::interleaveComma(properties, printer, [&](Attribute one) {
    if (failed(generatedAttributePrinter(one, printer)))
      printer.printAttribute(one);
  });
  printer << "]";
}
