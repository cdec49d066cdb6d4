//===- VerilogTest.cpp - How a netlist is written -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Hardware/Verilog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace gaus::hardware;
using testing::HasSubstr;
using testing::Not;

namespace {

/// A module with the ports that all have.
Netlist module() {
  Netlist n("m");
  n.clock = n.input("clk", 1);
  n.reset = n.input("rst", 1);
  n.stall = n.input("stall", 1);
  return n;
}

std::string printed(const Netlist &n) {
  std::string text;
  llvm::raw_string_ostream out(text);
  printVerilog(n, out);
  return text;
}

TEST(Verilog, SignsStayWithinTheirOperation) {
  Netlist n = module();
  Expr a = n.input("a", 8), b = n.input("b", 8);
  Expr shifted = n.binary(ExprKind::AShr, a, n.constant(8, 2));
  n.drive(n.output("y", 8), n.binary(ExprKind::Add, shifted, b));
  n.drive(n.output("less", 1), n.binary(ExprKind::SLt, a, b));
  EXPECT_THAT(printed(n),
              HasSubstr("assign y = ($unsigned($signed(a) >>> 8'h2) + b);"));
  EXPECT_THAT(printed(n),
              HasSubstr("assign less = ($signed(a) < $signed(b));"));
}

TEST(Verilog, WhatIsUsedTwiceHasAName) {
  Netlist n = module();
  Expr a = n.input("a", 8), b = n.input("b", 8);
  Expr sum = n.binary(ExprKind::Add, a, b);
  n.drive(n.output("y", 8), n.binary(ExprKind::Mul, sum, sum));
  std::string text = printed(n);
  EXPECT_THAT(text, HasSubstr("_ = (a + b);"));
  EXPECT_THAT(text, Not(HasSubstr("((a + b)")));
}

TEST(Verilog, RegistersStallAndReset) {
  Netlist n = module();
  Expr a = n.input("a", 4), y = n.output("y", 4);
  NetlistRegister &r = n.addRegister("kept", 4);
  r.next = a;
  r.enable = n.bit(true);
  r.reset = llvm::APInt(4, 9);
  n.drive(y, r.signal);
  std::string text = printed(n);
  EXPECT_THAT(text, HasSubstr("    if (~stall) begin\n      kept <= a;\n"));
  EXPECT_THAT(text, HasSubstr("    if (rst) begin\n      kept <= 4'h9;\n"));
}

TEST(Verilog, WhatIsFreeStallsForNothing) {
  Netlist n = module();
  Expr a = n.input("a", 4), on = n.input("on", 1), y = n.output("y", 4);
  Expr kept = n.signal("kept", 4);
  n.hold = n.input("held", 1);
  n.keepFree(kept, a, on, llvm::APInt(4, 9));
  n.finish();
  n.drive(y, kept);
  std::string text = printed(n);
  EXPECT_THAT(text, HasSubstr("    if (~stall) begin\n    end\n"
                              "    if (on) kept <= a;\n    if (rst) begin\n"
                              "      kept <= 4'h9;\n"));
}

TEST(Verilog, MemoriesWriteBytes) {
  Netlist n = module();
  Expr at = n.input("at", 2), data = n.input("data", 16);
  Expr mask = n.input("mask", 2), word = n.signal("word", 16);
  NetlistMemory m{"table_words", 16, 3, false, {}, {}, {}};
  m.content = {llvm::APInt(16, 1), llvm::APInt(16, 2), llvm::APInt(16, 3)};
  m.reads.push_back({n.bit(true), at, word});
  m.writes.push_back({n.bit(true), at, data, mask});
  n.memories.push_back(m);
  n.drive(n.output("y", 16), word);
  std::string text = printed(n);
  EXPECT_THAT(text, HasSubstr("reg [15:0] table_words [0:2];"));
  EXPECT_THAT(text, HasSubstr("table_words[2] = 16'h3;"));
  EXPECT_THAT(text, HasSubstr("if (mask[1]) table_words[at][15:8] <= "
                              "data[15:8];"));
}

} // namespace
