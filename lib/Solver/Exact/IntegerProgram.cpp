//===- IntegerProgram.cpp - Columns and rows ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/IntegerProgram.h"

#include <algorithm>

using namespace gaus;

int32_t IntegerProgram::addColumn(double columnLeast, double columnMost,
                                  double columnPrice) {
  least.push_back(columnLeast);
  most.push_back(columnMost);
  price.push_back(columnPrice);
  return numColumns() - 1;
}

void IntegerProgram::addRow(const LinearSum &sum, double sumLeast,
                            double sumMost) {
  std::vector<std::pair<int32_t, double>> terms = sum.terms;
  std::sort(terms.begin(), terms.end());
  size_t begin = entries.size();
  for (const auto &[column, factor] : terms) {
    if (entries.size() > begin && entries.back().first == column)
      entries.back().second += factor;
    else
      entries.push_back({column, factor});
    if (entries.back().second == 0)
      entries.pop_back();
  }
  rowLeast.push_back(sumLeast - sum.constant);
  rowMost.push_back(sumMost - sum.constant);
  rowBegin.push_back(static_cast<int32_t>(entries.size()));
}
