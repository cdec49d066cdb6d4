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
    if (isNothing(op) || op->getNumResults() == 0 || isa<LLVM::AllocaOp>(op))
      continue;
    unsigned width = op->getNumResults() == 1
                         ? hardwareWidth(op->getResult(0).getType())
                         : 0;
    if (!width)
      return refuse(op) << "its results are no number of up to 64 bits";
    p.result = n.signal(nameOf(op->getResult(0)), width);
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

/// For who connects the module: a line of JSON above it.
void FunctionHardware::describe() {
  auto interface = cast<FunctionOpInterface>(function);
  llvm::json::Array arguments, outputs, external;
  for (BlockArgument arg : interface.getArguments()) {
    MemoryPlan *m = memoryOf.lookup(arg.getAsOpaquePointer());
    unsigned width = hardwareWidth(arg.getType());
    std::string name = m ? m->name : nameOf(arg);
    arguments.push_back(llvm::json::Object{
        {"name", name}, {"kind", m ? "memory" : "value"}, {"bits", width}});
  }
  for (const auto &[signal, writes] : results)
    outputs.push_back(llvm::json::Object{{"bits", n.width(signal)}});
  for (const auto &m : memoryPlans)
    if (m->isExternal)
      external.push_back(
          llvm::json::Object{{"name", m->name},
                             {"bytes", m->wordBytes},
                             {"reads", static_cast<int64_t>(m->reads.size())},
                             {"writes", static_cast<int64_t>(m->writes.size())},
                             {"latency", m->readsAhead ? 0 : 1}});
  llvm::json::Object all{{"module", n.name},
                         {"arguments", std::move(arguments)},
                         {"results", std::move(outputs)},
                         {"memories", std::move(external)}};
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(all));
  n.comments.push_back("interface: " + text);
}

LogicalResult FunctionHardware::build() {
  if (failed(planMemories()) || failed(planScopes()) || failed(planAccesses()))
    return failure();
  if (failed(declarePorts()) || failed(declareResults()))
    return failure();
  planRegisters();
  declareControl();
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
  if (failed(finishUnits()))
    return failure();
  finishLeft();
  describe();
  finishMemories();
  finishControl();
  finishRegisters();
  return failure(failed_);
}

FailureOr<gaus::hardware::Netlist>
gaus::ir::buildHardware(Operation *function) {
  auto interface = cast<FunctionOpInterface>(function);
  Netlist n(interface.getName().str());
  n.comments.push_back("@" + n.name + ", by GauS");
  n.freshName(n.name);
  if (failed(FunctionHardware(function, n).build()))
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
