//===- Times.cpp - How long scopes take, at least -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Times.h"

#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"
#include "Llvm/NestTrips.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"

#include <set>

using namespace mlir;
using namespace gaus::ir;

/// Times saturate here.
static constexpr int64_t kMost = int64_t(1) << 60;

/// `first`, and `period` cycles for each of `trips` - 1 further iterations.
static int64_t iterated(int64_t first, int64_t period, int64_t trips) {
  if (trips <= 0)
    return 0;
  if (period > 0 && trips - 1 > (kMost - first) / period)
    return kMost;
  return first + (trips - 1) * period;
}

FailureOr<ScopeFacts> gaus::ir::readFacts(Scope scope) {
  ScopeFacts facts;
  facts.scope = std::move(scope);
  Scope &s = facts.scope;
  facts.written = readWritten(s);
  if (!facts.scheduled())
    return facts;
  if (failed(settleWritten(s, facts.written)))
    return failure();
  facts.starts = facts.written.complete32();
  const gaus::Problem &p = s.problem;
  facts.length =
      facts.written.length.value_or(gaus::evaluate(p, facts.starts).length);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.limit[p.useResource[k]] != gaus::kUnlimited && p.useUnits[k] > 0)
        facts.busy =
            std::max(facts.busy, int64_t(facts.starts[i]) + p.occupancy[i]);
  OperatorLibrary *library = s.insides->libraryOf(s.carrier);
  for (auto [op, waits] : llvm::zip(s.nodes, s.waits)) {
    llvm::StringRef reason;
    if (library && waits)
      if (FailureOr<NodeUse> use = s.insides->describe(op, *library);
          succeeded(use))
        reason = use->reason;
    facts.reasons.push_back(reason);
  }
  return facts;
}

Times::Times(Operation *top, std::vector<ScopeFacts> facts)
    : root(top), scopes(std::move(facts)) {
  for (auto [index, scope] : llvm::enumerate(scopes))
    for (Block *block : scope.blocks())
      byBlock[block] = index;
}

const ScopeFacts *Times::of(Block &block) const {
  auto found = byBlock.find(&block);
  return found == byBlock.end() ? nullptr : &scopes[found->second];
}

const ScopeFacts *Times::loopAt(Block &header) const {
  const ScopeFacts *facts = of(header);
  bool branches = facts && facts->scope.isLoop &&
                  facts->scope.carrier == header.getTerminator() &&
                  !isForLoop(header.getParentOp());
  return branches && facts->scope.block == &header ? facts : nullptr;
}

//===----------------------------------------------------------------------===//
// Loops of branches
//===----------------------------------------------------------------------===//

