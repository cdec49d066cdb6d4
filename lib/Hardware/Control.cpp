//===- Control.cpp - Which scope is active in which cycle -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "Loops/BranchLoops.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

static unsigned bitsFor(uint64_t most) {
  return std::max(1u, llvm::Log2_64_Ceil(most + 1));
}

/// What comes in, under the names that the program gives. A pointer that comes
/// with a call is a number; those of the module are its memories.
LogicalResult FunctionHardware::declareArguments() {
  go_ = isTop() ? n.input("go", 1) : n.signal("go", 1);
  auto interface = cast<FunctionOpInterface>(function);
  for (BlockArgument arg : interface.getArguments()) {
    if (memories.find(arg.getAsOpaquePointer()))
      continue;
    unsigned width = hardwareWidth(arg.getType());
    if (!width) {
      refuse(function) << "argument " << arg.getArgNumber() << " is of type "
                       << arg.getType();
      return failure();
    }
    argumentPorts[arg] = isTop() ? n.input(nameOf(arg), width)
                                 : n.signal(nameOf(arg) + "_in", width);
  }
  return success();
}

LogicalResult FunctionHardware::declareOutputs() {
  auto interface = cast<FunctionOpInterface>(function);
  for (auto [k, type] : llvm::enumerate(interface.getResultTypes())) {
    if (isa<LLVM::LLVMVoidType>(type))
      continue;
    unsigned width = hardwareWidth(type);
    if (!width) {
      refuse(function) << "a result of type " << type;
      return failure();
    }
    std::string own = "result" + std::to_string(k);
    Result r;
    Expr port = isTop() ? n.output(own, width) : kNoExpr;
    r.kept = n.signal(own + "_kept", width);
    if (isTop())
      n.drive(port, r.kept);
    else
      r.ahead = n.signal(own, width);
    results.push_back(std::move(r));
  }
  return success();
}

/// A state for each scope that takes time.
void FunctionHardware::declareControl() {
  for (auto &[op, p] : operations)
    if (p.waits && hold_ == kNoExpr)
      hold_ = n.hold = n.signal("hold", 1);
  uint64_t states = 1;
  int64_t longest = 1;
  for (const auto &s : scopes)
    if (s->length > 0) {
      ++states;
      longest = std::max(longest, s->ii);
    }
  state = n.signal("state", bitsFor(states - 1));
  counter = n.signal("counter", bitsFor(static_cast<uint64_t>(longest - 1)));
  idle = n.equals(state, 0);
  uint64_t number = 0;
  for (const auto &s : scopes) {
    if (s->length == 0)
      continue;
    s->active = n.wire("in_" + s->name, n.equals(state, ++number));
    s->enter = n.signal("enter_" + s->name, 1);
    if (s->isLoop)
      declareLoop(*s);
  }
}

Expr FunctionHardware::inCycle(const ScopePlan &s, int64_t cycle) {
  return n.both(s.active,
                n.equals(counter, static_cast<uint64_t>(cycle % s.ii)));
}

void FunctionHardware::buildStart() {
  auto interface = cast<FunctionOpInterface>(function);
  done_ = n.signal("done_kept", 1);
  if (isTop())
    n.drive(n.output("done", 1), done_);
  ends_ = n.signal("ends", 1);
  // Calls may follow each other at once.
  Expr free = isTop() ? idle : n.either(idle, ends_);
  Expr starts = n.wire("starts", n.both(free, go_));
  // The arguments are kept from then on.
  for (BlockArgument arg : interface.getArguments())
    if (auto port = argumentPorts.find(arg); port != argumentPorts.end()) {
      held(arg);
      heldValues[arg].second.all.push_back({starts, port->second});
    }
  Block &entry = function->getRegion(0).front();
  if (failed(go(starts, &entry, nullptr, {}, argumentPorts)))
    failed_ = true;
}

/// Of a block that takes time: its last cycle decides what comes next.
LogicalResult FunctionHardware::buildBlockEnd(ScopePlan &s) {
  s.leave = n.wire("leave_" + s.name, inCycle(s, s.length - 1));
  return leaveBlock(s.leave, s.blocks[0], &s, Passed(), 0);
}

/// A value as it is in the first cycle of what comes next.
Expr FunctionHardware::passedOrNext(Value v, ScopePlan *from,
                                    const Passed &passed) {
  if (auto known = passed.find(v); known != passed.end())
    return known->second;
  if (isWire(v) && !constantOf(v))
    return computeWire(
        v, [&](Value in) { return passedOrNext(in, from, passed); });
  if (!from)
    return readOutside(v);
  return read(v, *from, {from->length, true});
}

