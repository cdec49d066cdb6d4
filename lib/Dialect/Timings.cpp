//===- Timings.cpp - What an operator may be at a clock -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Timings.h"

#include "Assembly.h"

#include "gaus/Core/Problem.h"

#include "mlir/IR/Builders.h"

#include <cmath>

using namespace mlir;
using namespace gaus::ir;

static constexpr char kArea[] = "area", kDelays[] = "delay",
                      kLatencyKey[] = "latency", kOccupancyKey[] = "occupancy";

static Timing ownTiming(OperatorOp op) {
  Timing own;
  own.latency = static_cast<int64_t>(op.getLatency().value_or(1));
  own.occupancy = static_cast<int64_t>(op.getOccupancy().value_or(1));
  if (FloatAttr in = op.getDelayInAttr())
    own.delayIn = in.getValueAsDouble();
  if (FloatAttr out = op.getDelayOutAttr())
    own.delayOut = out.getValueAsDouble();
  own.area = op.getAreaAttr();
  return own;
}

/// What is not said is that of the operator without a clock, but for delays.
static Timing timingOf(DictionaryAttr text, const Timing &own) {
  Timing timing;
  if (auto latency = text.getAs<IntegerAttr>(kLatencyKey))
    timing.latency = latency.getInt();
  if (auto occupancy = text.getAs<IntegerAttr>(kOccupancyKey))
    timing.occupancy = occupancy.getInt();
  if (auto delays = text.getAs<DenseF64ArrayAttr>(kDelays)) {
    timing.delayIn = delays[0];
    timing.delayOut = delays[1];
  }
  auto area = text.getAs<DictionaryAttr>(kArea);
  timing.area = area ? area : own.area;
  return timing;
}

Timing gaus::ir::timingAt(OperatorOp op, double clock) {
  Timing own = ownTiming(op);
  ArrayAttr others = op.getTimingsAttr();
  if (clock <= 0 || !others || others.empty())
    return own;
  // As chains are checked: decimal delays do not add up exactly in binary.
  double allowed = clock * (1 + 1e-9);
  auto longest = [](const Timing &t) {
    return std::max(t.delayIn, t.delayOut);
  };
  auto better = [&](const Timing &a, const Timing &b) {
    bool fitsA = longest(a) <= allowed, fitsB = longest(b) <= allowed;
    if (fitsA != fitsB)
      return fitsA;
    return fitsA ? a.latency < b.latency : longest(a) < longest(b);
  };
  std::optional<Timing> best;
  for (auto text : others.getAsRange<DictionaryAttr>())
    if (Timing timing = timingOf(text, own); !best || better(timing, *best))
      best = timing;
  return *best;
}

//===----------------------------------------------------------------------===//
// Checks
//===----------------------------------------------------------------------===//

static LogicalResult checkArea(OperatorOp op, DictionaryAttr area) {
  for (NamedAttribute part :
       area ? area.getValue() : ArrayRef<NamedAttribute>()) {
    auto number = dyn_cast<IntegerAttr>(part.getValue());
    if (!number || !number.getType().isSignlessInteger(64) ||
        number.getInt() < 0)
      return op.emitOpError()
             << "area: " << part.getName() << " must be an i64 >= 0, got "
             << part.getValue();
  }
  return success();
}

static LogicalResult checkPart(OperatorOp op, NamedAttribute part) {
  llvm::StringRef name = part.getName();
  if (name == kLatencyKey || name == kOccupancyKey) {
    auto number = dyn_cast<IntegerAttr>(part.getValue());
    int64_t least = name == kOccupancyKey;
    if (number && number.getType().isSignlessInteger(64) &&
        number.getInt() >= least && number.getInt() <= gaus::kMaxCycle)
      return success();
    return op.emitOpError()
           << "clocked: " << name << " must be in [" << least << ", "
           << gaus::kMaxCycle << "], got " << part.getValue();
  }
  if (name == kDelays) {
    auto delays = dyn_cast<DenseF64ArrayAttr>(part.getValue());
    auto good = [](double d) { return d >= 0 && std::isfinite(d); };
    if (delays && delays.size() == 2 && good(delays[0]) && good(delays[1]))
      return success();
    return op.emitOpError() << "clocked: delay must be finite and not negative";
  }
  if (name == kArea && isa<DictionaryAttr>(part.getValue()))
    return checkArea(op, cast<DictionaryAttr>(part.getValue()));
  return op.emitOpError() << "clocked: " << part.getName()
                          << " is no latency, occupancy, delay or area";
}

