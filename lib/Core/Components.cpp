//===- Components.cpp - Strongly connected components in order -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Windows.h"

#include <algorithm>
#include <functional>
#include <queue>

using namespace gaus;

namespace {
/// Tarjan's algorithm with an explicit stack: graphs of 10^6 nodes in a row.
class ComponentFinder {
public:
  ComponentFinder(const Problem &problem, const Adjacency &adjacency)
      : p(problem), adj(adjacency), index(p.numNodes(), -1),
        low(p.numNodes(), 0), position(p.numNodes(), 0),
        component(p.numNodes(), -1) {}

  /// Numbers the components; sinks first, as the algorithm closes them.
  int32_t run() {
    for (int32_t root = 0; root < p.numNodes(); ++root)
      if (index[root] < 0)
        visit(root);
    return numComponents;
  }

  const std::vector<int32_t> &components() const { return component; }

private:
  void enter(int32_t node) {
    index[node] = low[node] = clock++;
    open.push_back(node);
    path.push_back(node);
  }
  void visit(int32_t root);
  void leave(int32_t node);

  const Problem &p;
  const Adjacency &adj;
  std::vector<int32_t> index, low, position, component;
  std::vector<int32_t> open, path;
  int32_t clock = 0, numComponents = 0;
};
} // namespace

void ComponentFinder::visit(int32_t root) {
  enter(root);
  while (!path.empty()) {
    int32_t node = path.back();
    std::span<const int32_t> out = adj.out(node);
    if (position[node] == static_cast<int32_t>(out.size())) {
      path.pop_back();
      leave(node);
      if (!path.empty())
        low[path.back()] = std::min(low[path.back()], low[node]);
      continue;
    }
    int32_t to = p.target[out[position[node]++]];
    if (index[to] < 0)
      enter(to);
    else if (component[to] < 0)
      low[node] = std::min(low[node], index[to]);
  }
}

void ComponentFinder::leave(int32_t node) {
  if (low[node] != index[node])
    return;
  int32_t member;
  do {
    member = open.back();
    open.pop_back();
    component[member] = numComponents;
  } while (member != node);
  ++numComponents;
}

/// Components in topological order, the one with the smallest node first among
/// those that are ready. Returns the place of each.
static std::vector<int32_t>
placeComponents(const Problem &p, const std::vector<int32_t> &component,
                int32_t count, const Adjacency &adj,
                const std::vector<int32_t> &members,
                const std::vector<int32_t> &begin) {
  std::vector<int32_t> waiting(count, 0), place(count, -1);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (component[p.source[e]] != component[p.target[e]])
      ++waiting[component[p.target[e]]];
  // Members are in ascending order, so the first is the smallest node.
  std::priority_queue<int32_t, std::vector<int32_t>, std::greater<>> ready;
  for (int32_t c = 0; c < count; ++c)
    if (waiting[c] == 0)
      ready.push(members[begin[c]]);
  int32_t next = 0;
  while (!ready.empty()) {
    int32_t c = component[ready.top()];
    ready.pop();
    place[c] = next++;
    for (int32_t k = begin[c]; k < begin[c + 1]; ++k)
      for (int32_t e : adj.out(members[k])) {
        int32_t to = component[p.target[e]];
        if (to != c && --waiting[to] == 0)
          ready.push(members[begin[to]]);
      }
  }
  return place;
}

/// Groups nodes by component, ascending within one.
static void groupNodes(const std::vector<int32_t> &component, int32_t count,
                       std::vector<int32_t> &members,
                       std::vector<int32_t> &begin) {
  begin.assign(count + 1, 0);
  members.resize(component.size());
  for (int32_t c : component)
    ++begin[c + 1];
  for (int32_t c = 0; c < count; ++c)
    begin[c + 1] += begin[c];
  std::vector<int32_t> next(begin.begin(), begin.end() - 1);
  for (size_t i = 0; i < component.size(); ++i)
    members[next[component[i]]++] = static_cast<int32_t>(i);
}

Components gaus::findComponents(const Problem &p, const Adjacency &adj) {
  ComponentFinder finder(p, adj);
  int32_t count = finder.run();
  Components result;
  result.component = finder.components();
  groupNodes(result.component, count, result.nodes, result.begin);
  std::vector<int32_t> place = placeComponents(p, result.component, count, adj,
                                               result.nodes, result.begin);
  for (int32_t &c : result.component)
    c = place[c];
  groupNodes(result.component, count, result.nodes, result.begin);
  result.acyclic = count == p.numNodes();
  for (int32_t e = 0; e < p.numEdges() && result.acyclic; ++e)
    result.acyclic = p.source[e] != p.target[e];
  return result;
}
