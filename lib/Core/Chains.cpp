//===- Chains.cpp - Chaining as difference constraints --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Chains.h"

#include <algorithm>
#include <cstdlib>

using namespace gaus;

namespace {

/// More pairs than this are refused: a clock that cuts every path into pieces
/// of thousands of operations is a mistake in the delays.
constexpr size_t kMaxChainEdges = size_t(1) << 27;

/// What is known of a node reached from the first one without a register.
struct Reached {
  int64_t gap = 0; ///< largest sum of gaps; other paths cannot be tight
  double time = 0; ///< latest start within the cycle over these paths
  uint32_t seen = 0;
  int32_t visits = 0;
};

class ChainFinder {
public:
  explicit ChainFinder(Problem &problem)
      : p(problem), adj(p), reached(p.numNodes()),
        // Decimal delays do not add up exactly in binary.
        allowed(p.clock * (1 + 1e-9)) {}

  std::optional<Diagnostic> run();

private:
  double combinationalDelay(int32_t node) const {
    return p.latency[node] == 0 ? std::max(p.delayIn[node], p.delayOut[node])
                                : p.delayIn[node];
  }
  std::optional<Diagnostic> explore(int32_t first);
  void extend(int32_t node, int64_t gap, double time);
  void addEdges(int32_t first);
  Diagnostic tooSlow(int32_t node) const;
  Diagnostic loop(int32_t node) const;

  Problem &p;
  Adjacency adj;
  std::vector<Reached> reached;
  std::vector<int32_t> queue, late;
  double allowed;
  uint32_t round = 0;
  int32_t distinct = 0; ///< nodes reached in this round
  struct Edge {
    int32_t source, target;
    int64_t lag;
  };
  std::vector<Edge> found;
};

/// Takes a path to `node` into account if it is tighter than those known.
void ChainFinder::extend(int32_t node, int64_t gap, double time) {
  Reached &r = reached[node];
  bool known = r.seen == round;
  if (known && (gap < r.gap || (gap == r.gap && time <= r.time)))
    return;
  distinct += !known;
  r = {gap, time, round, known ? r.visits + 1 : 1};
  queue.push_back(node);
}

/// Paths from `first` in order of discovery; a node is visited again when a
/// tighter path to it turns up.
std::optional<Diagnostic> ChainFinder::explore(int32_t first) {
  ++round;
  distinct = 0;
  queue.clear();
  late.clear();
  auto follow = [&](int32_t i, int64_t gap, double time) {
    for (int32_t e : adj.out(i))
      extend(p.target[e],
             gap + p.latency[i] + p.lag[e] - int64_t(p.ii) * p.distance[e],
             time);
  };
  follow(first, 0, p.delayOut[first]);
  for (size_t at = 0; at < queue.size(); ++at) {
    int32_t i = queue[at];
    Reached r = reached[i];
    if (r.time + combinationalDelay(i) > allowed) {
      late.push_back(i);
      continue;
    }
    // Paths without a cycle improve a node once for each node before it; a
    // cycle that goes on has positive gaps, and the windows explain it.
    if (r.visits > 2 * distinct + 8)
      return std::nullopt;
    if (p.latency[i] > 0)
      continue;
    if (i == first && r.gap == 0 && r.time > 0)
      return loop(i);
    follow(i, r.gap, r.time + p.delayOut[i]);
  }
  return std::nullopt;
}

void ChainFinder::addEdges(int32_t first) {
  std::sort(late.begin(), late.end());
  late.erase(std::unique(late.begin(), late.end()), late.end());
  for (int32_t i : late) {
    int64_t lag = reached[i].gap + 1 - p.latency[first];
    // Beyond these, starts within 0 .. kMaxCycle satisfy it anyway, or [Dep]
    // alone is violated.
    if (std::abs(lag) <= kMaxCycle)
      found.push_back({first, i, lag});
  }
}

Diagnostic ChainFinder::tooSlow(int32_t node) const {
  Diagnostic d;
  d.code = "Chain";
  d.node = node;
  d.message = "'" + p.nodeLabel(node) + "' takes " +
              std::to_string(combinationalDelay(node)) +
              " ns, beyond the clock period of " + std::to_string(p.clock) +
              " ns";
  d.notes.push_back({"a slower clock would do, or a latency of at least 1 with "
                     "registers inside"});
  return d;
}

Diagnostic ChainFinder::loop(int32_t node) const {
  Diagnostic d;
  d.code = "Chain";
  d.node = node;
  d.message = "'" + p.nodeLabel(node) +
              "' is on a combinational cycle: no clock period is enough";
  return d;
}

std::optional<Diagnostic> ChainFinder::run() {
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (combinationalDelay(i) > allowed)
      return tooSlow(i);
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    // Delays behind a register start at the node itself.
    if (p.delayOut[i] <= 0)
      continue;
    if (auto failed = explore(i))
      return failed;
    addEdges(i);
    if (found.size() > kMaxChainEdges) {
      Diagnostic d;
      d.code = "Chain";
      d.message = "the clock period of " + std::to_string(p.clock) +
                  " ns gives more than " + std::to_string(kMaxChainEdges) +
                  " pairs of operations that must not share a cycle";
      return d;
    }
  }
  for (const Edge &e : found)
    p.addEdge(e.source, e.target, 0, static_cast<int32_t>(e.lag), 0, false);
  p.numChainEdges = static_cast<int32_t>(found.size());
  return std::nullopt;
}

} // namespace

std::optional<Diagnostic> gaus::addChainEdges(Problem &p) {
  if (p.clock <= 0)
    return std::nullopt;
  return ChainFinder(p).run();
}
