//===- BranchLoops.h - Loops of blocks that branch --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The innermost loops that branches of cf and llvm make. An iteration runs
/// from the header through some of the blocks, each once: it is one scope with
/// the operations of all of them.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_BRANCHLOOPS_H
#define GAUS_LIB_TRANSFORMS_LOOPS_BRANCHLOOPS_H

#include "Loops/Trips.h"

#include "mlir/Analysis/CFGLoopInfo.h"
#include "mlir/IR/Region.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

#include <memory>

namespace gaus::ir {

/// Whether control passes on by a branch that decides after the operations of
/// its block, and does nothing else.
bool isPlainBranch(mlir::Operation *terminator);

/// Of a switch the numbers that lead to its successors but the first one; of
/// other branches none.
llvm::SmallVector<llvm::APInt> casesOf(mlir::Operation *branch);

/// The header first, and each block after all that lead to it in an iteration.
using LoopBlocks = llvm::SmallVector<mlir::Block *, 4>;

/// The most operations of a scope of several blocks: memory accesses are
/// compared pair by pair.
inline constexpr size_t kMostInBlocks = 32768;
size_t operationsIn(llvm::ArrayRef<mlir::Block *> blocks);

/// Blocks that control may run again and that are no such loop.
struct RefusedLoop {
  mlir::Block *header;
  llvm::StringRef reason;
};

/// The loops of one region.
class BranchLoops {
public:
  explicit BranchLoops(mlir::Region &region);

  /// The loop that a block is in; empty if it is in none.
  llvm::ArrayRef<mlir::Block *> around(mlir::Block *block) const {
    auto found = loopOf.find(block);
    return found == loopOf.end() ? llvm::ArrayRef<mlir::Block *>()
                                 : llvm::ArrayRef(loops[found->second]);
  }
  llvm::ArrayRef<RefusedLoop> refused() const { return others; }

  /// All loops, also those around others; of a region of several blocks.
  mlir::CFGLoopInfo &nests() const { return *info; }
  /// The block that control comes by last of those that it always comes by
  /// before another one; null of the first.
  mlir::Block *dominatorOf(mlir::Block &block) const;
  /// Whether control comes to a block by one edge from another one, but for
  /// those of its own loop.
  bool comesOnlyFrom(mlir::Block &to, mlir::Block &from) const;
  /// Whether control may come by a block of the region.
  bool isReached(mlir::Block &block) const {
    return dominance.isReachableFromEntry(&block);
  }

private:
  void addIrreducible(mlir::Region &region);

  mlir::DominanceInfo dominance;
  std::unique_ptr<mlir::CFGLoopInfo> info; ///< null of one block

  std::vector<LoopBlocks> loops;
  std::vector<RefusedLoop> others;
  llvm::DenseMap<mlir::Block *, size_t> loopOf;
};

/// Those of all regions that are asked for, each found once.
class BranchLoopTable {
public:
  const BranchLoops &of(mlir::Region &region) {
    std::unique_ptr<BranchLoops> &entry = known[&region];
    if (!entry)
      entry = std::make_unique<BranchLoops>(region);
    return *entry;
  }
  /// What is scheduled with a block: the loop it is in, else itself.
  LoopBlocks scopeOf(mlir::Block &block) {
    llvm::ArrayRef<mlir::Block *> loop = of(*block.getParent()).around(&block);
    return loop.empty() ? LoopBlocks{&block} : LoopBlocks(loop);
  }
  /// How often a loop is begun each time that control comes to it: what its end
  /// says, by itself or in the nest, and `gaus.trips` on the terminator of its
  /// header (RegionTime.cpp).
  TripRange tripsOf(mlir::CFGLoop &loop);

private:
  llvm::DenseMap<mlir::Block *, TripRange> counts;
  llvm::DenseMap<mlir::Region *, std::unique_ptr<BranchLoops>> known;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_BRANCHLOOPS_H
