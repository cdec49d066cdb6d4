//===- Dialects.h - Branches of cf or llvm ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_DIALECTS_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_DIALECTS_H

#include "mlir/IR/Builders.h"

namespace gaus::ir {

/// Operations of the dialects that a loop of branches is of: llvm, or cf and
/// arith.
class Dialects {
public:
  explicit Dialects(mlir::Operation *branch);

  void branch(mlir::OpBuilder &b, mlir::Block *to,
              mlir::ValueRange operands) const;
  void branch(mlir::OpBuilder &b, mlir::Value condition, mlir::Block *yes,
              mlir::ValueRange ifYes, mlir::Block *no,
              mlir::ValueRange ifNo) const;
  mlir::Value select(mlir::OpBuilder &b, mlir::Value condition, mlir::Value yes,
                     mlir::Value no) const;
  mlir::Value truth(mlir::OpBuilder &b, bool value) const;
  /// Any value of a type; null where there is none.
  mlir::Value anything(mlir::OpBuilder &b, mlir::Type type) const;
  /// Of integers, index or vectors of them: each element is `number`.
  mlir::Value number(mlir::OpBuilder &b, mlir::Type type,
                     const llvm::APInt &number) const;
  /// Whether `v` is `number`, element by element.
  mlir::Value equals(mlir::OpBuilder &b, mlir::Value v,
                     const llvm::APInt &number) const;

private:
  bool isLlvm;
  mlir::Location loc;
};

/// The successors of a branch: first the one that is taken where the conditions
/// of those behind it do not hold; of several that hold the last one decides.
llvm::SmallVector<unsigned> successorsInTurn(mlir::Operation *branch);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_DIALECTS_H
