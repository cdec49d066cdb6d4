//===- StartCuts.h - Live memory where an operation starts ------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// In the cycle before an operation starts all that it depends on has come and
/// nothing that depends on it has. Of the other nodes each may have come or
/// not, with what it depends on: the least live memory over all these ways is a
/// minimum cut that knows no cycles, small even where a network of all cycles
/// is too large. Every schedule has an operation's start somewhere, so the
/// greatest such cut over the operations bounds the peak from below, at any
/// length; windows make it better, cycle by cycle of the start. Of buffers it
/// is the cycle in which the operation starts, with its own.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_STARTCUTS_H
#define GAUS_LIB_SOLVER_BOUNDS_STARTCUTS_H

#include "Bounds/ClosureNetwork.h"

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>
#include <vector>

namespace gaus {

/// A cycle range, both ends included.
struct CycleRange {
  int32_t first, last;
};

class StartCuts {
public:
  /// Acyclic, without an II. `work` is in arcs looked at.
  StartCuts(const Instance &instance, int64_t work, const Stop &stop);

  /// False if the instance's kind is not covered, or numbers could overflow.
  static bool covers(const Instance &instance);
  /// Not fewer than the arcs of the network, a hundred bytes each: three rows
  /// and two implications a node, three implications an edge.
  static int64_t maxArcs(const Instance &instance) {
    return 8 * int64_t(instance.numNodes) + 3 * int64_t(instance.numEdges);
  }

  /// Improves `bound`, a lower bound on the peak of live memory (in widths),
  /// until it reaches `upper`, the work is used up or all nodes were tried.
  /// `known` are schedules, the more different the better: what is live in one
  /// of them before a node starts is the most that a cut there can show.
  int64_t improve(int64_t bound, int64_t upper,
                  std::span<const std::span<const int32_t>> known);

  /// The least live memory in the cycle before `node` starts (of buffers, in
  /// which it does), over all schedules that start it within `range`; none when
  /// the work is used up.
  std::optional<int64_t> leastBefore(int32_t node, CycleRange range);

private:
  void makeRows();
  void reach(int32_t node, CycleRange range);
  enum class Side : uint8_t { Come, Later };
  void force(int32_t row, Side side);
  void forceKnown(int32_t node, CycleRange range);
  void showMost(std::span<const std::span<const int32_t>> known);
  void lowerMost(int32_t start, int64_t cut);
  std::vector<int32_t> candidates(int64_t bound) const;
  int64_t improveAt(int32_t node, int64_t bound, int64_t upper);

  const Instance &instance;
  const Stop &stop;
  int64_t work;
  /// From the cycle that is looked at to the node's start.
  int32_t before() const { return instance.hasBuffers ? 0 : 1; }
  int32_t bornRow(int32_t node) const {
    return (instance.hasBuffers ? startRow : laterRow)[node];
  }
  /// What keeps a value that is read.
  const std::vector<int32_t> &endOfUse() const {
    return instance.hasBuffers ? laterRow : startRow;
  }

  /// Cycles from a start to what comes later: a value's birth, or, of buffers,
  /// where births are starts, the end.
  std::vector<int32_t> wait;
  /// Rows of two states, by node: 1 = the node has not started by the cycle,
  /// what comes later has not, the value has a use left. The first two are one
  /// row where there is no wait; -1 = no row.
  std::vector<int32_t> startRow, laterRow, useRow;
  ClosureNetwork network;
  int64_t forced; ///< a cost that no schedule has
  std::vector<int64_t> base, cost;
  int64_t numForcedLater = 0;
  std::vector<int64_t> most; ///< by node, the most that its cuts can show
  /// Given the node's range: windows, and the least cycles from each node's
  /// start to the node's (kNoWay = none are asked for).
  std::vector<int32_t> asap, alap, ahead;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_STARTCUTS_H
