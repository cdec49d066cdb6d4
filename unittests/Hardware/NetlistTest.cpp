//===- NetlistTest.cpp - Expressions are folded as they compute -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/Netlist.h"

#include <gtest/gtest.h>

#include <random>

using namespace gaus::hardware;
using llvm::APInt;

namespace {

/// What an expression is worth where signals have values.
APInt evaluate(const Netlist &n, Expr e, const std::map<Expr, APInt> &signals) {
  const Expression &x = n.expressions[e];
  auto at = [&](unsigned k) { return evaluate(n, x.operands[k], signals); };
  auto flag = [](bool is) { return APInt(1, is); };
  switch (x.kind) {
  case ExprKind::Constant:
    return x.value;
  case ExprKind::Signal: {
    auto driver = n.drivers.find(e);
    return driver == n.drivers.end() ? signals.at(e)
                                     : evaluate(n, driver->second, signals);
  }
  case ExprKind::Not:
    return ~at(0);
  case ExprKind::And:
    return at(0) & at(1);
  case ExprKind::Or:
    return at(0) | at(1);
  case ExprKind::Xor:
    return at(0) ^ at(1);
  case ExprKind::Add:
    return at(0) + at(1);
  case ExprKind::Sub:
    return at(0) - at(1);
  case ExprKind::Mul:
    return at(0) * at(1);
  case ExprKind::Shl:
    return at(0).shl(at(1));
  case ExprKind::LShr:
    return at(0).lshr(at(1));
  case ExprKind::AShr:
    return at(0).ashr(at(1));
  case ExprKind::Eq:
    return flag(at(0) == at(1));
  case ExprKind::Ne:
    return flag(at(0) != at(1));
  case ExprKind::ULt:
    return flag(at(0).ult(at(1)));
  case ExprKind::ULe:
    return flag(at(0).ule(at(1)));
  case ExprKind::SLt:
    return flag(at(0).slt(at(1)));
  case ExprKind::SLe:
    return flag(at(0).sle(at(1)));
  case ExprKind::Mux:
    return at(0).isOne() ? at(1) : at(2);
  case ExprKind::Concat:
    return at(0).concat(at(1));
  case ExprKind::Extract:
    return at(0).extractBits(x.width, x.low);
  default:
    ADD_FAILURE() << "a kind that is not made here";
    return APInt(1, 0);
  }
}

/// The same operations on numbers: what folding must not change.
APInt direct(ExprKind kind, const APInt &a, const APInt &b) {
  Netlist n("direct");
  Expr x = n.signal("x", a.getBitWidth()), y = n.signal("y", b.getBitWidth());
  return evaluate(n, n.binary(kind, x, y), {{x, a}, {y, b}});
}

TEST(Netlist, FoldsAsItComputes) {
  constexpr ExprKind kKinds[] = {ExprKind::And, ExprKind::Or,   ExprKind::Xor,
                                 ExprKind::Add, ExprKind::Sub,  ExprKind::Mul,
                                 ExprKind::Shl, ExprKind::LShr, ExprKind::AShr,
                                 ExprKind::Eq,  ExprKind::Ne,   ExprKind::ULt,
                                 ExprKind::ULe, ExprKind::SLt,  ExprKind::SLe};
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    unsigned width = 1 + random() % 70;
    auto number = [&] {
      switch (random() % 4) {
      case 0:
        return APInt(width, 0);
      case 1:
        return APInt::getAllOnes(width);
      case 2:
        return APInt(width, random() % 4, false, true);
      default:
        return APInt(width, random(), false, true);
      }
    };
    APInt a = number(), b = number();
    ExprKind kind = kKinds[random() % std::size(kKinds)];
    Netlist n("folded");
    Expr signal = n.signal("s", width);
    Expr x = random() % 2 ? n.constant(a) : signal;
    Expr y = random() % 2 ? n.constant(b) : n.invert(n.constant(~b));
    Expr result = n.binary(kind, x, y);
    EXPECT_EQ(evaluate(n, result, {{signal, a}}), direct(kind, a, b))
        << static_cast<int>(kind) << " of " << width << " bits";
  }
}

