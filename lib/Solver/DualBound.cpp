//===- DualBound.cpp - Bounds by prices of cycles and minimum cuts --------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/DualBound.h"

#include "gaus/Device/Arithmetic.h"

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

using namespace gaus;

namespace {

using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property,
                                       boost::no_property, boost::no_property,
                                       int32_t, int32_t>;

/// A variable start: a node, or the last use of a value with several consumers.
struct Row {
  int32_t first, last; ///< least and largest cycle
  int32_t begin;       ///< index of the variable "start >= first + 1"
};

/// A peak that has prices.
struct Peak {
  int32_t resource; ///< -1 = memory
  int64_t weight;   ///< cost of one unit of the peak
  std::vector<double> price;
  std::vector<int64_t> sums; ///< fixed-point prices before each cycle
  std::vector<int64_t> profile;
};

class Dual {
public:
  Dual(const RelaxationData &data, const DualBoundOptions &options)
      : data(data), options(options),
        slots(data.ii > 0 ? data.ii : data.numCycles) {
    makeRows();
    makePeaks();
    chooseScale();
  }

  int64_t arcCount() const { return int64_t(arcs.size()) + 2 * variables; }
  bool worthwhile() const { return !peaks.empty() && variables > 0; }
  DualBoundResult run(std::span<const PriceStart> first,
                      const std::atomic<bool> &stop);
  void makeArcs();

private:
  void makeRows();
  void makePeaks();
  void chooseScale();
  void firstPrices(const PriceStart &from);
  void roundPrices();
  void addUseCosts(std::vector<int64_t> &cost, int32_t node);
  void addLifeCosts(const Peak &memory);
  int64_t setWeights();
  void iterate(const PriceStart &from, int32_t iterations,
               const std::atomic<bool> &stop, DualBoundResult &result);
  void buildGraph();
  int64_t cut();
  void readSchedule();
  void profileOf(std::span<const int32_t> starts, Peak &peak) const;
  void movePrices(double gap);
  void countStarts();
  std::vector<int32_t> quantile(double share) const;

  int64_t lifeEnd(std::span<const int32_t> starts, int32_t node) const;

  const RelaxationData &data;
  const DualBoundOptions &options;
  int32_t slots;
  std::vector<Row> rows;          ///< nodes, then last uses
  std::vector<int32_t> lastUseOf; ///< node -> row, -1 = none
  std::vector<int32_t> onlyUser;  ///< node -> position of its one edge, or -1
  int64_t variables = 0;
  std::vector<Peak> peaks;
  double scale = 1;

  // The closure's graph: variables, source, sink. Implications first.
  std::vector<std::pair<int32_t, int32_t>> arcs;
  std::vector<std::vector<int64_t>> cost; ///< by row and cycle
  std::vector<int64_t> weight;            ///< by variable
  Graph graph;
  std::vector<int32_t> position; ///< of an arc in the graph
  std::vector<Graph::edge_descriptor> reverse;
  std::vector<int32_t> starts;
  std::vector<bool> chosen;
  std::vector<int32_t> counts; ///< by variable: iterations with it set
  int32_t counted = 0;
  double step = 1;
};

//===----------------------------------------------------------------------===//
// The graph
//===----------------------------------------------------------------------===//

void Dual::makeRows() {
  auto add = [&](int32_t first, int32_t last) {
    rows.push_back({first, last, static_cast<int32_t>(variables)});
    variables += last - first;
  };
  for (int32_t i = 0; i < data.numNodes; ++i)
    add(data.asap[i], data.alap[i]);
  lastUseOf.assign(data.numNodes, -1);
  onlyUser.assign(data.numNodes, -1);
  if (data.memoryWeight == 0)
    return;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    int32_t users = 0, first = 0, last = 0;
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      if (data.outShift[k] >= 0) {
        ++users;
        onlyUser[i] = k;
        int32_t j = data.outTarget[k];
        first = std::max(first, data.asap[j] + data.outShift[k]);
        last = std::max(last, data.alap[j] + data.outShift[k]);
      }
    if (users == 1 || data.width[i] == 0)
      continue;
    onlyUser[i] = -1;
    lastUseOf[i] = static_cast<int32_t>(rows.size());
    add(first, last);
  }
}

