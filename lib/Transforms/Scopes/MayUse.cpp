//===- MayUse.cpp - What an operation with an inside may use --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Scopes/Insides.h"

#include "Scopes/Kinds.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

/// The limited resources of what a call runs, as the caller sees them.
void Insides::collectCall(Operation *call, Pools &pools,
                          llvm::DenseSet<Operation *> &seen) {
  llvm::StringRef reason;
  Operation *callee = calleeOf(call, root, symbols, reason);
  if (!callee || !seen.insert(callee).second)
    return;
  Pools inside;
  collectRegions(callee, inside, seen);
  llvm::SmallVector<Held> mine;
  for (const auto &[key, held] : inside)
    addHeldInCaller(call, held, mine);
  mine.push_back({callee, StringAttr::get(call->getContext()), 1, 1});
  seen.erase(callee);
  for (Held &held : mine) {
    held.units = held.all();
    pools.try_emplace({held.owner, held.name.getAsOpaquePointer()}, held);
  }
}

/// Those of everything in the regions of `op`.
void Insides::collectRegions(Operation *op, Pools &pools,
                             llvm::DenseSet<Operation *> &seen) {
  op->walk<WalkOrder::PreOrder>([&](Operation *inner) {
    if (inner == op)
      return WalkResult::advance();
    OperatorLibrary *library = libraryOf(inner->getParentOp());
    FailureOr<OperatorInfo> info =
        library && !isa<LibraryOp>(inner) && isScheduled(*inner)
            ? library->describe(inner)
            : FailureOr<OperatorInfo>(failure());
    if (failed(info))
      return WalkResult::advance();
    for (Held held : limitedUses(*info, *library, op->getContext())) {
      held.units = held.all();
      pools.try_emplace({held.owner, held.name.getAsOpaquePointer()}, held);
    }
    if (inner->hasAttr(kUses) || hasOperator(inner, *library))
      return WalkResult::skip();
    if (isa<CallOpInterface>(inner))
      collectCall(inner, pools, seen);
    return WalkResult::advance();
  });
}

/// Of all memories that are known in a function.
llvm::ArrayRef<Held> Insides::portsOf(Operation *function) {
  if (auto found = portsIn.find(function); found != portsIn.end())
    return found->second;
  llvm::SmallVector<Held, 2> all = mayUse(function);
  llvm::erase_if(all, [](const Held &h) { return !h.port || h.port.isAny; });
  return portsIn[function] = std::move(all);
}

void Insides::spread(Operation *op, llvm::SmallVectorImpl<Held> &held) {
  llvm::SmallVector<PortUse, 2> uses;
  for (const Held &own : held)
    uses.push_back({own.port, own.units});
  if (llvm::none_of(uses, [](const PortUse &use) { return use.port.isAny; }))
    return;
  for (const Held &other : portsOf(functionAround(op))) {
    int64_t units = takenAnywhere(uses, other.port);
    if (units == 0)
      continue;
    Held *same = findSame(held, other);
    if (!same) {
      held.push_back(other);
      same = &held.back();
      same->units = 0;
    }
    same->units = std::min(same->limit, same->units + units);
  }
}

llvm::SmallVector<Held, 2> Insides::mayUse(Operation *op) {
  llvm::SmallVector<Held, 2> all;
  Pools pools;
  llvm::DenseSet<Operation *> seen;
  if (isa<CallOpInterface>(op))
    collectCall(op, pools, seen);
  else
    collectRegions(op, pools, seen);
  for (const auto &[key, held] : pools)
    all.push_back(held);
  // The order of addresses is none.
  llvm::sort(all, [](const Held &a, const Held &b) {
    auto nameOf = [](const Held &held) {
      auto symbol =
          held.owner ? SymbolTable::getSymbolName(held.owner) : StringAttr();
      return std::make_pair(held.name.getValue(),
                            symbol ? symbol.getValue() : llvm::StringRef());
    };
    return nameOf(a) < nameOf(b);
  });
  return all;
}

Use Insides::untimed(Operation *op, llvm::StringRef reason) {
  Use use;
  use.timed = false;
  use.reason = reason;
  use.held = mayUse(op);
  return use;
}
