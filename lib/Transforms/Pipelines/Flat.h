//===- Flat.h - A loop of branches as one list ------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The iteration of a loop of branches as one block without branches: what
/// touches memory has the condition under which it runs, what is handed on
/// where control joins is selected, and one value says whether the loop is
/// left. The loop itself stays as it is.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_PIPELINES_FLAT_H
#define GAUS_LIB_TRANSFORMS_PIPELINES_FLAT_H

#include "Pipelines/Dialects.h"

#include "gaus/Transforms/Scope.h"

#include "llvm/ADT/DenseSet.h"

#include <memory>

namespace gaus::ir {

struct FlatLoop {
  FlatLoop() = default;
  FlatLoop(const FlatLoop &) = delete;
  FlatLoop &operator=(const FlatLoop &) = delete;
  ~FlatLoop();

  /// An edge that leaves the loop.
  struct Exit {
    unsigned block, successor; ///< the block by its place in the loop
    /// Whether it is the one, if the loop is left.
    mlir::Value taken;
    llvm::SmallVector<mlir::Value> operands;
  };

  /// In no region. Constants in it may stand anywhere.
  std::unique_ptr<mlir::Block> body;
  /// By argument of the body: the argument of the header whose first value it
  /// begins with, and what the next iteration gets.
  llvm::SmallVector<unsigned> headerArgument;
  llvm::SmallVector<mlir::Value> back;
  /// Of those that have one.
  llvm::DenseMap<mlir::Operation *, mlir::Value> guard;
  /// What touches memory or may trap: not to be run once too often.
  llvm::DenseSet<mlir::Operation *> strict;
  /// What of them the last iteration, which is left before, does not run.
  llvm::DenseSet<mlir::Operation *> behindExit;
  /// What an operation of the loop is here.
  llvm::DenseMap<mlir::Operation *, mlir::Operation *> became;
  /// Whether an iteration is the last one: if this holds, or `unless` it does.
  mlir::Value leaves;
  bool leavesUnless = false;
  llvm::SmallVector<Exit> exits;
  /// Values of the loop that are used behind it, and what they are here.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> outside;
  /// The only end depends on nothing but values that step by constants.
  bool isCounted = false;
  /// Of a counted one: there is more of an iteration behind the end.
  bool endsWithin = false;

  /// A value that is the same in all iterations.
  bool isInvariant(mlir::Value v) const {
    mlir::Operation *def = v.getDefiningOp();
    return v.getParentBlock() != body.get() ||
           (def && def->hasTrait<mlir::OpTrait::ConstantLike>());
  }
  /// What of the body an operation of it uses, also in its regions, and its
  /// guard.
  llvm::SmallVector<mlir::Value> usesOf(mlir::Operation *op) const;
  /// Appends what `roots` need of their iteration; where `around`, also of
  /// those before.
  void need(llvm::SmallVector<mlir::Value> roots, bool around,
            llvm::DenseSet<mlir::Operation *> &all) const;
  /// What is used behind the loop.
  llvm::SmallVector<mlir::Value> results() const;
};

/// Fills in `flat`; why there is none, else empty. `copiesEnd`: counted ends
/// are computed a second time, from nothing but what they need. `safe`: those
/// divisions of the loop run always, and never trap.
llvm::StringRef flatten(const Scope &scope, const Dialects &make,
                        bool copiesEnd,
                        const llvm::DenseSet<mlir::Operation *> &safe,
                        FlatLoop &flat);

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_PIPELINES_FLAT_H
