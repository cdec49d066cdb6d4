//===- Netlist.cpp - Hardware as registers and expressions ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/Netlist.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace gaus::hardware;
using llvm::APInt;

//===----------------------------------------------------------------------===//
// Leaves
//===----------------------------------------------------------------------===//

Expr Netlist::add(Expression e) {
  expressions.push_back(std::move(e));
  return static_cast<Expr>(expressions.size() - 1);
}

Expr Netlist::intern(ExprKind kind, unsigned width,
                     llvm::ArrayRef<Expr> operands, unsigned low) {
  auto [at, fresh] = known.try_emplace(
      {kind, width, low, std::vector<Expr>(operands.begin(), operands.end())},
      kNoExpr);
  if (fresh) {
    Expression e{kind, width};
    e.operands.assign(operands.begin(), operands.end());
    e.low = low;
    at->second = add(std::move(e));
  }
  return at->second;
}

Expr Netlist::constant(const APInt &value) {
  auto [at, fresh] = constants.try_emplace(
      {value.getBitWidth(), llvm::toString(value, 16, false)}, kNoExpr);
  if (fresh) {
    Expression e{ExprKind::Constant, value.getBitWidth()};
    e.value = value;
    at->second = add(std::move(e));
  }
  return at->second;
}

Expr Netlist::signal(llvm::StringRef wanted, unsigned width) {
  Expression e{ExprKind::Signal, width};
  e.name = static_cast<uint32_t>(signalNames.size());
  signalNames.push_back(freshName(wanted));
  return add(std::move(e));
}

Expr Netlist::input(llvm::StringRef wanted, unsigned width) {
  Expr e = signal(wanted, width);
  ports.push_back({e, true});
  return e;
}

Expr Netlist::output(llvm::StringRef wanted, unsigned width) {
  Expr e = signal(wanted, width);
  ports.push_back({e, false});
  return e;
}

Expr Netlist::wire(llvm::StringRef wanted, Expr by) {
  if (expressions[by].kind == ExprKind::Constant ||
      expressions[by].kind == ExprKind::Signal)
    return by;
  Expr e = signal(wanted, width(by));
  drive(e, by);
  return e;
}

NetlistRegister &Netlist::addRegister(llvm::StringRef wanted, unsigned width) {
  NetlistRegister r;
  r.signal = signal(wanted, width);
  r.hold = hold;
  registers.push_back(std::move(r));
  return registers.back();
}

