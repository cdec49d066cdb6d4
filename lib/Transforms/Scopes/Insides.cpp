//===- Insides.cpp - What regions and calls take and hold -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Insides.h"

#include "AsLoops/Obstacle.h"
#include "Loops/Alternatives.h"
#include "Scopes/Kinds.h"
#include "Scopes/Profile.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

/// Times saturate here: beyond it no schedule is possible.
static constexpr int64_t kMost = gaus::kMaxCycle;
static constexpr llvm::StringLiteral kRunsItself = "it runs itself";

bool gaus::ir::hasOperator(Operation *op, const OperatorLibrary &library) {
  return op->hasAttr(kOperator) || op->hasAttr(kOperatorAlias) ||
         library.hasEntry(op);
}

bool gaus::ir::movesForUnknownTime(Operation *op,
                                   const OperatorLibrary &library) {
  return movesMuch(op) && !op->hasAttr(kLatency) && !hasOperator(op, library);
}

llvm::SmallVector<Held, 2> gaus::ir::limitedUses(const OperatorInfo &info,
                                                 const OperatorLibrary &library,
                                                 MLIRContext *context) {
  llvm::SmallVector<Held, 2> held;
  for (auto [index, units] : info.uses) {
    const ResourceInfo &r = library.resources()[index];
    int64_t limit = r.port && r.limit < 0 ? kManyPorts : r.limit;
    if (limit >= 0 && units > 0)
      held.push_back({library.getNamed(), StringAttr::get(context, r.name),
                      limit, units, r.port});
  }
  return held;
}

/// The schedule of a block with its starts, as the scope around sees it.
Use Insides::ofBlock(Block &block, Operation *carrier) {
  Use use;
  llvm::SmallVector<Operation *> nodes = nodesOf(scopeOf(block));
  if (nodes.empty())
    return use;
  auto number = [&](llvm::StringRef name) -> int64_t {
    auto attr = carrier->getAttrOfType<IntegerAttr>(name);
    return attr ? std::clamp<int64_t>(attr.getInt(), 0, kMost) : -1;
  };
  use.latency = number(kLength);
  OperatorLibrary *library = libraryOf(carrier);
  if (use.latency < 0 || !library)
    return untimed(block.getParentOp(), "what it holds has no schedule");
  bool placed = true;
  Profile profile(number(kII));
  CountedOnce counts;
  for (Operation *op : nodes) {
    FailureOr<NodeUse> node = describe(op, *library);
    if (failed(node))
      return untimed(block.getParentOp(), "what it holds is not known");
    if (!node->reason.empty())
      return untimed(block.getParentOp(),
                     "it holds operations whose time is not known");
    auto start = op->getAttrOfType<IntegerAttr>(kStart);
    placed &= start && start.getInt() >= 0 && start.getInt() <= kMost;
    llvm::append_range(node->held,
                       limitedUses(node->info, *library, op->getContext()));
    if (!counts(op))
      continue;
    for (const Held &held : node->held) {
      int64_t from = placed ? start.getInt() : 0;
      profile.add(held, from, node->info.occupancy);
      use.busy = std::max(use.busy, from + node->info.occupancy);
    }
  }
  use.held = profile.peaks();
  // Length and interval may be there before the starts are.
  if (!placed) {
    use.busy = std::max(use.busy, use.latency);
    for (Held &held : use.held)
      held.units = held.all();
  }
  return use;
}

//===----------------------------------------------------------------------===//
// Insides
//===----------------------------------------------------------------------===//

/// A body that runs `trips` times, with the interval of its carrier.
static Use repeated(Use use, Operation *carrier, int64_t trips) {
  if (trips == 0)
    return Use();
  auto ii = carrier->getAttrOfType<IntegerAttr>(kII);
  bool pipelined = ii && ii.getInt() > 0 && ii.getInt() <= kMost;
  int64_t each = pipelined ? ii.getInt() : std::max(use.latency, use.busy);
  use.latency = std::min(kMost, use.latency + (trips - 1) * each);
  use.busy = std::min(kMost, use.busy + (trips - 1) * each);
  return use;
}

