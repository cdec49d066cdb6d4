//===- SlotProblem.h - What decides about an II -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The part of a problem that decides whether it has a schedule at its II.
///
/// A strongly connected component none of whose successors has a latest start
/// can be moved by a whole number of intervals, and what follows it with it:
/// slots and use stay. So edges between such components never matter; within
/// one, starts matter relative to each other; of a single node, only the slot.
///
/// Where all nodes that use a resource hold the same units of it for one cycle,
/// and nothing else that is limited, it has room for a number of them in each
/// slot; single ones of them fit wherever the others leave room and do not
/// matter at all while there are not too many. Where they all hold it for o > 1
/// cycles, a number of starts spread evenly over the slots never overuses it:
/// with this choice (`evenly`) the same holds, but not every schedule is left.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_MODULO_SLOTPROBLEM_H
#define GAUS_LIB_SOLVER_MODULO_SLOTPROBLEM_H

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Windows.h"

#include <optional>

namespace gaus {

class SlotProblem {
public:
  enum class Role : uint8_t {
    Free,   ///< single, uses nothing that is limited
    Filler, ///< single: any slot that the others leave
    Slot,   ///< single: its slot matters
    Window, ///< its start matters, in a window; edges between such nodes hold
  };
  struct Use {
    int32_t resource;
    int64_t units;
  };

  /// Nothing if the windows of a component take too long to find, or where
  /// `stop` ended it.
  static std::optional<SlotProblem> of(const Problem &p, const Adjacency &adj,
                                       const Components &components,
                                       const Windows &windows, bool evenly,
                                       const Stop *stop);

  /// Use of limited resources by node, merged and without zeros; a unit for one
  /// cycle where room for starts is counted.
  std::vector<std::vector<Use>> uses;
  /// Cycles for which a node holds them.
  std::vector<int32_t> hold;
  /// What a resource has in each slot: units, or room for starts. Empty without
  /// a limit or users.
  std::vector<std::vector<int64_t>> capacity;
  /// True if some schedules are left out.
  bool restricted = false;
  std::vector<Role> role;
  /// Windows of starts: Window nodes (the same origin within a component, a
  /// whole number of intervals away from cycle 0), Slot nodes (0 .. II - 1).
  std::vector<int32_t> lo, hi;
  /// Edges that matter: both ends are Window nodes of one component, or have
  /// cycles of their own.
  std::vector<int32_t> edges;
  /// False if there are too many nodes for the limits: no schedule.
  bool workFits = true;

  /// Starts of the whole problem, from starts of the Window and Slot nodes that
  /// satisfy edges, windows and limits. Empty if cycle numbers do not suffice,
  /// or where `stop` ended it.
  Starts complete(const std::vector<int64_t> &chosen, const Stop *stop) const;

private:
  SlotProblem(const Problem &p, const Adjacency &adj,
              const Components &components, const Stop *stop)
      : p(p), adj(adj), components(components), polled(stop) {}
  void collectUses();
  void checkWork();
  void countStarts(bool evenly);
  void findBounded();
  bool windowsOfComponent(int32_t component, int32_t freedom);
  enum class Direction : uint8_t { FromRoot, ToRoot };
  bool distances(std::span<const int32_t> nodes, int32_t root,
                 Direction direction, std::vector<int64_t> &far) const;
  int32_t chooseRoot(std::span<const int32_t> nodes) const;
  void chooseEdges();
  int64_t gapOf(int32_t edge) const {
    return int64_t(p.latency[p.source[edge]]) + p.lag[edge] -
           int64_t(p.ii) * p.distance[edge];
  }

  class Completion;
  const Problem &p;
  const Adjacency &adj;
  const Components &components;
  /// Of the search for windows.
  mutable Polled polled;
  /// By resource: room for starts is counted.
  std::vector<uint8_t> uniform;
  /// Nodes whose starts are bounded above.
  std::vector<uint8_t> bounded;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_MODULO_SLOTPROBLEM_H
