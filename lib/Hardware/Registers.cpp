//===- Registers.cpp - Values that share a register -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// What gaus-bind gives one register of a scope is one register. A binding
/// knows how long the users of a value need it; control also reads conditions,
/// and what leaves a scope or goes around a loop. Who reads a value after
/// another one has been written over it reads a copy of its own.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "gaus/Dialect/GausNames.h"

#include "mlir/IR/BuiltinAttributes.h"

using namespace mlir;
using namespace gaus::ir;

void FunctionHardware::planRegisters() {
  for (auto &[op, p] : operations) {
    auto held = op->getAttrOfType<DenseI64ArrayAttr>(kRegisters);
    auto widths =
        p.scope->carrier->getAttrOfType<DenseI64ArrayAttr>(kRegisterWidths);
    if (!held || !widths || op->getNumResults() != 1 || p.latency < 1)
      continue;
    int64_t needed = hardwareWidth(op->getResult(0).getType());
    for (auto [k, number] : llvm::enumerate(held.asArrayRef())) {
      if (number < 0 || number >= widths.size() || widths[number] < needed)
        break;
      p.registers.push_back(number);
      SharedRegister &r = sharedRegisters[{p.scope, number}];
      r.width = static_cast<unsigned>(widths[number]);
      r.written.push_back(p.onWire() + static_cast<int64_t>(k) * p.scope->ii);
    }
  }
}

/// Whether copy `k` is still in its register in a cycle: nothing else has been
/// written into it since.
bool FunctionHardware::isHeld(const OpPlan &p, int64_t k, int64_t cycle) const {
  if (k >= static_cast<int64_t>(p.registers.size()))
    return false;
  const SharedRegister &r =
      sharedRegisters.at({p.scope, p.registers[static_cast<size_t>(k)]});
  int64_t own = p.onWire() + k * p.scope->ii;
  int same = 0;
  for (int64_t other : r.written) {
    int64_t later = other - own;
    if (p.scope->isLoop)
      later = (later % p.scope->ii + p.scope->ii) % p.scope->ii;
    same += later == 0;
    if (later > 0 && later < cycle - own)
      return false;
  }
  return same == 1;
}

Expr FunctionHardware::sharedRegister(Value v, OpPlan &p, int64_t k) {
  SharedRegister &r =
      sharedRegisters.at({p.scope, p.registers[static_cast<size_t>(k)]});
  if (r.signal == kNoExpr)
    r.signal = n.signal(p.scope->name + "_r" +
                            std::to_string(p.registers[static_cast<size_t>(k)]),
                        r.width);
  if (r.known.insert({v.getAsOpaquePointer(), k}).second) {
    int64_t when = p.onWire() + k * p.scope->ii;
    Expr value = k == 0 ? p.result : readCopy(v, p, k - 1, when);
    r.writes.all.push_back({inCycle(*p.scope, when), n.resize(value, r.width)});
  }
  return n.resize(r.signal, n.width(p.result));
}

/// Copy `k` of a value, in a cycle in which it is the one to read.
Expr FunctionHardware::readCopy(Value v, OpPlan &p, int64_t k, int64_t cycle) {
  return isHeld(p, k, cycle) ? sharedRegister(v, p, k) : copyOf(v, p, k);
}
