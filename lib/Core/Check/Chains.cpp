//===- Chains.cpp - Does what chains fit into a cycle? --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Checker.h"

#include <algorithm>

using namespace gaus;

/// Whether the target starts in the very cycle in which the result is there.
bool Checker::isTight(int32_t edge) const {
  // Edges that stand for chains are no wires.
  if (edge >= p.numEdges() - p.numChainEdges)
    return false;
  int32_t i = p.source[edge], j = p.target[edge];
  return sane(i) && sane(j) &&
         starts[j] + int64_t(p.ii) * p.distance[edge] ==
             starts[i] + p.latency[i] + p.lag[edge];
}

/// The least times within the cycle at which nodes can start. `culprit` gets,
/// for each node, the edge that decided (-1: none). Nodes on a cycle of
/// combinational edges that never settles get infinity.
std::vector<double> Checker::combinationalTimes(std::vector<int32_t> &culprit) {
  int32_t n = p.numNodes();
  std::vector<double> time(n, 0);
  std::vector<int32_t> wait(n, 0), begin(n + 1, 0), edges;
  culprit.assign(n, -1);
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t i = p.source[e], j = p.target[e];
    if (!isTight(e))
      continue;
    if (p.latency[i] == 0) {
      ++begin[i + 1];
      ++wait[j];
    } else if (p.delayOut[i] > time[j]) {
      time[j] = p.delayOut[i];
      culprit[j] = e;
    }
  }
  for (int32_t i = 0; i < n; ++i)
    begin[i + 1] += begin[i];
  edges.resize(begin[n]);
  std::vector<int32_t> next(begin.begin(), begin.end() - 1);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (isTight(e) && p.latency[p.source[e]] == 0)
      edges[next[p.source[e]]++] = e;

  // Topological order first; whatever is left hangs on a cycle.
  auto push = [&](int32_t i) {
    bool changed = false;
    for (int32_t k = begin[i]; k < begin[i + 1]; ++k) {
      int32_t j = p.target[edges[k]];
      if (time[i] + p.delayOut[i] > time[j]) {
        time[j] = time[i] + p.delayOut[i];
        culprit[j] = edges[k];
        changed = true;
      }
    }
    return changed;
  };
  std::vector<int32_t> queue;
  for (int32_t i = 0; i < n; ++i)
    if (wait[i] == 0)
      queue.push_back(i);
  for (size_t k = 0; k < queue.size(); ++k) {
    push(queue[k]);
    for (int32_t h = begin[queue[k]]; h < begin[queue[k] + 1]; ++h)
      if (--wait[p.target[edges[h]]] == 0)
        queue.push_back(p.target[edges[h]]);
  }
  // Cycles without any delay settle within as many rounds as they have nodes;
  // one with a delay grows until it is above the clock, and stays a violation.
  std::vector<int32_t> left;
  for (int32_t i = 0; i < n; ++i)
    if (wait[i] > 0)
      left.push_back(i);
  bool changed = true;
  for (size_t round = 0; changed && round <= left.size(); ++round) {
    changed = false;
    for (int32_t i : left) {
      if (time[i] <= p.clock)
        changed |= push(i);
      if (polled.over(1 + begin[i + 1] - begin[i]))
        return time;
    }
  }
  for (int32_t i : left)
    if (changed && time[i] > 0)
      time[i] = std::numeric_limits<double>::infinity();
  return time;
}

void Checker::checkChains() {
  std::vector<int32_t> culprit;
  std::vector<double> time = combinationalTimes(culprit);
  if (polled.ended()) {
    found.push_back(stoppedBefore("all chains were checked"));
    return;
  }
  // Decimal delays do not add up exactly in binary.
  double allowed = p.clock * (1 + 1e-9);
  for (int32_t i = 0; i < p.numNodes() && !full(); ++i) {
    double delay = p.latency[i] == 0 ? std::max(p.delayIn[i], p.delayOut[i])
                                     : p.delayIn[i];
    if (time[i] + delay <= allowed)
      continue;
    std::vector<Note> notes;
    if (culprit[i] >= 0)
      notes.push_back({quoted(p.source[culprit[i]]) + " comes right before it",
                       p.source[culprit[i]], culprit[i]});
    if (time[i] == std::numeric_limits<double>::infinity()) {
      report("Chain", i, quoted(i) + " is on or behind a combinational cycle",
             std::move(notes));
      continue;
    }
    report("Chain", i,
           quoted(i) + " starts " + std::to_string(time[i]) +
               " ns into its cycle and takes " + std::to_string(delay) +
               " ns, beyond the clock period of " + std::to_string(p.clock) +
               " ns",
           std::move(notes));
  }
}