/// "Row a at t or later" implies "row b at t + gap or later".
void addImplications(const Row &a, const Row &b, int32_t gap,
                     std::vector<std::pair<int32_t, int32_t>> &arcs) {
  int32_t low = std::max(a.first + 1, b.first + 1 - gap);
  for (int32_t t = low; t <= a.last; ++t)
    arcs.push_back(
        {a.begin + t - a.first - 1, b.begin + t + gap - b.first - 1});
}

void Dual::makeArcs() {
  for (const Row &r : rows)
    for (int32_t t = r.first + 2; t <= r.last; ++t)
      arcs.push_back({r.begin + t - r.first - 1, r.begin + t - r.first - 2});
  for (int32_t i = 0; i < data.numNodes; ++i)
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
      int32_t j = data.outTarget[k];
      addImplications(rows[i], rows[j], data.outGap[k], arcs);
      if (lastUseOf[i] >= 0 && data.outShift[k] >= 0)
        addImplications(rows[j], rows[lastUseOf[i]], data.outShift[k], arcs);
    }
}

void Dual::makePeaks() {
  for (int32_t r = 0; r < data.numResources; ++r)
    if (data.ratio > 0 && data.price[r] > 0)
      peaks.push_back({r, data.ratio * data.price[r], {}, {}, {}});
  if (data.memoryWeight > 0)
    peaks.push_back({-1, data.memoryWeight, {}, {}, {}});
}

/// Fixed point for the prices: all sums of costs stay below 2^60.
void Dual::chooseScale() {
  double largest = 1;
  for (const Peak &p : peaks) {
    double amount = 0;
    if (p.resource < 0)
      for (int64_t w : data.width)
        amount += double(w);
    else
      for (int32_t i = 0; i < data.numNodes; ++i)
        for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
          if (data.useResource[k] == p.resource)
            amount += double(data.useUnits[k]);
    double turns = double(data.numCycles) / slots + 1;
    largest += 4 * amount * double(p.weight) * turns;
  }
  for (int64_t w : data.outWeight)
    largest += 2 * double(data.alpha) * double(w) * data.numCycles;
  int bits = 0;
  while (bits < 30 && std::ldexp(largest, bits + 1) < 0x1p60)
    ++bits;
  scale = std::ldexp(1.0, bits);
}

//===----------------------------------------------------------------------===//
// Prices
//===----------------------------------------------------------------------===//

int64_t Dual::lifeEnd(std::span<const int32_t> s, int32_t node) const {
  int64_t last = s[node] + data.span[node] - 1;
  for (int32_t k = data.outBegin[node]; k < data.outBegin[node + 1]; ++k)
    if (data.outShift[k] >= 0)
      last = std::max<int64_t>(last, s[data.outTarget[k]] + data.outShift[k]);
  return last;
}

void Dual::profileOf(std::span<const int32_t> s, Peak &peak) const {
  std::vector<int64_t> change(size_t(data.numCycles) + 2, 0);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    if (peak.resource < 0) {
      change[s[i] + data.span[i] - 1] += data.width[i];
      change[lifeEnd(s, i)] -= data.width[i];
      continue;
    }
    for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
      if (data.useResource[k] == peak.resource) {
        change[s[i]] += data.useUnits[k];
        change[s[i] + data.occupancy[i]] -= data.useUnits[k];
      }
  }
  peak.profile.assign(slots, 0);
  int64_t sum = 0;
  for (int32_t d = 0; d < data.numCycles; ++d) {
    sum += change[d];
    peak.profile[d % slots] += sum;
  }
}

