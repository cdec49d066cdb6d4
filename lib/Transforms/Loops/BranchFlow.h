//===- BranchFlow.h - How control runs through an iteration -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An iteration of a loop of several blocks as a graph without cycles: which
/// blocks may run after which, and which branches decide on what.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_BRANCHFLOW_H
#define GAUS_LIB_TRANSFORMS_LOOPS_BRANCHFLOW_H

#include "mlir/IR/Block.h"
#include "llvm/ADT/BitVector.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace gaus::ir {

/// Blocks are given by their place in `blocks`.
class BranchFlow {
public:
  /// `blocks` as BranchLoops lists them. Of the blocks in `endsKnownAhead` the
  /// edges that leave the loop decide nothing: whether they are taken is known
  /// before the iteration.
  BranchFlow(llvm::ArrayRef<mlir::Block *> blocks,
             const llvm::BitVector &endsKnownAhead);

  /// Whether `b` is `a` or may run after it in the same iteration.
  bool mayFollow(unsigned a, unsigned b) const {
    return a == b || reaches[a].test(b);
  }
  /// Whether another iteration may follow where `block` runs.
  bool mayContinue(unsigned block) const { return reaches[block].test(count); }
  /// Blocks whose branches pick the edge by which control comes to `block`; of
  /// the header, by which it comes back to it.
  llvm::SmallVector<unsigned> pickers(unsigned block) const;
  /// Blocks whose branches decide whether `block` runs in an iteration.
  llvm::SmallVector<unsigned> guards(unsigned block) const;
  /// Blocks from which an edge leaves the loop that is not known ahead.
  llvm::SmallVector<unsigned> exits() const;
  std::optional<unsigned> numberOf(mlir::Block *block) const {
    auto found = numbers.find(block);
    return found == numbers.end() ? std::nullopt
                                  : std::optional<unsigned>(found->second);
  }

private:
  bool avoids(unsigned from, unsigned block,
              llvm::SmallVectorImpl<signed char> &known) const;

  unsigned count;
  llvm::DenseMap<mlir::Block *, unsigned> numbers;
  /// Edges within the iteration; `count` is its end, by an edge back, and
  /// `count + 1` an edge out.
  std::vector<llvm::SmallVector<unsigned, 2>> next;
  std::vector<llvm::BitVector> reaches; ///< the end is a block here
  std::vector<unsigned> dominator;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_BRANCHFLOW_H
