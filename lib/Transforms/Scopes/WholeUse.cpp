//===- WholeUse.cpp - Limited units over a whole function -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/WholeUse.h"

#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

using gaus::UsePeak;
using gaus::UseProfile;

std::string gaus::ir::labelOf(const Held &held, Operation *named) {
  if (held.owner && held.owner == named)
    return held.name.str();
  std::string label;
  if (held.owner)
    if (auto symbol = SymbolTable::getSymbolName(held.owner))
      label = "@" + symbol.str();
  return held.name.empty() ? label : label + "::@" + held.name.str();
}

void WholeUse::addWholes(Block &block, Operation *carrier,
                         std::vector<Whole> &all) {
  LoopBlocks blocks = parts.scopeOf(block);
  if (llvm::all_of(blocks,
                   [](Block *one) { return llvm::none_of(*one, isScheduled); }))
    return;
  const WholePart &part = parts.ofBlock(block, carrier);
  if (!part.placed)
    return;
  all.push_back({&part, carrier});
  for (const WholeWait &wait : part.waits) {
    if (isa<CallOpInterface>(wait.op) || !hasScheduledRegions(wait.op))
      continue;
    for (Region &region : wait.op->getRegions())
      for (Block &inner : region)
        addWholes(inner,
                  isForLoop(wait.op) || isParallelLoop(wait.op)
                      ? wait.op
                      : inner.getTerminator(),
                  all);
  }
}

std::vector<WholeUse::Whole> WholeUse::wholes(Operation *function) {
  std::vector<Whole> all;
  Region &region = function->getRegion(0);
  for (Block &block : region)
    addWholes(block, region.hasOneBlock() ? function : block.getTerminator(),
              all);
  return all;
}

LogicalResult WholeUse::report(const WholeResource &resource,
                               const UsePeak &peak) {
  std::vector<UseProfile::Holder> holders = resource.profile.at(peak.cycle);
  auto opOf = [&](const UseProfile::Holder &holder) {
    return holder.tag >= 0 ? parts.opOf(holder.tag) : nullptr;
  };
  llvm::erase_if(holders, [&](const auto &h) { return !opOf(h); });
  llvm::stable_sort(
      holders, [](const auto &a, const auto &b) { return a.start < b.start; });
  Operation *at = holders.empty() ? root : opOf(holders.back());
  Operation *scope = at;
  while (scope->getParentOp() && !scope->hasAttr(kLibrary))
    scope = scope->getParentOp();
  OperatorLibrary *library = parts.libraryOf(scope);
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
  for (const Whole &whole : wholes(function)) {
    WholePart all = parts.iterated(parts.withWaits(*whole.once), whole.carrier);
    for (const auto &[key, resource] : all.resources) {
      limited = true;
      UsePeak peak = resource.profile.peak();
      if (resource.what.isLimited() && peak.units > resource.what.limit)
        good &= succeeded(report(resource, peak));
    }
  }
  if (limited)
    function->walk([&](CallOpInterface call) {
      llvm::StringRef reason;
      OperatorLibrary *library = parts.libraryOf(call->getParentOp());
      if (call->hasAttr(kUses) || !library || hasOperator(call, *library) ||
          calleeOf(call, root, symbols, reason))
        return;
      emitWarning(call.getLoc())
          << "what it uses is not known and counts as nothing: " << reason;
    });
  return success(good);
}

void WholeUse::addPeaks(Operation *function,
                        llvm::MapVector<WholeKey, FunctionPeak> &peaks,
                        llvm::DenseSet<Operation *> &seen) {
  if (!seen.insert(function).second)
    return;
  auto add = [&](const Held &held, int64_t units, bool exact) {
    if (!held.isLimited())
      return;
    WholeKey key{held.owner, held.name.getAsOpaquePointer()};
    auto [entry, fresh] = peaks.try_emplace(key, FunctionPeak{held, exact});
    Held &mine = entry->second.what;
    if (fresh)
      mine.units = units;
    else if (units > mine.units)
      mine.units = units, entry->second.exact = exact;
    else if (units == mine.units)
      entry->second.exact |= exact;
  };
  for (auto [k, whole] : llvm::enumerate(wholes(function))) {
    WholePart iterations = parts.iterated(*whole.once, whole.carrier);
    for (const auto &[key, resource] : iterations.resources) {
      UsePeak peak = resource.profile.peak();
      add(resource.what, std::min(peak.units, resource.what.limit),
          peak.exact && whole.once->timed && k == 0);
    }
    for (const WholeWait &wait : whole.once->waits) {
      llvm::StringRef reason;
      Operation *callee = isa<CallOpInterface>(wait.op)
                              ? calleeOf(wait.op, root, symbols, reason)
                              : nullptr;
      if (callee) {
        llvm::MapVector<WholeKey, FunctionPeak> inside;
        addPeaks(callee, inside, seen);
        for (const auto &[key, peak] : inside)
          for (const Held &held : parts.heldInCaller(wait.op, peak.what))
            add(held, std::min(held.units, held.limit), peak.exact);
        add({callee, StringAttr::get(root->getContext()), 1, 1}, 1,
            /*exact=*/false);
      } else if (!hasScheduledRegions(wait.op)) {
        for (const Held &held : parts.mayUse(wait))
          add(held, held.all(), /*exact=*/false);
      }
    }
  }
}

llvm::SmallVector<FunctionPeak> WholeUse::peaks(Operation *function) {
  llvm::MapVector<WholeKey, FunctionPeak> peaks;
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
  const WholePart &part = parts.ofBlock(block, carrier);
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
  if (const WholePart *part = parts.inside(op);
      part && part->placed && part->timed)
    for (const auto &[key, resource] : part->resources)
      all.push_back({resource.what, &resource.profile});
  return all;
}