Use Insides::ofLoop(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  Use use = ofBlock(body, loop);
  std::optional<int64_t> trips = tripsOf(loop).most;
  if (!trips)
    return untimed(loop, kUnknownTrips);
  if (!use.timed)
    return use;
  use = repeated(use, loop, *trips);
  if (*trips > 0 && llvm::none_of(body, isScheduled))
    use.latency = 1;
  return use;
}

/// Iterations in any order come one after the other.
Use Insides::ofParallel(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  std::optional<int64_t> trips = tripsOf(loop).most;
  if (!trips)
    return untimed(loop, kUnknownTrips);
  Use use = ofBlock(body, loop);
  if (!use.timed)
    return use;
  use = repeated(use, loop, *trips);
  use.latency = std::max<int64_t>(use.latency, 1);
  return use;
}

static void addMost(llvm::SmallVectorImpl<Held> &all,
                    llvm::ArrayRef<Held> others) {
  for (const Held &held : others) {
    if (Held *same = findSame(all, held))
      same->units = std::max(same->units, held.units);
    else
      all.push_back(held);
  }
}

/// What decides runs once more than what is repeated.
Use Insides::ofWhile(Operation *loop) {
  std::optional<int64_t> trips = hintedTrips(loop);
  if (!trips)
    return untimed(loop, "how often its regions run is not known");
  Use all;
  for (Region &region : loop->getRegions()) {
    Use use = ofRegion(region, nullptr);
    if (!use.timed)
      return use;
    int64_t each = std::max(use.latency, use.busy);
    int64_t times = *trips + (region.getRegionNumber() == 0);
    all.latency = std::min(kMost, all.latency + times * each);
    addMost(all.held, use.held);
  }
  all.latency = std::max<int64_t>(all.latency, 1);
  all.busy = all.held.empty() ? 0 : all.latency;
  return all;
}

/// The blocks of a scope of a region of several; of a loop, all iterations.
Use Insides::ofScope(llvm::ArrayRef<Block *> blocks) {
  Operation *carrier = blocks.front()->getTerminator();
  Use use = ofBlock(*blocks.front(), carrier);
  if (!use.timed ||
      loops.of(*blocks.front()->getParent()).around(blocks.front()).empty())
    return use;
  std::optional<int64_t> trips = mostIterations(*blocks.front(), loops);
  return trips ? repeated(use, carrier, *trips)
               : untimed(blocks.front()->getParentOp(), kUnknownTrips);
}

/// Blocks that follow each other take as long as the longest way through them,
/// and hold the most that any of them does for all that time.
Use Insides::ofRegion(Region &region, Operation *carrier) {
  if (region.hasOneBlock())
    return ofBlock(region.front(),
                   carrier ? carrier : region.front().getTerminator());
  Use all;
  RegionTime time =
      longestWay(region, loops, [&](llvm::ArrayRef<Block *> blocks) {
        Use use = ofScope(blocks);
        addMost(all.held, use.held);
        return use.timed ? RegionTime{std::max(use.latency, use.busy), {}}
                         : RegionTime{std::nullopt, use.reason};
      });
  if (!time.cycles)
    return untimed(region.getParentOp(), time.reason);
  all.latency = *time.cycles;
  all.busy = all.held.empty() ? 0 : all.latency;
  return all;
}

/// The longest and the most of all regions: which one runs is not known.
Use Insides::ofRegions(Operation *op) {
  Use all;
  all.latency = 1;
  for (Region &region : op->getRegions()) {
    if (region.empty())
      continue;
    Use use = ofRegion(region, nullptr);
    if (!use.timed)
      return use;
    all.latency = std::max(all.latency, use.latency);
    if (!use.held.empty())
      all.busy = std::max(all.busy, use.busy);
    addMost(all.held, use.held);
  }
  return all;
}

Use Insides::ofFunction(Operation *function) {
  return ofRegion(function->getRegion(0), function);
}

