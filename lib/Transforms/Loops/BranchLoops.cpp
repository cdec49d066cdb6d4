//===- BranchLoops.cpp - Loops of blocks that branch ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/BranchLoops.h"

#include "mlir/Dialect/ControlFlow/IR/ControlFlowOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/ADT/PostOrderIterator.h"

using namespace mlir;
using namespace gaus::ir;

bool gaus::ir::isPlainBranch(Operation *terminator) {
  return isa<cf::BranchOp, cf::CondBranchOp, cf::SwitchOp, LLVM::BrOp,
             LLVM::CondBrOp, LLVM::SwitchOp>(terminator);
}

llvm::SmallVector<llvm::APInt> gaus::ir::casesOf(Operation *branch) {
  std::optional<DenseIntElementsAttr> values;
  if (auto cases = dyn_cast<LLVM::SwitchOp>(branch))
    values = cases.getCaseValues();
  if (auto cases = dyn_cast<cf::SwitchOp>(branch))
    values = cases.getCaseValues();
  if (!values)
    return {};
  return llvm::to_vector(values->getValues<llvm::APInt>());
}

/// The blocks of a loop in the order of an iteration; empty if control can come
/// back to one of them but through the header.
static LoopBlocks inOrder(CFGLoop &loop) {
  Block *header = loop.getHeader();
  llvm::DenseMap<Block *, unsigned> open; // edges from blocks not yet listed
  for (Block *block : loop.blocks())
    for (Block *next : block->getSuccessors())
      if (next != header && loop.contains(next))
        ++open[next];
  LoopBlocks order{header};
  for (size_t k = 0; k < order.size(); ++k)
    for (Block *next : order[k]->getSuccessors())
      if (next != header && loop.contains(next) && --open[next] == 0)
        order.push_back(next);
  return order.size() == loop.getNumBlocks() ? order : LoopBlocks();
}

size_t gaus::ir::operationsIn(llvm::ArrayRef<Block *> blocks) {
  size_t all = 0;
  for (Block *block : blocks)
    all += block->getOperations().size();
  return all;
}

static constexpr llvm::StringLiteral kManyEntries =
    "control enters it at several places";

/// An entry block has no predecessors.
static bool hasBranches(Region &region) {
  return !region.empty() && !region.hasOneBlock() &&
         region.front().mightHaveTerminator();
}

BranchLoops::BranchLoops(Region &region) : dominance(region.getParentOp()) {
  if (!hasBranches(region))
    return;
  info = std::make_unique<CFGLoopInfo>(dominance.getDomTree(&region));
  for (CFGLoop *loop : info->getLoopsInPreorder()) {
    if (!loop->getSubLoops().empty())
      continue;
    LoopBlocks order = inOrder(*loop);
    llvm::StringRef reason;
    if (order.empty())
      reason = kManyEntries;
    else if (!llvm::all_of(order, [](Block *block) {
               return isPlainBranch(block->getTerminator());
             }))
      reason = "control leaves one of its blocks by another operation than a "
               "branch of cf or llvm";
    else if (order.size() > 1 && operationsIn(order) > kMostInBlocks)
      reason = "it has several blocks and more than 32768 operations";
    if (!reason.empty()) {
      others.push_back({loop->getHeader(), reason});
      continue;
    }
    for (Block *block : order)
      loopOf[block] = loops.size();
    loops.push_back(std::move(order));
  }
  addIrreducible(region);
}

Block *BranchLoops::dominatorOf(Block &block) const {
  auto *node = dominance.getDomTree(block.getParent()).getNode(&block);
  auto *before = node ? node->getIDom() : nullptr;
  return before ? before->getBlock() : nullptr;
}

bool BranchLoops::comesOnlyFrom(Block &to, Block &from) const {
  CFGLoop *loop = nests().getLoopFor(&to);
  bool isHeader = loop && loop->getHeader() == &to;
  return llvm::all_of(to.getPredecessors(),
                      [&](Block *other) {
                        return other == &from ||
                               (isHeader && loop->contains(other));
                      }) &&
         llvm::count(from.getSuccessors(), &to) == 1;
}

/// Edges back to blocks that do not dominate where they come from.
void BranchLoops::addIrreducible(Region &region) {
  llvm::ReversePostOrderTraversal<Block *> order(&region.front());
  llvm::DenseMap<Block *, size_t> place;
  for (Block *block : order)
    place.try_emplace(block, place.size());
  llvm::DenseSet<Block *> told;
  for (const RefusedLoop &other : others)
    told.insert(other.header);
  for (Block *block : order)
    for (Block *next : block->getSuccessors())
      if (place[next] <= place[block] && !dominance.dominates(next, block) &&
          told.insert(next).second)
        others.push_back({next, kManyEntries});
}
