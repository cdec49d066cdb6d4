//===- OwnUnits.cpp - Modules that a library names ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "gaus/Dialect/HardwareNames.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/Interfaces/CallInterfaces.h"

#include "llvm/ADT/StringSwitch.h"

using namespace mlir;
using namespace gaus::ir;

static bool has(DictionaryAttr hardware, llvm::StringRef entry) {
  return static_cast<bool>(hardware.get(entry));
}

LogicalResult FunctionHardware::planOwnUnit(Operation *op, OpPlan &p) {
  if (accessOf(op) || op->getNumRegions() > 0 || op->getNumResults() != 1)
    return refuse(op) << "its operator names a module, which only operations "
                         "of numbers with one result have";
  if (p.latency < 1)
    return refuse(op) << "a module of latency 0";
  p.waits = has(p.hardware, kHardwareValid);
  return success();
}

/// How the module calls a port; empty: it has none.
static std::string portOf(DictionaryAttr hardware, llvm::StringRef port) {
  auto names = hardware.getAs<DictionaryAttr>(kHardwarePorts);
  auto name = names ? names.getAs<StringAttr>(port) : StringAttr();
  return name ? name.str() : port.str();
}

Expr FunctionHardware::buildOwnUnit(Operation *op, OpPlan &p,
                                    llvm::ArrayRef<Expr> in, Expr starts,
                                    Expr &valid) {
  if (has(p.hardware, kHardwareStart) && p.scope->isLoop &&
      p.occupancy > p.scope->ii) {
    refuse(op) << "its module is busy for " << p.occupancy
               << " cycles, and the next iteration starts after " << p.scope->ii
               << "; its operator needs a resource with a limit";
    return kNoExpr;
  }
  unsigned width = hardwareWidth(op->getResult(0).getType());
  hardware::NetlistInstance unit;
  unit.module = p.hardware.getAs<StringAttr>(kHardwareModule).str();
  unit.name = n.freshName(unit.module + "_unit");
  auto parameters = p.hardware.getAs<DictionaryAttr>(kHardwareParameters);
  if (!parameters) {
    Builder b(op->getContext());
    parameters = b.getDictionaryAttr(
        {b.getNamedAttr("IN", b.getStringAttr("in")),
         b.getNamedAttr("OUT", b.getStringAttr("out")),
         b.getNamedAttr("STAGES", b.getStringAttr("stages"))});
  }
  for (NamedAttribute parameter : parameters) {
    std::optional<int64_t> value;
    if (auto number = dyn_cast<IntegerAttr>(parameter.getValue()))
      value = number.getInt();
    else if (auto word = dyn_cast<StringAttr>(parameter.getValue()))
      value = llvm::StringSwitch<std::optional<int64_t>>(word.getValue())
                  .Case("in", in.empty() ? 0 : n.width(in[0]))
                  .Case("out", width)
                  .Case("stages", p.latency - 1)
                  .Case("latency", p.latency)
                  .Default(std::nullopt);
    if (!value) {
      refuse(op) << "the parameter " << parameter.getName()
                 << " of its module is " << parameter.getValue()
                 << ", no number and not \"in\", \"out\", \"stages\" or "
                    "\"latency\"";
      return kNoExpr;
    }
    unit.parameters.push_back({parameter.getName().str(), *value});
  }
  bool knows = has(p.hardware, kHardwareValid);
  // One that is waited for goes on meanwhile.
  Expr stall = hold_ == kNoExpr || knows ? n.stall : n.either(n.stall, hold_);
  auto input = [&](llvm::StringRef port, Expr value) {
    if (std::string own = portOf(p.hardware, port); !own.empty())
      unit.inputs.push_back({own, value});
  };
  input("clk", n.clock);
  input("stall", stall);
  if (auto ports = p.hardware.getAs<DictionaryAttr>(kHardwarePorts);
      ports && ports.get("ce"))
    input("ce", n.invert(stall));
  if (has(p.hardware, kHardwareStart))
    input("start", unlessHeld(starts));
  for (auto [k, e] : llvm::enumerate(in))
    input(std::string(1, static_cast<char>('a' + k)), e);
  Expr result = n.signal(unit.module + "_unit_y", width);
  unit.outputs = {{portOf(p.hardware, "y"), result}};
  if (knows) {
    valid = n.signal(unit.module + "_unit_valid", 1);
    unit.outputs.push_back({portOf(p.hardware, "valid"), valid});
  }
  n.instances.push_back(std::move(unit));
  return result;
}
