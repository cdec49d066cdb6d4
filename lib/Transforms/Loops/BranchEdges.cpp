//===- BranchEdges.cpp - Values and control of several blocks -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/BranchEdges.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

BranchEdges::BranchEdges(Scope &s, LlvmMemory &m)
    : scope(s), memory(m),
      endsKnownAhead(static_cast<unsigned>(s.blocks.size())) {
  for (auto [i, op] : llvm::enumerate(scope.nodes))
    index[op] = static_cast<int32_t>(i);
  flow = flowOf(scope.blocks, memory, endsKnownAhead);
}

bool BranchEdges::areNeeded(const Scope &scope) {
  if (scope.blocks.size() > 1)
    return !scope.hasConditions();
  auto passed = backEdgeValues(scope.blocks);
  return passed && llvm::is_contained(*passed, Value());
}

/// What a branch decides by.
Value BranchEdges::conditionOf(unsigned block) const {
  return scope.blocks[block]->getTerminator()->getOperand(0);
}

std::unique_ptr<BranchFlow> gaus::ir::flowOf(llvm::ArrayRef<Block *> blocks,
                                             LlvmMemory &memory,
                                             llvm::BitVector &ends) {
  auto flow = std::make_unique<BranchFlow>(blocks, ends);
  for (unsigned k : flow->exits()) {
    if (!memory.isCounted(blocks[k]->getTerminator()->getOperand(0)) ||
        !flow->guards(k).empty())
      continue;
    ends.set(k);
    flow = std::make_unique<BranchFlow>(blocks, ends);
  }
  return flow;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// All that an argument may be, and what decides which of it.
void BranchEdges::collectArgument(BlockArgument arg, int32_t distance,
                                  Sources &all,
                                  std::map<const void *, int32_t> &seen) {
  Block *block = arg.getOwner();
  std::optional<unsigned> number = flow->numberOf(block);
  if (!number)
    return;
  int32_t before = *number == 0 ? 1 : 0;
  // A ring of arguments stays as it was before the loop.
  if (distance + before > static_cast<int32_t>(block->getNumArguments()) + 1)
    return;
  llvm::SmallSetVector<Value, 4> incoming;
  for (auto it = block->pred_begin(), e = block->pred_end(); it != e; ++it) {
    if (!flow->numberOf(*it))
      continue;
    auto branch = cast<BranchOpInterface>((*it)->getTerminator());
    incoming.insert(branch.getSuccessorOperands(
        it.getSuccessorIndex())[arg.getArgNumber()]);
  }
  for (Value v : incoming)
    collect(v, distance + before, all, seen);
  if (incoming.size() > 1)
    for (unsigned k : flow->pickers(*number))
      collect(conditionOf(k), distance + before, all, seen);
}

void BranchEdges::collect(Value v, int32_t distance, Sources &all,
                          std::map<const void *, int32_t> &seen) {
  auto [entry, fresh] = seen.try_emplace(v.getAsOpaquePointer(), distance);
  if (!fresh && entry->second <= distance)
    return;
  entry->second = distance;
  if (auto arg = dyn_cast<BlockArgument>(v))
    return collectArgument(arg, distance, all, seen);
  if (auto found = index.find(v.getDefiningOp()); found != index.end())
    all.insert({found->second, distance});
}

const BranchEdges::Sources &BranchEdges::sourcesOf(Value v) {
  auto [entry, fresh] = known.try_emplace(v.getAsOpaquePointer());
  if (fresh) {
    std::map<const void *, int32_t> seen;
    collect(v, 0, entry->second, seen);
  }
  return entry->second;
}

/// One edge for each pair of a producer and a consumer and each distance, also
/// if the value is used inside the consumer's regions.
void BranchEdges::addValues() {
  for (auto [k, user] : llvm::enumerate(scope.nodes)) {
    Sources sources;
    user->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        merge(sourcesOf(operand), sources);
    });
    for (const Source &s : sources)
      scope.problem.addEdge(s.node, static_cast<int32_t>(k), s.distance);
  }
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

bool gaus::ir::runsOnlyWhereTaken(Operation *op) {
  return !isMarker(op) && (!isMemoryEffectFree(op) || op->getNumRegions() > 0);
}

void BranchEdges::addGuards() {
  std::vector<Sources> guards(scope.blocks.size());
  for (unsigned k = 0; k < guards.size(); ++k)
    for (unsigned g : flow->guards(k))
      merge(sourcesOf(conditionOf(g)), guards[k]);
  // Whether there is a next iteration: what decides on each end, and whether
  // control comes by there.
  Sources ends;
  for (unsigned k : flow->exits()) {
    merge(guards[k], ends);
    merge(sourcesOf(conditionOf(k)), ends);
  }
  for (auto [k, op] : llvm::enumerate(scope.nodes)) {
    bool isOnlyWhereTaken = runsOnlyWhereTaken(op);
    if (!isOnlyWhereTaken && !op->hasAttr(kAlternative))
      continue;
    auto node = static_cast<int32_t>(k);
    for (const Source &s : guards[*flow->numberOf(op->getBlock())])
      scope.problem.addEdge(s.node, node, s.distance, 0, 0,
                            /*carriesValue=*/false);
    if (!isOnlyWhereTaken)
      continue;
    for (const Source &s : ends)
      scope.problem.addEdge(s.node, node, s.distance + 1, 0, 0,
                            /*carriesValue=*/false);
  }
}

void BranchEdges::add() {
  addValues();
  addGuards();
}
