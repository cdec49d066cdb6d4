//===- Selectors.cpp - Which operations an operator is for ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Dialect/Selectors.h"

#include "Assembly.h"

#include "gaus/Dialect/Gaus.h"

#include "mlir/IR/BuiltinTypes.h"

using namespace mlir;
using namespace gaus::ir;

static constexpr int64_t kMostBits = IntegerType::kMaxWidth;

Selector::Selector(Attribute attr) {
  if (auto text = dyn_cast<StringAttr>(attr)) {
    name = text.getValue();
    return;
  }
  auto selector = cast<SelectorAttr>(attr);
  name = selector.getName();
  element = selector.getElement();
  minWidth = selector.getMinWidth();
  maxWidth = selector.getMaxWidth();
  minLanes = selector.getMinLanes();
  maxLanes = selector.getMaxLanes();
  constant = selector.getConstant();
}

bool Selector::matches(const Shape &shape) const {
  if (constant && !shape.constant)
    return false;
  if (!hasType())
    return true;
  if (shape.lanes < minLanes || shape.lanes > maxLanes)
    return false;
  if (element)
    return shape.element == element;
  return shape.isInteger && shape.width >= minWidth && shape.width <= maxWidth;
}

std::tuple<int64_t, int64_t, int64_t> Selector::rank() const {
  int64_t types = element ? 0 : maxWidth - minWidth + 1;
  return {!constant, maxLanes - minLanes, hasType() ? types : kMostBits + 1};
}

bool Selector::ties(const Selector &other) const {
  if (name != other.name || rank() != other.rank() || element != other.element)
    return false;
  auto overlap = [](int64_t a, int64_t b, int64_t c, int64_t d) {
    return a <= d && c <= b;
  };
  return overlap(minLanes, maxLanes, other.minLanes, other.maxLanes) &&
         overlap(minWidth, maxWidth, other.minWidth, other.maxWidth);
}

