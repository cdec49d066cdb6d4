//===- LlvmLoop.h - A block that jumps back to itself -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop of the llvm dialect is a block whose branch leads back to it: what
/// steps from one iteration to the next, how often it runs, and what sums and
/// addresses are in terms of what the loop began with.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H
#define GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H

#include "Llvm/Addresses.h"

namespace gaus::ir {

/// What a block that jumps back to itself hands to its next iteration: one
/// value for each block argument. None for a block that is no such loop, or
/// whose back edges differ.
std::optional<llvm::SmallVector<mlir::Value>>
backEdgeValues(mlir::Block *block);

/// Any block: one that is no loop has nothing that steps.
class LlvmLoop {
public:
  LlvmLoop(mlir::Block *block, LinearForms &forms, Addresses &addresses)
      : block(block), forms(forms), addresses(addresses),
        passed(backEdgeValues(block)) {}

  /// The values that decide whether the block is run again.
  mlir::ValueRange conditions() const;
  /// True if the number of iterations is known before the first: the loop's
  /// condition depends on nothing but values that step by constants.
  bool isCounted();
  /// The number of iterations, where the loop ends when a stepping value meets
  /// one that is a constant away from where it began.
  std::optional<int64_t> trips();

  /// Whether the value is made in the block: in each iteration another one.
  bool isOwn(mlir::Value v) const { return v.getParentBlock() == block; }
  /// Arguments that step by constants become strides from their first values.
  LinearForm resolve(const LinearForm &form);
  /// Replaces a base that steps through the loop by what it began with; false
  /// if there is none.
  bool resolve(Address &address);

private:
  mlir::Value initial(mlir::BlockArgument arg);
  bool isStepped(mlir::BlockArgument arg);
  std::optional<uint64_t> step(const LinearForm::Term &term);

  mlir::Block *block;
  LinearForms &forms;
  Addresses &addresses;
  std::optional<llvm::SmallVector<mlir::Value>> passed;
  std::optional<std::optional<int64_t>> tripCount;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H
