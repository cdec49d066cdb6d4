//===- FunctionHardware.cpp - A function becomes a module -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "gaus/Hardware/Export.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Interfaces/FunctionInterfaces.h"
#include "llvm/Support/JSON.h"

using namespace mlir;
using namespace gaus::ir;

/// Results get their wires first, so that they can be read in any order.
LogicalResult FunctionHardware::declareResults() {
  for (auto &[op, p] : operations) {
    if (isNothing(op) || isMemory(op))
      continue;
    for (OpResult result : op->getResults()) {
      unsigned width = hardwareWidth(result.getType());
      if (!width || (result.getResultNumber() > 0 && !isa<CallOpInterface>(op)))
        return refuse(op) << "its results are no number of up to 64 bits";
      Expr signal = n.signal(nameOf(result), width);
      if (result.getResultNumber() == 0) {
        p.result = signal;
        continue;
      }
      OpPlan &other = moreResults[result];
      other.scope = p.scope;
      other.start = p.start;
      other.latency = p.latency;
      other.result = signal;
    }
  }
  return success();
}

/// What decides ahead has to be known before control enters a loop.
void FunctionHardware::buildSlices() {
  for (const auto &s : scopes)
    for (unsigned k : s->endsAhead.set_bits())
      aheadAt(*s, k, {0});
}

/// What other scopes read of a loop is kept as it is left.
void FunctionHardware::finishLeft() {
  for (size_t k = 0; k < leftValues.size(); ++k) {
    auto [v, signal] = leftValues.begin()[k];
    ScopePlan &s = *scopeOf.lookup(v.getParentBlock());
    Expr value = read(v, s, {s.length, true});
    if (value == kNoExpr)
      return;
    n.keep(signal, value, s.leave);
  }
}

void FunctionHardware::describe(llvm::json::Object &all) {
  auto interface = cast<FunctionOpInterface>(function);
  llvm::json::Array arguments, outputs;
  for (BlockArgument arg : interface.getArguments()) {
    MemoryPlan *m = memories.find(arg.getAsOpaquePointer());
    unsigned width = hardwareWidth(arg.getType());
    std::string called = m ? m->name : nameOf(arg);
    arguments.push_back(llvm::json::Object{{"name", called},
                                           {"kind", !m            ? "value"
                                                    : m->isStream ? "stream"
                                                                  : "memory"},
                                           {"bits", width}});
  }
  for (const Result &r : results)
    outputs.push_back(llvm::json::Object{{"bits", n.width(r.kept)}});
  all["arguments"] = std::move(arguments);
  all["results"] = std::move(outputs);
}

//===----------------------------------------------------------------------===//
// The steps
//===----------------------------------------------------------------------===//

std::string FunctionHardware::nameOfFunction(Operation *function) {
  return cast<FunctionOpInterface>(function).getName().str();
}

void FunctionHardware::enter() {
  n.hold = hold_;
  n.prefix = isTop() ? "" : name + "_";
}

LogicalResult FunctionHardware::declare() {
  enter();
  if (failed(declareArguments()) || failed(declareOutputs()) ||
      failed(declareResults()))
    return failure();
  planRegisters();
  declareControl();
  if (isBusyLater && !isTop())
    busy_ = n.signal("busy_next", 1);
  return success();
}

LogicalResult FunctionHardware::build() {
  enter();
  buildSlices();
  buildStart();
  // Ends of loops come first: what is done in an iteration depends on them.
  for (const auto &s : scopes)
    if (!failed_ && s->length > 0 &&
        failed(s->isLoop ? buildLoop(*s) : buildBlockEnd(*s)))
      return failure();
  for (auto &[op, plan] : operations)
    if (failed_ || failed(buildOperation(op)))
      return failure();
  finishLeft();
  buildBusy();
  return failure(failed_);
}

void FunctionHardware::finish() {
  enter();
  if (!isTop())
    finishCalls();
  finishControl();
  finishOutputs();
  finishRegisters();
}

FailureOr<gaus::hardware::Netlist>
gaus::ir::buildHardware(Operation *function) {
  auto interface = cast<FunctionOpInterface>(function);
  // Regions become functions in a copy of the program.
  OwningOpRef<Operation *> copy = function->getParentOp()->clone();
  function = SymbolTable::lookupSymbolIn(*copy, interface.getNameAttr());
  Netlist n(interface.getName().str());
  n.comments.push_back("@" + n.name + ", by GauS");
  n.name = n.freshName(n.name);
  if (failed(Design(function, n).build()))
    return failure();
  return n;
}

llvm::SmallVector<Operation *> gaus::ir::functionsOf(Operation *root) {
  llvm::SmallVector<Operation *> all;
  root->walk([&](FunctionOpInterface f) {
    if (!f.isExternal())
      all.push_back(f);
  });
  return all;
}
