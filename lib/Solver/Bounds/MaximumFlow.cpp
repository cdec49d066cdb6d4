//===- MaximumFlow.cpp - The cut behind a closure, by Boost ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/MaximumFlow.h"

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <algorithm>
#include <numeric>

using namespace gaus;

namespace {
using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                       boost::no_property, boost::no_property,
                                       int32_t, int32_t>;
/// Of an implication: more than all terminal arcs together.
constexpr int64_t kUncut = int64_t(1) << 61;
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
struct MaximumFlow::Network {
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

void MaximumFlow::Network::build(std::vector<std::pair<int32_t, int32_t>> arcs,
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
std::optional<int64_t> MaximumFlow::Network::push(int64_t &work,
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

bool gaus::hasMaximumFlows() { return true; }

MaximumFlow::MaximumFlow(std::vector<std::pair<int32_t, int32_t>> implications,
                         int32_t variables)
    : network(std::make_unique<Network>()) {
  network->build(std::move(implications), variables);
}

MaximumFlow::~MaximumFlow() = default;

int64_t MaximumFlow::unset(int32_t variable) const {
  return network->capacity[network->fromSource[variable]];
}

int64_t MaximumFlow::set(int32_t variable) const {
  return network->capacity[network->toSink[variable]];
}

void MaximumFlow::setCosts(int32_t variable, int64_t unset, int64_t set) {
  int32_t from = network->fromSource[variable], to = network->toSink[variable];
  network->capacity[from] = unset;
  network->capacity[to] = set;
  // The way back to a terminal is of no use to any flow.
  network->capacity[network->reverse[from].idx] = 0;
  network->capacity[network->reverse[to].idx] = 0;
}

void MaximumFlow::clear() {
  std::fill(network->capacity.begin(), network->capacity.end(), 0);
}

std::optional<int64_t> MaximumFlow::push(int64_t &work, const Stop &stop) {
  return network->push(work, stop);
}

bool MaximumFlow::isSet(int32_t variable) const {
  return network->side[variable] == boost::black_color;
}