Expr Netlist::delayed(llvm::StringRef wanted, Expr value, unsigned cycles) {
  for (unsigned k = 0; k < cycles; ++k) {
    NetlistRegister &r = addRegister(wanted, width(value));
    r.next = value;
    r.enable = bit(true);
    value = r.signal;
  }
  return value;
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

static bool isComparison(ExprKind kind) {
  return kind >= ExprKind::Eq && kind <= ExprKind::SLe;
}

std::optional<APInt> Netlist::compute(ExprKind kind, const APInt &a,
                                      const APInt &b) const {
  auto flag = [](bool is) { return APInt(1, is); };
  switch (kind) {
  case ExprKind::And:
    return a & b;
  case ExprKind::Or:
    return a | b;
  case ExprKind::Xor:
    return a ^ b;
  case ExprKind::Add:
    return a + b;
  case ExprKind::Sub:
    return a - b;
  case ExprKind::Mul:
    return a * b;
  case ExprKind::Shl:
    return a.shl(b);
  case ExprKind::LShr:
    return a.lshr(b);
  case ExprKind::AShr:
    return a.ashr(b);
  case ExprKind::Eq:
    return flag(a == b);
  case ExprKind::Ne:
    return flag(a != b);
  case ExprKind::ULt:
    return flag(a.ult(b));
  case ExprKind::ULe:
    return flag(a.ule(b));
  case ExprKind::SLt:
    return flag(a.slt(b));
  case ExprKind::SLe:
    return flag(a.sle(b));
  default:
    return std::nullopt;
  }
}

std::optional<Expr> Netlist::fold(ExprKind kind, Expr a, Expr b) {
  if (isConstant(a) && isConstant(b))
    if (auto value = compute(kind, expressions[a].value, expressions[b].value))
      return constant(*value);
  for (auto [x, y] : {std::pair(a, b), std::pair(b, a)}) {
    if (!isConstant(x))
      continue;
    const APInt value = expressions[x].value;
    if (kind == ExprKind::And && value.isZero())
      return x;
    if (kind == ExprKind::And && value.isAllOnes())
      return y;
    if (kind == ExprKind::Or && value.isZero())
      return y;
    if (kind == ExprKind::Or && value.isAllOnes())
      return x;
    if ((kind == ExprKind::Add || kind == ExprKind::Xor) && value.isZero())
      return y;
  }
  bool zeroSecond = isConstant(b) && expressions[b].value.isZero();
  if (zeroSecond && (kind == ExprKind::Sub || kind == ExprKind::Shl ||
                     kind == ExprKind::LShr || kind == ExprKind::AShr))
    return a;
  if (a == b && (kind == ExprKind::And || kind == ExprKind::Or))
    return a;
  return std::nullopt;
}

Expr Netlist::binary(ExprKind kind, Expr a, Expr b) {
  assert(width(a) == width(b) && "operands of one width");
  if (auto folded = fold(kind, a, b))
    return *folded;
  unsigned w = isComparison(kind) ? 1 : width(a);
  return intern(kind, w, {a, b});
}

Expr Netlist::invert(Expr a) {
  if (isConstant(a))
    return constant(~expressions[a].value);
  if (expressions[a].kind == ExprKind::Not)
    return expressions[a].operands[0];
  return intern(ExprKind::Not, width(a), {a});
}

Expr Netlist::mux(Expr condition, Expr ifTrue, Expr ifFalse) {
  assert(width(ifTrue) == width(ifFalse) && "values of one width");
  if (isConstant(condition, 1) || ifTrue == ifFalse)
    return ifTrue;
  if (isConstant(condition, 0))
    return ifFalse;
  return intern(ExprKind::Mux, width(ifTrue), {condition, ifTrue, ifFalse});
}

Expr Netlist::concat(Expr high, Expr low) {
  unsigned w = width(high) + width(low);
  if (isConstant(high) && isConstant(low))
    return constant(expressions[high].value.concat(expressions[low].value));
  return intern(ExprKind::Concat, w, {high, low});
}

Expr Netlist::extract(Expr a, unsigned low, unsigned width) {
  if (low == 0 && width == this->width(a))
    return a;
  if (isConstant(a))
    return constant(expressions[a].value.extractBits(width, low));
  // Only a signal can be indexed: what is wider than need be gets a name.
  if (expressions[a].kind != ExprKind::Signal)
    a = wire("bits", a);
  return intern(ExprKind::Extract, width, {a}, low);
}

Expr Netlist::zeroExtend(Expr a, unsigned width) {
  unsigned w = this->width(a);
  return width == w ? a : concat(constant(width - w, 0), a);
}

Expr Netlist::signExtend(Expr a, unsigned width) {
  unsigned w = this->width(a);
  if (width == w)
    return a;
  Expr sign = extract(a, w - 1, 1);
  Expr high =
      mux(sign, constant(APInt::getAllOnes(width - w)), constant(width - w, 0));
  return concat(high, a);
}

//===----------------------------------------------------------------------===//
// The next cycle
//===----------------------------------------------------------------------===//

Expr Netlist::ahead(Expr e) {
  if (isConstant(e))
    return e;
  if (auto found = aheads.find(e); found != aheads.end())
    return found->second;
  Expression x = expressions[e];
  if (x.kind == ExprKind::Signal) {
    Expr next = signal("next_" + nameOf(e).str(), x.width);
    askedAhead.push_back({e, next});
    return aheads[e] = next;
  }
  llvm::SmallVector<Expr, 3> in;
  for (Expr operand : x.operands)
    in.push_back(ahead(operand));
  Expr made;
  switch (x.kind) {
  case ExprKind::Not:
    made = invert(in[0]);
    break;
  case ExprKind::Mux:
    made = mux(in[0], in[1], in[2]);
    break;
  case ExprKind::Concat:
    made = concat(in[0], in[1]);
    break;
  case ExprKind::Extract:
    made = extract(in[0], x.low, x.width);
    break;
  default:
    made = binary(x.kind, in[0], in[1]);
  }
  return aheads[e] = made;
}

Expr Netlist::finish() {
  std::map<Expr, size_t> registerOf;
  for (auto [k, r] : llvm::enumerate(registers))
    registerOf[r.signal] = k;
  for (size_t k = 0; k < askedAhead.size(); ++k) {
    auto [e, next] = askedAhead[k];
    if (auto at = registerOf.find(e); at != registerOf.end()) {
      const NetlistRegister &r = registers[at->second];
      drive(next, mux(r.enable, r.next, e));
    } else if (auto driver = drivers.find(e); driver != drivers.end()) {
      drive(next, ahead(driver->second));
    } else {
      return e;
    }
  }
  for (NetlistRegister &r : registers)
    if (r.hold != kNoExpr)
      r.enable = both(r.enable, invert(r.hold));
  return kNoExpr;
}

//===----------------------------------------------------------------------===//
// What is reached
//===----------------------------------------------------------------------===//

Reached::Reached(const Netlist &n)
    : expressions(n.expressions.size()), uses(n.expressions.size()),
      registers(n.registers.size()) {
  std::map<Expr, size_t> registerOf, instanceOf, memoryOf;
  for (auto [k, r] : llvm::enumerate(n.registers))
    registerOf[r.signal] = k;
  for (auto [k, i] : llvm::enumerate(n.instances))
    for (const auto &output : i.outputs)
      instanceOf[output.second] = k;
  for (auto [k, m] : llvm::enumerate(n.memories))
    for (const NetlistMemory::Read &read : m.reads)
      memoryOf[read.data] = k;
  std::vector<Expr> work;
  auto need = [&](Expr e) {
    ++uses[e];
    if (!expressions[e]) {
      expressions[e] = true;
      work.push_back(e);
    }
  };
  std::vector<bool> memoriesDone(n.memories.size()),
      instancesDone(n.instances.size());
  for (const NetlistPort &port : n.ports)
    need(port.signal);
  if (n.stall != kNoExpr)
    need(n.stall);
  while (!work.empty()) {
    Expr e = work.back();
    work.pop_back();
    for (Expr operand : n.expressions[e].operands)
      need(operand);
    if (auto driver = n.drivers.find(e); driver != n.drivers.end())
      need(driver->second);
    if (auto at = registerOf.find(e); at != registerOf.end()) {
      registers[at->second] = true;
      need(n.registers[at->second].next);
      need(n.registers[at->second].enable);
    }
    if (auto at = instanceOf.find(e);
        at != instanceOf.end() && !instancesDone[at->second]) {
      instancesDone[at->second] = true;
      for (const auto &input : n.instances[at->second].inputs)
        need(input.second);
      for (const auto &output : n.instances[at->second].outputs)
        need(output.second);
    }
    if (auto at = memoryOf.find(e);
        at != memoryOf.end() && !memoriesDone[at->second]) {
      memoriesDone[at->second] = true;
      for (const NetlistMemory::Read &r : n.memories[at->second].reads)
        for (Expr x : {r.enable, r.address, r.data})
          need(x);
      for (const NetlistMemory::Write &w : n.memories[at->second].writes)
        for (Expr x : {w.enable, w.address, w.data, w.mask})
          need(x);
    }
  }
}
