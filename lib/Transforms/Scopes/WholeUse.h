//===- WholeUse.h - Limited units over a whole function ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The units of each limited resource that a function uses, cycle by cycle,
/// with everything inside: from the start cycles, intervals and lengths as they
/// are written. It shares no code with what the scopes' problems hold for their
/// insides (Insides). docs/spec.md, "The whole function", defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H
#define GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H

#include "Scopes/Insides.h"

#include "gaus/Core/UseProfile.h"
#include "gaus/Dialect/GausNames.h"

namespace gaus::ir {

/// Units of one resource in a function.
struct FunctionPeak {
  Held what; ///< its `units` are the peak
  /// Whether so many are in use in some cycle; else they are an upper bound.
  bool exact = true;
};

class WholeUse {
public:
  explicit WholeUse(mlir::Operation *root) : root(root), insides(root) {}

  /// Emits an error for each limited resource whose limit is exceeded, or may
  /// be, in a part of the function that runs as a whole; a warning for calls of
  /// which nothing is known.
  mlir::LogicalResult check(mlir::Operation *function);
  /// Of each limited resource that is used at all, in the order of use.
  llvm::SmallVector<FunctionPeak> peaks(mlir::Operation *function);
  /// The same of one block whose times are all known; nothing of others.
  llvm::SmallVector<FunctionPeak> peaksOf(mlir::Block &block,
                                          mlir::Operation *carrier);
  /// Limited units of an operation's inside by cycle from its start, which are
  /// known to be all; empty if they are not.
  llvm::SmallVector<std::pair<Held, const UseProfile *>>
  insideOf(mlir::Operation *op);
  OperatorLibrary *libraryOf(mlir::Operation *carrier) {
    return insides.libraryOf(carrier);
  }

private:
  using Key = std::pair<mlir::Operation *, const void *>;
  struct Resource {
    Held what;
    UseProfile profile;
  };
  using Resources = llvm::MapVector<Key, Resource>;

  /// An operation of unknown duration, in the schedule of its block.
  struct Wait {
    mlir::Operation *op;
    int64_t from, cycles;
    bool usesWritten; ///< its units are named, and no others are used
  };
  /// A block, or what an operation does, from its start on.
  struct Part {
    Resources resources;
    std::vector<Wait> waits; ///< of blocks
    bool timed = true;
    bool placed = true; ///< all that is needed is written
    int64_t latency = 0, busy = 0;
  };

  struct Node {
    mlir::Operation *op;
    OperatorInfo info;
    const Part *inside; ///< null = none, or an operator stands for it
    int64_t start;
    bool waits() const {
      return inside && !inside->timed && !op->hasAttr(kLatency);
    }
  };

  const Part &ofBlock(mlir::Block &block, mlir::Operation *carrier);
  Part makeBlock(mlir::Block &block, mlir::Operation *carrier);
  std::vector<Node> nodesOf(mlir::Block &block, mlir::Operation *carrier,
                            bool &placed);
  void addNode(Part &part, const Node &node, const OperatorLibrary &library);
  const Part *inside(mlir::Operation *op);
  Part makeInside(mlir::Operation *op);
  Part ofLoop(mlir::Operation *loop);
  Part ofRegions(mlir::Operation *op);
  Part ofCall(mlir::Operation *call);

  /// The blocks whose cycles follow from the schedule alone: each block of the
  /// function, and those in operations of unknown duration.
  llvm::SmallVector<const Part *> wholes(mlir::Operation *function);
  llvm::SmallVector<Held, 2> mayUse(const Wait &wait);
  Part repeated(const Part &body, mlir::Operation *loop);
  void addWholes(mlir::Block &block, mlir::Operation *carrier,
                 llvm::SmallVectorImpl<const Part *> &all);
  void addPeaks(mlir::Operation *function,
                llvm::MapVector<Key, FunctionPeak> &peaks,
                llvm::DenseSet<mlir::Operation *> &seen);
  mlir::LogicalResult report(const Resource &resource,
                             const gaus::UsePeak &peak);
  UseProfile &profileOf(Resources &resources, const Held &held);
  int32_t tagOf(mlir::Operation *op);

  mlir::Operation *root;
  Insides insides; ///< only for what may be used, and libraries
  mlir::SymbolTableCollection symbols;
  llvm::DenseMap<mlir::Block *, std::unique_ptr<Part>> blocks;
  InsideAnswers<Part> parts;
  std::vector<std::unique_ptr<Part>> repeats;
  std::vector<mlir::Operation *> tags;
  llvm::DenseMap<mlir::Operation *, int32_t> tagNumbers;
};

/// What a limited resource is called in a scope whose library is `named`.
std::string labelOf(const Held &held, mlir::Operation *named);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SCOPES_WHOLEUSE_H
