//===- Chains.cpp - Chaining as difference constraints --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Chains.h"
#include "LongestPaths.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

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
};

/// Nodes of latency 0 in a row that nothing enters or leaves in between: long
/// ones are passed in one step, by sums from their first node on.
struct Rows {
  /// Row and place in it of each node; row -1 = none.
  std::vector<int32_t> row, place;
  /// All rows one after the other; row k is nodes[begin[k]] .. nodes[begin[k+1]
  /// - 1], its last node being where it leads to.
  std::vector<int32_t> nodes, begin{0};
  /// For each of `nodes`, from the row's first: gaps, and delays before it.
  std::vector<int64_t> gap;
  std::vector<long double> time;
};

class ChainFinder {
public:
  ChainFinder(Problem &problem, const Stop *stop)
      : p(problem), adj(p), stop(stop), polled(stop), reached(p.numNodes()),
        // Decimal delays do not add up exactly in binary.
        allowed(p.clock * (1 + 1e-9)) {}

  std::optional<Diagnostic> run();

private:
  double combinationalDelay(int32_t node) const {
    return p.latency[node] == 0 ? std::max(p.delayIn[node], p.delayOut[node])
                                : p.delayIn[node];
  }
  int32_t onLoop(const Components &components,
                 const std::vector<int64_t> &value) const;
  void measureDelays(const Components &components);
  bool canBeLate(int32_t first) const;
  int32_t nextInRow(int32_t node) const;
  void findRows();
  void addRow(int32_t first);
  void explore(int32_t first);
  void follow(int32_t node, int64_t gap, double time);
  void extend(int32_t node, int64_t gap, double time);
  void passRow(int32_t node, int64_t gap, double time);
  void addEdges(int32_t first);
  Diagnostic tooSlow(int32_t node) const;
  Diagnostic loop(int32_t node) const;

  Problem &p;
  Adjacency adj;
  const Stop *stop;
  Polled polled;
  std::vector<Reached> reached;
  /// The largest sum of delays from a node on, its own included; infinite
  /// where there may be no largest.
  std::vector<double> ahead;
  Rows rows;
  std::vector<int32_t> queue, late;
  double allowed;
  uint32_t round = 0;
  struct Edge {
    int32_t source, target;
    int64_t lag;
  };
  std::vector<Edge> found;
};

/// The first node with a delay on a cycle of edges that are tight in every
/// schedule; -1 for none. On such a cycle the gaps add up to 0, so that each of
/// its edges is tight in any least solution `value`, too.
int32_t ChainFinder::onLoop(const Components &components,
                            const std::vector<int64_t> &value) const {
  if (components.acyclic)
    return -1;
  Problem tight;
  tight.latency.assign(p.numNodes(), 0);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.latency[p.source[e]] == 0 &&
        value[p.target[e]] == value[p.source[e]] + edgeCycles(p, e, p.ii)) {
      tight.source.push_back(p.source[e]);
      tight.target.push_back(p.target[e]);
    }
  Components loops = findComponents(tight, Adjacency(tight));
  std::vector<uint8_t> looped(p.numNodes(), 0);
  for (size_t e = 0; e < tight.source.size(); ++e)
    if (loops.component[tight.source[e]] == loops.component[tight.target[e]])
      looped[tight.source[e]] = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (looped[i] && p.delayOut[i] > 0)
      return i;
  return -1;
}

void ChainFinder::measureDelays(const Components &components) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  ahead.assign(p.numNodes(), 0);
  for (size_t at = components.nodes.size(); at-- > 0;) {
    int32_t i = components.nodes[at], c = components.component[i];
    double behind = 0;
    if (p.latency[i] == 0)
      for (int32_t e : adj.out(i)) {
        bool loops = components.component[p.target[e]] == c;
        behind = std::max(behind, loops ? infinite : ahead[p.target[e]]);
      }
    ahead[i] = std::max(combinationalDelay(i), p.delayOut[i] + behind);
  }
}

