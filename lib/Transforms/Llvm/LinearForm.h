//===- LinearForm.h - Integers of a block as sums ---------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Integers as sums of values times factors, of a stride times the number of
/// the iteration and of a constant, modulo 2^64.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_LINEARFORM_H
#define GAUS_LIB_TRANSFORMS_LLVM_LINEARFORM_H

#include "mlir/IR/AffineExpr.h"
#include "mlir/IR/ValueRange.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <optional>

namespace gaus::ir {

/// Sums longer than this stand as one value: the work stays linear.
inline constexpr size_t kMaxTerms = 8;

/// A sum of values times factors, of a stride times the number of the
/// iteration (from 0), and of a constant; modulo 2^64.
struct LinearForm {
  struct Term {
    mlir::Value value;
    bool isUnsigned; ///< how a narrow value is extended to 64 bits
    uint64_t factor;
  };
  llvm::SmallVector<Term, 2> terms; ///< no two of one value and extension
  uint64_t stride = 0, constant = 0;

  /// this += factor * other
  void add(const LinearForm &other, uint64_t factor = 1);
  void addTerm(mlir::Value value, bool isUnsigned, uint64_t factor);
  /// Equal sums get their terms in one order.
  void sort();
};

/// The sums of values, each found once. Their strides are 0.
class LinearForms {
public:
  /// `v`, extended to 64 bits, as a sum; at worst of itself. None for values
  /// that are wider or no integers. `depth`: of the chain of operations that
  /// has led here.
  std::optional<LinearForm> of(mlir::Value v, bool isUnsigned,
                               unsigned depth = 0);

  /// An affine expression of these dimensions and symbols, all of them indices;
  /// nullopt if it is no sum.
  std::optional<LinearForm> of(mlir::AffineExpr e, unsigned numDims,
                               mlir::ValueRange operands, unsigned depth = 0);

private:
  std::optional<LinearForm> expand(mlir::Operation *op, bool isUnsigned,
                                   bool wide, unsigned depth);

  llvm::DenseMap<std::pair<mlir::Value, unsigned>, std::optional<LinearForm>>
      forms;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_LINEARFORM_H
