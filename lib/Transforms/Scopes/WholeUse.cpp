//===- WholeUse.cpp - Limited units over a whole function -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/WholeUse.h"

#include "gaus/Core/Problem.h"
#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

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

std::string gaus::ir::labelOf(const Held &held, Operation *named) {
  if (held.owner && held.owner == named)
    return held.name.str();
  std::string label;
  if (held.owner)
    if (auto symbol = SymbolTable::getSymbolName(held.owner))
      label = "@" + symbol.str();
  return held.name.empty() ? label : label + "::@" + held.name.str();
}

//===----------------------------------------------------------------------===//
// Blocks
//===----------------------------------------------------------------------===//

int32_t WholeUse::tagOf(Operation *op) {
  auto [entry, fresh] =
      tagNumbers.try_emplace(op, static_cast<int32_t>(tags.size()));
  if (fresh)
    tags.push_back(op);
  return entry->second;
}

UseProfile &WholeUse::profileOf(Resources &resources, const Held &held) {
  Key key{held.owner, held.name.getAsOpaquePointer()};
  return resources.try_emplace(key, Resource{held, {}}).first->second.profile;
}

/// The operations of a block, of which `placed` says that all is written.
std::vector<WholeUse::Node> WholeUse::nodesOf(Block &block, Operation *carrier,
                                              bool &placed) {
  std::vector<Node> nodes;
  OperatorLibrary *library = insides.libraryOf(carrier);
  for (Operation &op : block) {
    if (!isScheduled(op))
      continue;
    Node node{&op, {}, nullptr, numberOn(&op, kStart)};
    FailureOr<OperatorInfo> info =
        library ? library->describe(&op) : FailureOr<OperatorInfo>(failure());
    placed &= node.start >= 0 && succeeded(info);
    if (!placed)
      break;
    node.info = std::move(*info);
    node.inside = hasOperator(&op, *library) ? nullptr : inside(&op);
    placed &= !node.inside || node.inside->placed;
    nodes.push_back(std::move(node));
  }
  return nodes;
}

WholeUse::Part WholeUse::makeBlock(Block &block, Operation *carrier) {
  Part part;
  part.latency = std::max<int64_t>(numberOn(carrier, kLength), 0);
  std::vector<Node> nodes = nodesOf(block, carrier, part.placed);
  if (!part.placed)
    return part;
  part.timed = llvm::none_of(nodes, [](const Node &n) { return n.waits(); });
  OperatorLibrary *library = insides.libraryOf(carrier);
  for (const Node &node : nodes)
    addNode(part, node, *library);
  for (const auto &[key, resource] : part.resources)
    part.busy = std::max(part.busy, resource.profile.end());
  return part;
}

