//===- LlvmLoop.h - Blocks that branches lead back to -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A loop of branches: what steps from one iteration to the next, how often it
/// runs, and what sums and addresses are in terms of what the loop began with.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H
#define GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H

#include "Loops/BranchLoops.h"
#include "Llvm/Addresses.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "llvm/ADT/DenseSet.h"

namespace gaus::ir {

/// What branches back to the first of the blocks hand to it: one value for each
/// of its arguments, null where they differ. None where there is no such
/// branch.
std::optional<llvm::SmallVector<mlir::Value>>
backEdgeValues(llvm::ArrayRef<mlir::Block *> blocks);

/// What has to hold of two integers for control to take a way, as sums of 64
/// bits of which the low `width` are compared.
struct Comparison {
  LinearForm left, right;
  mlir::arith::CmpIPredicate predicate;
  unsigned width;

  bool isUnsigned() const {
    return predicate >= mlir::arith::CmpIPredicate::ult;
  }
};

/// What holds where `condition` is true, or else false; nullopt where it
/// compares no integers of at most 64 bits.
std::optional<Comparison> comparisonOf(mlir::Value condition, bool isTrue,
                                       LinearForms &forms);

/// How often a loop is begun that goes on while this holds, from its sums with
/// their strides; nullopt where that is not a number that follows from them.
std::optional<int64_t> timesUntilFalse(const Comparison &test,
                                       LinearForms &forms);

/// Any blocks, those of a loop as BranchLoops lists them: a block that is no
/// loop has nothing that steps.
class LlvmLoop {
public:
  LlvmLoop(llvm::ArrayRef<mlir::Block *> blocks, LinearForms &forms,
           Addresses &addresses)
      : blocks(blocks), own(blocks.begin(), blocks.end()), forms(forms),
        addresses(addresses), passed(backEdgeValues(blocks)) {}

  /// True if all that the value depends on in the loop are values that step by
  /// constants: what it is in each iteration is known before the first.
  bool isCounted(mlir::Value v);
  /// The most iterations that there are, where the loop ends when a stepping
  /// value meets one that is a constant away from where it began. So many, if
  /// control leaves there only and the end joins nothing else to that.
  std::optional<int64_t> trips();
  /// What holds where the loop goes on, by the branches that every iteration
  /// comes by which goes on; what steps by constants is a stride.
  struct Tests {
    llvm::SmallVector<Comparison, 2> all;
    /// Whether there is nothing else that these branches ask.
    bool complete = true;
  };
  const Tests &tests();
  /// Whether `trips` follows from all that is asked.
  bool countsAll() {
    return trips().has_value() && counted && tests().complete;
  }
  /// Whether it is an argument of the loop that takes another value in each
  /// iteration.
  bool isVariable(mlir::Value v);

  /// Whether the value is made in the loop: in each iteration another one.
  bool isOwn(mlir::Value v) const { return own.contains(v.getParentBlock()); }
  /// Whether it may be another one in each iteration: not what follows from
  /// values outside.
  bool varies(mlir::Value v);
  /// Arguments that step by constants become strides from their first values.
  LinearForm resolve(const LinearForm &form);
  /// Replaces a base that steps through the loop by what it began with; false
  /// if there is none.
  bool resolve(Address &address);

private:
  mlir::Value initial(mlir::BlockArgument arg);
  bool isStepped(mlir::BlockArgument arg);
  std::optional<uint64_t> step(const LinearForm::Term &term);
  void addTests(mlir::Value condition, bool isTrue, Tests &found);
  void addTests(mlir::Operation *branch, Tests &found);

  LoopBlocks blocks;
  llvm::SmallDenseSet<mlir::Block *, 4> own;
  LinearForms &forms;
  Addresses &addresses;
  std::optional<llvm::SmallVector<mlir::Value>> passed;
  std::optional<std::optional<int64_t>> tripCount;
  bool counted = true; ///< by each test, if any
  std::optional<Tests> asked;
  llvm::SmallDenseMap<mlir::Value, bool, 4> variation;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LLVM_LLVMLOOP_H
