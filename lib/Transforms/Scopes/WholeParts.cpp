//===- WholeParts.cpp - Limited units of blocks and insides ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/WholeParts.h"

#include "Loops/Alternatives.h"
#include "Loops/RegionTime.h"
#include "Scopes/Kinds.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

using gaus::UsePeak;
using gaus::UseProfile;

/// The attribute's number in 0 .. 2^30; -1 if there is none.
static int64_t numberOn(Operation *op, llvm::StringRef name) {
  auto attr = op->getAttrOfType<IntegerAttr>(name);
  if (!attr || attr.getValue().getSignificantBits() > 31 ||
      attr.getValue().isNegative())
    return -1;
  return attr.getInt();
}

int32_t WholeParts::tagOf(Operation *op) {
  auto [entry, fresh] =
      tagNumbers.try_emplace(op, static_cast<int32_t>(tags.size()));
  if (fresh)
    tags.push_back(op);
  return entry->second;
}

UseProfile &WholeParts::profileOf(WholeResources &resources, const Held &held) {
  WholeKey key{held.owner, held.name.getAsOpaquePointer()};
  return resources.try_emplace(key, WholeResource{held, {}})
      .first->second.profile;
}

/// The operations of a block, of which `placed` says that all is written.
std::vector<WholeParts::Node>
WholeParts::nodesOf(Block &block, Operation *carrier, bool &placed) {
  std::vector<Node> nodes;
  OperatorLibrary *library = insides.libraryOf(carrier);
  for (Operation *op : gaus::ir::nodesOf(scopeOf(block))) {
    if (insides.isJoin(op))
      continue;
    Node node{op, {}, nullptr, numberOn(op, kStart), false};
    FailureOr<OperatorInfo> info =
        library ? library->describe(op) : FailureOr<OperatorInfo>(failure());
    placed &= node.start >= 0 && succeeded(info);
    if (!placed)
      return nodes;
    node.info = std::move(*info);
    node.inside = inside(op, *library);
    node.moves = movesForUnknownTime(op, *library);
    placed &= !node.inside || node.inside->placed;
    nodes.push_back(std::move(node));
  }
  return nodes;
}

WholePart WholeParts::makeBlock(Block &block, Operation *carrier) {
  WholePart part;
  part.latency = std::max<int64_t>(numberOn(carrier, kLength), 0);
  std::vector<Node> nodes = nodesOf(block, carrier, part.placed);
  if (!part.placed)
    return part;
  part.timed = llvm::none_of(nodes, [](const Node &n) { return n.waits(); });
  OperatorLibrary *library = insides.libraryOf(carrier);
  CountedOnce counts;
  for (const Node &node : nodes)
    if (counts(node.op))
      addNode(part, node, *library);
  for (const auto &[key, resource] : part.resources)
    part.busy = std::max(part.busy, resource.profile.end());
  return part;
}

void WholeParts::addNode(WholePart &part, const Node &node,
                         const OperatorLibrary &library) {
  Operation *op = node.op;
  const WholePart *in = node.inside;
  bool ownLatency = !in || !in->timed || op->hasAttr(kLatency);
  int64_t latency = ownLatency ? node.info.latency : in->latency;
  if (!in || op->hasAttr(kUses)) {
    // Units that are named are held for the whole time, or as it says.
    int64_t cycles = node.info.occupancy;
    if (in && !op->hasAttr(kOccupancy))
      cycles = std::max(latency, in->timed ? in->busy : 0);
    llvm::SmallVector<Held, 2> uses =
        limitedUses(node.info, library, op->getContext());
    insides.spread(op, uses);
    for (const Held &held : uses)
      profileOf(part.resources, held)
          .add(node.start, std::max<int64_t>(cycles, 1), held.units, tagOf(op));
    if (node.waits())
      part.waits.push_back({op, node.start, 1, true});
    return;
  }
  if (node.waits()) {
    part.waits.push_back(
        {op, node.start, std::max<int64_t>(latency, 1), false});
    return;
  }
  if (!in->timed) {
    // Its time is given, not what it uses in it.
    llvm::SmallVector<Held, 2> uses = insides.mayUse(op);
    insides.spread(op, uses);
    for (const Held &held : uses) {
      UseProfile &profile = profileOf(part.resources, held);
      profile.add(node.start, std::max<int64_t>(latency, 1), held.all(),
                  tagOf(op));
      profile.setInexact();
    }
    return;
  }
  for (const auto &[key, resource] : in->resources) {
    UseProfile &profile = profileOf(part.resources, resource.what);
    if (part.timed) {
      profile.add(resource.profile, node.start);
      continue;
    }
    // What begins after a wait may come later, while this goes on.
    UsePeak most = resource.profile.peak();
    profile.add(node.start, resource.profile.end(), most.units, tagOf(op));
    if (!most.exact)
      profile.setInexact();
  }
}

