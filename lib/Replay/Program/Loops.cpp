//===- Loops.cpp - Loops of blocks that branch ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Program/Loops.h"
#include "Program/EndOfLoop.h"

#include "gaus/Dialect/GausNames.h"

#include "llvm/ADT/SmallPtrSet.h"

#include <map>

using namespace mlir;
using namespace gaus::ir;
using namespace gaus::ir::replaying;

/// All blocks on ways from the header back to it by branches that control
/// cannot come to but by the header.
static llvm::SmallPtrSet<Block *, 8> cycleOf(Block *header) {
  llvm::SmallPtrSet<Block *, 8> without, all;
  llvm::SmallVector<Block *> work;
  if (!header->isEntryBlock()) {
    work.push_back(&header->getParent()->front());
    without.insert(work.front());
  }
  while (!work.empty())
    for (Block *next : work.pop_back_val()->getSuccessors())
      if (next != header && without.insert(next).second)
        work.push_back(next);
  for (Block *before : header->getPredecessors())
    if (!without.contains(before) && all.insert(before).second &&
        before != header)
      work.push_back(before);
  while (!work.empty())
    for (Block *before : work.pop_back_val()->getPredecessors())
      if (before != header && all.insert(before).second)
        work.push_back(before);
  if (!all.empty())
    all.insert(header);
  return all;
}

llvm::SmallVector<Block *, 4> gaus::ir::replaying::iterationOf(Block *header) {
  if (!header->getTerminator()->hasAttr(kLength))
    return {};
  llvm::SmallPtrSet<Block *, 8> all = cycleOf(header);
  // As soon as all that lead to a block are there, it follows.
  llvm::SmallVector<Block *, 4> order = {header};
  std::map<Block *, int> missing;
  for (Block *block : all)
    for (Block *before : block->getPredecessors())
      missing[block] += all.contains(before);
  for (size_t k = 0; k < order.size(); ++k)
    for (Block *next : order[k]->getSuccessors())
      if (next != header && all.contains(next) && --missing[next] == 0)
        order.push_back(next);
  for (Block *block : order)
    if (block != header && block->getTerminator()->hasAttr(kLength))
      return {};
  return order.size() == all.size() ? order : llvm::SmallVector<Block *, 4>();
}

void gaus::ir::replaying::findLoops(FunctionCode &code) {
  llvm::DenseMap<Block *, int32_t> numbers;
  for (const BlockCode &b : code.blocks)
    numbers[b.block] = static_cast<int32_t>(numbers.size());
  code.loopOf.assign(code.blocks.size(), -1);
  for (const BlockCode &b : code.blocks) {
    LoopCode loop;
    bool scheduled = true;
    llvm::SmallVector<Block *, 4> blocks = iterationOf(b.block);
    for (Block *block : blocks) {
      loop.blocks.push_back(numbers[block]);
      scheduled &= code.blocks[numbers[block]].scheduled;
    }
    if (blocks.empty() || !scheduled)
      continue;
    EndOfLoop end(blocks);
    for (int32_t k : loop.blocks) {
      code.loopOf[k] = static_cast<int32_t>(code.loops.size());
      Operation *last = code.blocks[k].terminator;
      bool leaves = llvm::any_of(last->getSuccessors(), [&](Block *next) {
        return !llvm::is_contained(blocks, next);
      });
      code.blocks[k].endKnownAhead = leaves &&
                                     end.isOnEveryWay(last->getBlock()) &&
                                     end.isKnownAhead(last->getOperand(0));
    }
    code.loops.push_back(std::move(loop));
  }
}

bool LoopWays::ends(int32_t from, int32_t block,
                    std::set<int32_t> &seen) const {
  for (const Successor &s : code.blocks[from].successors) {
    if (isOut(s.block) && code.blocks[from].endKnownAhead)
      continue;
    if (s.block == block)
      continue;
    if (isOut(s.block) || s.block == loop.blocks[0])
      return true;
    if (seen.insert(s.block).second && ends(s.block, block, seen))
      return true;
  }
  return false;
}

bool LoopWays::reaches(int32_t from, int32_t block,
                       std::set<int32_t> &seen) const {
  if (from == block)
    return true;
  if (isOut(from) || from == loop.blocks[0])
    return false;
  for (const Successor &s : code.blocks[from].successors)
    if (s.block == block ||
        (seen.insert(s.block).second && reaches(s.block, block, seen)))
      return true;
  return false;
}

/// Whether there is something to decide when an iteration comes by.
bool LoopWays::isOpen(int32_t block) const {
  const BlockCode &b = code.blocks[block];
  return llvm::count_if(b.successors, [&](const Successor &s) {
           return !(isOut(s.block) && b.endKnownAhead);
         }) > 1;
}

bool LoopWays::decidesRun(int32_t from, int32_t block) {
  auto [entry, fresh] = runs.try_emplace({from, block});
  if (fresh) {
    std::set<int32_t> seen;
    entry->second = isOpen(from) && ends(from, block, seen);
  }
  return entry->second;
}

bool LoopWays::decidesEnd(int32_t from) {
  auto [entry, fresh] = endings.try_emplace(from);
  if (!fresh)
    return entry->second;
  bool decides = false;
  for (int32_t k : loop.blocks) {
    bool leaves = !code.blocks[k].endKnownAhead &&
                  llvm::any_of(code.blocks[k].successors,
                               [&](const auto &s) { return isOut(s.block); });
    if (!leaves)
      continue;
    std::set<int32_t> seen;
    bool comes = k == from;
    // What the header decides is a matter of the next iteration.
    if (k != loop.blocks[0])
      for (const Successor &s : code.blocks[from].successors)
        comes |= s.block == k || reaches(s.block, k, seen);
    decides |= comes && (k == from || decidesRun(from, k));
  }
  return endings[from] = decides;
}

bool LoopWays::decidesEdge(int32_t from, int32_t block) const {
  auto waysBeside = [&](int32_t avoided) {
    int ways = 0;
    for (const Successor &s : code.blocks[from].successors) {
      std::set<int32_t> seen = {avoided};
      ways += s.block != avoided &&
              (s.block == block ||
               (s.block != loop.blocks[0] && reaches(s.block, block, seen)));
    }
    return ways;
  };
  if (waysBeside(-1) < 2)
    return false;
  // Where all ways meet before, it makes no difference any more.
  return llvm::none_of(loop.blocks, [&](int32_t other) {
    return other != from && other != block && waysBeside(other) == 0;
  });
}
