//===- Windows.cpp - Longest paths and start windows ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Windows.h"
#include "LongestPaths.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Counts.h"

#include <algorithm>

using namespace gaus;

/// Nodes of a path or cycle that a diagnostic lists; the rest is counted.
static constexpr size_t kMaxListed = 20;

//===----------------------------------------------------------------------===//
// Explanations
//===----------------------------------------------------------------------===//

static std::string quoted(const Problem &p, int32_t node) {
  return "'" + p.nodeLabel(node) + "'";
}

static std::string cyclesOf(int64_t count) {
  return std::to_string(count) + (count == 1 ? " cycle" : " cycles");
}

/// "latency 3, lag -1, distance 2": what an edge adds.
static std::string edgeFacts(const Problem &p, int32_t edge) {
  if (edge >= p.numEdges() - p.numChainEdges)
    return "a chain longer than the clock period";
  std::string text = "latency " + std::to_string(p.latency[p.source[edge]]);
  if (p.lag[edge] != 0)
    text += ", lag " + std::to_string(p.lag[edge]);
  if (p.distance[edge] != 0)
    text += ", distance " + std::to_string(p.distance[edge]);
  return text;
}

/// Notes for the edges of a path or cycle in order, the middle left out if it
/// is long. `startOf` says where a node starts, where that is known.
static void addPathNotes(Diagnostic &d, const Problem &p,
                         std::span<const int32_t> edges,
                         const std::vector<int64_t> *startOf) {
  size_t head = edges.size() <= kMaxListed ? edges.size() : kMaxListed / 2;
  size_t tail =
      edges.size() <= kMaxListed ? edges.size() : edges.size() - kMaxListed / 2;
  for (size_t k = 0; k < edges.size(); ++k) {
    if (k == head && head < tail) {
      d.notes.push_back({std::to_string(tail - head) + " more left out"});
      k = tail;
    }
    int32_t e = edges[k], from = p.source[e];
    std::string text = quoted(p, from);
    if (startOf)
      text += " at cycle " + std::to_string((*startOf)[from]);
    text += " (" + edgeFacts(p, e) + ") before " + quoted(p, p.target[e]);
    d.notes.push_back({text, from, e});
  }
}

static Diagnostic explainCycle(const Problem &p,
                               std::span<const int32_t> cycle) {
  int64_t cycles = 0, distance = 0;
  for (int32_t e : cycle) {
    cycles += int64_t(p.latency[p.source[e]]) + p.lag[e];
    distance += p.distance[e];
  }
  Diagnostic d;
  d.code = "Dep";
  d.node = p.source[cycle[0]];
  std::string through = "the cycle through " + quoted(p, d.node);
  if (distance == 0)
    d.message = through + " has a length of " + cyclesOf(cycles) +
                " and no distance: no schedule satisfies it";
  else
    d.message = through + " has a length of " + cyclesOf(cycles) +
                " over a distance of " + std::to_string(distance) +
                ", which needs an initiation interval of at least " +
                std::to_string((cycles - 1) / distance + 1) + ", not " +
                std::to_string(p.ii);
  addPathNotes(d, p, cycle, nullptr);
  return d;
}

/// A positive cycle at p.ii, with the smallest II for the whole graph.
static Diagnostic explainRecurrence(const Problem &p,
                                    std::span<const int32_t> cycle,
                                    const Stop *stop) {
  Diagnostic d = explainCycle(p, cycle);
  if (Outcome<int32_t> least = recurrenceMII(p, stop))
    d.notes.push_back({"the smallest initiation interval that satisfies every "
                       "recurrence is " +
                       std::to_string(*least)});
  return d;
}

/// The window of `node` ends before the longest path lets it start.
static Diagnostic explainWindow(const Problem &p, const LongestPaths &paths,
                                const std::vector<int64_t> &asap,
                                int32_t node) {
  std::vector<int32_t> path = pathTo(p, paths.parent, node);
  int32_t root = path.empty() ? node : p.source[path[0]];
  int64_t taken = asap[node] - asap[root];
  Diagnostic d;
  d.code = "Win";
  d.node = node;
  if (p.latest[node] == kMaxCycle) {
    d.message = quoted(p, node) + " cannot start before cycle " +
                std::to_string(asap[node]) +
                ", beyond the largest cycle number " +
                std::to_string(kMaxCycle);
  } else {
    d.message = quoted(p, node) + " must start by cycle " +
                std::to_string(p.latest[node]) +
                ", but cannot start before cycle " + std::to_string(asap[node]);
    d.notes.push_back({quoted(p, root) + " starts at cycle " +
                           std::to_string(p.earliest[root]) +
                           " or later, and the path from it takes " +
                           cyclesOf(taken),
                       root});
  }
  addPathNotes(d, p, path, &asap);
  if (p.latest[node] == kMaxCycle)
    return d;
  std::string remedy = "a window of " + quoted(p, node) +
                       " that ends at cycle " + std::to_string(asap[node]) +
                       " or later would do";
  if (p.latest[node] - taken >= 0)
    remedy += ", or one of " + quoted(p, root) + " that starts at cycle " +
              std::to_string(p.latest[node] - taken) + " or before";
  d.notes.push_back({remedy, node});
  return d;
}

