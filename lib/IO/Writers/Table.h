//===- Table.h - Tables for people ------------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_IO_WRITERS_TABLE_H
#define GAUS_LIB_IO_WRITERS_TABLE_H

#include <algorithm>
#include <string>
#include <vector>

namespace gaus::io {

using TableRows = std::vector<std::vector<std::string>>;

/// Columns as wide as their widest cell, two blanks apart; those that are
/// `right` have numbers. Every row has a cell a column.
inline std::string table(const TableRows &rows,
                         const std::vector<bool> &right) {
  std::vector<size_t> width(right.size(), 0);
  for (const auto &row : rows)
    for (size_t c = 0; c < row.size(); ++c)
      width[c] = std::max(width[c], row[c].size());
  std::string out;
  for (const auto &row : rows) {
    std::string line;
    for (size_t c = 0; c < row.size(); ++c) {
      std::string pad(width[c] - row[c].size(), ' ');
      line += (c ? "  " : "") + (right[c] ? pad + row[c] : row[c] + pad);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

} // namespace gaus::io

#endif // GAUS_LIB_IO_WRITERS_TABLE_H
