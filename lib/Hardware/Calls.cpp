//===- Calls.cpp - Functions that start others ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// A call is a cycle in which the next one is the first of the function that is
/// called; its arguments are what they will be then. What it gives back is on a
/// wire in its last cycle, as results of units are. Where its time is not
/// known, the caller is held in the last cycle that is planned for it until it
/// ends.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "gaus/Dialect/GausNames.h"

#include <bit>

using namespace mlir;
using namespace gaus::ir;

/// Whether how long a function takes is not known before it runs.
static bool mayTakeLonger(Operation *function, int64_t latency) {
  auto length = function->getAttrOfType<IntegerAttr>(kLength);
  return !length || length.getInt() > latency;
}

LogicalResult FunctionHardware::planCall(Operation *call, OpPlan &p) {
  llvm::StringRef reason;
  Operation *function = design.calleeOf(call, reason);
  if (!function)
    return refuse(call) << reason;
  int64_t end = p.start + std::max<int64_t>(p.latency, 1);
  design.of(function)->calledFrom.push_back(
      {call, p.scope, p.start, end, kNoExpr, {}});
  p.waits |=
      !design.isOutlined(function) && mayTakeLonger(function, end - p.start);
  // Who waits, waits for units, too: of a function that others call as well it
  // is not known whose they are.
  bool later = design.of(function)->isBusyLater;
  isBusyLater |= later;
  if (p.waits && later && !design.isOutlined(function))
    return refuse(call) << "its time is not known, and an occupancy above the "
                           "latency makes it longer than what it computes";
  return success();
}

Expr FunctionHardware::unlessHeld(Expr when) {
  return hold_ == kNoExpr ? when : n.both(when, n.invert(hold_));
}

/// A cycle in which the function is held takes several of the clock's: in the
/// first one, what waits has just begun.
Expr FunctionHardware::beforeHeld(Expr when) {
  if (hold_ == kNoExpr)
    return when;
  if (wasHeld_ == kNoExpr) {
    Expr hold = std::exchange(n.hold, kNoExpr);
    wasHeld_ = n.signal("was_held", 1);
    n.keep(wasHeld_, hold_, n.bit(true), llvm::APInt(1, 0));
    n.hold = hold;
  }
  return n.both(when, n.invert(wasHeld_));
}

/// What a value is in a cycle of a scope, in the one before.
Expr FunctionHardware::nextCycle(Value v, ScopePlan &s, int64_t cycle) {
  Expr value = read(v, s, {cycle});
  return value == kNoExpr ? value : n.ahead(value);
}

LogicalResult FunctionHardware::buildCall(Operation *op, OpPlan &p) {
  llvm::StringRef reason;
  FunctionHardware &callee = *design.of(design.calleeOf(op, reason));
  ScopePlan &s = *p.scope;
  auto site = llvm::find_if(callee.calledFrom,
                            [&](const CallSite &c) { return c.call == op; });
  site->when = unlessHeld(n.ahead(accessEnable(op, p)));
  for (Value v : cast<CallOpInterface>(op).getArgOperands())
    site->operands.push_back(nextCycle(v, s, p.start));
  for (OpResult result : op->getResults()) {
    unsigned k = result.getResultNumber();
    n.drive(k == 0 ? p.result : moreResults[result].result,
            callee.results[k].ahead);
  }
  if (p.waits) {
    Expr goesOn = n.both(n.invert(callee.idle), n.invert(callee.ends_));
    if (callee.busy_ != kNoExpr)
      goesOn = n.either(goesOn, callee.busy_);
    waits.push_back(n.both(inCycle(s, site->end - 1), goesOn));
  }
  return failure(failed_);
}

/// Whether a unit is still busy in the next cycle: for how many more, is
/// counted down. What is held starts but once.
void FunctionHardware::buildBusy() {
  if (busy_ == kNoExpr)
    return;
  Expr hold = std::exchange(n.hold, kNoExpr);
  int64_t longest = 1;
  for (auto &[op, p] : operations)
    longest = std::max(longest, p.occupancy);
  auto width =
      static_cast<unsigned>(std::bit_width(static_cast<uint64_t>(longest)));
  Expr left = n.signal("busy_for", width), none = n.constant(width, 0);
  Expr next = n.mux(n.equals(left, 0), none,
                    n.binary(ExprKind::Sub, left, n.constant(width, 1)));
  Expr others = n.bit(false);
  for (auto &[op, p] : operations) {
    if (auto call = dyn_cast<CallOpInterface>(op); call && !p.hardware) {
      llvm::StringRef reason;
      Expr its = design.of(design.calleeOf(op, reason))->busy_;
      others = its == kNoExpr ? others : n.either(others, its);
    } else if (p.isBusyLater) {
      Expr starts = beforeHeld(accessEnable(op, p));
      Expr its = n.wire(
          "busy",
          n.mux(starts,
                n.constant(width, static_cast<uint64_t>(p.occupancy - 1)),
                none));
      next =
          n.wire("busy", n.mux(n.binary(ExprKind::ULt, next, its), its, next));
    }
  }
  n.keep(left, next, n.bit(true), llvm::APInt(width, 0));
  n.drive(busy_, n.either(others, n.invert(n.equals(next, 0))));
  n.hold = hold;
}

/// Inputs by who calls.
void FunctionHardware::finishCalls() {
  Expr any = n.bit(false);
  for (const CallSite &site : calledFrom)
    any = n.either(any, site.when);
  n.drive(go_, any);
  auto interface = cast<FunctionOpInterface>(function);
  for (BlockArgument arg : interface.getArguments()) {
    auto port = argumentPorts.find(arg);
    if (port == argumentPorts.end())
      continue;
    unsigned k = arg.getArgNumber();
    Expr value = kNoExpr;
    for (const CallSite &site : llvm::reverse(calledFrom))
      value = value == kNoExpr ? site.operands[k]
                               : n.mux(site.when, site.operands[k], value);
    n.drive(port->second, value);
  }
}
