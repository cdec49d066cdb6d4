//===- Units.cpp - Operations that share a unit ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// What gaus-bind gives one unit is one piece of hardware. A unit with a limit
/// is the same in all scopes of a function, for one scope is active at a time,
/// and of all functions that never wait and do not need it in the same cycles;
/// others would cost more multiplexers than they save. A unit that executes
/// operations of several kinds has a part for each kind.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

/// What operations have in common that one part of a unit can execute; empty
/// where an operation has hardware of its own. One of latency 0 does not share:
/// its operands may follow from what the unit computes in the same cycle.
std::string FunctionHardware::kindOf(Operation *op, const OpPlan &p) {
  if (!op->getAttrOfType<StringAttr>(kUnit) || p.latency < 1 ||
      isa<LLVM::GEPOp>(op) || op->getNumResults() != 1)
    return "";
  // Accesses have ports, calls functions.
  if (!p.hardware && (accessOf(op) || isMemory(op) || isa<CallOpInterface>(op)))
    return "";
  llvm::StringRef name = op->getName().stripDialect();
  if (!p.hardware && (name == "fsub" || name == "subf"))
    name = "fadd"; // With the other sign.
  std::string key;
  llvm::raw_string_ostream out(key);
  out << name << " " << predicateName(op) << " " << p.latency;
  for (Value operand : op->getOperands())
    out << " " << operand.getType();
  out << " " << op->getResult(0).getType();
  if (p.hardware)
    out << " " << p.hardware;
  return key;
}

LogicalResult FunctionHardware::planUnits() {
  struct Group {
    std::string kind, unit;
    bool isLimited;
    Slots slots;
    std::vector<Operation *> members;
  };
  llvm::MapVector<std::pair<StringAttr, StringAttr>, Group> groups;
  // Of operations that exclude each other only one is said to use the units.
  std::map<std::tuple<const ScopePlan *, const void *, std::string>, StringAttr>
      unitOf;
  for (auto &[op, p] : operations)
    if (Attribute number = op->getAttr(kAlternative); number && p.isLimited)
      unitOf[{p.scope, number.getAsOpaquePointer(), kindOf(op, p)}] =
          op->getAttrOfType<StringAttr>(kUnit);
  bool waits = false;
  for (auto &[op, p] : operations) {
    waits |= p.waits;
    std::string kind = kindOf(op, p);
    if (kind.empty())
      continue;
    auto unit = op->getAttrOfType<StringAttr>(kUnit);
    Attribute number = op->getAttr(kAlternative);
    auto same = unitOf.find({p.scope, number.getAsOpaquePointer(), kind});
    bool isAlternative = number && same != unitOf.end();
    if (isAlternative)
      unit = same->second;
    bool isLimited = p.isLimited || isAlternative;
    std::string key = kind + (isLimited ? "" : " " + p.scope->name);
    Group &group = groups[{unit, StringAttr::get(op->getContext(), key)}];
    group.kind = kind;
    group.unit = unit.str();
    group.isLimited = isLimited;
    group.members.push_back(op);
    bool isFree = group.slots.insert({p.scope, p.start % p.scope->ii}).second;
    if (!isFree && !isAlternative)
      return refuse(op) << "another operation is on its unit in the same cycle";
  }
  for (auto &[key, group] : groups) {
    SharedUnit &unit = design.unitFor(*this, group.unit, group.kind,
                                      group.slots, group.isLimited && !waits);
    for (Operation *op : group.members)
      units[op] = &unit;
  }
  return success();
}

void FunctionHardware::useUnit(SharedUnit &unit, Operation *op, OpPlan &p,
                               llvm::ArrayRef<Expr> in) {
  // Of those that start in one cycle the one that takes place.
  Expr when = op->hasAttr(kAlternative) ? accessEnable(op, p)
                                        : inCycle(*p.scope, p.start);
  SharedUnit::Use use{this, op, &p, when, {in.begin(), in.end()}};
  if (op->hasAttr(kSwapped) && in.size() >= 2)
    std::swap(use.operands[0], use.operands[1]);
  unit.uses.push_back(std::move(use));
}

/// Inputs by who starts in the cycle; the result goes to all of them, and each
/// knows when it is its own.
LogicalResult FunctionHardware::finishUnit(SharedUnit &unit) {
  enter();
  llvm::SmallVector<Expr, 2> in = unit.uses.back().operands;
  Expr starts = n.bit(false), valid = kNoExpr;
  for (const SharedUnit::Use &use : llvm::reverse(unit.uses)) {
    for (size_t k = 0; k < in.size(); ++k)
      in[k] = n.mux(use.when, use.operands[k], in[k]);
    starts = n.either(starts, use.when);
  }
  if (unit.users.size() > 1)
    n.prefix.clear();
  for (auto [k, e] : llvm::enumerate(in))
    in[k] = n.wire(unit.name + "_in" + std::to_string(k), e);
  const SharedUnit::Use &first = unit.uses[0];
  Expr result = buildUnit(first.op, *first.plan, in, starts, valid);
  if (result == kNoExpr)
    return failed_ ? failure()
                   : LogicalResult(refuse(first.op) << "an operation of this "
                                                       "kind is not exported");
  for (const SharedUnit::Use &use : unit.uses) {
    n.drive(use.plan->result, result);
    use.in->waitFor(*use.plan, valid);
  }
  return success();
}