void WholeUse::addNode(Part &part, const Node &node,
                       const OperatorLibrary &library) {
  Operation *op = node.op;
  const Part *in = node.inside;
  bool ownLatency = !in || !in->timed || op->hasAttr(kLatency);
  int64_t latency = ownLatency ? node.info.latency : in->latency;
  if (!in || op->hasAttr(kUses)) {
    // Units that are named are held for the whole time, or as it says.
    int64_t cycles = node.info.occupancy;
    if (in && !op->hasAttr(kOccupancy))
      cycles = std::max(latency, in->timed ? in->busy : 0);
    for (const Held &held : limitedUses(node.info, library, op->getContext()))
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
    for (const Held &held : insides.mayUse(op)) {
      UseProfile &profile = profileOf(part.resources, held);
      profile.add(node.start, std::max<int64_t>(latency, 1), held.limit,
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

const WholeUse::Part &WholeUse::ofBlock(Block &block, Operation *carrier) {
  if (auto found = blocks.find(&block); found != blocks.end())
    return *found->second;
  auto part = std::make_unique<Part>(makeBlock(block, carrier));
  return *blocks.try_emplace(&block, std::move(part)).first->second;
}

//===----------------------------------------------------------------------===//
// Insides
//===----------------------------------------------------------------------===//

WholeUse::Part WholeUse::ofLoop(Operation *loop) {
  const Part &body = ofBlock(loop->getRegion(0).front(), loop);
  std::optional<int64_t> trips = constantTrips(loop);
  Part part;
  part.placed = body.placed;
  part.timed = body.timed && trips;
  if (!part.placed || !part.timed || *trips == 0)
    return part;
  int64_t ii = numberOn(loop, kII);
  int64_t period = ii > 0 ? ii : std::max(body.latency, body.busy);
  int64_t most = gaus::kMaxCycle;
  part.latency = llvm::none_of(loop->getRegion(0).front(), isScheduled)
                     ? 1
                     : std::min(most, body.latency + (*trips - 1) * period);
  part.busy = std::min(most, body.busy + (*trips - 1) * period);
  for (const auto &[key, resource] : body.resources)
    profileOf(part.resources, resource.what)
        .addRepeated(resource.profile, 0, std::max<int64_t>(period, 1), *trips);
  if (body.resources.empty())
    part.busy = 0;
  return part;
}

/// Which region runs is not known: in every cycle as much as any of them.
WholeUse::Part WholeUse::ofRegions(Operation *op) {
  Part part;
  part.latency = 1;
  for (Region &region : op->getRegions()) {
    if (region.empty())
      continue;
    const Part &one = ofBlock(region.front(), region.front().getTerminator());
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

WholeUse::Part WholeUse::ofCall(Operation *call) {
  Part part;
  llvm::StringRef reason;
  Operation *callee = calleeOf(call, root, symbols, reason);
  part.timed = callee && callee->getRegion(0).hasOneBlock();
  if (!part.timed)
    return part;
  const Part &body = ofBlock(callee->getRegion(0).front(), callee);
  part.placed = body.placed;
  part.timed = body.timed;
  part.resources = body.resources;
  part.latency = std::max<int64_t>(body.latency, 1);
  part.busy = std::max(body.busy, part.latency);
  // There is one of each function.
  Held instance{callee, StringAttr::get(call->getContext()), 1, 1};
  profileOf(part.resources, instance).add(0, part.busy, 1, tagOf(call));
  return part;
}

WholeUse::Part WholeUse::makeInside(Operation *op) {
  if (isa<CallOpInterface>(op))
    return ofCall(op);
  if (isForLoop(op))
    return ofLoop(op);
  if (runsOneRegion(op))
    return ofRegions(op);
  Part part;
  part.timed = false;
  return part;
}

const WholeUse::Part *WholeUse::inside(Operation *op) {
  if (!mayHaveInside(op))
    return nullptr;
  auto running = [] {
    Part part;
    part.timed = false;
    return part;
  };
  return parts.get(op, [&] { return makeInside(op); }, running);
}

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

llvm::SmallVector<Held, 2> WholeUse::mayUse(const Wait &wait) {
  return wait.usesWritten ? llvm::SmallVector<Held, 2>()
                          : insides.mayUse(wait.op);
}

/// Iterations `ii` cycles apart, as many as may be at work at once.
WholeUse::Part WholeUse::repeated(const Part &body, Operation *carrier) {
  int64_t ii = numberOn(carrier, kII);
  Part part = body;
  // Where an operation waits, nothing else uses what it may use.
  for (const Wait &wait : body.waits)
    for (const Held &held : mayUse(wait))
      profileOf(part.resources, held)
          .add(wait.from, wait.cycles, held.limit, tagOf(wait.op));
  if (ii <= 0)
    return part;
  for (auto &[key, resource] : part.resources) {
    UseProfile all;
    all.addRepeated(resource.profile, 0, ii, resource.profile.end() / ii + 2);
    resource.profile = std::move(all);
  }
  return part;
}

void WholeUse::addWholes(Block &block, Operation *carrier,
                         llvm::SmallVectorImpl<const Part *> &all) {
  const Part &part = ofBlock(block, carrier);
  if (!part.placed)
    return;
  all.push_back(&part);
  repeats.push_back(std::make_unique<Part>(repeated(part, carrier)));
  all.push_back(repeats.back().get());
  for (const Wait &wait : part.waits) {
    if (isa<CallOpInterface>(wait.op) || !hasScheduledRegions(wait.op))
      continue;
    for (Region &region : wait.op->getRegions())
      for (Block &inner : region)
        if (llvm::any_of(inner, isScheduled))
          addWholes(inner, isForLoop(wait.op) ? wait.op : inner.getTerminator(),
                    all);
  }
}

llvm::SmallVector<const WholeUse::Part *>
WholeUse::wholes(Operation *function) {
  llvm::SmallVector<const Part *> all;
  Region &region = function->getRegion(0);
  for (Block &block : region)
    addWholes(block, region.hasOneBlock() ? function : block.getTerminator(),
              all);
  return all;
}

LogicalResult WholeUse::report(const Resource &resource, const UsePeak &peak) {
  std::vector<UseProfile::Holder> holders = resource.profile.at(peak.cycle);
  auto opOf = [&](const UseProfile::Holder &holder) {
    return holder.tag >= 0 ? tags[holder.tag] : nullptr;
  };
  llvm::erase_if(holders, [&](const auto &h) { return !opOf(h); });
  llvm::stable_sort(
      holders, [](const auto &a, const auto &b) { return a.start < b.start; });
  Operation *at = holders.empty() ? root : opOf(holders.back());
  Operation *scope = at;
  while (scope->getParentOp() && !scope->hasAttr(kLibrary))
    scope = scope->getParentOp();
  OperatorLibrary *library = insides.libraryOf(scope);
  std::string name = labelOf(
      resource.what, library ? library->getNamed().getOperation() : nullptr);
  InFlightDiagnostic error = emitError(at->getLoc());
  if (peak.exact)
    error << "[Res] " << peak.units << " units of '" << name
          << "' are in use in cycle " << peak.cycle
          << " of the whole, above its limit " << resource.what.limit;
  else
    error << "[Res] whether the limit " << resource.what.limit << " of '"
          << name << "' holds is not decided: up to " << peak.units
          << " units may be in use from cycle " << peak.cycle
          << " of the whole on";
  for (size_t k = 0; k + 1 < holders.size() && k < 8; ++k)
    error.attachNote(opOf(holders[k])->getLoc())
        << "beside this, " << holders[k].units << " since cycle "
        << holders[k].start;
  return error;
}

LogicalResult WholeUse::check(Operation *function) {
  bool good = true, limited = false;
  llvm::SmallVector<const Part *> all = wholes(function);
  // The second of each pair has what waits, and iterations.
  for (size_t k = 1; k < all.size(); k += 2)
    for (const auto &[key, resource] : all[k]->resources) {
      limited = true;
      UsePeak peak = resource.profile.peak();
      if (peak.units > resource.what.limit)
        good &= succeeded(report(resource, peak));
    }
  if (limited)
    function->walk([&](CallOpInterface call) {
      llvm::StringRef reason;
      OperatorLibrary *library = insides.libraryOf(call->getParentOp());
      if (call->hasAttr(kUses) || !library || hasOperator(call, *library) ||
          calleeOf(call, root, symbols, reason))
        return;
      emitWarning(call.getLoc())
          << "what it uses is not known and counts as nothing: " << reason;
    });
  return success(good);
}

void WholeUse::addPeaks(Operation *function,
                        llvm::MapVector<Key, FunctionPeak> &peaks,
                        llvm::DenseSet<Operation *> &seen) {
  if (!seen.insert(function).second)
    return;
  auto add = [&](const Held &held, int64_t units, bool exact) {
    Key key{held.owner, held.name.getAsOpaquePointer()};
    auto [entry, fresh] = peaks.try_emplace(key, FunctionPeak{held, exact});
    Held &mine = entry->second.what;
    if (fresh)
      mine.units = units;
    else if (units > mine.units)
      mine.units = units, entry->second.exact = exact;
    else if (units == mine.units)
      entry->second.exact |= exact;
  };
  llvm::SmallVector<const Part *> all = wholes(function);
  for (size_t k = 0; k < all.size(); k += 2) {
    // Blocks that repeat, in the second of the pair, count with their waits.
    const Part &part = all[k]->waits.empty() ? *all[k + 1] : *all[k];
    for (const auto &[key, resource] : part.resources) {
      UsePeak peak = resource.profile.peak();
      add(resource.what, std::min(peak.units, resource.what.limit),
          peak.exact && all[k]->timed && k == 0);
    }
    for (const Wait &wait : all[k]->waits) {
      llvm::StringRef reason;
      Operation *callee = isa<CallOpInterface>(wait.op)
                              ? calleeOf(wait.op, root, symbols, reason)
                              : nullptr;
      if (callee) {
        addPeaks(callee, peaks, seen);
        add({callee, StringAttr::get(root->getContext()), 1, 1}, 1, false);
      } else if (!hasScheduledRegions(wait.op)) {
        for (const Held &held : mayUse(wait))
          add(held, held.limit, false);
      }
    }
  }
}

llvm::SmallVector<FunctionPeak> WholeUse::peaks(Operation *function) {
  llvm::MapVector<Key, FunctionPeak> peaks;
  llvm::DenseSet<Operation *> seen;
  addPeaks(function, peaks, seen);
  llvm::SmallVector<FunctionPeak> all;
  for (const auto &[key, peak] : peaks)
    all.push_back(peak);
  return all;
}

llvm::SmallVector<FunctionPeak> WholeUse::peaksOf(Block &block,
                                                  Operation *carrier) {
  llvm::SmallVector<FunctionPeak> all;
  const Part &part = ofBlock(block, carrier);
  for (const auto &[key, resource] : part.resources) {
    UsePeak peak = resource.profile.peak();
    if (part.placed && part.timed) {
      all.push_back({resource.what, peak.exact});
      all.back().what.units = peak.units;
    }
  }
  return all;
}

llvm::SmallVector<std::pair<Held, const UseProfile *>>
WholeUse::insideOf(Operation *op) {
  llvm::SmallVector<std::pair<Held, const UseProfile *>> all;
  if (const Part *part = inside(op); part && part->placed && part->timed)
    for (const auto &[key, resource] : part->resources)
      all.push_back({resource.what, &resource.profile});
  return all;
}
