//===- Times.cpp - How long scopes take, at least -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Summary/Times.h"

#include "Scopes/Insides.h"
#include "Scopes/Kinds.h"
#include "Summary/Trips.h"
#include "Llvm/LlvmMemory.h"

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
  for (Operation *op : s.nodes) {
    llvm::StringRef reason;
    if (library && mayHaveInside(op))
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

std::optional<int64_t> Times::trips(const ScopeFacts &loop) const {
  llvm::ArrayRef<Block *> blocks = loop.blocks();
  size_t ways = 0;
  for (Block *block : blocks)
    for (Block *to : block->getSuccessors())
      ways += !llvm::is_contained(blocks, to);
  // By another way it may end before.
  return ways == 1 ? LlvmMemory(blocks).trips() : std::nullopt;
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
    time.least = std::max(time.least, facts.starts[i] + ofOperation(op).least);
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
  std::optional<int64_t> count = trips(*loop);
  if (!count)
    return {time.least, false};
  int64_t ii = facts->written.ii.value_or(0);
  int64_t period = ii > 0 ? ii : std::max(time.least, facts->busy);
  return {iterated(time.least, period, *count), time.known};
}

/// Until the block after it starts: its units are free by then.
Time Times::beforeNext(Block &block) {
  Time time = ofBlock(block);
  const ScopeFacts *facts = of(block);
  if (facts && facts->busy > facts->length)
    time.least += facts->busy - facts->length;
  return time;
}

/// The blocks that control may come to from here, or from the loop that begins
/// here.
llvm::SetVector<Block *> Times::after(Block &block) const {
  llvm::SetVector<Block *> next;
  const ScopeFacts *loop = loopAt(block);
  Block *here = &block;
  llvm::ArrayRef<Block *> blocks = here;
  if (loop)
    blocks = loop->blocks();
  for (Block *from : blocks)
    for (Block *to : from->getSuccessors())
      if (!llvm::is_contained(blocks, to))
        next.insert(to);
  return next;
}

Time Times::ofRegion(Region &region) {
  if (region.empty())
    return {};
  if (region.hasOneBlock())
    return ofBlock(region.front());
  // The shortest way through the blocks; all is known if there is only one.
  llvm::DenseMap<Block *, int64_t> number;
  for (auto [index, block] : llvm::enumerate(region))
    number[&block] = static_cast<int64_t>(index);
  std::vector<Block *> blocks;
  for (Block &block : region)
    blocks.push_back(&block);
  std::set<std::pair<int64_t, int64_t>> reached = {{0, 0}};
  llvm::DenseSet<Block *> done;
  bool known = true;
  while (!reached.empty()) {
    auto [at, index] = *reached.begin();
    reached.erase(reached.begin());
    Block *block = blocks[index];
    if (!done.insert(block).second)
      continue;
    llvm::SetVector<Block *> next = after(*block);
    Time time = next.empty() ? ofBlock(*block) : beforeNext(*block);
    known &= time.known && next.size() <= 1 &&
             llvm::none_of(next, [&](Block *to) { return done.contains(to); });
    int64_t end = std::min(kMost, at + time.least);
    if (next.empty())
      return {end, known};
    for (Block *to : next)
      reached.insert({end, number[to]});
  }
  return {0, false};
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