void Insides::addHeldInCaller(Operation *call, const Held &held,
                              llvm::SmallVectorImpl<Held> &all) {
  if (!held.port) {
    all.push_back(held);
    return;
  }
  ResourceInfo used{held.name.str(), held.limit, 0, false, held.port};
  llvm::SmallVector<ResourceInfo> found;
  ports.findInCaller(call, used, found);
  for (const ResourceInfo &r : found) {
    Held mine{held.owner, StringAttr::get(call->getContext(), r.name),
              r.limit < 0 ? kManyPorts : r.limit, held.units, r.port};
    // The same memory for two arguments: what the whole function uses in each
    // cycle decides.
    if (Held *same = findSame(all, mine))
      same->units += mine.units;
    else
      all.push_back(mine);
  }
}

/// There is one of each function: its calls come one after the other.
Use Insides::ofCall(Operation *call) {
  llvm::StringRef reason;
  Operation *callee = calleeOf(call, root, symbols, reason);
  if (!callee)
    return untimed(call, reason);
  if (callee->isAncestor(call))
    return untimed(call, kRunsItself);
  Use use = ofFunction(callee);
  if (!use.timed)
    return untimed(call, use.reason);
  llvm::SmallVector<Held, 2> inside = std::move(use.held);
  use.held.clear();
  for (const Held &held : inside)
    addHeldInCaller(call, held, use.held);
  for (Held &held : use.held)
    held.units = std::min(held.units, held.limit);
  use.latency = std::max<int64_t>(use.latency, 1);
  use.busy = std::max(use.busy, use.latency);
  use.held.push_back({callee, StringAttr::get(call->getContext()), 1, 1});
  return use;
}

Use Insides::makeInside(Operation *op) {
  if (isa<CallOpInterface>(op))
    return ofCall(op);
  if (isForLoop(op))
    return ofLoop(op);
  if (isParallelLoop(op))
    return ofParallel(op);
  if (isa<scf::WhileOp>(op))
    return ofWhile(op);
  if (runsOneRegion(op))
    return ofRegions(op);
  return untimed(op, hasScheduledRegions(op)
                         ? "how often its regions run is not known"
                         : "its regions are not scheduled");
}

const Use *Insides::inside(Operation *op) {
  if (!mayHaveInside(op))
    return nullptr;
  return answers.get(
      op, [&] { return makeInside(op); },
      [&] { return untimed(op, kRunsItself); });
}

FailureOr<NodeUse> Insides::describe(Operation *op, OperatorLibrary &library) {
  FailureOr<OperatorInfo> info = library.describe(op);
  if (failed(info))
    return failure();
  NodeUse node;
  if (isJoin(op)) {
    node.info.latency = 0;
    return node;
  }
  node.info = std::move(*info);
  if (movesForUnknownTime(op, library))
    node.reason = isLinalg(op)
                      ? "how long it takes is not known"
                      : "how much memory it moves in a cycle is not known";
  const Use *use = inside(op);
  if (!use)
    return node;
  bool described = hasOperator(op, library);
  bool ownLatency = op->hasAttr(kLatency) || op->hasAttr(kOperator) ||
                    (described && !isForLoop(op));
  if (!ownLatency) {
    if (use->timed)
      node.info.latency = use->latency;
    else if (!described)
      node.reason = use->reason;
  }
  if (described)
    return node;
  if (!op->hasAttr(kUses))
    node.held = use->held;
  if (op->hasAttr(kOccupancy) && op->hasAttr(kUses))
    return node;
  if (node.held.empty() && node.info.uses.empty())
    return node;
  // Units that the user names are held for the whole time.
  int64_t busy = use->timed ? use->busy : 0;
  if (!use->timed || op->hasAttr(kUses))
    busy = std::max(busy, node.info.latency);
  node.info.occupancy = std::max<int64_t>(1, busy);
  return node;
}

//===----------------------------------------------------------------------===//
// All that may be used
//===----------------------------------------------------------------------===//

OperatorLibrary *Insides::libraryOf(Operation *op) {
  Operation *holder = op;
  while (holder && !holder->hasAttr(kLibrary) && !holder->hasAttr(kClock))
    holder = holder->getParentOp();
  auto [entry, fresh] = libraries.try_emplace(holder);
  if (fresh)
    if (auto made = OperatorLibrary::create(op, &ports); succeeded(made))
      entry->second = std::move(*made);
  return entry->second.get();
}
