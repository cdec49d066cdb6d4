//===- Assembly.cpp - Pieces of assembly --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"

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

ParseResult gaus::ir::parseOpNames(OpAsmParser &parser, ArrayAttr &names) {
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

void gaus::ir::printOpNames(OpAsmPrinter &printer, Operation *,
                            ArrayAttr names) {
  printer << "(";
  llvm::interleaveComma(names, printer,
                        [&](Attribute a) { printer.printAttribute(a); });
  printer << ")";
}
