//===- Values.cpp - Where a value is in a cycle ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

bool FunctionHardware::isIn(Value v, const ScopePlan &s) const {
  return scopeOf.lookup(v.getParentBlock()) == &s;
}

std::optional<llvm::APInt> gaus::ir::constantBits(Operation *op,
                                                  unsigned width) {
  if (isa<LLVM::ZeroOp, LLVM::UndefOp, LLVM::PoisonOp>(op))
    return llvm::APInt(width, 0);
  Attribute value;
  if (!matchPattern(op, m_Constant(&value)))
    return std::nullopt;
  if (auto integer = dyn_cast<IntegerAttr>(value))
    return integer.getValue().zextOrTrunc(width);
  if (auto number = dyn_cast<FloatAttr>(value))
    return number.getValue().bitcastToAPInt();
  return std::nullopt;
}

/// What is the same for ever: constants, and the addresses of memories.
std::optional<Expr> FunctionHardware::constantOf(Value v) {
  unsigned width = hardwareWidth(v.getType());
  if (!width)
    return std::nullopt;
  auto address = [&](const void *key) {
    return n.constant(64, memories.find(key)->tag << 32);
  };
  if (isa<LLVM::LLVMPointerType, MemRefType>(v.getType()) &&
      memories.find(v.getAsOpaquePointer()))
    return address(v.getAsOpaquePointer());
  Operation *op = v.getDefiningOp();
  if (!op)
    return std::nullopt;
  if (auto global = dyn_cast<LLVM::AddressOfOp>(op))
    return address(global.getGlobalNameAttr().getAttr().getAsOpaquePointer());
  if (auto global = dyn_cast<memref::GetGlobalOp>(op))
    return address(global.getNameAttr().getAttr().getAsOpaquePointer());
  if (auto bits = constantBits(op, width))
    return n.constant(*bits);
  return std::nullopt;
}

/// The register of a block argument: what it was as control came.
Expr FunctionHardware::held(Value v) {
  auto [at, fresh] = heldValues.try_emplace(v, kNoExpr, Writes());
  if (fresh) {
    Expr signal = n.signal(nameOf(v), hardwareWidth(v.getType()));
    heldValues[v].first = signal;
  }
  return heldValues[v].first;
}

/// An expression of what its operands are.
Expr FunctionHardware::computeWire(Value v,
                                   llvm::function_ref<Expr(Value)> readIn) {
  llvm::SmallVector<Expr> in;
  for (Value operand : v.getDefiningOp()->getOperands()) {
    in.push_back(readIn(operand));
    if (in.back() == kNoExpr)
      return kNoExpr;
  }
  return compute(v.getDefiningOp(), in);
}

/// Of an operation's result; null, with an error, where it has none.
OpPlan *FunctionHardware::planOf(Value v) {
  auto more = moreResults.find(v);
  if (more != moreResults.end())
    return &more->second;
  auto found = operations.find(v.getDefiningOp());
  if (found != operations.end())
    return &found->second;
  refuse(v.getDefiningOp()) << "a constant of a kind that is not read";
  return nullptr;
}

/// A value of another scope, which has ended.
Expr FunctionHardware::readOutside(Value v) {
  if (auto known = constantOf(v))
    return *known;
  ScopePlan *s = scopeOf.lookup(v.getParentBlock());
  if (s && s->isLoop) {
    auto [at, fresh] = leftValues.try_emplace(v, kNoExpr);
    if (fresh) {
      Expr signal = n.signal("left_" + nameOf(v), hardwareWidth(v.getType()));
      leftValues[v] = signal;
    }
    return leftValues[v];
  }
  if (isa<BlockArgument>(v))
    return held(v);
  if (isWire(v))
    return computeWire(v, [&](Value in) { return readOutside(in); });
  OpPlan *p = planOf(v);
  return p ? readCopy(v, *p, 0, kForEver) : kNoExpr;
}

/// Copy `k` of a result: that of the iteration k intervals ago.
Expr FunctionHardware::copyOf(Value v, OpPlan &p, int64_t k) {
  while (p.copies.size() <= static_cast<size_t>(k)) {
    Expr next = p.copies.empty() ? p.result : p.copies.back();
    Expr enable = inCycle(*p.scope, p.onWire());
    std::string name = nameOf(v) + "_q";
    if (!p.copies.empty())
      name += std::to_string(p.copies.size());
    auto &r = n.addRegister(name, n.width(next));
    r.next = next;
    r.enable = enable;
    p.copies.push_back(r.signal);
  }
  return p.copies[static_cast<size_t>(k)];
}

Expr FunctionHardware::readResult(Value v, OpPlan &p, Moment at) {
  int64_t age = at.cycle - p.onWire() - 1;
  // Of latency 0, in its own cycle.
  if (age == -1 && !at.isAhead && p.latency == 0)
    return p.result;
  if (age < 0) {
    if (!failed_)
      refuse(v.getDefiningOp() ? v.getDefiningOp() : p.scope->carrier)
          << "the schedule reads '" << nameOf(v)
          << "' before it is there; gaus-verify says more";
    return kNoExpr;
  }
  int64_t k = p.scope->isLoop ? age / p.scope->ii : 0;
  bool moves = at.isAhead && (p.scope->isLoop ? age % p.scope->ii : age) == 0;
  if (!moves)
    return readCopy(v, p, k, at.cycle);
  // It comes from the copy before in the cycle that ends now.
  return k == 0 ? p.result : readCopy(v, p, k - 1, at.cycle - 1);
}

