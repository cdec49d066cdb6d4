//===- ClosureNetwork.cpp - Least cost of starts by minimum cuts ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/ClosureNetwork.h"

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

using namespace gaus;

namespace {
using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                       boost::no_property, boost::no_property,
                                       int32_t, int32_t>;
/// Of an implication: more than all terminal arcs together.
constexpr int64_t kUncut = int64_t(1) << 61;
/// Flows add up over calls: so many at most, that they stay below 2^60.
constexpr int32_t kCallsOfOneFlow = 64;
} // namespace

namespace {
using Arc = Graph::edge_descriptor;

/// Thrown through the algorithm, which knows no other end than its own.
struct WorkSpent {};

/// Residual capacities that count how often they are read: the work of a cut,
/// the same on every machine.
struct CountedArcs {
  using key_type = Arc;
  using value_type = int64_t;
  using reference = int64_t;
  using category = boost::read_write_property_map_tag;

  int64_t *values;
  int64_t *work;
  const Stop *stop;
};

int64_t get(const CountedArcs &map, const Arc &arc) {
  int64_t left = *map.work -= 1;
  if (left < 0 || ((left & 0xfffff) == 0 && map.stop->requested()))
    throw WorkSpent();
  return map.values[arc.idx];
}

void put(const CountedArcs &map, const Arc &arc, int64_t value) {
  map.values[arc.idx] = value;
}
} // namespace

/// Both directions of every arc, sorted by tail, as the algorithm wants them:
/// implications, and for each variable an arc from the source (cut if the
/// variable is not set) and one to the sink (cut if it is).
struct ClosureNetwork::Flow {
  Graph graph;
  std::vector<Graph::edge_descriptor> reverse;
  std::vector<int64_t> capacity, residual;
  std::vector<int32_t> implication, fromSource, toSink; ///< arcs' places
  // Working space of the algorithm, by node.
  std::vector<Graph::edge_descriptor> before;
  std::vector<int32_t> distance;
  std::vector<boost::default_color_type> side;

  void build(std::vector<std::pair<int32_t, int32_t>> arcs, int32_t variables);
  std::optional<int64_t> push(int64_t &work, const Stop &stop);
};

ClosureNetwork::ClosureNetwork() = default;
ClosureNetwork::~ClosureNetwork() = default;

int32_t ClosureNetwork::addRow(int32_t first, int32_t last) {
  rows.push_back({first, last, variables});
  variables += last - first;
  arcCount += std::max(0, last - first - 1);
  return numRows() - 1;
}

/// "Row a at t or later" implies "row b at t + gap or later".
void ClosureNetwork::addDifference(int32_t a, int32_t b, int32_t gap) {
  int32_t low = std::max(rows[a].first + 1, rows[b].first + 1 - gap);
  if (low > rows[a].last)
    return;
  differences.push_back({a, b, gap});
  arcCount += rows[a].last - low + 1;
}

