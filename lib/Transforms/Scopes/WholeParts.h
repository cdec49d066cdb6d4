//===- WholeParts.h - Limited units of blocks and insides -------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The units of each limited resource that a block or an operation's inside
/// uses, cycle by cycle from its start on: from the start cycles, intervals and
/// lengths as they are written.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_WHOLEPARTS_H
#define GAUS_LIB_TRANSFORMS_SCOPES_WHOLEPARTS_H

#include "Loops/BranchLoops.h"
#include "Scopes/Insides.h"

#include "gaus/Core/UseProfile.h"
#include "gaus/Dialect/GausNames.h"

namespace gaus::ir {

/// A limited resource and its use; `what.units` says nothing.
struct WholeResource {
  Held what;
  UseProfile profile;
};
using WholeKey = std::pair<mlir::Operation *, const void *>;
using WholeResources = llvm::MapVector<WholeKey, WholeResource>;

/// An operation of unknown duration, in the schedule of its block.
struct WholeWait {
  mlir::Operation *op;
  int64_t from, cycles;
  bool usesWritten; ///< its units are named, and no others are used
};

/// A block, or what an operation does, from its start on.
struct WholePart {
  WholeResources resources;
  std::vector<WholeWait> waits; ///< of blocks
  bool timed = true;
  bool placed = true; ///< all that is needed is written
  int64_t latency = 0, busy = 0;
};

/// The parts under a root, each made once.
class WholeParts {
public:
  explicit WholeParts(mlir::Operation *root) : root(root), insides(root) {}

  const WholePart &ofBlock(mlir::Block &block, mlir::Operation *carrier);
  /// A region from its entry to its end.
  const WholePart &ofRegion(mlir::Region &region, mlir::Operation *carrier);
  /// Null where the operation has no inside.
  const WholePart *inside(mlir::Operation *op);
  /// Null also where an operator of the library stands for it.
  const WholePart *inside(mlir::Operation *op, OperatorLibrary &library) {
    return hasOperator(op, library) ? nullptr : inside(op);
  }
  /// True where nobody knows when an operation with this inside ends.
  static bool waits(mlir::Operation *op, const WholePart *inside) {
    return inside && !inside->timed && !op->hasAttr(kLatency);
  }
  /// The body in iterations that are an interval apart, as many as may be at
  /// work at once; once where its carrier has no interval.
  WholePart iterated(const WholePart &body, mlir::Operation *carrier);
  /// The body with all that is used where it waits.
  WholePart withWaits(const WholePart &body);
  /// All units of what an operation may use for which a block waits.
  llvm::SmallVector<Held, 2> mayUse(const WholeWait &wait);

  /// What a caller sees of what a callee uses.
  llvm::SmallVector<Held, 1> heldInCaller(mlir::Operation *call,
                                          const Held &held) {
    llvm::SmallVector<Held, 1> all;
    insides.addHeldInCaller(call, held, all);
    return all;
  }

  /// The blocks whose schedule is on a block's carrier; empty for a block of a
  /// scope that starts with another one.
  LoopBlocks scopeOf(mlir::Block &block) {
    LoopBlocks all = insides.scopeOf(block);
    return all.front() == &block ? all : LoopBlocks();
  }

  OperatorLibrary *libraryOf(mlir::Operation *carrier) {
    return insides.libraryOf(carrier);
  }
  /// The operation of a profile's tag.
  mlir::Operation *opOf(int32_t tag) const { return tags[tag]; }

private:
  struct Node {
    mlir::Operation *op;
    OperatorInfo info;
    const WholePart *inside; ///< null = none, or an operator stands for it
    int64_t start;
    bool moves; ///< memory, for a time that is not known
    bool waits() const { return moves || WholeParts::waits(op, inside); }
  };

  WholePart makeBlock(mlir::Block &block, mlir::Operation *carrier);
  std::vector<Node> nodesOf(mlir::Block &block, mlir::Operation *carrier,
                            bool &placed);
  void addNode(WholePart &part, const Node &node,
               const OperatorLibrary &library);
  WholePart makeInside(mlir::Operation *op);
  WholePart ofLoop(mlir::Operation *loop);
  WholePart ofRepeated(mlir::Block &body, mlir::Operation *carrier,
                       std::optional<int64_t> trips);
  WholePart ofWhile(mlir::Operation *loop);
  WholePart ofRegions(mlir::Operation *op);
  WholePart ofWays(mlir::Region &region);
  WholePart ofCall(mlir::Operation *call);
  void spreadInCaller(mlir::Operation *call, WholeResources &resources);
  UseProfile &profileOf(WholeResources &resources, const Held &held);
  int32_t tagOf(mlir::Operation *op);

  mlir::Operation *root;
  Insides insides; ///< only for what may be used, and libraries
  mlir::SymbolTableCollection symbols;
  BranchLoopTable loops;
  llvm::DenseMap<mlir::Block *, std::unique_ptr<WholePart>> blocks;
  llvm::DenseMap<mlir::Region *, std::unique_ptr<WholePart>> regions;
  InsideAnswers<WholePart> parts;
  std::vector<mlir::Operation *> tags;
  llvm::DenseMap<mlir::Operation *, int32_t> tagNumbers;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_WHOLEPARTS_H
