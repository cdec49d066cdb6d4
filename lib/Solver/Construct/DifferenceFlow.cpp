//===- DifferenceFlow.cpp - Least lifetimes by minimum cost flow ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/DifferenceFlow.h"

#include "gaus/Core/Checked.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>
#pragma GCC diagnostic pop

#include <algorithm>
#include <cstdlib>
#include <limits>

using namespace gaus;

namespace {

/// What the flow at work polls.
thread_local const Stop *stopOfFlow = nullptr;

/// A number of the network simplex, which knows no other end than its own: once
/// the time is over every number is as large as the largest one, and a pivot
/// that may send so much ends it.
struct Amount {
  Amount() = default;
  Amount(int64_t v) : v(v) {}
  explicit operator int64_t() const { return v; }

  Amount &operator+=(Amount o) {
    v += o.v;
    return *this;
  }
  Amount &operator-=(Amount o) {
    v -= o.v;
    return *this;
  }
  friend Amount operator+(Amount a, Amount b) { return a.v + b.v; }
  friend Amount operator-(Amount a, Amount b) { return a.v - b.v; }
  friend Amount operator-(Amount a) { return -a.v; }
  friend Amount operator*(Amount a, Amount b) { return a.v * b.v; }
  friend bool operator==(Amount a, Amount b) { return a.v == b.v; }
  friend bool operator<(Amount a, Amount b) { return a.v < b.v; }
  friend bool operator<=(Amount a, Amount b) { return a.v <= b.v; }
  friend bool operator>(Amount a, Amount b) { return a.v > b.v; }
  friend bool operator>=(Amount a, Amount b) {
    return a.v >= b.v || isRequested(stopOfFlow);
  }

  int64_t v = 0;
};

} // namespace

/// For LEMON.
template <> class std::numeric_limits<Amount> : public numeric_limits<int64_t> {
public:
  static constexpr bool has_infinity = false;
};

namespace {

/// min sum cost_v x_v subject to x_j - x_i >= gap over arcs i -> j. The dual
/// sends flow along the arcs at cost -gap; node v must receive cost_v more than
/// it sends; the flow's potentials, negated, are an optimal x.
class FlowBuilder {
public:
  FlowBuilder(const Instance &instance, int64_t scale,
              std::span<const FlowBend> bends)
      : instance(instance), scale(scale), bends(bends) {}
  std::optional<FlowSchedule> solve(const Stop *stop);

private:
  using Graph = lemon::SmartDigraph;

  void addArc(int32_t from, int32_t to, int64_t gap, int64_t most = kAny) {
    tail.push_back(from);
    head.push_back(to);
    gaps.push_back(gap);
    capacity.push_back(most);
  }
  void addStarts();
  void addLastUses();
  void addBends();

  static constexpr int64_t kAny = std::numeric_limits<int64_t>::max();
  const Instance &instance;
  int64_t scale;
  std::span<const FlowBend> bends;
  std::vector<int32_t> tail, head;
  std::vector<int64_t> gaps, capacity, cost;
  int32_t root = 0;
};

void FlowBuilder::addStarts() {
  int32_t n = instance.numNodes;
  root = n;
  cost.assign(size_t(n) + 1, 0);
  for (int32_t i = 0; i < n; ++i) {
    // Ends of windows that the neighbours' imply are left out.
    bool early = true, late = true;
    for (int32_t k = instance.inBegin[i]; k < instance.inBegin[i + 1]; ++k)
      early &= instance.asap[instance.inSource[k]] +
                   instance.outGap[instance.inPosition[k]] <
               instance.asap[i];
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      late &= instance.alap[instance.outTarget[k]] - instance.outGap[k] >
              instance.alap[i];
    if (early || instance.cyclic)
      addArc(root, i, instance.asap[i]);
    if (late || instance.cyclic)
      addArc(i, root, -int64_t(instance.alap[i]));
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outTarget[k] != i)
        addArc(i, instance.outTarget[k], instance.outGap[k]);
  }
}

