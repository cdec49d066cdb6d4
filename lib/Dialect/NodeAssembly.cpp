//===- NodeAssembly.cpp - The text of gaus.node -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Assembly.h"
#include "Suggestions.h"

#include "gaus/Dialect/Gaus.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace gaus::ir;

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

/// One clause behind the edges.
static ParseResult parseClause(OpAsmParser &parser, llvm::StringRef keyword,
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
  assert(keyword == "window" && "a clause of the list");
  int64_t first = 0, last = 0;
  if (parser.parseLParen() || parser.parseInteger(first) ||
      parser.parseComma() || parser.parseInteger(last) || parser.parseRParen())
    return failure();
  p.window = parser.getBuilder().getDenseI64ArrayAttr({first, last});
  return success();
}

/// The clauses behind the edges.
static constexpr llvm::StringLiteral kClauses[] = {
    "operator", "latency", "occupancy", "uses", "window", "width", "delay"};

/// A word without a dialect, and a parenthesis, begin no other operation: where
/// that comes next, it is a clause that there is not.
static ParseResult refuseClause(OpAsmParser &parser) {
  const char *text = parser.getCurrentLocation().getPointer();
  size_t length = 0;
  while (llvm::isAlnum(text[length]) || text[length] == '_')
    ++length;
  llvm::StringRef word(text, length);
  if (word.empty() || word == "loc" || text[length] != '(')
    return success();
  InFlightDiagnostic error =
      parser.emitError(parser.getCurrentLocation(), "unknown clause '")
      << word << "'";
  if (word == "after")
    return error << "; it comes behind the operands";
  Suggestion suggestion(word);
  for (llvm::StringRef clause : kClauses)
    suggestion.offer(clause);
  return error << suggestion.text("'", "'");
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
  llvm::SmallVector<llvm::StringRef> clauses(std::begin(kClauses),
                                             std::end(kClauses));
  while (succeeded(parser.parseOptionalKeyword(&keyword, clauses)))
    if (parseClause(parser, keyword, p))
      return failure();
  if (refuseClause(parser) || parser.parseOptionalAttrDict(result.attributes))
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
