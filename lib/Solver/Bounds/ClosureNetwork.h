//===- ClosureNetwork.h - Least cost of starts by minimum cuts --*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Minimises a sum of costs, one a row and cycle, over integer cycles of rows
/// under differences "b >= a + gap". A variable "row >= t" is a node of a
/// minimum closure (Picard, 1976; Moehring et al., 2003), found by Boost's
/// augmenting paths. Calls with other costs go on from the flow of the call
/// before: what changes is only what the costs changed.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_CLOSURENETWORK_H
#define GAUS_LIB_SOLVER_BOUNDS_CLOSURENETWORK_H

#include "gaus/Core/Stop.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace gaus {

class MaximumFlow;

class ClosureNetwork {
public:
  ClosureNetwork();
  ~ClosureNetwork();
  ClosureNetwork(const ClosureNetwork &) = delete;
  ClosureNetwork &operator=(const ClosureNetwork &) = delete;

  /// A row with the cycles first .. last; returns its index.
  int32_t addRow(int32_t first, int32_t last);
  /// Cycle of row `b` >= cycle of row `a` + gap. Before the first `minimise`.
  void addDifference(int32_t a, int32_t b, int32_t gap);

  int32_t numRows() const { return static_cast<int32_t>(rows.size()); }
  int32_t first(int32_t row) const { return rows[row].first; }
  int32_t last(int32_t row) const { return rows[row].last; }
  /// Variables of all rows: last - first each.
  int64_t numVariables() const { return variables; }
  /// Arcs that the differences make, without making them: what a call costs.
  int64_t numArcs() const { return arcCount + 2 * variables; }

  /// The least sum of cost[cell(r, cycle of r)] over all rows r; `cost` has
  /// numVariables() + numRows() entries. The sum of the absolute values of all
  /// entries stays below 2^54. `work` falls by the number of arcs that were
  /// looked at; where it would fall below 0, or `stop` becomes true, or this
  /// build has no library for cuts, there is no result.
  std::optional<int64_t> minimise(std::span<const int64_t> cost, int64_t &work,
                                  const Stop &stop);
  /// The same with as much work as it takes.
  int64_t minimise(std::span<const int64_t> cost);
  /// Place of a row's first cycle in `cost`; its other cycles follow.
  int64_t cell(int32_t row) const { return rows[row].begin + int64_t(row); }
  /// A cycle of each row that gives the least sum.
  const std::vector<int32_t> &cycles() const { return chosen; }

private:
  struct Row {
    int32_t first, last;
    int64_t begin; ///< index of the variable "row >= first + 1"
  };
  struct Difference {
    int32_t a, b, gap;
  };
  void build();
  int64_t changeWeights(std::span<const int64_t> cost);
  void forget();
  void readCycles();

  std::vector<Row> rows;
  std::vector<Difference> differences;
  int64_t variables = 0, arcCount = 0;
  std::vector<int64_t> weight; ///< by variable, of the call before
  int64_t constant = 0;        ///< what the flow so far has taken out
  int32_t calls = 0;           ///< since the flow was zero
  std::vector<int32_t> chosen;
  std::unique_ptr<MaximumFlow> flow;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_CLOSURENETWORK_H
