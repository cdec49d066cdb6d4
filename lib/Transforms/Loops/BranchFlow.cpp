//===- BranchFlow.cpp - How control runs through an iteration -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/BranchFlow.h"

using namespace mlir;
using namespace gaus::ir;

BranchFlow::BranchFlow(llvm::ArrayRef<Block *> blocks,
                       const llvm::BitVector &endsKnownAhead)
    : count(static_cast<unsigned>(blocks.size())), next(count),
      reaches(count, llvm::BitVector(count + 1)), dominator(count + 1, count) {
  for (auto [k, block] : llvm::enumerate(blocks))
    numbers[block] = static_cast<unsigned>(k);
  for (auto [k, block] : llvm::enumerate(blocks))
    for (Block *to : block->getSuccessors()) {
      std::optional<unsigned> number = numberOf(to);
      if (!number && endsKnownAhead.test(static_cast<unsigned>(k)))
        continue;
      next[k].push_back(!number ? count + 1 : *number == 0 ? count : *number);
    }
  for (unsigned k = count; k-- > 0;)
    for (unsigned to : next[k])
      if (to <= count) {
        reaches[k].set(to);
        if (to < count)
          reaches[k] |= reaches[to];
      }
  // Dominators: blocks come after all that lead to them.
  dominator[0] = 0;
  for (unsigned k = 0; k < count; ++k)
    for (unsigned to : next[k]) {
      if (to > count)
        continue;
      unsigned a = k, b = dominator[to];
      if (b == count)
        b = a;
      while (a != b)
        (a > b ? a : b) = dominator[std::max(a, b)];
      dominator[to] = a;
    }
}

llvm::SmallVector<unsigned> BranchFlow::pickers(unsigned block) const {
  unsigned at = block == 0 ? count : block;
  llvm::SmallVector<unsigned> all;
  for (unsigned k = dominator[at]; k < at; ++k) {
    unsigned dominates = k;
    while (dominates > dominator[at])
      dominates = dominator[dominates];
    if (dominates != dominator[at])
      continue;
    size_t edges = llvm::count_if(next[k], [&](unsigned to) {
      return to == at || (to < count && reaches[to].test(at));
    });
    if (edges > 1)
      all.push_back(k);
  }
  return all;
}

/// Whether an iteration may end from `from` on without coming to `block`.
bool BranchFlow::avoids(unsigned from, unsigned block,
                        llvm::SmallVectorImpl<signed char> &known) const {
  // What comes later was asked about before.
  for (unsigned to : next[from])
    if (to >= count || (to != block && known[to]))
      return true;
  return false;
}

llvm::SmallVector<unsigned> BranchFlow::guards(unsigned block) const {
  llvm::SmallVector<signed char> known(count, 0);
  llvm::SmallVector<unsigned> all;
  for (unsigned k = count; k-- > 0;) {
    known[k] = k != block && avoids(k, block, known);
    if (known[k] && next[k].size() > 1 && reaches[k].test(block))
      all.push_back(k);
  }
  return all;
}

llvm::SmallVector<unsigned> BranchFlow::exits() const {
  llvm::SmallVector<unsigned> all;
  for (unsigned k = 0; k < count; ++k)
    if (llvm::is_contained(next[k], count + 1))
      all.push_back(k);
  return all;
}
