//===- Design.cpp - The functions of one module ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Design.h"
#include "FunctionHardware.h"
#include "Outline.h"
#include "Scopes/Kinds.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Interfaces/CallInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

Design::Design(Operation *top, Netlist &n) : top(top), n(n), memories(*this) {}
Design::~Design() = default;

FunctionHardware *Design::of(Operation *function) const {
  for (const auto &f : functions)
    if (f->function == function)
      return f.get();
  return nullptr;
}

Operation *Design::calleeOf(Operation *call, llvm::StringRef &reason) const {
  SymbolTableCollection symbols;
  return gaus::ir::calleeOf(call, top->getParentOp(), symbols, reason);
}

/// What a function calls, then itself.
LogicalResult Design::collect(Operation *function, Operations &within,
                              Operations &found) const {
  if (llvm::is_contained(found, function))
    return success();
  within.push_back(function);
  WalkResult walked = function->walk([&](CallOpInterface call) {
    llvm::StringRef reason;
    Operation *callee = calleeOf(call, reason);
    if (callee && llvm::is_contained(within, callee)) {
      refuseAt(call) << "a function that calls itself";
      return WalkResult::interrupt();
    }
    // Those without a body may have a module, or are refused where they are
    // called.
    if (callee && failed(collect(callee, within, found)))
      return WalkResult::interrupt();
    return WalkResult::advance();
  });
  within.pop_back();
  found.push_back(function);
  return failure(walked.wasInterrupted());
}

void Design::findDepths() {
  for (const auto &f : llvm::reverse(functions))
    for (const CallSite &site : f->calledFrom)
      f->depth = std::max(f->depth, site.scope->in->depth + 1);
}

//===----------------------------------------------------------------------===//
// Who runs at the same time
//===----------------------------------------------------------------------===//

bool Design::mayMeet(const ScopePlan &a, int64_t from, const ScopePlan &b,
                     int64_t to) const {
  return mayMeet({&a, from, from + 1}, {&b, to, to + 1});
}

/// Of two functions the one of more depth runs in the cycles of its calls.
bool Design::mayMeet(const Stretch &a, const Stretch &b) const {
  const FunctionHardware *in = a.scope->in, *other = b.scope->in;
  if (in == other) {
    if (a.scope != b.scope)
      return false;
    int64_t ii = a.scope->ii;
    if (a.end - a.begin >= ii || b.end - b.begin >= ii)
      return true;
    // Around the interval: either begins within the other.
    auto within = [&](int64_t at, const Stretch &s) {
      return ((at - s.begin) % ii + ii) % ii < s.end - s.begin;
    };
    return within(a.begin, b) || within(b.begin, a);
  }
  bool lifts = in->depth >= other->depth;
  for (const CallSite &site : (lifts ? in : other)->calledFrom) {
    Stretch call{site.scope, site.start, site.end};
    if (lifts ? mayMeet(call, b) : mayMeet(a, call))
      return true;
  }
  return false;
}

SharedUnit &Design::unitFor(FunctionHardware &user, llvm::StringRef name,
                            const std::string &kind, const Slots &slots,
                            bool isShared) {
  auto isFree = [&](const SharedUnit &unit) {
    return llvm::none_of(slots, [&](const auto &slot) {
      return llvm::any_of(unit.taken, [&](const auto &other) {
        return mayMeet(*slot.first, slot.second, *other.first, other.second);
      });
    });
  };
  for (const auto &unit : units)
    if (isShared && unit->kind == kind && !unit->users.count(&user) &&
        isFree(*unit)) {
      unit->users.insert(&user);
      unit->taken.insert(slots.begin(), slots.end());
      return *unit;
    }
  units.push_back(std::make_unique<SharedUnit>());
  SharedUnit &unit = *units.back();
  unit.name = name.str();
  // What is not shared is of a kind of its own.
  unit.kind = isShared ? kind : "";
  unit.users.insert(&user);
  unit.taken = slots;
  return unit;
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

/// For who connects the module: a line of JSON above it.
void Design::describe() {
  llvm::json::Object all{{"module", n.name}, {"memories", memories.describe()}};
  if (llvm::json::Array streams = memories.describeStreams(); !streams.empty())
    all["streams"] = std::move(streams);
  of(top)->describe(all);
  std::string text;
  llvm::raw_string_ostream(text) << llvm::json::Value(std::move(all));
  n.comments.push_back("interface: " + text);
}

/// Reads the schedule; all control flow becomes branches and calls.
LogicalResult Design::prepare() {
  Operations within, all;
  if (failed(collect(top, within, written)))
    return failure();
  Operation *program = top->getParentOp();
  if (failed(readSchedule(program && written.size() > 1 ? program : top,
                          written, schedule)))
    return failure();
  for (Operation *function : written)
    if (failed(outlineRegions(function, schedule)))
      return failure();
  if (failed(collect(top, within, all)))
    return failure();
  for (Operation *function : all)
    functions.push_back(std::make_unique<FunctionHardware>(function, *this));
  return success();
}

LogicalResult Design::build() {
  if (failed(prepare()))
    return failure();
  auto all = [&](auto step) {
    for (const auto &f : functions)
      if (failed(step(*f)))
        return failure();
    return success();
  };
  if (failed(memories.plan()) ||
      failed(all([](FunctionHardware &f) { return f.plan(); })))
    return failure();
  findDepths();
  n.clock = n.input("clk", 1);
  n.reset = n.input("rst", 1);
  n.stall = memories.declareStall();
  if (failed(all([](FunctionHardware &f) { return f.planAccesses(); })) ||
      failed(memories.planStreams()) ||
      failed(all([](FunctionHardware &f) { return f.planUnits(); })) ||
      failed(all([](FunctionHardware &f) { return f.declare(); })) ||
      failed(all([](FunctionHardware &f) { return f.build(); })))
    return failure();
  for (const auto &unit : units)
    if (failed((*unit->users.begin())->finishUnit(*unit)))
      return failure();
  describe();
  n.prefix.clear();
  n.hold = kNoExpr;
  memories.finish();
  for (const auto &f : functions)
    f->finish();
  Expr unknown = n.finish();
  if (unknown != kNoExpr)
    return refuseAt(top) << "'" << n.nameOf(unknown)
                         << "' is an argument of a call in the cycle in which "
                            "a unit computes it";
  return success();
}