const WholePart &WholeParts::ofBlock(Block &block, Operation *carrier) {
  if (auto found = blocks.find(&block); found != blocks.end())
    return *found->second;
  auto part = std::make_unique<WholePart>(makeBlock(block, carrier));
  return *blocks.try_emplace(&block, std::move(part)).first->second;
}

//===----------------------------------------------------------------------===//
// Insides
//===----------------------------------------------------------------------===//

WholePart WholeParts::ofRepeated(Block &block, Operation *carrier,
                                 std::optional<int64_t> trips) {
  const WholePart &body = ofBlock(block, carrier);
  WholePart part;
  part.placed = body.placed;
  part.timed = body.timed && trips;
  if (!part.placed || !part.timed || *trips == 0)
    return part;
  int64_t ii = numberOn(carrier, kII);
  int64_t period = ii > 0 ? ii : std::max(body.latency, body.busy);
  int64_t most = gaus::kMaxCycle;
  part.latency = std::min(most, body.latency + (*trips - 1) * period);
  part.busy = std::min(most, body.busy + (*trips - 1) * period);
  for (const auto &[key, resource] : body.resources)
    profileOf(part.resources, resource.what)
        .addRepeated(resource.profile, 0, std::max<int64_t>(period, 1), *trips);
  if (body.resources.empty())
    part.busy = 0;
  return part;
}

WholePart WholeParts::ofLoop(Operation *loop) {
  Block &body = loop->getRegion(0).front();
  std::optional<int64_t> trips = tripsOf(loop).most;
  WholePart part = ofRepeated(body, loop, trips);
  if (part.placed && part.timed && *trips > 0 &&
      llvm::none_of(body, isScheduled))
    part.latency = 1;
  return part;
}

/// Parts that follow each other in some order: the peak of any for all cycles.
static void addRectangle(UseProfile &mine, const UseProfile &other,
                         int64_t cycles, int32_t tag) {
  int64_t units = other.peak().units, has = mine.peak().units;
  if (units > has)
    mine.add(0, std::max<int64_t>(cycles, 1), units - has, tag);
  mine.setInexact();
}

/// The blocks of a region of several, by the longest way through them.
WholePart WholeParts::ofWays(Region &region) {
  WholePart part;
  std::vector<WholePart> all;
  RegionTime time =
      longestWay(region, loops, [&](llvm::ArrayRef<Block *> blocks) {
        Block &first = *blocks.front();
        bool loop = !loops.of(region).around(&first).empty();
        all.push_back(ofRepeated(first, first.getTerminator(),
                                 loop ? mostIterations(first, loops)
                                      : std::optional<int64_t>(1)));
        const WholePart &one = all.back();
        part.placed &= one.placed;
        return one.placed && one.timed
                   ? RegionTime{std::max(one.latency, one.busy), {}}
                   : RegionTime();
      });
  part.timed = time.cycles.has_value();
  if (!part.timed)
    return part;
  part.latency = *time.cycles;
  for (const WholePart &one : all)
    for (const auto &[key, resource] : one.resources)
      addRectangle(profileOf(part.resources, resource.what), resource.profile,
                   part.latency, -1);
  part.busy = part.resources.empty() ? 0 : part.latency;
  return part;
}

const WholePart &WholeParts::ofRegion(Region &region, Operation *carrier) {
  if (region.hasOneBlock())
    return ofBlock(region.front(),
                   carrier ? carrier : region.front().getTerminator());
  if (auto found = regions.find(&region); found != regions.end())
    return *found->second;
  auto part = std::make_unique<WholePart>(ofWays(region));
  return *regions.try_emplace(&region, std::move(part)).first->second;
}

WholePart WholeParts::ofWhile(Operation *loop) {
  WholePart part;
  std::optional<int64_t> trips = hintedTrips(loop);
  part.timed = trips.has_value();
  for (Region &region : loop->getRegions()) {
    const WholePart &one = ofRegion(region, nullptr);
    part.placed &= one.placed;
    part.timed &= one.timed;
    if (!part.timed || !part.placed)
      return part;
    int64_t times = *trips + (region.getRegionNumber() == 0);
    part.latency = std::min<int64_t>(
        gaus::kMaxCycle,
        part.latency + times * std::max(one.latency, one.busy));
  }
  part.latency = std::max<int64_t>(part.latency, 1);
  for (Region &region : loop->getRegions())
    for (const auto &[key, resource] : ofRegion(region, nullptr).resources)
      addRectangle(profileOf(part.resources, resource.what), resource.profile,
                   part.latency, tagOf(loop));
  part.busy = part.resources.empty() ? 0 : part.latency;
  return part;
}

