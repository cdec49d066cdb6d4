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

private:
  bool isLlvm;
  mlir::Location loc;
};

/// Whether it branches to one block, or to one of two by a condition.
bool isSimpleBranch(mlir::Operation *terminator);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_DIALECTS_H