/// Whether any path from `first` on can be too long.
bool ChainFinder::canBeLate(int32_t first) const {
  double behind = 0;
  for (int32_t e : adj.out(first))
    behind = std::max(behind, ahead[p.target[e]]);
  // Sums in another order differ in the last bits.
  return p.delayOut[first] + behind > p.clock;
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// The only way on from `node` if it is the only way to there, else -1.
int32_t ChainFinder::nextInRow(int32_t node) const {
  std::span<const int32_t> out = adj.out(node);
  // With larger delays in than out a later node may be in time where an
  // earlier one is not.
  if (p.latency[node] != 0 || p.delayIn[node] > p.delayOut[node] ||
      out.size() != 1)
    return -1;
  int32_t to = p.target[out[0]];
  return to != node && adj.in(to).size() == 1 ? to : -1;
}

void ChainFinder::addRow(int32_t first) {
  // Short ones are walked as fast.
  constexpr size_t kShort = 64;
  auto number = static_cast<int32_t>(rows.begin.size()) - 1;
  size_t at = rows.nodes.size();
  int64_t gap = 0;
  long double time = 0;
  for (int32_t i = first;;) {
    rows.nodes.push_back(i);
    rows.gap.push_back(gap);
    rows.time.push_back(time);
    rows.row[i] = number;
    rows.place[i] = static_cast<int32_t>(rows.nodes.size()) - 1;
    int32_t next = nextInRow(i);
    if (next < 0 || rows.row[next] >= 0)
      break;
    gap += edgeCycles(p, adj.out(i)[0], p.ii);
    time += p.delayOut[i];
    i = next;
  }
  if (rows.nodes.size() - at >= kShort) {
    rows.begin.push_back(static_cast<int32_t>(rows.nodes.size()));
    return;
  }
  for (size_t k = at; k < rows.nodes.size(); ++k)
    rows.row[rows.nodes[k]] = -1;
  rows.nodes.resize(at);
  rows.gap.resize(at);
  rows.time.resize(at);
}

void ChainFinder::findRows() {
  rows.row.assign(p.numNodes(), -1);
  rows.place.assign(p.numNodes(), -1);
  std::vector<uint8_t> entered(p.numNodes(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (int32_t to = nextInRow(i); to >= 0)
      entered[to] = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (!entered[i] && nextInRow(i) >= 0)
      addRow(i);
  // What is left are rings, which may be cut anywhere.
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (entered[i] && rows.place[i] < 0)
      addRow(i);
}

/// From `node`, within a row, to the first one of the row that is late, or to
/// where it leads.
void ChainFinder::passRow(int32_t node, int64_t gap, double time) {
  int32_t from = rows.place[node], last = rows.begin[rows.row[node] + 1] - 1;
  auto after = [&](int32_t k) {
    return static_cast<double>(time + (rows.time[k] - rows.time[from]));
  };
  int32_t low = from + 1, high = last;
  while (low < high) {
    int32_t k = low + (high - low) / 2;
    if (after(k) + combinationalDelay(rows.nodes[k]) > allowed)
      high = k;
    else
      low = k + 1;
  }
  extend(rows.nodes[low], gap + rows.gap[low] - rows.gap[from], after(low));
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

/// Takes a path to `node` into account if it is tighter than those known.
void ChainFinder::extend(int32_t node, int64_t gap, double time) {
  Reached &r = reached[node];
  bool known = r.seen == round;
  if (known && (gap < r.gap || (gap == r.gap && time <= r.time)))
    return;
  r = {gap, time, round};
  queue.push_back(node);
}

/// From `node`, at which a path of these gaps and delays before it arrives.
void ChainFinder::follow(int32_t node, int64_t gap, double time) {
  if (rows.row[node] >= 0 && p.latency[node] == 0 &&
      rows.place[node] + 1 < rows.begin[rows.row[node] + 1])
    return passRow(node, gap, time);
  for (int32_t e : adj.out(node))
    extend(p.target[e], gap + edgeCycles(p, e, p.ii), time + p.delayOut[node]);
}

/// Paths from `first` in order of discovery; a node is visited again when a
/// tighter path to it turns up. There are no positive cycles, and on those of
/// length 0 no delays: this ends.
void ChainFinder::explore(int32_t first) {
  ++round;
  queue.clear();
  late.clear();
  follow(first, 0, 0);
  for (size_t at = 0; at < queue.size() && !polled.ended(); ++at) {
    int32_t i = queue[at];
    polled.over(1 + static_cast<int64_t>(adj.out(i).size()));
    Reached r = reached[i];
    if (r.time + combinationalDelay(i) > allowed)
      late.push_back(i);
    else if (p.latency[i] == 0)
      follow(i, r.gap, r.time);
  }
}

void ChainFinder::addEdges(int32_t first) {
  std::sort(late.begin(), late.end());
  late.erase(std::unique(late.begin(), late.end()), late.end());
  for (int32_t i : late) {
    // A path of larger gaps has turned up, which fits into the period: the late
    // one cannot be tight.
    if (reached[i].time + combinationalDelay(i) <= allowed)
      continue;
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
  Components components = findComponents(p, adj);
  std::vector<int64_t> value(p.numNodes(), 0);
  // The windows explain what has no schedule even without a clock.
  LongestPaths paths(p, adj, components, p.ii, stop);
  if (!paths.forward(value)) {
    if (paths.positiveCycle.empty())
      return stoppedBefore("the chains were known");
    return std::nullopt;
  }
  if (int32_t i = onLoop(components, value); i >= 0)
    return loop(i);
  measureDelays(components);
  findRows();
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    // Delays behind a register start at the node itself.
    if (p.delayOut[i] <= 0 || !canBeLate(i))
      continue;
    explore(i);
    if (polled.ended())
      return stoppedBefore("the chains were known");
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
    p.addEdge(e.source, e.target, 0, static_cast<int32_t>(e.lag),
              /*commWeight=*/0,
              /*carriesValue=*/false);
  p.numChainEdges = static_cast<int32_t>(found.size());
  return std::nullopt;
}

} // namespace

std::optional<Diagnostic> gaus::addChainEdges(Problem &p, const Stop *stop) {
  if (p.clock <= 0)
    return std::nullopt;
  // Those of an earlier call are no wires, and the II may be another one.
  p.dropChainEdges();
  return ChainFinder(p, stop).run();
}