void ClosureNetwork::Flow::build(std::vector<std::pair<int32_t, int32_t>> arcs,
                                 int32_t variables) {
  size_t implications = arcs.size();
  int32_t source = variables, sink = source + 1;
  for (int32_t v = 0; v < variables; ++v)
    arcs.push_back({source, v});
  for (int32_t v = 0; v < variables; ++v)
    arcs.push_back({v, sink});
  std::vector<int32_t> next(size_t(sink) + 2, 0);
  for (const auto &[from, to] : arcs) {
    ++next[from + 1];
    ++next[to + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::pair<int32_t, int32_t>> both(2 * arcs.size());
  std::vector<int32_t> reverseOf(both.size());
  for (size_t a = 0; a < arcs.size(); ++a) {
    auto [from, to] = arcs[a];
    int32_t forth = next[from]++, back = next[to]++;
    both[forth] = {from, to};
    both[back] = {to, from};
    reverseOf[forth] = back;
    reverseOf[back] = forth;
    size_t terminal = a < implications ? 0 : a - implications;
    (a < implications                            ? implication
     : terminal < static_cast<size_t>(variables) ? fromSource
                                                 : toSink)
        .push_back(forth);
  }
  graph = Graph(boost::edges_are_sorted, both.begin(), both.end(), sink + 1);
  std::vector<Graph::edge_descriptor> all;
  for (auto [at, end] = boost::edges(graph); at != end; ++at)
    all.push_back(*at);
  for (int32_t back : reverseOf)
    reverse.push_back(all[back]);
  capacity.assign(both.size(), 0);
  residual.assign(both.size(), 0);
  before.resize(size_t(sink) + 1);
  distance.resize(size_t(sink) + 1);
  side.resize(size_t(sink) + 1);
}

/// Sends what can be sent; the residual becomes the next call's capacity.
std::optional<int64_t> ClosureNetwork::Flow::push(int64_t &work,
                                                  const Stop &stop) {
  for (int32_t a : implication)
    capacity[a] = kUncut;
  auto byArc = boost::get(boost::edge_index, graph);
  auto byNode = boost::get(boost::vertex_index, graph);
  auto map = [](auto &values, auto index) {
    return boost::make_iterator_property_map(values.begin(), index);
  };
  auto sink = static_cast<int32_t>(side.size()) - 1;
  CountedArcs counted{residual.data(), &work, &stop};
  int64_t sent = 0;
  try {
    sent = boost::boykov_kolmogorov_max_flow(
        graph, map(capacity, byArc), counted, map(reverse, byArc),
        map(before, byNode), map(side, byNode), map(distance, byNode), byNode,
        sink - 1, sink);
  } catch (const WorkSpent &) {
    return std::nullopt;
  }
  std::swap(capacity, residual);
  return sent;
}

void ClosureNetwork::build() {
  std::vector<std::pair<int32_t, int32_t>> arcs;
  arcs.reserve(arcCount + 2 * variables);
  auto variable = [&](int32_t row, int32_t cycle) {
    return static_cast<int32_t>(rows[row].begin + cycle - rows[row].first - 1);
  };
  for (int32_t r = 0; r < numRows(); ++r)
    for (int32_t t = rows[r].first + 2; t <= rows[r].last; ++t)
      arcs.push_back({variable(r, t), variable(r, t - 1)});
  for (const Difference &d : differences)
    for (int32_t t = std::max(rows[d.a].first + 1, rows[d.b].first + 1 - d.gap);
         t <= rows[d.a].last; ++t)
      arcs.push_back({variable(d.a, t), variable(d.b, t + d.gap)});
  flow = std::make_unique<Flow>();
  flow->build(std::move(arcs), static_cast<int32_t>(variables));
  weight.assign(variables, 0);
}

/// Adds what changed to the terminal arcs; returns the costs of all first
/// cycles. The energy is, at any time,
///   constant + sum over v of (fromSource[v] if v is not set, else toSink[v]).
int64_t ClosureNetwork::changeWeights(std::span<const int64_t> cost) {
  int64_t firsts = 0;
  for (int32_t r = 0; r < numRows(); ++r) {
    std::span<const int64_t> c =
        cost.subspan(cell(r), size_t(rows[r].last - rows[r].first) + 1);
    firsts += c[0];
    for (size_t t = 1; t < c.size(); ++t) {
      int64_t v = rows[r].begin + int64_t(t) - 1;
      int64_t change = c[t] - c[t - 1] - weight[v];
      weight[v] += change;
      int64_t &unset = flow->capacity[flow->fromSource[v]];
      int64_t &set = flow->capacity[flow->toSink[v]];
      if (change >= 0) {
        set += change;
      } else {
        unset -= change;
        constant += change;
      }
      int64_t both = std::min(set, unset);
      set -= both;
      unset -= both;
      constant += both;
      // The way back to a terminal is of no use to any flow.
      flow->capacity[flow->reverse[flow->fromSource[v]].idx] = 0;
      flow->capacity[flow->reverse[flow->toSink[v]].idx] = 0;
    }
  }
  return firsts;
}

void ClosureNetwork::readCycles() {
  chosen.resize(rows.size());
  for (size_t r = 0; r < rows.size(); ++r) {
    chosen[r] = rows[r].first;
    while (chosen[r] < rows[r].last &&
           flow->side[rows[r].begin + chosen[r] - rows[r].first] ==
               boost::black_color)
      ++chosen[r];
  }
}

/// Begins again with a flow of zero.
void ClosureNetwork::forget() {
  std::fill(flow->capacity.begin(), flow->capacity.end(), 0);
  std::fill(weight.begin(), weight.end(), 0);
  constant = 0;
  calls = 0;
}

std::optional<int64_t> ClosureNetwork::minimise(std::span<const int64_t> cost,
                                                int64_t &work,
                                                const Stop &stop) {
  if (!flow)
    build();
  if (++calls > kCallsOfOneFlow)
    forget();
  int64_t firsts = changeWeights(cost);
  std::optional<int64_t> sent = flow->push(work, stop);
  if (!sent) {
    forget();
    return std::nullopt;
  }
  constant += *sent;
  readCycles();
  return firsts + constant;
}

int64_t ClosureNetwork::minimise(std::span<const int64_t> cost) {
  int64_t work = std::numeric_limits<int64_t>::max();
  Stop never;
  // Without an end to its work it has no reason to give up.
  return minimise(cost, work, never).value_or(0);
}
