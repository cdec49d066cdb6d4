//===- GausDialect.cpp - Dialect, attributes and types --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/Gaus.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/DialectImplementation.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace gaus::ir;

#include "gaus/Dialect/GausDialect.cpp.inc"
#include "gaus/Dialect/GausInterfaces.cpp.inc"

#define GET_ATTRDEF_CLASSES
#include "gaus/Dialect/GausAttrs.cpp.inc"
#define GET_TYPEDEF_CLASSES
#include "gaus/Dialect/GausTypes.cpp.inc"

void GausDialect::initialize() {
  addAttributes<
#define GET_ATTRDEF_LIST
#include "gaus/Dialect/GausAttrs.cpp.inc"
      >();
  addTypes<
#define GET_TYPEDEF_LIST
#include "gaus/Dialect/GausTypes.cpp.inc"
      >();
  addOperations<
#define GET_OP_LIST
#include "gaus/Dialect/GausOps.cpp.inc"
      >();
}

//===----------------------------------------------------------------------===//
// #gaus.normal
//===----------------------------------------------------------------------===//

/// `name = 1.5`
static ParseResult parseNamedFloat(AsmParser &parser, llvm::StringRef name,
                                   FailureOr<llvm::APFloat> &value) {
  double number = 0;
  if (parser.parseKeyword(name) || parser.parseEqual() ||
      parser.parseFloat(number))
    return failure();
  value = llvm::APFloat(number);
  return success();
}

Attribute NormalAttr::parse(AsmParser &parser, Type) {
  FailureOr<llvm::APFloat> mean, stddev;
  SMLoc loc = parser.getCurrentLocation();
  if (parser.parseLess() || parseNamedFloat(parser, "mean", mean) ||
      parser.parseComma() || parseNamedFloat(parser, "stddev", stddev) ||
      parser.parseGreater())
    return {};
  return parser.getChecked<NormalAttr>(loc, parser.getContext(), *mean,
                                       *stddev);
}

void NormalAttr::print(AsmPrinter &printer) const {
  printer << "<mean = ";
  printer.printFloat(getMean());
  printer << ", stddev = ";
  printer.printFloat(getStddev());
  printer << ">";
}

LogicalResult
NormalAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError,
                   // NOLINTNEXTLINE(performance-*): TableGen declares it so.
                   llvm::APFloat mean, llvm::APFloat stddev) {
  if (!mean.isFinite() || !stddev.isFinite())
    return emitError() << "mean and stddev must be finite";
  if (stddev.isNegative() && !stddev.isZero())
    return emitError() << "stddev must not be negative";
  return success();
}