static Diagnostic explainLength(const Problem &p,
                                const EarliestStarts &earliest,
                                int32_t length) {
  const std::vector<int32_t> &asap = earliest.asap;
  int32_t last = 0;
  while (asap[last] + durationOf(p, last) < earliest.depth)
    ++last;
  std::vector<int32_t> path = pathTo(p, earliest.parent, last);
  std::vector<int64_t> wide(asap.begin(), asap.end());
  Diagnostic d;
  d.code = "Lat";
  d.node = last;
  d.message = "the length of " + cyclesOf(length) +
              " is below the longest path of " + cyclesOf(earliest.depth) +
              ", which ends in " + quoted(p, last);
  addPathNotes(d, p, path, &wide);
  d.notes.push_back({quoted(p, last) + " at cycle " +
                         std::to_string(asap[last]) + " (latency " +
                         std::to_string(p.latency[last]) + ")",
                     last});
  d.notes.push_back(
      {"the least possible length is " + std::to_string(earliest.depth)});
  return d;
}

//===----------------------------------------------------------------------===//
// Windows
//===----------------------------------------------------------------------===//

static std::optional<Diagnostic> checkDistances(const Problem &p) {
  if (p.ii > 0)
    return std::nullopt;
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    if (p.distance[e] == 0)
      continue;
    Diagnostic d;
    d.code = "Dep";
    d.node = p.target[e];
    d.message = "the edge from " + quoted(p, p.source[e]) + " to " +
                quoted(p, p.target[e]) + " has distance " +
                std::to_string(p.distance[e]) +
                ", which needs an initiation interval";
    d.notes.push_back(
        {quoted(p, p.source[e]) + " is the other end", p.source[e], e});
    return d;
  }
  return std::nullopt;
}

Outcome<EarliestStarts> gaus::earliestStarts(const Problem &p,
                                             const Stop *stop) {
  ++counts.earliestStarts;
  if (std::optional<Diagnostic> d = checkDistances(p))
    return *std::move(d);
  Adjacency adj(p);
  Components components = findComponents(p, adj);
  EarliestStarts result{std::move(adj), std::move(components), {}, 0, {}};
  LongestPaths paths(p, result.adj, result.components, p.ii, stop);
  std::vector<int64_t> value(p.earliest.begin(), p.earliest.end());
  if (!paths.forward(value)) {
    if (paths.positiveCycle.empty())
      return stoppedBefore("the windows were known");
    return explainRecurrence(p, paths.positiveCycle, stop);
  }
  int64_t depth = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (value[i] > p.latest[i])
      return explainWindow(p, paths, value, i);
    depth = std::max(depth, value[i] + durationOf(p, i));
  }
  result.depth = static_cast<int32_t>(depth);
  result.asap.assign(value.begin(), value.end());
  result.parent = std::move(paths.parent);
  return result;
}

std::optional<std::vector<int32_t>>
gaus::latestStarts(const Problem &p, const Adjacency &adj,
                   const Components &components, int32_t length,
                   const Stop *stop) {
  ++counts.latestStarts;
  std::vector<int64_t> value(p.latest.begin(), p.latest.end());
  for (int32_t i = 0; length > 0 && i < p.numNodes(); ++i)
    value[i] = std::min<int64_t>(value[i], length - durationOf(p, i));
  if (!LongestPaths(p, adj, components, p.ii, stop).backward(value))
    return std::nullopt;
  return std::vector<int32_t>(value.begin(), value.end());
}

Outcome<Windows> gaus::windowsWithin(const Problem &p,
                                     const EarliestStarts &earliest,
                                     int32_t length, const Stop *stop) {
  if (length > 0 && earliest.depth > length)
    return explainLength(p, earliest, length);
  // The least solution is itself a schedule under [Dep], [Win] and [Lat], so
  // that every window has at least one cycle.
  auto alap = latestStarts(p, earliest.adj, earliest.components, length, stop);
  if (!alap)
    return stoppedBefore("the windows were known");
  return Windows{earliest.asap, std::move(*alap), earliest.depth};
}

Outcome<Windows> gaus::computeWindows(const Problem &p, const Stop *stop) {
  Outcome<EarliestStarts> earliest = earliestStarts(p, stop);
  if (!earliest)
    return earliest.error();
  return windowsWithin(p, *earliest, p.length, stop);
}

Outcome<int32_t> gaus::leastLength(const Problem &p, const Stop *stop) {
  Outcome<EarliestStarts> earliest = earliestStarts(p, stop);
  if (!earliest)
    return earliest.error();
  return earliest->depth;
}

//===----------------------------------------------------------------------===//
// Recurrences
//===----------------------------------------------------------------------===//

Outcome<Recurrence> gaus::criticalRecurrence(const Problem &p,
                                             const Stop *stop) {
  Adjacency adj(p);
  Components components = findComponents(p, adj);
  // Each round either ends or finds a cycle that asks for a larger II. Cycles
  // of greater and greater ratio come up, so the rounds are few.
  Recurrence found;
  while (!components.acyclic) {
    LongestPaths paths(p, adj, components, found.ii, stop);
    std::vector<int64_t> value(p.numNodes(), 0);
    if (paths.forward(value))
      break;
    if (paths.positiveCycle.empty())
      return stoppedBefore("the recurrences were known");
    int64_t cycles = 0, distance = 0;
    for (int32_t e : paths.positiveCycle) {
      cycles += int64_t(p.latency[p.source[e]]) + p.lag[e];
      distance += p.distance[e];
    }
    if (distance == 0)
      return explainCycle(p, paths.positiveCycle);
    int64_t ii = (cycles - 1) / distance + 1;
    if (ii > kMaxCycle) {
      Diagnostic d = explainCycle(p, paths.positiveCycle);
      d.notes.push_back(
          {"the largest initiation interval is " + std::to_string(kMaxCycle)});
      return d;
    }
    found = {static_cast<int32_t>(ii), std::move(paths.positiveCycle), cycles,
             distance};
  }
  return found;
}

Outcome<int32_t> gaus::recurrenceMII(const Problem &p, const Stop *stop) {
  Outcome<Recurrence> found = criticalRecurrence(p, stop);
  if (!found)
    return found.error();
  return found->ii;
}