LogicalResult FunctionHardware::leaveBlock(Expr when, Block *block,
                                           ScopePlan *from,
                                           const Passed &passed,
                                           unsigned depth) {
  Operation *last = block->getTerminator();
  if (isa<LLVM::UnreachableOp>(last))
    return success();
  if (last->getNumSuccessors() == 0)
    return giveBack(when, last, from, passed);
  auto branch = dyn_cast<BranchOpInterface>(last);
  bool plain = branch && (last->getNumSuccessors() == 1 ||
                          last->getName().stripDialect() == "cond_br" ||
                          last->getName().stripDialect() == "switch");
  if (!plain)
    return refuse(last) << "a branch of another kind";
  Expr others = when;
  Expr decides = kNoExpr;
  if (last->getNumSuccessors() > 1)
    decides = passedOrNext(last->getOperand(0), from, passed);
  auto to = [&](Expr condition, unsigned k) {
    return go(condition, last->getSuccessor(k), from,
              branch.getSuccessorOperands(k).getForwardedOperands(), passed,
              depth);
  };
  if (last->getName().stripDialect() == "switch") {
    unsigned k = 1;
    for (const llvm::APInt &value : casesOf(last)) {
      Expr is = n.binary(ExprKind::Eq, decides, n.constant(value));
      if (failed(to(n.both(when, is), k++)))
        return failure();
      others = n.both(others, n.invert(is));
    }
    return to(others, 0);
  }
  if (last->getNumSuccessors() == 1)
    return to(when, 0);
  if (failed(to(n.both(when, decides), 0)))
    return failure();
  return to(n.both(when, n.invert(decides)), 1);
}

LogicalResult FunctionHardware::giveBack(Expr when, Operation *last,
                                         ScopePlan *from,
                                         const Passed &passed) {
  for (auto [k, v] : llvm::enumerate(last->getOperands())) {
    Writes &writes = from ? results[k].writes : results[k].atOnce;
    writes.all.push_back({when, passedOrNext(v, from, passed)});
  }
  (from ? doneWhen : doneAtOnce).push_back(when);
  return success();
}

/// Blocks that take no time are passed within the cycle.
LogicalResult FunctionHardware::go(Expr when, Block *to, ScopePlan *from,
                                   ValueRange operands, Passed passed,
                                   unsigned depth) {
  if (depth > scopes.size())
    return refuse(to->getTerminator()) << "a loop that takes no time";
  // All are read before one is passed: they may be those of the block itself.
  llvm::SmallVector<Expr> values;
  for (Value v : operands)
    values.push_back(passedOrNext(v, from, passed));
  ScopePlan &s = *scopeOf.lookup(to);
  for (auto [arg, value] : llvm::zip(to->getArguments(), values)) {
    if (value == kNoExpr)
      return failure();
    held(arg);
    heldValues[arg].second.all.push_back({when, value});
    passed[arg] = value;
    if (auto ahead = aheadValues.find(arg); ahead != aheadValues.end())
      ahead->second.second.all.push_back({when, value});
  }
  if (s.length > 0) {
    s.enters.push_back(when);
    return success();
  }
  return leaveBlock(when, to, from, passed, depth + 1);
}

void FunctionHardware::finishControl() {
  Expr next = state,
       slot = n.binary(ExprKind::Add, counter, n.constant(n.width(counter), 1));
  Expr done = n.bit(false), fresh = n.bit(false);
  uint64_t number = 0;
  for (Expr when : doneWhen)
    done = n.either(done, when);
  n.drive(ends_, unlessHeld(done));
  next = n.mux(done, n.constant(n.width(state), 0), next);
  for (Expr when : doneAtOnce)
    done = n.either(done, when);
  for (const auto &s : scopes) {
    if (s->length == 0)
      continue;
    Expr enters = n.bit(false);
    for (Expr when : s->enters)
      enters = n.either(enters, when);
    n.drive(s->enter, enters);
    next = n.mux(s->enter, n.constant(n.width(state), ++number), next);
    fresh = n.either(fresh, s->enter);
    if (s->isLoop)
      fresh = n.either(fresh, s->wraps);
  }
  if (hold_ != kNoExpr) {
    Expr hold = n.bit(false);
    for (Expr when : waits)
      hold = n.either(hold, when);
    n.drive(hold_, hold);
  }
  slot = n.mux(fresh, n.constant(n.width(counter), 0), slot);
  for (auto [signal, value] :
       {std::pair(state, next), {counter, slot}, {done_, done}})
    n.keep(signal, value, n.bit(true), llvm::APInt(n.width(signal), 0));
}

/// A register that takes one of several values; a wire where all are one
/// constant.
static void finish(Netlist &n, Expr signal, const Writes &writes) {
  Expr value = kNoExpr, enable = n.bit(false);
  bool same = true;
  for (auto [when, what] : writes.all) {
    same &= value == kNoExpr || value == what;
    value = what;
  }
  if (writes.all.empty() || (same && n.isConstant(value))) {
    n.drive(signal,
            writes.all.empty() ? n.constant(n.width(signal), 0) : value);
    return;
  }
  for (auto [when, what] : writes.all) {
    value = n.mux(when, what, value);
    enable = n.either(enable, when);
  }
  n.keep(signal, value, enable);
}

void FunctionHardware::finishOutputs() {
  for (Result &r : results) {
    if (!isTop()) {
      Expr next = r.kept;
      for (auto [when, what] : r.writes.all)
        next = n.mux(when, what, next);
      n.drive(r.ahead, next);
    }
    llvm::append_range(r.writes.all, r.atOnce.all);
    ::finish(n, r.kept, r.writes);
  }
}

void FunctionHardware::finishRegisters() {
  for (auto &[value, entry] : heldValues)
    ::finish(n, entry.first, entry.second);
  for (auto &[value, entry] : aheadValues)
    ::finish(n, entry.first, entry.second);
  for (auto &[key, r] : sharedRegisters)
    if (r.signal != kNoExpr)
      ::finish(n, r.signal, r.writes);
}
