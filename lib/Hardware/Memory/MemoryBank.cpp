//===- MemoryBank.cpp - The memories of a module --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/MemoryBank.h"
#include "FunctionHardware.h"

#include "gaus/Dialect/InitialBytes.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/IR/Matchers.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/DataLayoutInterfaces.h"
#include "mlir/Interfaces/FunctionInterfaces.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

MemoryBank::MemoryBank(Design &design)
    : design(design), n(design.n), memories(design.top->getParentOp()) {}

void MemoryBank::collect(Value address,
                         llvm::SmallSetVector<MemoryPlan *, 4> &found) {
  for (const MemoryId &id : memories.of(address)) {
    if (!id.isKnown()) {
      for (const auto &m : plans)
        found.insert(m.get());
      return;
    }
    if (MemoryPlan *m = memoryOf.lookup(id.key())) {
      found.insert(m);
      continue;
    }
    // What calls pass for an argument.
    auto arg = dyn_cast_if_present<BlockArgument>(id.value);
    FunctionHardware *callee =
        arg ? design.of(arg.getOwner()->getParentOp()) : nullptr;
    if (!callee) {
      found.insert(nullptr);
      continue;
    }
    for (const CallSite &site : callee->calledFrom)
      collect(
          cast<CallOpInterface>(site.call).getArgOperands()[arg.getArgNumber()],
          found);
  }
}

llvm::SmallVector<MemoryPlan *> MemoryBank::of(Value address) {
  llvm::SmallSetVector<MemoryPlan *, 4> found;
  collect(address, found);
  return found.takeVector();
}

/// Elements of a static shape; 0 for others.
static uint64_t bytesOfAll(MemRefType type) {
  return type.hasStaticShape() && type.getLayout().isIdentity()
             ? static_cast<uint64_t>(type.getNumElements()) *
                   bytesOf(type.getElementType())
             : 0;
}

LogicalResult MemoryBank::planMemrefGlobal(MemoryPlan &m, Operation *user) {
  auto global =
      SymbolTable::lookupNearestSymbolFrom<memref::GlobalOp>(user, m.id.global);
  if (!global)
    return refuseAt(user) << "@" << m.id.global.getValue() << " is not defined";
  m.name = global.getSymName().str();
  m.bytes = bytesOfAll(global.getType());
  std::optional<Attribute> value = global.getInitialValue();
  Type element = global.getType().getElementType();
  if (!m.bytes)
    return refuseAt(user) << "a memory of type " << global.getType();
  if (value && !isa<UnitAttr>(*value)) {
    auto elements = dyn_cast<DenseElementsAttr>(*value);
    if (!elements || !appendElements(elements, bytesOf(element), m.content))
      return refuseAt(user) << "what @" << m.name
                            << " holds at first is of a kind that is not read";
  }
  return success();
}

LogicalResult MemoryBank::planGlobal(MemoryPlan &m, Operation *user) {
  StringAttr name = m.id.global;
  DataLayout layout = DataLayout::closest(user);
  auto global =
      SymbolTable::lookupNearestSymbolFrom<LLVM::GlobalOp>(user, name);
  if (!global)
    return refuseAt(user) << "@" << name.getValue() << " is not defined";
  m.name = global.getSymName().str();
  m.bytes = layout.getTypeSize(global.getType());
  Attribute value = global.getValueOrNull();
  if (value && !appendConstant(value, global.getType(), layout, m.content))
    return refuseAt(user) << "what @" << name.getValue()
                          << " holds at first is of a kind that is not read";
  if (Block *made = value ? nullptr : global.getInitializerBlock()) {
    auto bytes = initialBytes(made->getTerminator()->getOperand(0), layout);
    if (!bytes)
      return refuseAt(user)
             << "what @" << name.getValue() << " holds at first is computed";
    m.content = std::move(*bytes);
  }
  m.content.resize(m.bytes);
  return success();
}

LogicalResult MemoryBank::planAllocated(MemoryPlan &m) {
  Operation *op = m.id.value.getDefiningOp();
  m.name = "local" + std::to_string(plans.size());
  m.bytes = bytesOfAll(cast<MemRefType>(m.id.value.getType()));
  if (!m.bytes)
    return refuseAt(op) << "its size is not known";
  return success();
}