TEST(Netlist, WidensAndNarrows) {
  Netlist n("wide");
  Expr s = n.signal("s", 8);
  std::map<Expr, APInt> values{{s, APInt(8, 0x9c)}};
  EXPECT_EQ(evaluate(n, n.signExtend(s, 12), values), APInt(12, 0xf9c));
  EXPECT_EQ(evaluate(n, n.zeroExtend(s, 12), values), APInt(12, 0x09c));
  EXPECT_EQ(evaluate(n, n.resize(s, 3), values), APInt(3, 4));
  EXPECT_EQ(evaluate(n, n.extract(n.invert(s), 4, 4), values), APInt(4, 6));
  Expr chosen = n.mux(n.equals(s, 0x9c), n.constant(4, 5), n.constant(4, 6));
  EXPECT_EQ(evaluate(n, chosen, values), APInt(4, 5));
}

TEST(Netlist, EqualExpressionsAreOne) {
  Netlist n("same");
  Expr a = n.signal("a", 4), b = n.signal("b", 4);
  EXPECT_EQ(n.binary(ExprKind::Add, a, b), n.binary(ExprKind::Add, a, b));
  EXPECT_EQ(n.constant(4, 3), n.constant(4, 3));
  EXPECT_NE(n.constant(4, 3), n.constant(5, 3));
  EXPECT_EQ(n.invert(n.invert(a)), a);
  EXPECT_EQ(n.mux(n.equals(a, 1), b, b), b);
}

TEST(Netlist, NamesAreTheirOwn) {
  Netlist n("names");
  EXPECT_EQ(n.freshName("add"), "add");
  EXPECT_NE(n.freshName("add"), "add");
  EXPECT_EQ(n.freshName("wire"), "wire_");
  EXPECT_EQ(n.freshName("tri"), "tri_");
  EXPECT_EQ(n.freshName("within"), "within_");
  EXPECT_EQ(n.freshName("mem"), "mem_");
  EXPECT_EQ(n.freshName("3.x"), "v3_x");
  EXPECT_EQ(n.freshName(""), "v");
}

TEST(Netlist, ReachesWhatOutputsNeed) {
  Netlist n("reached");
  n.clock = n.input("clk", 1);
  Expr in = n.input("in", 8), out = n.output("out", 8);
  Expr kept = n.delayed("kept", in, 2);
  n.delayed("unread", in, 1);
  n.drive(out, kept);
  Reached reached(n);
  EXPECT_EQ(reached.registers, (std::vector<bool>{true, true, false}));
  EXPECT_TRUE(reached.expressions[in]);
}

TEST(Netlist, KnowsTheNextCycle) {
  Netlist n("ahead");
  Expr in = n.signal("in", 8), on = n.signal("on", 1);
  NetlistRegister &r = n.addRegister("r", 8);
  r.next = in;
  r.enable = on;
  Expr kept = n.registers[0].signal;
  Expr wire = n.wire("wire", n.binary(ExprKind::Xor, kept, n.constant(8, 3)));
  Expr sum = n.binary(ExprKind::Add, n.extract(wire, 0, 4), n.constant(4, 1));
  Expr next = n.ahead(sum);
  EXPECT_EQ(n.ahead(n.constant(4, 2)), n.constant(4, 2));
  EXPECT_EQ(n.finish(), gaus::hardware::kNoExpr);
  EXPECT_EQ(
      evaluate(n, next,
               {{in, APInt(8, 5)}, {on, APInt(1, 1)}, {kept, APInt(8, 0)}}),
      APInt(4, 7));
  EXPECT_EQ(
      evaluate(n, next,
               {{in, APInt(8, 5)}, {on, APInt(1, 0)}, {kept, APInt(8, 0)}}),
      APInt(4, 4));
}

TEST(Netlist, HeldRegistersStay) {
  Netlist n("held");
  Expr in = n.signal("in", 8), hold = n.signal("hold", 1);
  n.delayed("free", in, 1);
  n.hold = hold;
  n.delayed("held", in, 1);
  EXPECT_EQ(n.finish(), gaus::hardware::kNoExpr);
  EXPECT_TRUE(n.isConstant(n.registers[0].enable, 1));
  EXPECT_EQ(n.registers[1].enable, n.invert(hold));
}

TEST(Netlist, SaysWhatIsNotKnownAhead) {
  Netlist n("unknown");
  Expr in = n.signal("in", 8);
  n.ahead(n.binary(ExprKind::Add, in, n.constant(8, 1)));
  EXPECT_EQ(n.finish(), in);
}

} // namespace