/// A variable for the last use of each value of more than one consumer.
void FlowBuilder::addLastUses() {
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    if (instance.width[i] == 0)
      continue;
    cost[i] -= instance.width[i];
    int32_t consumers = 0, only = 0;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outShift[k] >= 0) {
        ++consumers;
        only = k;
      }
    if (consumers == 1) {
      cost[instance.outTarget[only]] += instance.width[i];
      continue;
    }
    auto variable = static_cast<int32_t>(cost.size());
    cost.push_back(instance.width[i]);
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (instance.outShift[k] >= 0)
        addArc(instance.outTarget[k], variable, instance.outShift[k]);
  }
}

/// A difference that may be missed at a price is an arc that carries no more
/// than the price.
void FlowBuilder::addBends() {
  for (const FlowBend &bend : bends) {
    if (bend.before)
      addArc(root, bend.node, bend.cycle, bend.price);
    else
      addArc(bend.node, root, -int64_t(bend.cycle), bend.price);
  }
}

std::optional<FlowSchedule> FlowBuilder::solve(const Stop *stop) {
  addStarts();
  if (instance.alpha > 0) {
    for (int32_t i = 0; i < instance.numNodes; ++i)
      cost[i] += instance.commSlope[i];
  } else {
    addLastUses();
  }
  for (int64_t &c : cost)
    c *= scale;
  addBends();
  int64_t total = 0;
  for (size_t v = 0; v < cost.size(); ++v)
    if (static_cast<int32_t>(v) != root)
      total += cost[v];
  cost[root] = -total;
  Graph graph;
  graph.reserveNode(static_cast<int>(cost.size()));
  graph.reserveArc(static_cast<int>(tail.size()));
  for (size_t v = 0; v < cost.size(); ++v)
    graph.addNode();
  Graph::ArcMap<int64_t> arcCost(graph), upper(graph);
  Graph::NodeMap<int64_t> supply(graph);
  for (size_t a = 0; a < tail.size(); ++a) {
    Graph::Arc arc =
        graph.addArc(graph.nodeFromId(tail[a]), graph.nodeFromId(head[a]));
    arcCost[arc] = -gaps[a];
    upper[arc] = capacity[a];
  }
  for (size_t v = 0; v < cost.size(); ++v)
    supply[graph.nodeFromId(static_cast<int>(v))] = -cost[v];
  lemon::NetworkSimplex<Graph, Amount, int64_t> simplex(graph);
  simplex.costMap(arcCost).upperMap(upper).supplyMap(supply);
  stopOfFlow = stop;
  bool optimal = simplex.run() == decltype(simplex)::OPTIMAL;
  stopOfFlow = nullptr;
  // What ended between two pivots may have seen wrong comparisons.
  if (!optimal || isRequested(stop))
    return std::nullopt;
  FlowSchedule result;
  int64_t zero = simplex.potential(graph.nodeFromId(root));
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int64_t at = zero - simplex.potential(graph.nodeFromId(i));
    result.starts.push_back(static_cast<int32_t>(
        std::clamp<int64_t>(at, instance.asap[i], instance.alap[i])));
  }
  result.sum = -simplex.totalCost();
  return result;
}

} // namespace

bool gaus::hasDifferenceFlows() { return true; }

std::optional<FlowSchedule>
gaus::differenceFlow(const Instance &instance, int64_t scale,
                     std::span<const FlowBend> bends, const Stop *stop) {
  // Supplies and costs are summed in 64 bits.
  Wide most = 0;
  for (int64_t w : instance.width)
    most += w;
  for (int64_t w : instance.outWeight)
    most += Wide(instance.alpha) * w;
  if (most > kLargestFlow / scale)
    return std::nullopt;
  return FlowBuilder(instance, scale, bends).solve(stop);
}