/// A softmax of a schedule's profile.
void Dual::firstPrices(const PriceStart &from) {
  for (Peak &p : peaks) {
    profileOf(from.starts, p);
    int64_t top = *std::max_element(p.profile.begin(), p.profile.end());
    double total = 0;
    p.price.assign(slots, 0);
    for (int32_t s = 0; s < slots; ++s) {
      double x = top > 0
                     ? from.sharpness * (double(p.profile[s]) / double(top) - 1)
                     : 0.0;
      p.price[s] = dev::exp(static_cast<float>(x));
      total += p.price[s];
    }
    for (double &x : p.price)
      x *= double(p.weight) / total;
  }
}

/// Prices in fixed point, rounded down: their sum stays within the weight.
void Dual::roundPrices() {
  for (Peak &p : peaks) {
    p.sums.assign(size_t(data.numCycles) + 2, 0);
    std::vector<int64_t> fixed(slots);
    int64_t total = 0, most = static_cast<int64_t>(double(p.weight) * scale);
    for (int32_t s = 0; s < slots; ++s) {
      fixed[s] = static_cast<int64_t>(p.price[s] * scale);
      fixed[s] = std::min(fixed[s], most - total);
      total += fixed[s];
    }
    for (int32_t d = 0; d <= data.numCycles; ++d)
      p.sums[d + 1] = p.sums[d] + fixed[d % slots];
  }
}

/// The simplex {x >= 0, sum x = total} nearest to `x` (Held, Wolfe, Crowder).
void project(std::vector<double> &x, double total) {
  std::vector<double> sorted = x;
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  double sum = 0, shift = 0;
  for (size_t k = 0; k < sorted.size(); ++k) {
    sum += sorted[k];
    double candidate = (sum - total) / double(k + 1);
    if (sorted[k] > candidate)
      shift = candidate;
  }
  for (double &v : x)
    v = std::max(0.0, v - shift);
}

/// A subgradient step of Polyak's length; the profiles of the cut's schedule
/// are the subgradient.
void Dual::movePrices(double gap) {
  double norm = 0;
  for (Peak &p : peaks) {
    profileOf(starts, p);
    double mean = 0;
    for (int64_t x : p.profile)
      mean += double(x) / slots;
    for (int64_t x : p.profile)
      norm += (double(x) - mean) * (double(x) - mean);
  }
  if (norm <= 0)
    return;
  for (Peak &p : peaks) {
    for (int32_t s = 0; s < slots; ++s)
      p.price[s] += step * gap / norm * double(p.profile[s]);
    project(p.price, double(p.weight));
  }
}

//===----------------------------------------------------------------------===//
// Cuts
//===----------------------------------------------------------------------===//

void Dual::addUseCosts(std::vector<int64_t> &c, int32_t i) {
  for (const Peak &p : peaks)
    for (int32_t k = data.useBegin[i]; k < data.useBegin[i + 1]; ++k)
      if (data.useResource[k] == p.resource)
        for (int32_t t = rows[i].first; t <= rows[i].last; ++t)
          c[t - rows[i].first] +=
              data.useUnits[k] * (p.sums[t + data.occupancy[i]] - p.sums[t]);
}

/// Births by their makers, deaths by the last use or the only consumer.
void Dual::addLifeCosts(const Peak &memory) {
  auto add = [&](int32_t row, int64_t width, int32_t offset) {
    const Row &r = rows[row];
    for (int32_t t = r.first; t <= r.last; ++t)
      cost[row][t - r.first] += width * memory.sums[t + offset];
  };
  for (int32_t i = 0; i < data.numNodes; ++i) {
    if (data.width[i] == 0)
      continue;
    add(i, -data.width[i], data.span[i] - 1);
    if (lastUseOf[i] >= 0)
      add(lastUseOf[i], data.width[i], 0);
    else if (int32_t k = onlyUser[i]; k >= 0)
      add(data.outTarget[k], data.width[i], data.outShift[k]);
  }
}

