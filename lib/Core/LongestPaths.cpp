//===- LongestPaths.cpp - Longest paths under difference constraints ------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LongestPaths.h"

#include <algorithm>

using namespace gaus;

LongestPaths::LongestPaths(const Problem &problem, const Adjacency &adjacency,
                           const Components &found, int32_t interval,
                           const Stop *stop)
    : p(problem), adj(adjacency), components(found), ii(interval),
      polled(stop) {}

/// Where so many sweeps do not end it, what goes around a cycle decides: the
/// sequence then follows all edges, those of a distance, too.
static constexpr int32_t kSweeps = 8;

/// Raises one node to what its in-edges ask for. True if it changed.
bool LongestPaths::raise(std::vector<int64_t> &value, int32_t node) {
  int64_t best = value[node];
  int32_t bestEdge = -1;
  for (int32_t e : adj.in(node)) {
    int64_t asked = value[p.source[e]] + edgeCycles(p, e, ii);
    if (asked > best) {
      best = asked;
      bestEdge = e;
    }
  }
  if (bestEdge < 0)
    return false;
  value[node] = best;
  parent[node] = bestEdge;
  return true;
}

/// A sequence of a component's nodes in which few sweeps reach the fixed point:
/// reverse postorder along its edges.
std::vector<int32_t> LongestPaths::sweepSequence(std::span<const int32_t> nodes,
                                                 Edges along) const {
  int32_t component = components.component[nodes[0]];
  std::vector<int32_t> result;
  result.reserve(nodes.size());
  // Positions in the out-edges; -1 = not visited. Indexed by the rank of a node
  // within the component (nodes are sorted).
  auto rankOf = [&](int32_t node) {
    return std::lower_bound(nodes.begin(), nodes.end(), node) - nodes.begin();
  };
  std::vector<int32_t> next(nodes.size(), -1);
  std::vector<int32_t> stack;
  for (int32_t root : nodes) {
    if (next[rankOf(root)] >= 0)
      continue;
    next[rankOf(root)] = 0;
    stack.push_back(root);
    while (!stack.empty()) {
      int32_t node = stack.back();
      std::span<const int32_t> out = adj.out(node);
      int32_t &position = next[rankOf(node)];
      if (position == static_cast<int32_t>(out.size())) {
        result.push_back(node);
        stack.pop_back();
        continue;
      }
      int32_t e = out[position++], to = p.target[e];
      bool holds = p.distance[e] == 0 && edgeCycles(p, e, 0) >= 0;
      if (components.component[to] != component ||
          !(holds || along == Edges::All) || next[rankOf(to)] >= 0)
        continue;
      next[rankOf(to)] = 0;
      stack.push_back(to);
    }
  }
  std::reverse(result.begin(), result.end());
  return result;
}

/// Bellman-Ford in sweeps. Every raise that is strict leaves a parent edge, so
/// a positive cycle shows as a cycle of parents, long before n sweeps are over.
bool LongestPaths::raiseComponent(std::vector<int64_t> &value,
                                  std::span<const int32_t> nodes) {
  std::vector<int32_t> sweep = sweepSequence(nodes, Edges::Holding);
  for (int32_t k = 0;; ++k) {
    if (k == kSweeps)
      sweep = sweepSequence(nodes, Edges::All);
    bool changed = false;
    for (int32_t node : sweep) {
      changed |= raise(value, node);
      if (polled.over(static_cast<int64_t>(adj.in(node).size())))
        return false;
    }
    if (!changed)
      return true;
    if (findParentCycle(nodes))
      return false;
  }
}

bool LongestPaths::findParentCycle(std::span<const int32_t> nodes) {
  int32_t component = components.component[nodes[0]];
  if (mark.empty())
    mark.assign(p.numNodes(), 0);
  int64_t first = walk + 1;
  for (int32_t root : nodes) {
    ++walk;
    int32_t node = root;
    while (mark[node] < first && parent[node] >= 0 &&
           components.component[p.source[parent[node]]] == component) {
      mark[node] = walk;
      node = p.source[parent[node]];
    }
    if (mark[node] != walk)
      continue;
    int32_t start = node;
    do {
      positiveCycle.push_back(parent[node]);
      node = p.source[parent[node]];
    } while (node != start);
    std::reverse(positiveCycle.begin(), positiveCycle.end());
    return true;
  }
  return false;
}

bool LongestPaths::forward(std::vector<int64_t> &value) {
  parent.assign(p.numNodes(), -1);
  positiveCycle.clear();
  for (int32_t c = 0; c < components.count(); ++c) {
    std::span<const int32_t> nodes = components.members(c);
    if (nodes.size() > 1) {
      if (!raiseComponent(value, nodes))
        return false;
      continue;
    }
    raise(value, nodes[0]);
    for (int32_t e : adj.in(nodes[0]))
      if (p.source[e] == nodes[0] && edgeCycles(p, e, ii) > 0) {
        positiveCycle = {e};
        return false;
      }
  }
  return true;
}

bool LongestPaths::backward(std::vector<int64_t> &value) {
  auto lower = [&](int32_t node) {
    int64_t best = value[node];
    for (int32_t e : adj.out(node))
      best = std::min(best, value[p.target[e]] - edgeCycles(p, e, ii));
    bool changed = best < value[node];
    value[node] = best;
    return changed;
  };
  for (int32_t c = components.count(); c-- > 0;) {
    std::span<const int32_t> nodes = components.members(c);
    if (nodes.size() == 1) {
      lower(nodes[0]);
      continue;
    }
    std::vector<int32_t> sweep = sweepSequence(nodes, Edges::Holding);
    bool changed = true;
    for (int32_t turn = 0; changed; ++turn) {
      if (turn == kSweeps)
        sweep = sweepSequence(nodes, Edges::All);
      changed = false;
      for (size_t k = sweep.size(); k-- > 0;) {
        changed |= lower(sweep[k]);
        if (polled.over(static_cast<int64_t>(adj.out(sweep[k]).size())))
          return false;
      }
    }
  }
  return true;
}

std::vector<int32_t> gaus::pathTo(const Problem &p,
                                  const std::vector<int32_t> &parent,
                                  int32_t node) {
  std::vector<int32_t> path;
  while (parent[node] >= 0) {
    path.push_back(parent[node]);
    node = p.source[parent[node]];
  }
  std::reverse(path.begin(), path.end());
  return path;
}

std::optional<std::vector<int64_t>> gaus::tails(const Problem &p,
                                                const Adjacency &adj,
                                                const Components &components,
                                                const Stop *stop) {
  std::vector<int64_t> value(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    value[i] = -int64_t(durationOf(p, i));
  if (!LongestPaths(p, adj, components, p.ii, stop).backward(value))
    return std::nullopt;
  for (int64_t &v : value)
    v = -v;
  return value;
}
