//===- Conditions.h - Conditions that are one with a loop -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The regions of conditions in the body of an innermost loop are scheduled
/// with the body, as one scope. docs/spec.md, "Conditions in loops", says
/// which.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_CONDITIONS_H
#define GAUS_LIB_TRANSFORMS_SCOPES_CONDITIONS_H

#include "Loops/BranchLoops.h"

#include "gaus/Dialect/Library.h"

#include <map>

namespace gaus::ir {

class Insides;

class Conditions {
public:
  /// `insides` answers what operations use.
  explicit Conditions(Insides &insides) : insides(insides) {}

  /// The blocks that are scheduled with `block`, the loop's body first; empty
  /// for a block that is not in such a body.
  llvm::ArrayRef<mlir::Block *> around(mlir::Block &block);

  /// Whether the operation is no node with an inside, but the place where the
  /// ways through its regions join.
  bool isJoin(mlir::Operation *op);

private:
  struct Body {
    LoopBlocks blocks;
    llvm::DenseSet<mlir::Block *> own;
  };
  const Body &of(mlir::Operation *loop);
  void add(mlir::Block &block, OperatorLibrary &library, LoopBlocks &all);
  bool isTaken(mlir::Operation *op, OperatorLibrary &library);
  bool sharesUnits(mlir::Operation *op, OperatorLibrary &library);
  /// By pool: whether an inside uses it.
  using Pools = std::map<std::pair<mlir::Operation *, const void *>, bool>;
  void collectPools(mlir::Region &region, OperatorLibrary &library,
                    Pools &pools);

  Insides &insides;
  llvm::DenseMap<mlir::Operation *, std::unique_ptr<Body>> known;
};

/// The operations of the blocks of a scope that are its nodes, in the order of
/// the program; where ways join, after what is in their regions.
llvm::SmallVector<mlir::Operation *>
nodesOf(llvm::ArrayRef<mlir::Block *> blocks);

/// Whether at most one of the two runs in an iteration of the loop that both
/// are in: they are in different regions of a condition.
bool excludeEachOther(mlir::Operation *a, mlir::Operation *b,
                      mlir::Operation *loop);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_CONDITIONS_H