Expr FunctionHardware::read(Value v, ScopePlan &s, Moment at) {
  if (auto known = constantOf(v))
    return *known;
  if (!isIn(v, s))
    return readOutside(v);
  if (auto arg = dyn_cast<BlockArgument>(v)) {
    if (!s.isLoop)
      return held(v);
    return readLoopArgument(arg, s, at);
  }
  if (isWire(v))
    return computeWire(v, [&](Value in) { return read(in, s, at); });
  OpPlan *p = planOf(v);
  return p ? readResult(v, *p, at) : kNoExpr;
}

//===----------------------------------------------------------------------===//
// Arguments of loops
//===----------------------------------------------------------------------===//

llvm::SmallVector<FunctionHardware::Edge>
FunctionHardware::edgesTo(Block *block, ScopePlan &s) {
  llvm::SmallVector<Edge> edges;
  for (unsigned p = 0; p < s.blocks.size(); ++p)
    for (unsigned e = 0; e < s.blocks[p]->getNumSuccessors(); ++e)
      if (s.blocks[p]->getSuccessor(e) == block)
        edges.push_back({p, e});
  return edges;
}

Value FunctionHardware::passedBy(const Edge &edge, BlockArgument arg,
                                 ScopePlan &s) {
  return cast<BranchOpInterface>(s.blocks[edge.block]->getTerminator())
      .getSuccessorOperands(edge.successor)[arg.getArgNumber()];
}

/// When the arguments of an iteration are known: after all that they may be
/// and what decides on it. Rings end, for an iteration later is earlier.
void FunctionHardware::findReady(ScopePlan &s) {
  for (bool changed = true; changed;) {
    changed = false;
    for (Block *block : s.blocks)
      for (BlockArgument arg : block->getArguments()) {
        unsigned number = *s.flow->numberOf(block);
        int64_t ready = 0;
        llvm::SmallSetVector<Value, 4> incoming;
        for (const Edge &edge : edgesTo(block, s))
          incoming.insert(passedBy(edge, arg, s));
        for (Value from : incoming)
          ready = std::max(ready, readyAt(from, s));
        if (incoming.size() > 1)
          for (unsigned g : s.flow->pickers(number))
            ready = std::max(
                ready, readyAt(s.blocks[g]->getTerminator()->getOperand(0), s));
        if (number == 0)
          ready = std::max<int64_t>(0, ready - s.ii);
        int64_t &known = s.ready[arg];
        changed |= known < ready;
        known = std::max(known, ready);
      }
  }
}

/// The first cycle of an iteration in which a value can be read.
int64_t FunctionHardware::readyAt(Value v, ScopePlan &s) {
  if (constantOf(v) || !isIn(v, s))
    return 0;
  if (auto arg = dyn_cast<BlockArgument>(v))
    return s.ready.lookup(arg);
  if (isWire(v)) {
    int64_t ready = 0;
    for (Value operand : v.getDefiningOp()->getOperands())
      ready = std::max(ready, readyAt(operand, s));
    return ready;
  }
  auto found = operations.find(v.getDefiningOp());
  return found == operations.end()
             ? 0
             : found->second.start + found->second.latency;
}

/// Whether what an argument was an iteration before is among what it may be, or
/// decides on it, by way of others, too.
bool FunctionHardware::isInRing(BlockArgument arg, ScopePlan &s) {
  llvm::SmallSetVector<Value, 8> seen;
  llvm::SmallVector<Value> work;
  auto add = [&](Value v) {
    if (isIn(v, s) && seen.insert(v))
      work.push_back(v);
  };
  auto addIncoming = [&](BlockArgument to) {
    llvm::SmallSetVector<Value, 4> incoming;
    for (const Edge &edge : edgesTo(to.getOwner(), s))
      incoming.insert(passedBy(edge, to, s));
    llvm::for_each(incoming, add);
    if (incoming.size() > 1)
      for (unsigned g : s.flow->pickers(*s.flow->numberOf(to.getOwner())))
        add(s.blocks[g]->getTerminator()->getOperand(0));
  };
  addIncoming(arg);
  while (!work.empty()) {
    Value at = work.pop_back_val();
    if (at == arg)
      return true;
    if (auto from = dyn_cast<BlockArgument>(at))
      addIncoming(from);
    else if (isWire(at))
      llvm::for_each(at.getDefiningOp()->getOperands(), add);
  }
  return false;
}

/// An argument that may stay as it is needs a register of its own, which is
/// written as soon as it is known.
Expr FunctionHardware::readLoopArgument(BlockArgument arg, ScopePlan &s,
                                        Moment at) {
  if (arg.getOwner() != s.blocks[0] || !isInRing(arg, s) ||
      at.cycle < readyAt(arg, s) ||
      (at.isAhead && at.cycle == readyAt(arg, s))) {
    // Each once: where many ways join, arguments lead to others again and
    // again.
    std::tuple key(arg.getAsOpaquePointer(), at.cycle, at.isAhead);
    if (auto known = readArguments.find(key); known != readArguments.end())
      return known->second;
    // Each argument can lead to the iteration before, but not for ever.
    int64_t most = s.length + (s.blocks[0]->getNumArguments() + 4) * s.ii;
    if (at.cycle > most) {
      refuse(s.carrier) << "what decides which value an argument has follows "
                           "from the argument, before it is there";
      failed_ = true;
      return kNoExpr;
    }
    Expr value = readArgument(arg, s, at);
    readArguments[key] = value;
    return value;
  }
  auto [plan, fresh] = rings.try_emplace(arg);
  if (fresh) {
    OpPlan &p = rings[arg];
    p.scope = &s;
    p.start = readyAt(arg, s);
    p.result = n.signal("now_" + nameOf(arg), hardwareWidth(arg.getType()));
    Expr result = p.result;
    Expr value = readArgument(arg, s, {readyAt(arg, s)});
    if (value == kNoExpr)
      return value;
    n.drive(result, value);
  }
  return readResult(arg, rings[arg], at);
}
