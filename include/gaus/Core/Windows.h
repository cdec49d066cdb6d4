//===- Windows.h - Longest paths and start windows --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Windows [ASAP, ALAP] of every node under [Dep], [Win] and [Lat], and an
/// explanation where there is no schedule at all. Lags may have any sign and
/// the graph may have cycles: strongly connected components are taken in
/// topological order, a component of more than one node by Bellman-Ford.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_WINDOWS_H
#define GAUS_CORE_WINDOWS_H

#include "gaus/Core/Problem.h"
#include "gaus/Core/Stop.h"

#include <optional>
#include <span>

namespace gaus {

/// Strongly connected components, in topological order.
struct Components {
  /// All nodes, one component after the other; edges between components go
  /// forward. Ties by node index, so that it is a function of the graph alone.
  std::vector<int32_t> nodes;
  /// Component c is nodes[begin[c]] .. nodes[begin[c+1]-1].
  std::vector<int32_t> begin;
  /// Component of each node.
  std::vector<int32_t> component;
  /// True if every component is a single node without a self edge.
  bool acyclic = true;

  int32_t count() const { return static_cast<int32_t>(begin.size()) - 1; }
  /// The nodes of component c, ascending.
  std::span<const int32_t> members(int32_t c) const {
    return std::span(nodes).subspan(begin[c], begin[c + 1] - begin[c]);
  }
};
Components findComponents(const Problem &p, const Adjacency &adj);

/// Windows under [Dep], [Win], [Lat].
struct Windows {
  /// Smallest and largest start of each node in any schedule that satisfies
  /// [Dep] and [Win], and [Lat] if the length is bounded. With an unbounded
  /// length `alap` is min(latest, what the successors allow) up to kMaxCycle.
  std::vector<int32_t> asap, alap;
  /// max over i of asap_i + max(l_i, 1): the least possible length without
  /// resource limits.
  int32_t depth = 0;
};

/// Windows for p.length (0 = unbounded) and p.ii (an edge with a distance
/// counts as s_j + II*k >= ...; with p.ii = 0 such an edge is an error).
/// Errors, each with the nodes concerned as notes:
///   - [Dep] a cycle that no start times satisfy: its nodes in order,
///   latencies,
///     distances, and the smallest II that satisfies it where there is one;
///   - [Win] a window that the path from another window leaves empty: both
///   ends,
///     the path, and what would do;
///   - [Lat] a length below the longest path: the path and the least length;
///   - "stop" where a graph with cycles took longer than `stop` allows.
Outcome<Windows> computeWindows(const Problem &p, const Stop *stop = nullptr);

/// The half of the windows that no length changes.
struct EarliestStarts {
  Adjacency adj;
  Components components;
  /// As in Windows.
  std::vector<int32_t> asap;
  int32_t depth = 0;
  /// The edge that last raised each node, -1 = its own window: longest paths.
  std::vector<int32_t> parent;
};
/// Fails as computeWindows, but for [Lat].
Outcome<EarliestStarts> earliestStarts(const Problem &p,
                                       const Stop *stop = nullptr);
/// The windows of the same problem in `length` cycles, whatever its own length
/// is; 0 = unbounded. Fails on [Lat], and with the code "stop".
Outcome<Windows> windowsWithin(const Problem &p, const EarliestStarts &earliest,
                               int32_t length, const Stop *stop = nullptr);
/// `alap` of these windows; `length` is 0 or at least their depth. Nothing
/// where `stop` ended it.
std::optional<std::vector<int32_t>> latestStarts(const Problem &p,
                                                 const Adjacency &adj,
                                                 const Components &components,
                                                 int32_t length,
                                                 const Stop *stop = nullptr);

/// computeWindows with the length left out: what "1x" of the least length is.
Outcome<int32_t> leastLength(const Problem &p, const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_CORE_WINDOWS_H
