//===- Assembly.cpp - Pieces of assembly --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

#include "OperationNames.h"

#include "gaus/Dialect/Library.h"

#include "mlir/IR/Builders.h"
#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace gaus::ir;

ParseResult gaus::ir::parseUses(OpAsmParser &parser, ArrayAttr &uses,
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

void gaus::ir::printUses(OpAsmPrinter &printer, Operation *, ArrayAttr uses,
                         DenseI64ArrayAttr units) {
  for (auto [index, use] : llvm::enumerate(uses)) {
    if (index)
      printer << ", ";
    printer.printAttributeWithoutType(use);
    if (units && static_cast<size_t>(units.size()) > index && units[index] != 1)
      printer << ": " << units[index];
  }
}

ParseResult gaus::ir::parseDelay(OpAsmParser &parser, FloatAttr &in,
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

void gaus::ir::printDelay(OpAsmPrinter &printer, Operation *, FloatAttr in,
                          FloatAttr out) {
  printer.printFloat(in.getValue());
  if (out && out != in) {
    printer << ", ";
    printer.printFloat(out.getValue());
  }
}

/// An error where the dialect says that it has no such operation; a remark
/// where the dialect is not known.
static ParseResult checkName(OpAsmParser &parser, SMLoc loc,
                             llvm::StringRef name) {
  MLIRContext *context = parser.getContext();
  // This one is parsed while passes run, when no dialect may be loaded.
  auto at = parser.getEncodedSourceLoc(loc)->findInstanceOf<FileLineColLoc>();
  if (at && at.getFilename() == kDefaultLibraryFile)
    return success();
  bool likely = false;
  if (name.contains('.'))
    (void)context->getOrLoadDialect(name.split('.').first);
  if (std::string wrong = wrongOperationName(context, name); !wrong.empty())
    return parser.emitError(loc) << "for: \"" << name << "\" " << wrong;
  std::string unknown = unknownDialectOf(context, name, likely);
  if (unknown.empty())
    return success();
  Location where = parser.getEncodedSourceLoc(loc);
  (likely ? emitWarning(where) : emitRemark(where))
      << "for: \"" << name << "\" " << unknown;
  return success();
}

ParseResult gaus::ir::parseOpNames(OpAsmParser &parser, ArrayAttr &names) {
  SmallVector<Attribute> list;
  auto one = [&]() -> ParseResult {
    std::string name;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseString(&name) || checkName(parser, loc, name))
      return failure();
    FailureOr<Attribute> selector = parseSelector(parser, name);
    if (failed(selector))
      return failure();
    list.push_back(*selector);
    return success();
  };
  if (parser.parseCommaSeparatedList(AsmParser::Delimiter::Paren, one))
    return failure();
  names = parser.getBuilder().getArrayAttr(list);
  return success();
}

void gaus::ir::printOpNames(OpAsmPrinter &printer, Operation *,
                            ArrayAttr names) {
  printer << "(";
  llvm::interleaveComma(names, printer, [&](Attribute a) {
    printSelector(printer.getStream(), a);
  });
  printer << ")";
}
