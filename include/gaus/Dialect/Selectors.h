//===- Selectors.h - Which operations an operator is for --------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The selectors in `for` of `gaus.operator`: by name, type and constant
/// operands, and the total order of how special they are.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_SELECTORS_H
#define GAUS_DIALECT_SELECTORS_H

#include "gaus/Dialect/Shapes.h"

#include <tuple>

namespace gaus::ir {

/// More lanes than any vector has.
inline constexpr int64_t kManyLanes = int64_t(1) << 40;

/// What stands in `for`: a string, or a #gaus.selector.
struct Selector {
  /// "arith.muli", or "@f" for calls of a function.
  llvm::StringRef name;
  /// Of a type: a float, or index; null with widths: integers of these.
  mlir::Type element;
  /// In bits; 0 = any type, vector or not.
  int64_t minWidth = 0, maxWidth = 0;
  /// 1 = no vector.
  int64_t minLanes = 0, maxLanes = kManyLanes;
  /// One operand is a constant.
  bool constant = false;

  explicit Selector(mlir::Attribute attr);

  bool hasType() const { return element || maxWidth > 0; }
  bool matches(const Shape &shape) const;
  /// The more special one is less: a constant operand, then fewer numbers of
  /// lanes, then fewer types.
  std::tuple<int64_t, int64_t, int64_t> rank() const;
  /// Whether there are operations that match both, and neither is more special.
  bool ties(const Selector &other) const;
};

} // namespace gaus::ir

#endif // GAUS_DIALECT_SELECTORS_H
