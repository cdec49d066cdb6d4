//===- RegionTime.cpp - How long blocks that branch take ------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Loops/RegionTime.h"

#include "Loops/Trips.h"
#include "Llvm/LlvmMemory.h"
#include "Llvm/NestTrips.h"
#include "Llvm/RangeTrips.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

using namespace mlir;
using namespace gaus::ir;

TripRange BranchLoopTable::tripsOf(CFGLoop &loop) {
  Block &header = *loop.getHeader();
  auto [found, fresh] = counts.try_emplace(&header);
  if (!fresh)
    return found->second;
  TripRange range;
  LlvmMemory memory(loop.getBlocks());
  if (std::optional<int64_t> most = memory.trips())
    range = {endsInOnePlace(loop) && memory.countsAll()
                 ? *most
                 : std::min<int64_t>(1, *most),
             most};
  else
    range = tripsInNest(loop, of(*header.getParent()));
  if (!range.most)
    if (std::optional<int64_t> most =
            tripsByRange(loop, of(*header.getParent())))
      range = {std::min<int64_t>(1, *most), most};
  return counts[&header] = range.within(header.getTerminator());
}

std::optional<int64_t> gaus::ir::mostIterations(Block &header,
                                                BranchLoopTable &loops) {
  CFGLoop *loop = loops.of(*header.getParent()).nests().getLoopFor(&header);
  std::optional<int64_t> most =
      loop ? loops.tripsOf(*loop).most : std::optional<int64_t>();
  return most && *most <= gaus::kMaxCycle ? most : std::nullopt;
}

namespace {

class LongestWay {
public:
  LongestWay(Region &region, BranchLoopTable &loops, ScopeTime timeOf)
      : region(region), table(loops), loops(loops.of(region)), timeOf(timeOf),
        nests(this->loops.nests()) {}

  RegionTime run() {
    llvm::SmallVector<Block *> blocks;
    for (Block &block : region)
      if (loops.isReached(block))
        blocks.push_back(&block);
    return through(nullptr, blocks);
  }

private:
  /// What stands for a block directly within a loop (null: the region): itself,
  /// or the loop within that it is in, by its header. Null outside.
  Block *unitOf(Block *block, CFGLoop *within) const {
    if (within && !within->contains(block))
      return nullptr;
    CFGLoop *loop = nests.getLoopFor(block);
    if (loop == within)
      return block;
    while (loop && loop->getParentLoop() != within)
      loop = loop->getParentLoop();
    return loop ? loop->getHeader() : nullptr;
  }

  RegionTime timeOfUnit(Block *unit, CFGLoop *within) {
    CFGLoop *loop = nests.getLoopFor(unit);
    llvm::ArrayRef<Block *> scope = loops.around(unit);
    if (loop == within || !scope.empty())
      return timeOf(scope.empty() ? llvm::ArrayRef(unit) : scope);
    llvm::SmallVector<Block *> blocks = {unit};
    for (Block *block : loop->blocks())
      if (block != unit)
        blocks.push_back(block);
    std::optional<int64_t> trips = mostIterations(*unit, table);
    if (!trips)
      return {std::nullopt, kUnknownTrips};
    RegionTime once = through(loop, blocks);
    if (once.cycles)
      once.cycles = *once.cycles > 0 && *trips > gaus::kMaxCycle / *once.cycles
                        ? gaus::kMaxCycle
                        : *trips * *once.cycles;
    return once;
  }

  /// One iteration of a loop that has others within, or the region: its units
  /// one after the other as control passes.
  RegionTime through(CFGLoop *within, llvm::ArrayRef<Block *> blocks) {
    llvm::DenseMap<Block *, llvm::SmallSetVector<Block *, 4>> next;
    llvm::DenseMap<Block *, unsigned> open;
    llvm::DenseMap<Block *, int64_t> begins;
    for (Block *block : blocks)
      begins.try_emplace(unitOf(block, within), 0);
    for (Block *block : blocks)
      for (Block *to : block->getSuccessors()) {
        Block *a = unitOf(block, within), *b = unitOf(to, within);
        if (b && a != b && !(within && b == within->getHeader()) &&
            next[a].insert(b))
          ++open[b];
      }
    llvm::SmallVector<Block *> ready = {blocks.front()};
    int64_t most = 0;
    for (size_t k = 0; k < ready.size(); ++k) {
      RegionTime time = timeOfUnit(ready[k], within);
      if (!time.cycles)
        return time;
      int64_t end =
          std::min<int64_t>(gaus::kMaxCycle, begins[ready[k]] + *time.cycles);
      most = std::max(most, end);
      for (Block *to : next[ready[k]]) {
        begins[to] = std::max(begins[to], end);
        if (--open[to] == 0)
          ready.push_back(to);
      }
    }
    if (ready.size() != begins.size())
      return {std::nullopt, "control enters a loop at several places"};
    return {most, {}};
  }

  Region &region;
  BranchLoopTable &table;
  const BranchLoops &loops;
  ScopeTime timeOf;
  const CFGLoopInfo &nests;
};

} // namespace

RegionTime gaus::ir::longestWay(Region &region, BranchLoopTable &loops,
                                ScopeTime timeOf) {
  return LongestWay(region, loops, timeOf).run();
}
