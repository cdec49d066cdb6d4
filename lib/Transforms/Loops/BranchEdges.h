//===- BranchEdges.h - Values and control of several blocks -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The edges of a loop whose iteration runs through several blocks, taken as
/// one: what touches no memory runs in each iteration, whether its block is
/// taken or not; what does waits until it is known that its block is taken; and
/// where control joins, the users of a value wait for all that it may be and
/// for what decides. docs/spec.md, "Loops of several blocks", defines it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_TRANSFORMS_LOOPS_BRANCHEDGES_H
#define GAUS_LIB_TRANSFORMS_LOOPS_BRANCHEDGES_H

#include "Loops/BranchFlow.h"
#include "Llvm/LlvmMemory.h"

#include "gaus/Transforms/Scope.h"

#include <map>
#include <set>

namespace gaus::ir {

/// Whether an operation of a scope of several blocks takes place only where its
/// block is taken: it touches memory, or has an inside.
bool runsOnlyWhereTaken(mlir::Operation *op);

/// How control runs through an iteration of a loop. `ends`, of as many bits as
/// there are blocks, gets those that control leaves the loop by, if at all, as
/// is known before the iteration: that depends on nothing but values that step
/// by constants, and every iteration comes by it.
std::unique_ptr<BranchFlow> flowOf(llvm::ArrayRef<mlir::Block *> blocks,
                                   LlvmMemory &memory, llvm::BitVector &ends);

class BranchEdges {
public:
  BranchEdges(Scope &scope, LlvmMemory &memory);

  /// Whether they are needed: other edges say all of one block whose branches
  /// back agree.
  static bool areNeeded(const Scope &scope);

  /// Appends the edges of values and control, within an iteration and from one
  /// to the next.
  void add();

private:
  /// A node, and how many iterations before.
  struct Source {
    int32_t node, distance;
    bool operator<(const Source &o) const {
      return std::tie(node, distance) < std::tie(o.node, o.distance);
    }
  };
  using Sources = std::set<Source>;

  static void merge(const Sources &more, Sources &all) {
    all.insert(more.begin(), more.end());
  }
  void addValues();
  void addGuards();
  void collect(mlir::Value v, int32_t distance, Sources &all,
               std::map<const void *, int32_t> &seen);
  void collectArgument(mlir::BlockArgument arg, int32_t distance, Sources &all,
                       std::map<const void *, int32_t> &seen);
  const Sources &sourcesOf(mlir::Value v);
  mlir::Value conditionOf(unsigned block) const;

  Scope &scope;
  LlvmMemory &memory;
  llvm::DenseMap<mlir::Operation *, int32_t> index;
  llvm::BitVector endsKnownAhead;
  std::unique_ptr<BranchFlow> flow;
  std::map<const void *, Sources> known; ///< by value
};

} // namespace gaus::ir

#endif // GAUS_LIB_TRANSFORMS_LOOPS_BRANCHEDGES_H
