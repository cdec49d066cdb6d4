//===- IntegerProgram.h - Columns, rows, and who solves them ----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An integer program, and the one place behind which a library solves it: CBC,
/// or none in a build without it (GAUS_WITH_CBC). Another library is another
/// file with the two functions at the end. Work is counted in nodes of the
/// branching, never in seconds. A library is a source of solutions only: what
/// it proves in floating point is no bound.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_INTEGERPROGRAM_H
#define GAUS_LIB_SOLVER_EXACT_INTEGERPROGRAM_H

#include "gaus/Core/Stop.h"

#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace gaus {

/// A sum of factors times columns, and a constant.
struct LinearSum {
  std::vector<std::pair<int32_t, double>> terms;
  double constant = 0;
};

/// Integer columns within bounds, rows of them, and a price a column: the sum
/// of price times value is to be least.
class IntegerProgram {
public:
  /// A side of a row without a bound.
  static constexpr double kOpen = std::numeric_limits<double>::max();

  int32_t addColumn(double least, double most, double price);
  void addPrice(int32_t column, double more) { price[column] += more; }
  /// least <= sum <= most; equal columns are joined.
  void addRow(const LinearSum &sum, double least, double most);

  int32_t numColumns() const { return static_cast<int32_t>(price.size()); }
  int32_t numRows() const { return static_cast<int32_t>(rowLeast.size()); }

  //===--- What a library reads ------------------------------------------===//
  std::vector<double> least, most, price; ///< by column
  std::vector<double> rowLeast, rowMost;  ///< by row
  /// Columns and factors of the rows, one row after the other; row r has
  /// [rowBegin[r], rowBegin[r + 1]), its columns ascending.
  std::vector<std::pair<int32_t, double>> entries;
  std::vector<int32_t> rowBegin{0};
};

struct ProgramLimits {
  int32_t nodes = 0;     ///< of the branching
  bool thorough = false; ///< cutting planes, presolve and heuristics
  const Stop *stop = nullptr;
};

struct ProgramResult {
  /// By column; empty if no solution was found.
  std::vector<double> values;
  /// The search came to its end: `values` are best, or there are none.
  bool complete = false;
  /// Of the simplex method: the work.
  int64_t iterations = 0;
};

/// Whether this build has a library for integer programs.
bool hasIntegerPrograms();

/// Deterministic but for `stop`. `hint`: a value a column that the search may
/// begin from, or empty. Without a result where the library gives up, and in a
/// build without one.
ProgramResult solveProgram(const IntegerProgram &program,
                           const ProgramLimits &limits,
                           const std::vector<double> &hint = {});

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_INTEGERPROGRAM_H
