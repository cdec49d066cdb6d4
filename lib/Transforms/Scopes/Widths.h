//===- Widths.h - Bits of what operations make ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How many bits the results of an operation take, by the layout of the data.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_WIDTHS_H
#define GAUS_LIB_TRANSFORMS_SCOPES_WIDTHS_H

#include "mlir/IR/Operation.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"

namespace gaus::ir {

class Widths {
public:
  /// By the layout that holds at `at`.
  explicit Widths(mlir::Operation *at)
      : layout(mlir::DataLayout::closest(at)) {}

  /// Bits of all results; of a gaus.node those of its type, 0 without one.
  int64_t of(mlir::Operation &op) const;

  int64_t bitsOf(mlir::Type type) const;

private:
  mlir::DataLayout layout;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_WIDTHS_H
