//===- LongestPaths.h - Longest difference paths ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Private to lib/Core: least solutions of s_j + II*k >= s_i + l_i + a, forward
/// and backward, with the cycle that has none.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_CORE_LONGESTPATHS_H
#define GAUS_LIB_CORE_LONGESTPATHS_H

#include "gaus/Core/Windows.h"

namespace gaus {

/// Cycles by which an edge's target follows its source at least: l + a - II*k.
inline int64_t edgeCycles(const Problem &p, int32_t edge, int32_t ii) {
  return int64_t(p.latency[p.source[edge]]) + p.lag[edge] -
         int64_t(ii) * p.distance[edge];
}

/// Longest paths over the components of a graph.
class LongestPaths {
public:
  LongestPaths(const Problem &p, const Adjacency &adj,
               const Components &components, int32_t ii,
               const Stop *stop = nullptr);

  /// Raises `value` (one entry a node: where it starts from) to the least
  /// solution of value_j >= value_i + cycles(i, j). False if a cycle of
  /// positive length has none; `positiveCycle` then has its edges in order. It
  /// is empty where `stop` ended it.
  bool forward(std::vector<int64_t> &value);
  /// Lowers `value` to the greatest solution of the same system. The system
  /// must have a solution (`forward` returned true once). False if `stop` ended
  /// it: then the values are none.
  bool backward(std::vector<int64_t> &value);

  /// After `forward`: the edge that last raised a node; -1 for none.
  std::vector<int32_t> parent;
  std::vector<int32_t> positiveCycle;

private:
  bool raise(std::vector<int64_t> &value, int32_t node);
  bool raiseComponent(std::vector<int64_t> &value,
                      std::span<const int32_t> nodes);
  bool findParentCycle(std::span<const int32_t> nodes);
  /// `Holding`: without those that hold nothing back (distance or negative
  /// length).
  enum class Edges { Holding, All };
  std::vector<int32_t> sweepSequence(std::span<const int32_t> nodes,
                                     Edges along) const;

  const Problem &p;
  const Adjacency &adj;
  const Components &components;
  int32_t ii;
  Polled polled;
  /// For findParentCycle: the walk that visited a node last.
  std::vector<int64_t> mark;
  int64_t walk = 0;
};

/// The edges of the longest path to `node`, from its first edge on.
std::vector<int32_t> pathTo(const Problem &p,
                            const std::vector<int32_t> &parent, int32_t node);

/// Longest path from the start of each node to the end of the problem, by [Dep]
/// alone: every schedule has T >= s_i + tail_i. There must be no positive
/// cycle. Nothing where `stop` ended it.
std::optional<std::vector<int64_t>> tails(const Problem &p,
                                          const Adjacency &adj,
                                          const Components &components,
                                          const Stop *stop);

} // namespace gaus

#endif // GAUS_LIB_CORE_LONGESTPATHS_H