/// Which region runs is not known: in every cycle as much as any of them.
WholePart WholeParts::ofRegions(Operation *op) {
  WholePart part;
  part.latency = 1;
  for (Region &region : op->getRegions()) {
    if (region.empty())
      continue;
    const WholePart &one = ofRegion(region, nullptr);
    part.placed &= one.placed;
    part.timed &= one.timed;
    part.latency = std::max(part.latency, one.latency);
    part.busy = std::max(part.busy, one.busy);
    for (const auto &[key, resource] : one.resources) {
      UseProfile &mine = profileOf(part.resources, resource.what);
      mine = UseProfile::most(mine, resource.profile);
    }
  }
  return part;
}

/// What is somewhere was counted on the memories that the callee knows of.
void WholeParts::spreadInCaller(Operation *call, WholeResources &resources) {
  for (const auto &[key, any] : WholeResources(resources)) {
    if (!any.what.port.isAny)
      continue;
    llvm::SmallVector<Held, 2> held = {any.what};
    held.front().units = 1;
    insides.spread(call, held);
    for (const Held &other : ArrayRef(held).drop_front())
      if (UseProfile &profile = profileOf(resources, other); profile.empty())
        profile = any.profile;
  }
}

WholePart WholeParts::ofCall(Operation *call) {
  WholePart part;
  llvm::StringRef reason;
  Operation *callee = calleeOf(call, root, symbols, reason);
  part.timed = callee != nullptr;
  if (!part.timed)
    return part;
  const WholePart &body = ofRegion(callee->getRegion(0), callee);
  part.placed = body.placed;
  part.timed = body.timed;
  for (const auto &[key, resource] : body.resources) {
    for (const Held &held : heldInCaller(call, resource.what))
      if (UseProfile &known = profileOf(part.resources, held); known.empty())
        known = resource.profile;
      else
        known.add(resource.profile, 0);
  }
  spreadInCaller(call, part.resources);
  part.latency = std::max<int64_t>(body.latency, 1);
  part.busy = std::max(body.busy, part.latency);
  // There is one of each function.
  Held instance{callee, StringAttr::get(call->getContext()), 1, 1};
  profileOf(part.resources, instance).add(0, part.busy, 1, tagOf(call));
  return part;
}

WholePart WholeParts::makeInside(Operation *op) {
  if (isa<CallOpInterface>(op))
    return ofCall(op);
  if (isForLoop(op))
    return ofLoop(op);
  if (isParallelLoop(op)) {
    WholePart part = ofRepeated(op->getRegion(0).front(), op, tripsOf(op).most);
    part.latency = std::max<int64_t>(part.latency, 1);
    return part;
  }
  if (isa<scf::WhileOp>(op))
    return ofWhile(op);
  if (runsOneRegion(op))
    return ofRegions(op);
  WholePart part;
  part.timed = false;
  return part;
}

const WholePart *WholeParts::inside(Operation *op) {
  if (!mayHaveInside(op))
    return nullptr;
  auto running = [] {
    WholePart part;
    part.timed = false;
    return part;
  };
  return parts.get(op, [&] { return makeInside(op); }, running);
}

//===----------------------------------------------------------------------===//
// Repetition
//===----------------------------------------------------------------------===//

llvm::SmallVector<Held, 2> WholeParts::mayUse(const WholeWait &wait) {
  llvm::SmallVector<Held, 2> uses;
  if (!wait.usesWritten) {
    uses = insides.mayUse(wait.op);
    insides.spread(wait.op, uses);
  }
  return uses;
}

WholePart WholeParts::withWaits(const WholePart &body) {
  WholePart part = body;
  // Where an operation waits, nothing else uses what it may use.
  for (const WholeWait &wait : body.waits)
    for (const Held &held : mayUse(wait))
      profileOf(part.resources, held)
          .add(wait.from, wait.cycles, held.all(), tagOf(wait.op));
  return part;
}

/// Iterations `ii` cycles apart, as many as may be at work at once.
WholePart WholeParts::iterated(const WholePart &body, Operation *carrier) {
  int64_t ii = numberOn(carrier, kII);
  WholePart part = body;
  if (ii <= 0)
    return part;
  for (auto &[key, resource] : part.resources) {
    UseProfile all;
    all.addRepeated(resource.profile, 0, ii, resource.profile.end() / ii + 2);
    resource.profile = std::move(all);
  }
  return part;
}
