//===- IntegerProgramTest.cpp - Columns and rows --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/IntegerProgram.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

TEST(IntegerProgram, RowsJoinColumnsAndConstants) {
  IntegerProgram p;
  int32_t a = p.addColumn(0, 1, 2), b = p.addColumn(0, 5, 0);
  p.addRow({{{b, 1}, {a, 2}, {b, 3}, {a, -2}}, 10}, 12, 20);
  ASSERT_EQ(p.numRows(), 1);
  ASSERT_EQ(p.entries.size(), 1u);
  EXPECT_EQ(p.entries[0], (std::pair<int32_t, double>(b, 4)));
  EXPECT_EQ(p.rowLeast[0], 2);
  EXPECT_EQ(p.rowMost[0], 10);
  p.addPrice(a, 3);
  EXPECT_EQ(p.price[a], 5);
}

} // namespace