LogicalResult MemoryBank::planAlloca(MemoryPlan &m) {
  auto alloca = m.id.value.getDefiningOp<LLVM::AllocaOp>();
  DataLayout layout = DataLayout::closest(alloca);
  llvm::APInt number;
  if (!matchPattern(alloca.getArraySize(), m_ConstantInt(&number)) ||
      !alloca->getBlock()->isEntryBlock())
    return refuseAt(alloca) << "its size or how often it runs is not known";
  m.name = "stack" + std::to_string(plans.size());
  m.bytes = layout.getTypeSize(alloca.getElemType()) * number.getZExtValue();
  return success();
}

LogicalResult MemoryBank::planMemory(const MemoryId &id, Operation *user) {
  if (memoryOf.lookup(id.key()))
    return success();
  auto m = std::make_unique<MemoryPlan>();
  m->id = id;
  LogicalResult result = success();
  if (id.global) {
    result = isa<memref::GetGlobalOp>(user) ? planMemrefGlobal(*m, user)
                                            : planGlobal(*m, user);
  } else if (id.value.getDefiningOp<LLVM::AllocaOp>()) {
    result = planAlloca(*m);
  } else if (id.value.getDefiningOp()) {
    result = planAllocated(*m);
  } else {
    m->name = memories.nameOf(id);
    m->isExternal = true;
    m->isStream = factsOf(cast<BlockArgument>(id.value)).isFifo;
  }
  if (!m->isExternal)
    m->name += "_words";
  m->tag = plans.size() + 1;
  memoryOf[id.key()] = m.get();
  plans.push_back(std::move(m));
  return result;
}

LogicalResult MemoryBank::plan() {
  // Arguments first: their numbers are those that a caller sees.
  auto interface = cast<FunctionOpInterface>(design.top);
  for (BlockArgument arg : interface.getArguments()) {
    auto type = dyn_cast<MemRefType>(arg.getType());
    llvm::SmallVector<int64_t> strides;
    int64_t offset = 0;
    if (type && (failed(type.getStridesAndOffset(strides, offset)) || offset))
      return refuseAt(design.top) << "argument " << arg.getArgNumber()
                                  << " does not begin with its first element";
    if ((type || isa<LLVM::LLVMPointerType>(arg.getType())) &&
        failed(planMemory({arg, {}}, design.top)))
      return failure();
  }
  LogicalResult result = success();
  for (const auto &f : llvm::reverse(design.functions))
    f->function->walk([&](Operation *op) {
      if (failed(result) || isNothing(op))
        return;
      if (isa<LLVM::AllocaOp, memref::AllocOp, memref::AllocaOp>(op))
        result = planMemory({op->getResult(0), {}}, op);
      if (auto address = dyn_cast<memref::GetGlobalOp>(op))
        result = planMemory({{}, address.getNameAttr().getAttr()}, op);
      if (auto address = dyn_cast<LLVM::AddressOfOp>(op))
        result = planMemory({{}, address.getGlobalNameAttr().getAttr()}, op);
    });
  return result;
}

//===----------------------------------------------------------------------===//
// Ports
//===----------------------------------------------------------------------===//

MemoryPlan::Port &MemoryBank::portFor(std::vector<MemoryPlan::Port> &ports,
                                      const ScopePlan &scope, int64_t cycle,
                                      Attribute alternative) {
  std::pair<const ScopePlan *, int64_t> slot{&scope, cycle % scope.ii};
  for (MemoryPlan::Port &port : ports)
    if (llvm::none_of(port.taken, [&](const auto &other) {
          bool excludes =
              alternative && other.first == slot && other.second == alternative;
          return !excludes &&
                 design.mayMeet(*slot.first, slot.second, *other.first.first,
                                other.first.second);
        })) {
      port.taken[slot] = alternative;
      return port;
    }
  ports.emplace_back();
  ports.back().taken[slot] = alternative;
  return ports.back();
}

