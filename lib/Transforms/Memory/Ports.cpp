//===- Ports.cpp - The ports that accesses hold ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Memory/Ports.h"

#include "Scopes/Kinds.h"

#include "mlir/Dialect/Affine/IR/AffineOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/MemRef/IR/MemRef.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Interfaces/CallInterfaces.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace gaus::ir;

static bool isAddress(Value v) {
  return isa<BaseMemRefType, LLVM::LLVMPointerType>(v.getType());
}

/// The addresses of what an operation accesses; null where one is not known.
static llvm::SmallVector<Value> addressesOf(Operation *op) {
  llvm::SmallVector<Value> all;
  if (isa<CallOpInterface>(op)) {
    llvm::copy_if(op->getOperands(), std::back_inserter(all), isAddress);
    if (all.empty())
      all.push_back(Value());
    return all;
  }
  auto effects = getEffectsRecursively(op);
  if (!effects)
    return {Value()};
  for (const MemoryEffects::EffectInstance &e : *effects)
    if (isa<MemoryEffects::Read, MemoryEffects::Write>(e.getEffect()))
      all.push_back(e.getValue());
  return all;
}

int64_t gaus::ir::takenAnywhere(llvm::ArrayRef<PortUse> uses,
                                const Port &port) {
  if (!port || port.isAny)
    return 0;
  int64_t units = 0;
  for (const PortUse &use : uses)
    if (use.port.isAny && use.port.resource == port.resource)
      units += use.units;
  return units;
}

//===----------------------------------------------------------------------===//
// Ports
//===----------------------------------------------------------------------===//

static void addOnce(ResourceInfo port,
                    llvm::SmallVectorImpl<ResourceInfo> &ports) {
  if (llvm::none_of(ports, [&](const ResourceInfo &other) {
        return other.port == port.port;
      }))
    ports.push_back(std::move(port));
}

static ResourceInfo makePort(Operation *user, const ResourceInfo &resource,
                             const std::string &memory) {
  const Port &from = resource.port;
  ResourceInfo made = resource;
  made.isPerMemory = false;
  if (!from) {
    made.port.resource = StringAttr::get(user->getContext(), resource.name);
    made.port.perPart = resource.limit;
  }
  made.limit = made.port.perPart;
  made.port.bank = -1;
  made.name = made.port.resource.str() + "[" + memory + "]";
  return made;
}

void Ports::addBank(Operation *user, const MemoryId &memory,
                    std::optional<int64_t> bank, const ResourceInfo &resource,
                    llvm::SmallVectorImpl<ResourceInfo> &ports) {
  if (!memory.isKnown()) {
    ResourceInfo any = makePort(user, resource, "");
    any.name = any.port.resource.str() + "[?]";
    any.port.memory = Value();
    any.port.global = StringAttr();
    any.port.isAny = true;
    if (std::optional<int64_t> least = memories.leastPorts(user);
        least && (any.limit < 0 || *least < any.limit))
      any.limit = *least;
    return addOnce(std::move(any), ports);
  }
  const MemoryFacts &facts = memories.factsOf(memory, user);
  ResourceInfo port = makePort(user, resource, memories.nameOf(memory));
  port.port.memory = memory.value;
  port.port.global = memory.global;
  if (facts.ports)
    port.limit = *facts.ports;
  // Registers have as many ports as are wanted.
  bool isComplete = facts.banks && facts.banks->kind == Banks::Kind::Complete;
  if (isComplete)
    port.limit = -1;
  if (!facts.banks || isComplete)
    return addOnce(std::move(port), ports);
  for (int64_t k = 0; k < facts.banks->count; ++k) {
    if (bank.value_or(k) != k)
      continue;
    ResourceInfo one = port;
    one.port.bank = static_cast<int32_t>(k);
    one.name += "[" + std::to_string(k) + "]";
    addOnce(std::move(one), ports);
  }
}

void Ports::add(Operation *op, Value address, const ResourceInfo &resource,
                llvm::SmallVectorImpl<ResourceInfo> &ports) {
  if (!address || !isAddress(address))
    return addBank(op, {}, std::nullopt, resource, ports);
  for (const MemoryId &memory : memories.of(address)) {
    std::optional<int64_t> bank;
    if (memory.isKnown())
      if (auto &banks = memories.factsOf(memory, op).banks;
          banks && banks->kind != Banks::Kind::Complete)
        bank = banksOf.of(*banks, memory, {op, address});
    addBank(op, memory, bank, resource, ports);
  }
}

LogicalResult Ports::find(Operation *op, const ResourceInfo &resource,
                          llvm::SmallVectorImpl<ResourceInfo> &ports) {
  llvm::SmallVector<Value> addresses = addressesOf(op);
  if (addresses.empty())
    return emitError(op->getLoc())
           << "uses @" << resource.name
           << ", which is per(memory), but accesses none";
  for (Value address : addresses)
    add(op, address, resource, ports);
  return success();
}

void Ports::findInCaller(Operation *call, const ResourceInfo &used,
                         llvm::SmallVectorImpl<ResourceInfo> &ports) {
  const Port &port = used.port;
  if (!port || port.isAny || port.global)
    return addOnce(used, ports);
  auto argument = dyn_cast<BlockArgument>(port.memory);
  OperandRange operands = cast<CallOpInterface>(call).getArgOperands();
  // What it allocates nobody else sees while it runs.
  if (!argument || argument.getArgNumber() >= operands.size())
    return;
  Value operand = operands[argument.getArgNumber()];
  for (const MemoryId &memory : memories.of(operand)) {
    // Banks are the same where they are declared so of the whole memory.
    std::optional<int64_t> bank;
    if (port.bank >= 0 && memory.value == operand &&
        memories.factsOf(memory, call).banks ==
            memories.factsOf({port.memory, {}}, call).banks)
      bank = port.bank;
    addBank(call, memory, bank, used, ports);
  }
}

//===----------------------------------------------------------------------===//
// FIFOs
//===----------------------------------------------------------------------===//

void Ports::addFifoEdges(Scope &scope) {
  std::vector<std::pair<MemoryId, std::vector<int32_t>>> fifos;
  std::vector<int32_t> anywhere;
  for (auto [i, op] : llvm::enumerate(scope.nodes)) {
    if (isMemoryEffectFree(op) || scope.isJoin(op))
      continue;
    auto node = static_cast<int32_t>(i);
    for (Value address : addressesOf(op)) {
      if (!address || !isAddress(address)) {
        anywhere.push_back(node);
        continue;
      }
      for (const MemoryId &memory : memories.of(address)) {
        if (!memory.isKnown())
          anywhere.push_back(node);
        else if (memories.factsOf(memory, op).isFifo) {
          auto same = llvm::find_if(
              fifos, [&](const auto &f) { return f.first == memory; });
          if (same == fifos.end())
            same = fifos.insert(same, {memory, {}});
          same->second.push_back(node);
        }
      }
    }
  }
  auto connect = [&](int32_t from, int32_t to, int32_t distance) {
    int32_t latency = scope.problem.latency[from];
    bool isAccess = !mayHaveInside(scope.nodes[from]);
    scope.problem.addEdge(from, to, distance, isAccess ? 1 - latency : 0, 0,
                          /*carriesValue=*/false);
  };
  for (auto &[memory, accesses] : fifos) {
    llvm::append_range(accesses, anywhere);
    llvm::sort(accesses);
    accesses.erase(llvm::unique(accesses), accesses.end());
    for (size_t k = 1; k < accesses.size(); ++k)
      connect(accesses[k - 1], accesses[k], 0);
    if (scope.isLoop)
      connect(accesses.back(), accesses.front(), 1);
  }
}