LogicalResult gaus::ir::checkTimings(OperatorOp op) {
  if (failed(checkArea(op, op.getAreaAttr())))
    return failure();
  if (ArrayAttr timings = op.getTimingsAttr())
    for (auto text : timings.getAsRange<DictionaryAttr>()) {
      if (!text.contains(kLatencyKey))
        return op.emitOpError() << "clocked: a timing has no latency";
      for (NamedAttribute part : text)
        if (failed(checkPart(op, part)))
          return failure();
    }
  return success();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

ParseResult gaus::ir::parseArea(OpAsmParser &parser, DictionaryAttr &area) {
  NamedAttrList parts;
  auto one = [&]() -> ParseResult {
    llvm::StringRef name;
    int64_t number = 0;
    SMLoc loc = parser.getCurrentLocation();
    if (parser.parseKeyword(&name) || parser.parseColon() ||
        parser.parseInteger(number))
      return failure();
    if (parts.get(name))
      return parser.emitError(loc) << "area: '" << name << "' stands twice";
    parts.set(name, parser.getBuilder().getI64IntegerAttr(number));
    return success();
  };
  if (parser.parseCommaSeparatedList(one))
    return failure();
  area = parts.getDictionary(parser.getContext());
  return success();
}

void gaus::ir::printArea(OpAsmPrinter &printer, Operation *,
                         DictionaryAttr area) {
  llvm::interleaveComma(area, printer, [&](NamedAttribute part) {
    printer << part.getName().getValue() << ": ";
    printer.printAttributeWithoutType(part.getValue());
  });
}

static ParseResult parseNumber(OpAsmParser &parser, Attribute &attr) {
  int64_t number = 0;
  if (parser.parseInteger(number))
    return failure();
  attr = parser.getBuilder().getI64IntegerAttr(number);
  return success();
}

/// What stands in the parentheses behind `name`.
static ParseResult parsePart(OpAsmParser &parser, SMLoc loc,
                             llvm::StringRef name, Attribute &attr) {
  if (name == kLatencyKey || name == kOccupancyKey)
    return parseNumber(parser, attr);
  if (name == kDelays) {
    FloatAttr in, out;
    if (parseDelay(parser, in, out))
      return failure();
    attr = parser.getBuilder().getDenseF64ArrayAttr(
        {in.getValueAsDouble(), out.getValueAsDouble()});
    return success();
  }
  DictionaryAttr area;
  if (name != kArea)
    return parser.emitError(loc)
           << "expected latency, occupancy, delay or area in 'clocked'";
  if (parseArea(parser, area))
    return failure();
  attr = area;
  return success();
}

ParseResult gaus::ir::parseTimings(OpAsmParser &parser, ArrayAttr &timings) {
  SmallVector<Attribute> all;
  auto one = [&]() -> ParseResult {
    NamedAttrList parts;
    llvm::StringRef name;
    SMLoc loc = parser.getCurrentLocation();
    while (succeeded(parser.parseOptionalKeyword(&name))) {
      Attribute attr;
      if (parts.get(name))
        return parser.emitError(loc)
               << "clocked: '" << name << "' stands twice";
      if (parser.parseLParen() || parsePart(parser, loc, name, attr) ||
          parser.parseRParen())
        return failure();
      parts.set(name, attr);
      loc = parser.getCurrentLocation();
    }
    all.push_back(parts.getDictionary(parser.getContext()));
    return success();
  };
  if (parser.parseCommaSeparatedList(one))
    return failure();
  timings = parser.getBuilder().getArrayAttr(all);
  return success();
}

static void printTiming(OpAsmPrinter &printer, DictionaryAttr timing) {
  // A dictionary is sorted, and the text begins with the latency.
  bool first = true;
  for (llvm::StringRef name : {kLatencyKey, kOccupancyKey, kDelays, kArea}) {
    Attribute attr = timing.get(name);
    if (!attr)
      continue;
    printer << (first ? "" : " ") << name << "(";
    first = false;
    if (auto area = dyn_cast<DictionaryAttr>(attr)) {
      printArea(printer, nullptr, area);
    } else if (auto delays = dyn_cast<DenseF64ArrayAttr>(attr)) {
      Builder b(attr.getContext());
      printDelay(printer, nullptr, b.getF64FloatAttr(delays[0]),
                 b.getF64FloatAttr(delays[1]));
    } else {
      printer.printAttributeWithoutType(attr);
    }
    printer << ")";
  }
}

void gaus::ir::printTimings(OpAsmPrinter &printer, Operation *,
                            ArrayAttr timings) {
  llvm::interleaveComma(timings, printer, [&](Attribute timing) {
    printTiming(printer, cast<DictionaryAttr>(timing));
  });
}
