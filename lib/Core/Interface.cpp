//===- Interface.cpp - Values that enter and leave ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Interface.h"

#include <algorithm>

using namespace gaus;

namespace {

class Expansion {
public:
  explicit Expansion(const Problem &problem)
      : original(problem), p(problem), n(problem.numNodes()) {
    p.interface = Interface();
    // They are last again afterwards.
    p.dropChainEdges();
  }

  Problem make() {
    const Interface &io = original.interface;
    for (size_t k = 0; k < io.width.size(); ++k) {
      bool isLive = io.stays[k] || io.useBegin[k] < io.useBegin[k + 1];
      int32_t node = addNode("enters", isLive ? io.width[k] : 0);
      p.latest[node] = 0;
      for (int32_t u = io.useBegin[k]; u < io.useBegin[k + 1]; ++u)
        p.addEdge(node, io.user[u], 0, 0, 0);
    }
    for (int32_t i : unreadBuffers(original))
      p.addEdge(i, addNode("unread", 0), 0, toLastCycle(i), 0);
    waitForNone();
    if (io.hasLeaving())
      addLast();
    for (int32_t e = original.numEdges() - original.numChainEdges;
         e < original.numEdges(); ++e)
      p.addEdge(original.source[e], original.target[e], original.distance[e],
                original.lag[e], original.weight[e], original.carries[e]);
    p.numChainEdges = original.numChainEdges;
    return std::move(p);
  }

private:
  /// Names would be given to all nodes.
  int32_t addNode(const char *name, int64_t width) {
    return p.addNode(p.nodeName.empty() ? "" : name, 0, width);
  }

  /// What stands for the end of a life starts with it, however late within the
  /// cycle a result comes; for what the nodes wait there are chain edges.
  void waitForNone() {
    for (int32_t i = 0; i < n; ++i)
      if (p.latency[i] > 0)
        p.delayOut[i] = std::min(p.delayOut[i], p.clock);
  }

  /// From a node's result to the last cycle in which it is at work.
  int32_t toLastCycle(int32_t node) const {
    return durationOf(p, node) - p.latency[node] - 1;
  }

  void addLast() {
    const Interface &io = original.interface;
    int32_t last = addNode("leave", 0), extra = extraCycles(original);
    if (p.length > 0)
      p.length += extra;
    std::vector<bool> leaves(n, false);
    for (int32_t i : io.leaves)
      leaves[i] = true;
    std::vector<bool> isBefore = endsBefore();
    for (int32_t i = 0; i < n; ++i)
      if (leaves[i] || !isBefore[i])
        p.addEdge(i, last, 0, toLastCycle(i) + extra, 0, leaves[i]);
    for (size_t k = 0; k < io.width.size(); ++k)
      if (io.stays[k])
        p.addEdge(n + static_cast<int32_t>(k), last, 0, 0, 0);
  }

  /// Whether another node surely ends later.
  std::vector<bool> endsBefore() const {
    std::vector<bool> before(n, false);
    for (int32_t e = 0; e < p.numEdges(); ++e) {
      int32_t i = p.source[e];
      if (i < n && p.target[e] < n && p.distance[e] == 0 && p.lag[e] >= 0 &&
          p.latency[i] + p.lag[e] >= 1)
        before[i] = true;
    }
    return before;
  }

  const Problem &original;
  Problem p;
  int32_t n;
};

} // namespace

std::vector<int32_t> gaus::unreadBuffers(const Problem &p) {
  std::vector<int32_t> unread;
  if (!p.hasBuffers())
    return unread;
  std::vector<uint8_t> isRead(p.numNodes(), 0);
  for (int32_t i : p.interface.leaves)
    isRead[i] = 1;
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t i = p.source[e];
    // What ends with it, or later.
    if (p.carries[e] &&
        int64_t(p.latency[i]) + p.lag[e] + durationOf(p, p.target[e]) >=
            durationOf(p, i))
      isRead[i] = 1;
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!isRead[i] && p.width[i] > 0)
      unread.push_back(i);
  return unread;
}

Problem gaus::withInterfaceNodes(const Problem &p) {
  return Expansion(p).make();
}

Starts gaus::withInterfaceStarts(const Problem &p,
                                 std::span<const int32_t> starts) {
  Starts all(starts.begin(), starts.end());
  if (all.empty())
    return all;
  int64_t end = endOf(p, starts);
  all.insert(all.end(), p.interface.width.size(), 0);
  for (int32_t i : unreadBuffers(p))
    all.push_back(starts[i] + durationOf(p, i) - 1);
  if (p.interface.hasLeaving())
    all.push_back(static_cast<int32_t>(
        std::min<int64_t>(end - 1 + extraCycles(p), kMaxCycle)));
  return all;
}