LogicalResult
SelectorAttr::verify(llvm::function_ref<InFlightDiagnostic()> emitError,
                     llvm::StringRef, Type element, int64_t minWidth,
                     int64_t maxWidth, int64_t minLanes, int64_t maxLanes,
                     bool constant) {
  if (element && !isa<FloatType, IndexType>(element))
    return emitError() << "a selector's type must be an integer, a float or "
                          "index, or a vector of these, got "
                       << element;
  bool hasType = element || maxWidth > 0;
  if (!hasType && !constant)
    return emitError() << "a selector without a type or 'constant' is a string";
  if (!element && hasType &&
      (minWidth < 1 || minWidth > maxWidth || maxWidth > kMostBits))
    return emitError() << "the range of widths i" << minWidth << "..i"
                       << maxWidth << " is empty or beyond i" << kMostBits;
  if (hasType && (minLanes < 1 || minLanes > maxLanes || maxLanes > kManyLanes))
    return emitError() << "the range of lanes x" << minLanes << "..x"
                       << maxLanes << " is empty or beyond x" << kManyLanes;
  bool noWidths = minWidth == 0 && maxWidth == 0;
  if ((element && !noWidths) ||
      (!hasType && (!noWidths || minLanes != 0 || maxLanes != kManyLanes)))
    return emitError() << "a selector has widths or lanes without integers";
  return success();
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// "i8..i18", "i33..", "x2", with the letter before each number.
static bool readRange(llvm::StringRef word, char letter, int64_t most,
                      int64_t &low, int64_t &high) {
  auto number = [&](llvm::StringRef text, int64_t &value) {
    return text.size() > 1 && text.front() == letter &&
           !text.drop_front().getAsInteger(10, value);
  };
  size_t dots = word.find("..");
  if (dots == llvm::StringRef::npos)
    return number(word, low) && number(word, high);
  high = most;
  llvm::StringRef last = word.drop_front(dots + 2);
  return number(word.take_front(dots), low) &&
         (last.empty() || number(last, high));
}

/// An integer type as widths, a vector's with lanes.
static void takeType(Selector &selector, Type type) {
  selector.minLanes = selector.maxLanes = 1;
  if (auto vector = dyn_cast<VectorType>(type);
      vector && !vector.isScalable()) {
    selector.minLanes = selector.maxLanes = vector.getNumElements();
    type = vector.getElementType();
  }
  if (auto integer = dyn_cast<IntegerType>(type))
    selector.minWidth = selector.maxWidth = integer.getWidth();
  else
    selector.element = type;
}

/// Behind the colon.
static ParseResult parseSelectedType(AsmParser &parser, Selector &selector) {
  SMLoc loc = parser.getCurrentLocation();
  Type type;
  OptionalParseResult parsed = parser.parseOptionalType(type);
  llvm::StringRef word;
  if (parsed.has_value()) {
    if (failed(*parsed))
      return failure();
    takeType(selector, type);
  } else {
    if (failed(parser.parseOptionalKeyword(&word)) ||
        !readRange(word, 'i', kMostBits, selector.minWidth, selector.maxWidth))
      return parser.emitError(loc, "expected a type as f32, vector<4xf32>, i8, "
                                   "i8..i18 or i33..");
    selector.minLanes = selector.maxLanes = 1;
  }
  return success();
}

FailureOr<Attribute> gaus::ir::parseSelector(AsmParser &parser,
                                             llvm::StringRef name) {
  SMLoc loc = parser.getCurrentLocation();
  MLIRContext *context = parser.getContext();
  Selector selector(StringAttr::get(context, name));
  if (succeeded(parser.parseOptionalColon()) &&
      parseSelectedType(parser, selector))
    return failure();
  for (;;) {
    SMLoc at = parser.getCurrentLocation();
    llvm::StringRef word;
    if (failed(parser.parseOptionalKeyword(&word)))
      break;
    if (word == "constant" && !selector.constant)
      selector.constant = true;
    else if (!selector.hasType() || selector.maxLanes != 1 ||
             !readRange(word, 'x', kManyLanes, selector.minLanes,
                        selector.maxLanes))
      return parser.emitError(at, "expected 'constant', or lanes as x4, x2..x8 "
                                  "or x2.. behind a type without them");
  }
  if (!selector.hasType() && !selector.constant)
    return Attribute(StringAttr::get(context, name));
  auto attr = parser.getChecked<SelectorAttr>(
      loc, context, name, selector.element, selector.minWidth,
      selector.maxWidth, selector.minLanes, selector.maxLanes,
      selector.constant);
  if (!attr)
    return failure();
  return Attribute(attr);
}

static void printRange(llvm::raw_ostream &printer, char letter, int64_t low,
                       int64_t high, int64_t most) {
  printer << letter << low;
  if (high != low)
    printer << "..";
  if (high != low && high != most)
    printer << letter << high;
}

void gaus::ir::printSelector(llvm::raw_ostream &printer, Attribute attr) {
  Selector selector(attr);
  printer << '"';
  llvm::printEscapedString(selector.name, printer);
  printer << '"';
  if (selector.hasType()) {
    printer << " : ";
    if (selector.element)
      printer << selector.element;
    else
      printRange(printer, 'i', selector.minWidth, selector.maxWidth, kMostBits);
    if (selector.minLanes != 1 || selector.maxLanes != 1) {
      printer << ' ';
      printRange(printer, 'x', selector.minLanes, selector.maxLanes,
                 kManyLanes);
    }
  }
  if (selector.constant)
    printer << " constant";
}

Attribute SelectorAttr::parse(AsmParser &parser, Type) {
  std::string name;
  if (parser.parseLess() || parser.parseString(&name))
    return {};
  FailureOr<Attribute> attr = parseSelector(parser, name);
  if (failed(attr) || parser.parseGreater())
    return {};
  if (!isa<SelectorAttr>(*attr)) {
    parser.emitError(parser.getNameLoc(),
                     "a selector without a type or 'constant' is a string");
    return {};
  }
  return *attr;
}

void SelectorAttr::print(AsmPrinter &printer) const {
  printer << "<";
  printSelector(printer.getStream(), *this);
  printer << ">";
}