Time Times::ofLoop(CFGLoop &loop) {
  Block &header = *loop.getHeader();
  if (loopAt(header) || loop.getNumBlocks() == 1)
    return beforeNext(header);
  CFGLoopInfo &all = loopsOf(*header.getParent());
  TripRange count = trips(loop);
  if (count.least == 0 || !endsInOnePlace(loop))
    return {shortestWay(all, &loop, Way::OutOfTheLoop, header).least, false};
  Time once = shortestWay(all, &loop, Way::AroundTheLoop, header);
  // The last iteration may be no more than the header.
  bool whole = loop.isLoopExiting(loop.getLoopLatch());
  Time last = whole ? once : beforeNext(header);
  return {std::min(kMost, iterated(last.least, once.least, count.least)),
          once.known && last.known && count.most == count.least};
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

/// One iteration: what waits may take longer than its cycles in the schedule.
Time Times::once(const ScopeFacts &facts) {
  if (!facts.scheduled())
    return {0, facts.scope.nodes.empty()};
  Time time{facts.length, true};
  for (auto [i, op] : llvm::enumerate(facts.scope.nodes)) {
    if (facts.reasons[i].empty())
      continue;
    time.known = false;
    // Control may not come by another block than the first.
    if (op->getBlock() == facts.scope.block)
      time.least =
          std::max(time.least, facts.starts[i] + ofOperation(op).least);
  }
  return time;
}

Time Times::ofBlock(Block &block) {
  const ScopeFacts *facts = of(block);
  bool jumpsBack = llvm::is_contained(block.getSuccessors(), &block);
  if (!facts)
    return {0, !jumpsBack};
  if (facts->scope.block != &block)
    return {};
  Time time = once(*facts);
  const ScopeFacts *loop = loopAt(block);
  if (!loop)
    return {time.least, time.known && !jumpsBack};
  CFGLoop *branches = loopsOf(*block.getParent()).getLoopFor(&block);
  TripRange count = branches ? trips(*branches) : TripRange();
  if (count.least == 0 || !endsInOnePlace(*branches))
    return {time.least, false};
  int64_t ii = facts->written.ii.value_or(0);
  int64_t period = ii > 0 ? ii : std::max(time.least, facts->busy);
  return {iterated(time.least, period, count.least),
          time.known && count.most == count.least};
}

/// Until the block after it starts: its units are free by then.
Time Times::beforeNext(Block &block) {
  Time time = ofBlock(block);
  const ScopeFacts *facts = of(block);
  // Of an iteration that waits only what has run keeps units.
  bool whole = time.known || !facts || facts->blocks().size() == 1;
  if (facts && whole && facts->busy > facts->length)
    time.least += facts->busy - facts->length;
  return time;
}

/// The shortest way from a block; all is known if there is no other one.
Time Times::shortestWay(CFGLoopInfo &info, CFGLoop *around, Way way,
                        Block &from) {
  // Loops within are taken as a whole.
  auto inner = [&](Block *block) -> CFGLoop * {
    CFGLoop *loop = info.getLoopFor(block);
    while (loop && loop != around && loop->getParentLoop() != around)
      loop = loop->getParentLoop();
    return loop == around ? nullptr : loop;
  };
  auto isOut = [&](Block *to) { return around && !around->contains(to); };
  auto isHeader = [&](Block *to) {
    return around && to == around->getHeader();
  };
  // The order is one of numbers, not of addresses.
  std::vector<Block *> places = {&from};
  llvm::DenseMap<Block *, size_t> place = {{&from, 0}};
  std::set<std::pair<int64_t, size_t>> reached = {{0, 0}};
  llvm::DenseSet<Block *> done;
  bool known = true;
  // What starts early may end late.
  std::optional<int64_t> least;
  while (!reached.empty()) {
    auto [at, index] = *reached.begin();
    reached.erase(reached.begin());
    if (least && at >= *least)
      break;
    Block *block = places[index];
    if (!done.insert(block).second)
      continue;
    llvm::SmallVector<Block *, 4> next(block->getSuccessors());
    CFGLoop *loop = inner(block);
    if (loop) {
      next.clear();
      loop->getExitBlocks(next);
    }
    bool ends = way == Way::ToTheEnd        ? next.empty()
                : way == Way::AroundTheLoop ? llvm::any_of(next, isHeader)
                                            : llvm::any_of(next, isOut);
    Time time = loop                           ? ofLoop(*loop)
                : ends && way == Way::ToTheEnd ? ofBlock(*block)
                                               : beforeNext(*block);
    int64_t end = std::min(kMost, at + time.least);
    llvm::erase_if(next, [&](Block *to) { return isHeader(to) || isOut(to); });
    llvm::SmallPtrSet<Block *, 4> ways(next.begin(), next.end());
    known &= time.known && ways.size() + ends == 1 &&
             llvm::none_of(ways, [&](Block *to) { return done.contains(to); });
    if (ends) {
      least = std::min(least.value_or(end), end);
      continue;
    }
    for (Block *to : next) {
      auto [found, fresh] = place.try_emplace(to, places.size());
      if (fresh)
        places.push_back(to);
      reached.insert({end, found->second});
    }
  }
  return least ? Time{*least, known} : Time{0, false};
}

Time Times::ofRegion(Region &region) {
  if (region.empty())
    return {};
  if (region.hasOneBlock())
    return ofBlock(region.front());
  return shortestWay(loopsOf(region), nullptr, Way::ToTheEnd, region.front());
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

Time Times::ofOperation(Operation *op) {
  const ScopeFacts *facts = of(*op->getBlock());
  if (!facts || !facts->scheduled())
    return {0, false};
  auto node = llvm::find(facts->scope.nodes, op);
  if (node == facts->scope.nodes.end())
    return {};
  size_t index = node - facts->scope.nodes.begin();
  if (facts->reasons[index].empty())
    return {facts->scope.problem.latency[index], true};
  return {untimed(op).least, false};
}

Time Times::ofCall(Operation *call) {
  llvm::StringRef reason;
  Operation *callee = calleeOf(call, root, symbols, reason);
  if (!callee)
    return {0, false};
  // One that calls itself: nothing is known meanwhile.
  auto [found, fresh] = functions.try_emplace(callee, Time{0, false});
  if (!fresh)
    return found->second;
  Time time = ofRegion(callee->getRegion(0));
  functions[callee] = time;
  return time;
}

/// What an operation of unknown time takes at least.
Time Times::untimed(Operation *op) {
  if (isa<CallOpInterface>(op))
    return ofCall(op);
  if (isForLoop(op)) {
    Time body = ofRegion(op->getRegion(0));
    const ScopeFacts *facts = of(op->getRegion(0).front());
    int64_t ii = facts ? facts->written.ii.value_or(0) : 0;
    return {iterated(body.least, ii > 0 ? ii : body.least, tripsOf(op).least),
            false};
  }
  if (auto loop = dyn_cast<scf::WhileOp>(op))
    return {ofRegion(loop.getBefore()).least, false};
  if (!runsOneRegion(op))
    return {0, false};
  int64_t least = kMost;
  for (Region &region : op->getRegions())
    least = std::min(least, ofRegion(region).least);
  return {least, false};
}