Expr MemoryBank::portEnable(const MemoryPlan::Port &port) {
  Expr any = n.bit(false);
  for (const MemoryPlan::Access &a : port.accesses)
    any = n.either(any, a.enable);
  return any;
}

Expr MemoryBank::portMux(const MemoryPlan::Port &port,
                         Expr MemoryPlan::Access::*what) {
  Expr value = kNoExpr;
  for (const MemoryPlan::Access &a : llvm::reverse(port.accesses))
    value = value == kNoExpr ? a.*what : n.mux(a.enable, a.*what, value);
  return value;
}

/// The memory is the caller's: its ports are ports of the module.
void MemoryBank::finishExternal(MemoryPlan &m) {
  Expr runs = n.invert(n.stall);
  auto out = [&](const std::string &name, Expr value) {
    n.drive(n.output(name, n.width(value)), value);
  };
  for (auto [k, port] : llvm::enumerate(m.reads)) {
    std::string name = m.name + "_r" + std::to_string(k);
    out(name + "_en", n.both(portEnable(port), runs));
    out(name + "_addr", portMux(port, &MemoryPlan::Access::address));
    n.drive(port.data, n.input(name + "_data", 8 * m.wordBytes));
  }
  for (auto [k, port] : llvm::enumerate(m.writes)) {
    std::string name = m.name + "_w" + std::to_string(k);
    out(name + "_en", n.both(portEnable(port), runs));
    out(name + "_addr", portMux(port, &MemoryPlan::Access::address));
    out(name + "_data", portMux(port, &MemoryPlan::Access::data));
    out(name + "_mask", portMux(port, &MemoryPlan::Access::mask));
  }
}

void MemoryBank::finishInternal(MemoryPlan &m) {
  hardware::NetlistMemory memory;
  memory.name = n.freshName(m.name);
  memory.width = 8 * m.wordBytes;
  memory.depth = std::max<uint64_t>(1, llvm::divideCeil(m.bytes, m.wordBytes));
  memory.readsAhead = m.readsAhead;
  unsigned bits = std::max(1u, llvm::Log2_64_Ceil(memory.depth));
  if (!m.content.empty())
    for (uint64_t k = 0; k < memory.depth; ++k) {
      llvm::APInt word(memory.width, 0);
      for (unsigned b = 0; b < m.wordBytes; ++b)
        if (k * m.wordBytes + b < m.content.size())
          word.insertBits(m.content[k * m.wordBytes + b], 8 * b, 8);
      memory.content.push_back(word);
    }
  auto named = [&](llvm::StringRef wanted, Expr by) {
    Expr e = n.signal(wanted, n.width(by));
    n.drive(e, by);
    return e;
  };
  for (MemoryPlan::Port &port : m.reads)
    memory.reads.push_back(
        {portEnable(port),
         named("at",
               n.resize(portMux(port, &MemoryPlan::Access::address), bits)),
         port.data});
  for (MemoryPlan::Port &port : m.writes)
    memory.writes.push_back(
        {portEnable(port),
         named("at",
               n.resize(portMux(port, &MemoryPlan::Access::address), bits)),
         named("data", portMux(port, &MemoryPlan::Access::data)),
         named("mask", portMux(port, &MemoryPlan::Access::mask))});
  n.memories.push_back(std::move(memory));
}

void MemoryBank::finish() {
  if (n.stall != stalled)
    n.drive(n.stall, stalled);
  for (const auto &m : plans)
    m->isStream     ? finishStream(*m)
    : m->isExternal ? finishExternal(*m)
                    : finishInternal(*m);
}

/// For who connects the module.
llvm::json::Array MemoryBank::describe() const {
  llvm::json::Array external;
  for (const auto &m : plans)
    if (m->isExternal && !m->isStream)
      external.push_back(
          llvm::json::Object{{"name", m->name},
                             {"bytes", m->wordBytes},
                             {"reads", static_cast<int64_t>(m->reads.size())},
                             {"writes", static_cast<int64_t>(m->writes.size())},
                             {"latency", m->readsAhead ? 0 : 1}});
  return external;
}
