//===- SerialSchedule.h - One operation after the other ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Serial schedules under limits, forwards and backwards, and double
/// justification: all operations as late as the length allows, the last one
/// first, and then as early as possible (Valls, Ballestin, Quintanilla,
/// "Justification and RCPSP", EJOR 165, 2005). Of acyclic problems without II.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_SERIALSCHEDULE_H
#define GAUS_LIB_SOLVER_CONSTRUCT_SERIALSCHEDULE_H

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Windows.h"

namespace gaus {

class SerialSchedule {
public:
  /// `most`: cycles of the longest schedule that is made.
  SerialSchedule(const Problem &p, const Windows &windows, int32_t most);

  /// Of the operations whose predecessors are placed always the one of the
  /// least key (ties by node) is placed next, as early as its predecessors and
  /// the limits allow. Empty if that is beyond `most`.
  Starts forward(std::span<const int32_t> keys);
  /// From a legal schedule of no more than `most` cycles: never a longer one.
  Starts justified(std::span<const int32_t> starts);
  /// Cycles and edges that were looked at.
  int64_t worked() const { return work; }

private:
  /// The problem from one side.
  struct Side {
    std::vector<int32_t> begin, to, gap; ///< edges in rows by node
    std::vector<int32_t> waiting;        ///< predecessors of each node
    std::vector<int32_t> release;
  };

  void addEdges(Side &side, bool mirrored) const;
  bool place(const Side &side, std::span<const int32_t> keys);
  bool fits(int32_t node, int32_t cycle, int32_t &next) const;
  void take(int32_t node, int32_t cycle);
  int32_t mirror(int32_t node, int32_t start) const {
    return end - start - p.occupancy[node];
  }

  const Problem &p;
  int32_t end;
  Side early, late;
  std::vector<std::vector<int64_t>> use; ///< by limited resource and cycle
  std::vector<int32_t> starts, first, left;
  std::vector<std::pair<int32_t, int32_t>> open; ///< a heap of keys and nodes
  mutable int64_t work = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_SERIALSCHEDULE_H
