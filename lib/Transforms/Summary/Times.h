//===- Times.h - How long scopes take, at least -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The scopes of a program with what is written on them, and from this the
/// cycles of loops, blocks and functions: those that follow from the schedule,
/// or what they are at least.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_SUMMARY_TIMES_H
#define GAUS_LIB_TRANSFORMS_SUMMARY_TIMES_H

#include "Loops/BranchLoops.h"
#include "Loops/Trips.h"

#include "gaus/Transforms/Scope.h"
#include "gaus/Transforms/WrittenSchedule.h"

#include "mlir/IR/SymbolTable.h"

#include <map>

namespace gaus::ir {

/// A scope, built, and what is written on it.
struct ScopeFacts {
  Scope scope;
  WrittenSchedule written;
  /// All starts; empty where the schedule is not complete.
  gaus::Starts starts;
  /// Of one iteration; and until the last limited unit is free.
  int64_t length = 0, busy = 0;
  /// By node, why its time is not known; empty if it is.
  std::vector<llvm::StringRef> reasons;

  /// The blocks that are scheduled together; the first one is the scope's.
  llvm::ArrayRef<mlir::Block *> blocks() const { return scope.blocks; }
  bool scheduled() const { return written.complete() && !scope.nodes.empty(); }
};

/// Reads what is written on a scope that has been built; emits what is wrong.
mlir::FailureOr<ScopeFacts> readFacts(Scope scope);

/// Cycles: all of them, or what they are at least.
struct Time {
  int64_t least = 0;
  bool known = true;
};

class Times {
public:
  Times(mlir::Operation *root, std::vector<ScopeFacts> facts);

  /// Null for a block without operations, which is no scope.
  const ScopeFacts *of(mlir::Block &block) const;
  /// The scope of a loop that branches make, by its header; else null.
  const ScopeFacts *loopAt(mlir::Block &header) const;
  /// Whether the operation's regions are one scope with its block.
  bool isJoin(mlir::Operation &op) const {
    const ScopeFacts *facts = of(*op.getBlock());
    return facts && facts->scope.isJoin(&op);
  }
  llvm::ArrayRef<ScopeFacts> all() const { return scopes; }

  /// The loops that the branches of a region of several blocks make.
  mlir::CFGLoopInfo &loopsOf(mlir::Region &region) {
    return loops.of(region).nests();
  }
  /// How often such a loop is begun each time that control comes to it.
  TripRange trips(mlir::CFGLoop &loop) { return loops.tripsOf(loop); }

  /// A block; where it is the header of a loop that is a scope, the loop with
  /// all its iterations, of which the other blocks are a part.
  Time ofBlock(mlir::Block &block);
  /// A loop that branches make, with all its iterations.
  Time ofLoop(mlir::CFGLoop &loop);
  /// A node of a scope: a loop with all iterations, a condition, a call.
  Time ofOperation(mlir::Operation *op);
  /// From the first to one of the last blocks.
  Time ofRegion(mlir::Region &region);

private:
  Time once(const ScopeFacts &facts);
  Time untimed(mlir::Operation *op);
  Time ofCall(mlir::Operation *call);
  Time beforeNext(mlir::Block &block);
  enum class Way { ToTheEnd, AroundTheLoop, OutOfTheLoop };
  Time shortestWay(mlir::CFGLoopInfo &loops, mlir::CFGLoop *around, Way way,
                   mlir::Block &from);

  mlir::Operation *root;
  std::vector<ScopeFacts> scopes;
  llvm::DenseMap<mlir::Block *, size_t> byBlock;
  mlir::SymbolTableCollection symbols;
  llvm::DenseMap<mlir::Operation *, Time> functions;
  BranchLoopTable loops;
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_SUMMARY_TIMES_H
