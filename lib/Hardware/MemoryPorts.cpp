//===- MemoryPorts.cpp - Loads and stores at ports ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// Each memory has words as wide as its widest access. Accesses that never fall
/// into one cycle share a port.
///
//===----------------------------------------------------------------------===//

#include "FunctionHardware.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

MemoryPlan::Port &
FunctionHardware::portFor(std::vector<MemoryPlan::Port> &ports, const OpPlan &p,
                          int64_t cycle) {
  std::pair<const ScopePlan *, int64_t> slot{p.scope, cycle % p.scope->ii};
  for (MemoryPlan::Port &port : ports)
    if (port.taken.insert(slot).second)
      return port;
  ports.emplace_back();
  ports.back().taken.insert(slot);
  return ports.back();
}

LogicalResult FunctionHardware::buildAccess(Operation *op, OpPlan &p) {
  auto store = dyn_cast<LLVM::StoreOp>(op);
  Value pointer = store ? store.getAddr() : cast<LLVM::LoadOp>(op).getAddr();
  Expr address = read(pointer, *p.scope, {p.start});
  Expr data = store ? read(store.getValue(), *p.scope, {p.start}) : kNoExpr;
  if (failed_)
    return failure();
  if (p.latency < 1)
    return refuse(op) << "an access of latency 0";
  if (!llvm::isa<BlockArgument>(pointer) && !constantOf(pointer))
    address = n.wire("address", address);
  llvm::SmallVector<MemoryPlan *> places = memoriesOf(pointer);
  bool several = places.size() > 1;
  Expr result = kNoExpr;
  for (MemoryPlan *m : places) {
    if (store) {
      buildStore(op, p, *m, address, data, several);
      continue;
    }
    Expr value = buildLoad(op, p, *m, address, several);
    if (result == kNoExpr) {
      result = value;
      continue;
    }
    Expr isHere = n.equals(n.extract(address, 32, 32), m->tag);
    auto inner = static_cast<unsigned>(p.latency - 1);
    result = n.mux(n.delayed("is_" + m->name, isHere, inner), value, result);
  }
  if (!store)
    n.drive(p.result, result);
  return success();
}

/// The address of the word.
static Expr wordOf(Netlist &n, const MemoryPlan &m, Expr address) {
  unsigned low = llvm::Log2_32(m.wordBytes);
  return n.extract(address, low, 32 - low);
}

/// Which bytes of the word: the low bits of the address; kNoExpr if all.
static Expr byteOf(Netlist &n, const MemoryPlan &m, Expr address,
                   unsigned bytes) {
  if (bytes == m.wordBytes)
    return kNoExpr;
  return n.extract(address, 0, llvm::Log2_32(m.wordBytes));
}

/// Shifted by so many bytes.
static Expr byBytes(Netlist &n, ExprKind kind, Expr word, Expr byte,
                    unsigned bitsEach) {
  unsigned w = n.width(word);
  if (w == 1)
    return word;
  Expr by =
      n.binary(ExprKind::Shl, n.zeroExtend(byte, std::max(w, n.width(byte))),
               n.constant(std::max(w, n.width(byte)), llvm::Log2_32(bitsEach)));
  return n.binary(kind, word, n.extract(by, 0, w));
}

/// Whether an access takes place in the current cycle.
Expr FunctionHardware::accessEnable(Operation *op, const OpPlan &p) {
  ScopePlan &s = *p.scope;
  if (!s.isLoop)
    return inCycle(s, p.start);
  return n.both(takesPlace(s, p.start), guard(s, op->getBlock(), p.start));
}

Expr FunctionHardware::buildLoad(Operation *op, OpPlan &p, MemoryPlan &m,
                                 Expr address, bool several) {
  unsigned width = hardwareWidth(op->getResult(0).getType());
  MemoryPlan::Port &port = portFor(m.reads, p, p.start);
  unsigned bits = 8 * m.wordBytes;
  if (port.data == kNoExpr)
    port.data =
        n.signal(m.name + "_read" + std::to_string(m.reads.size() - 1), bits);
  Expr enable = accessEnable(op, p);
  if (several)
    enable = n.both(enable, n.equals(n.extract(address, 32, 32), m.tag));
  port.accesses.push_back({op, enable, wordOf(n, m, address)});
  int64_t there = m.readsAhead ? 0 : 1;
  Expr word = n.delayed("read", port.data,
                        static_cast<unsigned>(p.latency - 1 - there));
  Expr byte = byteOf(n, m, address, width / 8);
  if (byte == kNoExpr)
    return word;
  byte = n.delayed("byte", byte, static_cast<unsigned>(p.latency - 1));
  return n.extract(byBytes(n, ExprKind::LShr, word, byte, 8), 0, width);
}

void FunctionHardware::buildStore(Operation *op, OpPlan &p, MemoryPlan &m,
                                  Expr address, Expr data, bool several) {
  unsigned bytes = n.width(data) / 8;
  Expr enable = accessEnable(op, p);
  if (several)
    enable = n.both(enable, n.equals(n.extract(address, 32, 32), m.tag));
  Expr word = n.zeroExtend(data, 8 * m.wordBytes);
  Expr mask = n.constant(llvm::APInt::getLowBitsSet(m.wordBytes, bytes));
  if (Expr byte = byteOf(n, m, address, bytes); byte != kNoExpr) {
    word = byBytes(n, ExprKind::Shl, word, byte, 8);
    mask = byBytes(n, ExprKind::Shl, mask, byte, 1);
  }
  auto inner = static_cast<unsigned>(p.latency - 1);
  auto then = [&](llvm::StringRef name, Expr e) {
    return n.delayed(name, e, inner);
  };
  // What is on its way as control leaves is due.
  if (inner > 0) {
    size_t before = n.registers.size();
    enable = then("writes", enable);
    for (size_t k = before; k < n.registers.size(); ++k)
      n.registers[k].reset = llvm::APInt(1, 0);
  }
  MemoryPlan::Port &port = portFor(m.writes, p, p.start + p.latency - 1);
  port.accesses.push_back({op, enable, then("to", wordOf(n, m, address)),
                           then("data", word), then("mask", mask)});
}

//===----------------------------------------------------------------------===//
// Ports
//===----------------------------------------------------------------------===//

Expr FunctionHardware::portEnable(const MemoryPlan::Port &port) {
  Expr any = n.bit(false);
  for (const MemoryPlan::Access &a : port.accesses)
    any = n.either(any, a.enable);
  return any;
}

Expr FunctionHardware::portMux(const MemoryPlan::Port &port,
                               Expr MemoryPlan::Access::*what) {
  Expr value = kNoExpr;
  for (const MemoryPlan::Access &a : llvm::reverse(port.accesses))
    value = value == kNoExpr ? a.*what : n.mux(a.enable, a.*what, value);
  return value;
}

/// The memory is the caller's: its ports are ports of the module.
void FunctionHardware::finishExternal(MemoryPlan &m) {
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

void FunctionHardware::finishInternal(MemoryPlan &m) {
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

void FunctionHardware::finishMemories() {
  for (const auto &m : memoryPlans)
    m->isExternal ? finishExternal(*m) : finishInternal(*m);
}
