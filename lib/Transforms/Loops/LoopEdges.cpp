//===- LoopEdges.cpp - What one iteration owes to those before ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/BranchEdges.h"
#include "Memory/LoopMemory.h"

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
      int32_t distance = 0;
      Value value = made(arg, distance);
      auto source = value ? index.find(value.getDefiningOp()) : index.end();
      if (source == index.end())
        continue;
      llvm::SmallDenseSet<int32_t, 4> users;
      for (Operation *user : arg.getUsers()) {
        if (std::optional<int32_t> node = nodeOf(user))
          users.insert(*node);
      }
      llvm::SmallVector<int32_t, 4> ordered(users.begin(), users.end());
      llvm::sort(ordered);
      for (int32_t user : ordered)
        scope.problem.addEdge(source->second, user, distance);
    }
  }

  //===--- Control -------------------------------------------------------===//

  /// Where the end depends on what the iterations compute, the next iteration
  /// touches no memory before it is known to take place.
  void addControl() {
    Operation *end = scope.block->getTerminator();
    if (end->getNumSuccessors() < 2 || memory.isCounted(end->getOperand(0)))
      return;
    Value v = end->getOperand(0);
    int32_t distance = 0;
    if (auto arg = dyn_cast<BlockArgument>(v))
      v = made(arg, distance);
    auto source = v ? index.find(v.getDefiningOp()) : index.end();
    if (source == index.end())
      return;
    for (auto [i, op] : llvm::enumerate(scope.nodes))
      if (!isMemoryEffectFree(op) && !isMarker(op))
        scope.problem.addEdge(source->second, static_cast<int32_t>(i),
                              distance + 1, 0, 0, /*carriesValue=*/false);
  }

  /// What touches memory where a condition holds waits for what decides on it.
  void addConditions() {
    for (auto [i, op] : llvm::enumerate(scope.nodes)) {
      if (!runsOnlyWhereTaken(op) || scope.isJoin(op))
        continue;
      std::set<std::pair<int32_t, int32_t>> deciders;
      for (Operation *around = op->getParentOp(); around != scope.carrier;
           around = around->getParentOp())
        for (Value v : around->getOperands())
          addDecider(v, deciders);
      for (auto [node, distance] : deciders)
        scope.problem.addEdge(node, static_cast<int32_t>(i), distance, 0, 0,
                              /*carriesValue=*/false);
    }
  }

  void addDecider(Value v, std::set<std::pair<int32_t, int32_t>> &deciders) {
    int32_t distance = 0;
    if (auto arg = dyn_cast<BlockArgument>(v))
      v = arg.getOwner() == scope.block ? made(arg, distance) : Value();
    auto source = v ? index.find(v.getDefiningOp()) : index.end();
    if (source != index.end())
      deciders.insert({source->second, distance});
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
