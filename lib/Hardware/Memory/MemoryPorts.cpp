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

#include "gaus/Dialect/GausNames.h"

#include "mlir/Dialect/LLVMIR/LLVMDialect.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace gaus::ir;

LogicalResult FunctionHardware::buildAccess(Operation *op, OpPlan &p) {
  ElementAccess access = *accessOf(op);
  Value pointer = access.base;
  bool store = static_cast<bool>(access.stored);
  Expr address = addressOf(op, access, p);
  Expr data = store ? read(access.stored, *p.scope, {p.start}) : kNoExpr;
  if (failed_)
    return failure();
  if (p.latency < 1)
    return refuse(op) << "an access of latency 0";
  if (!n.isConstant(address))
    address = n.wire("address", address);
  llvm::SmallVector<MemoryPlan *> places = memories.of(pointer);
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
  unsigned bytes = bytesOf(op->getResult(0).getType());
  MemoryPlan::Port &port =
      memories.portFor(m.reads, *p.scope, p.start, op->getAttr(kAlternative));
  unsigned bits = 8 * m.wordBytes;
  if (port.data == kNoExpr)
    port.data =
        n.signal(m.name + "_read" + std::to_string(m.reads.size() - 1), bits);
  Expr enable = accessEnable(op, p);
  if (several)
    enable = n.both(enable, n.equals(n.extract(address, 32, 32), m.tag));
  // What waits and begins in this cycle, too, may write there.
  enable = beforeHeld(enable);
  port.accesses.push_back({op, enable, wordOf(n, m, address)});
  int64_t there = m.readsAhead ? 0 : 1;
  Expr word = n.delayed("read", readData(port, enable, there == 0),
                        static_cast<unsigned>(p.latency - 1 - there));
  Expr byte = byteOf(n, m, address, bytes);
  if (byte == kNoExpr)
    return n.extract(word, 0, width);
  byte = n.delayed("byte", byte, static_cast<unsigned>(p.latency - 1));
  return n.extract(byBytes(n, ExprKind::LShr, word, byte, 8), 0, width);
}

/// What was read in the cycle before, or in this one (`now`). A cycle in which
/// the function is held takes several of the clock's, and others may read at
/// the same port then: what is read in the first of them, `enable`, is there
/// for as long as the cycle after takes, if not `now`, and what the cycle
/// before has read as long as this one does.
Expr FunctionHardware::readData(const MemoryPlan::Port &port, Expr enable,
                                bool now) {
  if (hold_ == kNoExpr)
    return port.data;
  unsigned width = n.width(port.data);
  n.hold = kNoExpr;
  Expr data = port.data;
  if (!now) {
    Expr arrived = n.signal("arrived", 1), early = n.signal("early", width);
    n.keep(arrived, enable, n.bit(true));
    n.keep(early, port.data, n.both(arrived, wasHeld_));
    data = n.mux(arrived, port.data, early);
  }
  Expr kept = n.signal("kept", width);
  n.keep(kept, data, n.invert(wasHeld_));
  n.hold = hold_;
  return n.mux(wasHeld_, kept, data);
}

void FunctionHardware::buildStore(Operation *op, OpPlan &p, MemoryPlan &m,
                                  Expr address, Expr data, bool several) {
  unsigned bytes = bytesOf(accessOf(op)->type);
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
  MemoryPlan::Port &port = memories.portFor(
      m.writes, *p.scope, p.start + p.latency - 1, op->getAttr(kAlternative));
  port.accesses.push_back({op, unlessHeld(enable),
                           then("to", wordOf(n, m, address)),
                           then("data", word), then("mask", mask)});
}
