//===- LoopEdges.cpp - What one iteration owes to those before ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/BranchEdges.h"
#include "Memory/LoopMemory.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/LoopLikeInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include <set>

using namespace mlir;
using namespace gaus::ir;

namespace {

class LoopEdges {
public:
  explicit LoopEdges(Scope &s) : scope(s), memory(s.blocks) {
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      index[op] = static_cast<int32_t>(i);
    if (auto loop = dyn_cast<LoopLikeOpInterface>(s.carrier)) {
      args = llvm::to_vector(loop.getRegionIterArgs());
      passed = llvm::to_vector(loop.getYieldedValues());
    } else {
      args = llvm::to_vector(s.block->getArguments());
      passed = *backEdgeValues(s.blocks);
    }
  }

  void run() {
    if (BranchEdges::areNeeded(scope)) {
      BranchEdges(scope, memory).add();
      addLoopMemory(scope, memory);
      return;
    }
    addValues();
    addLoopMemory(scope, memory);
    if (scope.hasConditions())
      addConditions();
    else
      addControl();
  }

private:
  //===--- Values --------------------------------------------------------===//

  /// What an argument of the iteration is: the value that `distance` iterations
  /// before made; null for one from outside of the loop.
  Value made(BlockArgument arg, int32_t &distance) {
    Value value = arg;
    // A chain of arguments is a shift register; a ring of them stays as it was.
    for (distance = 0; distance <= static_cast<int32_t>(args.size());
         ++distance) {
      auto next = dyn_cast<BlockArgument>(value);
      if (!next || next.getOwner() != scope.block)
        return value;
      auto at = llvm::find(args, next);
      if (at == args.end())
        return Value();
      value = passed[at - args.begin()];
    }
    return Value();
  }

  /// A node, and how many iterations before.
  using Source = std::pair<int32_t, int32_t>;
  /// What makes a value; nullopt if that is no node.
  std::optional<Source> sourceOf(Value v) {
    int32_t distance = 0;
    if (auto arg = dyn_cast<BlockArgument>(v))
      v = made(arg, distance);
    auto source = v ? index.find(v.getDefiningOp()) : index.end();
    return source == index.end()
               ? std::nullopt
               : std::optional<Source>({source->second, distance});
  }

  /// The node that an operation is or is in; the end of a region that is one
  /// with the body belongs to where its ways join.
  std::optional<int32_t> nodeOf(Operation *op) const {
    for (; op; op = op->getParentOp())
      if (auto found = index.find(op); found != index.end())
        return found->second;
    return std::nullopt;
  }

  void addValues() {
    for (BlockArgument arg : args) {
      std::optional<Source> source = sourceOf(arg);
      if (!source)
        continue;
      std::set<int32_t> users;
      for (Operation *user : arg.getUsers())
        if (std::optional<int32_t> node = nodeOf(user))
          users.insert(*node);
      for (int32_t user : users)
        scope.problem.addEdge(source->first, user, source->second);
    }
  }

  //===--- Control -------------------------------------------------------===//

  /// Where the end depends on what the iterations compute, the next iteration
  /// touches no memory before it is known to take place.
  void addControl() {
    Operation *end = scope.block->getTerminator();
    if (end->getNumSuccessors() < 2 || memory.isCounted(end->getOperand(0)))
      return;
    std::optional<Source> source = sourceOf(end->getOperand(0));
    if (!source)
      return;
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      if (!isMemoryEffectFree(op) && !isMarker(op))
        scope.problem.addEdge(source->first, static_cast<int32_t>(i),
                              source->second + 1, 0, 0,
                              /*carriesValue=*/false);
  }

  /// What touches memory where a condition holds, or shares units with what
  /// runs where it does not, waits for what decides on it.
  void addConditions() {
    for (auto [i, op] : llvm::enumerate(scope.nodes)) {
      if ((!runsOnlyWhereTaken(op) && !op->hasAttr(kAlternative)) ||
          scope.isJoin(op))
        continue;
      std::set<Source> deciders;
      for (Operation *around = op->getParentOp(); around != scope.carrier;
           around = around->getParentOp())
        for (Value v : around->getOperands())
          if (std::optional<Source> source = sourceOf(v))
            deciders.insert(*source);
      for (auto [node, distance] : deciders)
        scope.problem.addEdge(node, static_cast<int32_t>(i), distance, 0, 0,
                              /*carriesValue=*/false);
    }
  }

  Scope &scope;
  /// What an iteration hands to the next one: passed[i] becomes args[i].
  llvm::SmallVector<BlockArgument> args;
  llvm::SmallVector<Value> passed;
  LlvmMemory memory;
  llvm::DenseMap<Operation *, int32_t> index;
};

} // namespace

void gaus::ir::addLoopEdges(Scope &scope) { LoopEdges(scope).run(); }
