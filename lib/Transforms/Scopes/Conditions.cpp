//===- Conditions.cpp - Conditions that are one with a loop ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Conditions.h"

#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/MemRef/IR/MemRef.h"

using namespace mlir;
using namespace gaus::ir;

/// What stands on an operation that is to be a node of its own.
static bool isDescribed(Operation *op, const OperatorLibrary &library) {
  auto has = [](Operation *at, llvm::ArrayRef<llvm::StringRef> names) {
    return llvm::any_of(
        names, [&](llvm::StringRef name) { return at->hasAttr(name); });
  };
  if (hasOperator(op, library) || has(op, {kLatency, kOccupancy, kUses}))
    return true;
  return llvm::any_of(op->getRegions(), [&](Region &region) {
    return !region.empty() &&
           has(region.front().getTerminator(),
               {kRequest, kLibrary, kLiveLimit, kMemoryModel});
  });
}

/// What the operations of a region may use: by an inside, or as operations of
/// the scope that may be alternatives.
void Conditions::collectPools(Region &region, OperatorLibrary &library,
                              Pools &pools) {
  auto add = [&](llvm::ArrayRef<Held> uses, bool isInside) {
    for (const Held &held : uses)
      pools[{held.owner, held.name.getAsOpaquePointer()}] |= isInside;
  };
  for (Operation &inner : region.getOps()) {
    if (!isScheduled(inner))
      continue;
    if (isTaken(&inner, library)) {
      for (Region &own : inner.getRegions())
        collectPools(own, library, pools);
      continue;
    }
    bool hasInside = mayHaveInside(&inner);
    if (FailureOr<OperatorInfo> info = library.describe(&inner);
        succeeded(info))
      add(limitedUses(*info, library, inner.getContext()), hasInside);
    if (hasInside)
      add(insides.mayUse(&inner), /*isInside=*/true);
  }
}

/// Whether two regions, of which one runs, need units of one limited resource,
/// and one of them inside of an operation: as a node of its own the condition
/// holds them for the one that runs.
bool Conditions::sharesUnits(Operation *op, OperatorLibrary &library) {
  Pools all;
  for (Region &region : op->getRegions()) {
    Pools mine;
    collectPools(region, library, mine);
    for (auto [pool, isInside] : mine) {
      auto [entry, fresh] = all.try_emplace(pool, isInside);
      if (!fresh && (isInside || entry->second))
        return true;
    }
  }
  return false;
}

bool Conditions::isTaken(Operation *op, OperatorLibrary &library) {
  return runsOneRegion(op) && !isa<memref::AllocaScopeOp>(op) &&
         !isDescribed(op, library) && !sharesUnits(op, library);
}

void Conditions::add(Block &block, OperatorLibrary &library, LoopBlocks &all) {
  all.push_back(&block);
  for (Operation &op : block)
    if (isTaken(&op, library))
      for (Region &region : op.getRegions())
        if (!region.empty())
          add(region.front(), library, all);
}

const Conditions::Body &Conditions::of(Operation *loop) {
  if (auto found = known.find(loop); found != known.end())
    return *found->second;
  auto body = std::make_unique<Body>();
  OperatorLibrary *library = insides.libraryOf(loop);
  if (library && isInnermost(loop)) {
    add(loop->getRegion(0).front(), *library, body->blocks);
    if (body->blocks.size() > 1 && operationsIn(body->blocks) > kMostInBlocks)
      body->blocks.resize(1);
    body->own.insert(body->blocks.begin(), body->blocks.end());
  }
  return *known.try_emplace(loop, std::move(body)).first->second;
}

llvm::ArrayRef<Block *> Conditions::around(Block &block) {
  Operation *op = block.getParentOp();
  while (op && runsOneRegion(op))
    op = op->getParentOp();
  if (!op || !isForLoop(op))
    return {};
  const Body &body = of(op);
  return body.own.contains(&block) ? llvm::ArrayRef<Block *>(body.blocks)
                                   : llvm::ArrayRef<Block *>();
}

bool Conditions::isJoin(Operation *op) {
  if (!runsOneRegion(op))
    return false;
  for (Region &region : op->getRegions())
    if (!region.empty())
      return !around(region.front()).empty();
  return false;
}

static void addNodes(Block &block, const llvm::DenseSet<Block *> &own,
                     llvm::SmallVectorImpl<Operation *> &nodes) {
  for (Operation &op : block) {
    for (Region &region : op.getRegions())
      if (!region.empty() && own.contains(&region.front()))
        addNodes(region.front(), own, nodes);
    if (isScheduled(op))
      nodes.push_back(&op);
  }
}

llvm::SmallVector<Operation *>
gaus::ir::nodesOf(llvm::ArrayRef<Block *> blocks) {
  llvm::SmallVector<Operation *> nodes;
  llvm::DenseSet<Block *> own(blocks.begin(), blocks.end());
  for (Block *block : blocks) {
    Operation *around = block->getParentOp();
    // Of a condition within: listed where it stands.
    if (!around || !own.contains(around->getBlock()))
      addNodes(*block, own, nodes);
  }
  return nodes;
}

bool gaus::ir::excludeEachOther(Operation *a, Operation *b, Operation *loop) {
  for (Region *in = a->getParentRegion(); in->getParentOp() != loop;
       in = in->getParentOp()->getParentRegion())
    if (in->getParentOp()->isProperAncestor(b))
      return !in->isAncestor(b->getParentRegion());
  return false;
}
