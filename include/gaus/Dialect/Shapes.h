//===- Shapes.h - What operations work on -----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The type that an operation works on, as selectors see it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DIALECT_SHAPES_H
#define GAUS_DIALECT_SHAPES_H

#include "mlir/IR/Operation.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "llvm/ADT/DenseMap.h"

#include <memory>

namespace gaus::ir {

/// The type of an operation.
struct Shape {
  /// Of one lane; null where there is no type as any selector names it.
  mlir::Type element;
  /// Integers, index and addresses are integers.
  bool isInteger = false;
  /// In bits; of index and addresses by the data layout.
  int64_t width = 0;
  /// 1 = no vector.
  int64_t lanes = 1;
  /// An operand is a constant: any one of a commutative operation, else the
  /// last one; of `llvm.getelementptr` all indices.
  bool constant = false;
};

/// Shapes of operations; keeps the data layouts it has asked for.
class Shapes {
public:
  /// The widest of the types of results and operands (results first), without
  /// addresses and subscripts of memory that the operation reads or writes:
  /// there the type of what is read or written counts.
  Shape of(mlir::Operation *op);

private:
  Shape ofType(mlir::Type type, mlir::Operation *at);
  int64_t layoutBits(mlir::Type type, mlir::Operation *at);

  llvm::DenseMap<mlir::Operation *, std::unique_ptr<mlir::DataLayout>> layouts;
};

} // namespace gaus::ir

#endif // GAUS_DIALECT_SHAPES_H