/// Costs of all rows into weights of variables; returns the constant part.
int64_t Dual::setWeights() {
  auto unit = static_cast<int64_t>(scale);
  std::vector<int64_t> pull(data.numNodes, 0);
  for (int32_t i = 0; i < data.numNodes; ++i)
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
      pull[i] -= data.alpha * data.outWeight[k];
      pull[data.outTarget[k]] += data.alpha * data.outWeight[k];
    }
  cost.resize(rows.size());
  for (size_t r = 0; r < rows.size(); ++r)
    cost[r].assign(size_t(rows[r].last - rows[r].first) + 1, 0);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    for (int32_t t = rows[i].first; t <= rows[i].last; ++t)
      cost[i][t - rows[i].first] += pull[i] * t * unit;
    addUseCosts(cost[i], i);
  }
  for (const Peak &p : peaks)
    if (p.resource < 0)
      addLifeCosts(p);
  int64_t constant = data.alpha * data.commConstant * unit;
  weight.resize(variables);
  for (size_t r = 0; r < rows.size(); ++r) {
    constant += cost[r][0];
    for (size_t t = 1; t < cost[r].size(); ++t)
      weight[rows[r].begin + t - 1] = cost[r][t] - cost[r][t - 1];
  }
  return constant;
}

/// Both directions of every arc, sorted by tail, as the flow algorithm wants
/// them. Implications keep their place; terminal arcs follow by variable.
void Dual::buildGraph() {
  auto source = static_cast<int32_t>(variables), sink = source + 1;
  for (int32_t v = 0; v < source; ++v)
    arcs.push_back({source, v});
  for (int32_t v = 0; v < source; ++v)
    arcs.push_back({v, sink});
  auto count = static_cast<int32_t>(arcs.size());
  std::vector<int32_t> next(size_t(sink) + 2, 0);
  for (const auto &[from, to] : arcs) {
    ++next[from + 1];
    ++next[to + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::pair<int32_t, int32_t>> both(2 * size_t(count));
  std::vector<int32_t> reverseOf(both.size());
  position.resize(count);
  for (int32_t a = 0; a < count; ++a) {
    auto [from, to] = arcs[a];
    int32_t forth = next[from]++, back = next[to]++;
    both[forth] = {from, to};
    both[back] = {to, from};
    reverseOf[forth] = back;
    reverseOf[back] = forth;
    position[a] = forth;
  }
  graph = Graph(boost::edges_are_sorted, both.begin(), both.end(), sink + 1);
  reverse.resize(both.size());
  std::vector<Graph::edge_descriptor> all;
  for (auto [at, end] = boost::edges(graph); at != end; ++at)
    all.push_back(*at);
  for (size_t a = 0; a < both.size(); ++a)
    reverse[a] = all[reverseOf[a]];
}

/// The least priced cost over all schedules, in fixed point.
int64_t Dual::cut() {
  int64_t constant = setWeights();
  auto source = static_cast<int32_t>(variables), sink = source + 1;
  if (boost::num_vertices(graph) == 0)
    buildGraph();
  int64_t gained = 0;
  for (int64_t w : weight)
    gained += std::min<int64_t>(w, 0);
  std::vector<int64_t> capacity(reverse.size(), 0), residual(reverse.size());
  size_t implications = position.size() - 2 * size_t(variables);
  for (size_t a = 0; a < implications; ++a)
    capacity[position[a]] = 1 - gained;
  for (int64_t v = 0; v < variables; ++v) {
    capacity[position[implications + v]] = std::max<int64_t>(0, -weight[v]);
    capacity[position[implications + variables + v]] =
        std::max<int64_t>(0, weight[v]);
  }
  auto byArc = boost::get(boost::edge_index, graph);
  auto byNode = boost::get(boost::vertex_index, graph);
  auto map = [](auto &values, auto index) {
    return boost::make_iterator_property_map(values.begin(), index);
  };
  std::vector<Graph::edge_descriptor> before(size_t(sink) + 1);
  std::vector<int32_t> distance(size_t(sink) + 1);
  std::vector<boost::default_color_type> side(size_t(sink) + 1);
  int64_t flow = boost::boykov_kolmogorov_max_flow(
      graph, map(capacity, byArc), map(residual, byArc), map(reverse, byArc),
      map(before, byNode), map(side, byNode), map(distance, byNode), byNode,
      source, sink);
  chosen.assign(variables, false);
  for (int32_t v = 0; v < source; ++v)
    chosen[v] = side[v] == boost::black_color;
  return constant + gained + flow;
}

void Dual::readSchedule() {
  starts.resize(data.numNodes);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    const Row &r = rows[i];
    starts[i] = r.first;
    for (int32_t k = 0; k < r.last - r.first && chosen[r.begin + k]; ++k)
      ++starts[i];
  }
}

void Dual::countStarts() {
  counts.resize(variables, 0);
  ++counted;
  for (int64_t v = 0; v < variables; ++v)
    counts[v] += chosen[v];
}

/// The start that at least `share` of the iterations reach: a legal schedule,
/// since every iteration's is.
std::vector<int32_t> Dual::quantile(double share) const {
  std::vector<int32_t> s(data.numNodes);
  for (int32_t i = 0; i < data.numNodes; ++i) {
    const Row &r = rows[i];
    s[i] = r.first;
    while (s[i] < r.last && counts[r.begin + s[i] - r.first] >= share * counted)
      ++s[i];
  }
  return s;
}

/// Subgradient steps from one start; the bound and the best prices so far are
/// the result's.
void Dual::iterate(const PriceStart &from, int32_t iterations,
                   const std::atomic<bool> &stop, DualBoundResult &result) {
  firstPrices(from);
  double found = 0;
  std::vector<int32_t> bestCut;
  std::vector<std::vector<double>> bestPrices;
  int32_t since = 0;
  step = 1;
  for (int32_t k = 0; k < iterations && !stop.load(); ++k) {
    roundPrices();
    int64_t exact = cut(), unit = static_cast<int64_t>(scale);
    double value = double(exact) / scale;
    readSchedule();
    ++result.iterations;
    // The first iterations have not found the prices yet.
    if (k >= iterations / 3)
      countStarts();
    ++since;
    if (value > found || bestCut.empty()) {
      if (value > found * (1 + 1e-4))
        since = 0;
      found = std::max(found, value);
      bestCut = starts;
      bestPrices.clear();
      for (const Peak &p : peaks)
        bestPrices.push_back(p.price);
    }
    result.bound = std::max(result.bound,
                            exact > 0 ? (exact - 1) / unit + 1 : exact / unit);
    if (result.bound >= options.upper)
      break;
    if (since >= 6) {
      // No progress: half the step, from the best prices.
      since = 0;
      step *= 0.5;
      for (size_t p = 0; p < peaks.size(); ++p)
        peaks[p].price = bestPrices[p];
    }
    movePrices(double(options.upper) - value);
  }
  if (!bestCut.empty())
    result.starts.push_back(bestCut);
}

DualBoundResult Dual::run(std::span<const PriceStart> first,
                          const std::atomic<bool> &stop) {
  DualBoundResult result;
  auto left = static_cast<int32_t>(std::min<int64_t>(
      options.arcs / std::max<int64_t>(1, arcCount()), options.maxIterations));
  for (size_t k = 0; k < first.size() && left > 0; ++k) {
    auto others = static_cast<int32_t>(first.size() - k);
    int32_t share = (left + others - 1) / others;
    iterate(first[k], share, stop, result);
    left -= share;
    if (result.bound >= options.upper)
      break;
  }
  for (double share : {0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9})
    if (counted > 0)
      result.starts.push_back(quantile(share));
  return result;
}

} // namespace

DualBoundResult gaus::dualBound(const RelaxationData &data,
                                std::span<const PriceStart> first,
                                const DualBoundOptions &options,
                                const std::atomic<bool> &stop) {
  Dual dual(data, options);
  // A first look at the size, before the arcs are made.
  int64_t cells = 0;
  for (int32_t k = 0; k < data.numEdges; ++k)
    cells += data.alap[data.outTarget[k]] - data.asap[data.outTarget[k]];
  if (!dual.worthwhile() || cells > options.arcs)
    return {};
  dual.makeArcs();
  return dual.run(first, stop);
}
