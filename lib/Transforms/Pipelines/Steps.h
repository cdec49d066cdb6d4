//===- Steps.h - Operations of iterations, written out ----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_STEPS_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_STEPS_H

#include "Pipelines/FlatOrder.h"

#include <map>

namespace gaus::ir {

/// What values of the flat loop are in which iteration.
using Values = llvm::DenseMap<std::pair<mlir::Value, int64_t>, mlir::Value>;

/// Writes operations of a flat loop, one after another, with a way around each
/// one that has a condition.
class Steps {
public:
  Steps(const FlatLoop &flat, const FlatOrder &order, const Dialects &make,
        mlir::Region &region);

  /// New blocks stand before `before`; at the end of `entry`, whose arguments
  /// are what the loop begins with, the first operation.
  void begin(mlir::Block *before, mlir::Block *entry);

  mlir::OpBuilder &builder() { return b; }
  mlir::Block *addBlock();

  /// `of` says what operands are, `made` is told of results.
  void emit(mlir::Operation *op,
            llvm::function_ref<mlir::Value(mlir::Value)> of,
            llvm::function_ref<void(mlir::Value, mlir::Value)> made);

  /// What a value of iteration i >= 0 is.
  mlir::Value in(const Values &values, mlir::Value v, int64_t i) const;

  /// What is needed to know whether an iteration is the last one, and the same
  /// of the next.
  const KernelOrder &ending() const { return end; }
  /// Whether the last iteration runs it: what somebody needs.
  bool isInLast(mlir::Operation *op) const { return inLast.contains(op); }

private:
  void findEnding();
  void findLast();

  const FlatLoop &flat;
  const FlatOrder &order;
  const Dialects &make;
  mlir::Region &region;
  mlir::OpBuilder b;
  mlir::Block *place = nullptr, *entry = nullptr;
  KernelOrder end;
  llvm::DenseSet<mlir::Operation *> inLast;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_STEPS_H
