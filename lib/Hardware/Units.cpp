//===- Units.cpp - Operations that share a unit ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// What gaus-bind gives one unit is one piece of hardware. A unit with a limit
/// is the same in all scopes of a function, for one scope is active at a time;
/// others would cost more multiplexers than they save. A unit that executes
/// operations of several kinds has a part for each kind.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

using namespace mlir;
using namespace gaus::ir;

/// What operations have in common that one part of a unit can execute; empty
/// where an operation has hardware of its own. One of latency 0 does not share:
/// its operands may follow from what the unit computes in the same cycle.
std::string FunctionHardware::sharedUnit(Operation *op, const OpPlan &p) {
  auto unit = op->getAttrOfType<StringAttr>(kUnit);
  if (!unit || p.latency < 1 || isa<LLVM::GEPOp>(op))
    return "";
  llvm::StringRef name = op->getName().stripDialect();
  if (name == "fsub" || name == "subf")
    name = "fadd"; // With the other sign.
  std::string key;
  llvm::raw_string_ostream out(key);
  out << unit.getValue() << " " << name << " " << predicateName(op) << " "
      << p.latency << " " << (p.isLimited ? "" : p.scope->name);
  for (Value operand : op->getOperands())
    out << " " << operand.getType();
  out << " " << op->getResult(0).getType();
  return key;
}

void FunctionHardware::useUnit(const std::string &key, Operation *op, OpPlan &p,
                               llvm::ArrayRef<Expr> in) {
  SharedUnit &unit = units[key];
  if (!unit.taken.insert({p.scope, p.start % p.scope->ii}).second)
    refuse(op) << "another operation is on its unit in the same cycle";
  SharedUnit::Use use{op, inCycle(*p.scope, p.start), {in.begin(), in.end()}};
  if (op->hasAttr(kSwapped) && in.size() >= 2)
    std::swap(use.operands[0], use.operands[1]);
  unit.uses.push_back(std::move(use));
}

/// Inputs by who starts in the cycle; the result goes to all of them, and each
/// knows when it is its own.
LogicalResult FunctionHardware::finishUnits() {
  for (auto &[key, unit] : units) {
    llvm::SmallVector<Expr, 2> in = unit.uses.back().operands;
    for (const SharedUnit::Use &use : llvm::reverse(unit.uses))
      for (size_t k = 0; k < in.size(); ++k)
        in[k] = n.mux(use.when, use.operands[k], in[k]);
    for (auto [k, e] : llvm::enumerate(in))
      in[k] =
          n.wire(key.substr(0, key.find(' ')) + "_in" + std::to_string(k), e);
    Operation *first = unit.uses[0].op;
    Expr result = buildUnit(first, operations[first], in);
    if (result == kNoExpr)
      return refuse(first) << "an operation of this kind is not exported";
    for (const SharedUnit::Use &use : unit.uses)
      n.drive(operations[use.op].result, result);
  }
  return success();
}
