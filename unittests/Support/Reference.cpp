//===- Reference.cpp - The model, slow and plain --------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Reference.h"

#include <algorithm>
#include <map>

using namespace gaus;
using namespace gaus::test;

static int64_t cellOf(const Problem &p, int64_t cycle) {
  return p.ii > 0 ? cycle % p.ii : cycle;
}

/// Use of `resource` in every cycle or slot that is used at all.
static std::map<int64_t, int64_t> uses(const Problem &p, const Starts &s,
                                       int32_t resource) {
  std::map<int64_t, int64_t> use;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.useResource[k] == resource)
        for (int32_t d = s[i]; d < s[i] + p.occupancy[i]; ++d)
          use[cellOf(p, d)] += p.useUnits[k];
  return use;
}

static bool holds(const Problem &p, const Starts &s, int32_t e) {
  return s[p.target[e]] + p.ii * p.distance[e] >=
         s[p.source[e]] + p.latency[p.source[e]] + p.lag[e];
}

/// [Chain] by raising the times within the cycle until they stand or pass tau.
static bool chainsHold(const Problem &p, const Starts &s) {
  double tau = p.clock * (1 + 1e-9);
  std::vector<double> z(p.numNodes(), 0);
  for (bool changed = true; changed;) {
    changed = false;
    for (int32_t e = 0; e < p.numEdges(); ++e) {
      int32_t i = p.source[e], j = p.target[e];
      if (s[j] + p.ii * p.distance[e] != s[i] + p.latency[i] + p.lag[e])
        continue;
      double least = (p.latency[i] == 0 ? z[i] : 0) + p.delayOut[i];
      if (least <= z[j])
        continue;
      z[j] = least;
      changed = true;
      if (least > tau)
        return false;
    }
  }
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    double delay = p.latency[i] == 0 ? std::max(p.delayIn[i], p.delayOut[i])
                                     : p.delayIn[i];
    if (z[i] + delay > tau)
      return false;
  }
  return true;
}

static int64_t liveMemory(const Problem &p, const Starts &s);

std::set<std::string> gaus::test::violations(const Problem &p,
                                             const Starts &s) {
  std::set<std::string> found;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (s[i] < std::max(0, p.earliest[i]) || s[i] > p.latest[i])
      found.insert("Win");
    if (p.length > 0 && s[i] + std::max(p.latency[i], 1) > p.length)
      found.insert("Lat");
  }
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (!holds(p, s, e) || (p.ii == 0 && p.distance[e] > 0))
      found.insert("Dep");
  for (int32_t r = 0; r < p.numResources(); ++r)
    for (auto [cell, units] : uses(p, s, r))
      if (p.limit[r] != kUnlimited && units > p.limit[r])
        found.insert("Res");
  if (p.liveLimit != kUnlimited && liveMemory(p, s) > p.liveLimit)
    found.insert("Live");
  if (p.clock > 0 && !chainsHold(p, s))
    found.insert("Chain");
  return found;
}

/// Cycles of its duration for which an operation keeps what it reads.
static int64_t usedFor(const Problem &p, int32_t reader) {
  return p.memoryModel == MemoryModel::Values ? 0
                                              : std::max(p.latency[reader], 1);
}

static int64_t liveMemory(const Problem &p, const Starts &s) {
  std::map<int64_t, int64_t> live;
  int64_t end = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    end = std::max<int64_t>(end, s[i] + std::max(p.latency[i], 1));
  const Interface &io = p.interface;
  for (size_t k = 0; k < io.width.size(); ++k) {
    int64_t last = io.stays[k] ? end : 0;
    for (int32_t u = io.useBegin[k]; u < io.useBegin[k + 1]; ++u)
      last = std::max<int64_t>(last, s[io.user[u]] + usedFor(p, io.user[u]));
    for (int64_t d = 0; d < last; ++d)
      live[cellOf(p, d)] += io.width[k];
  }
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    bool leaves = std::count(io.leaves.begin(), io.leaves.end(), i) > 0;
    int64_t first = s[i] + std::max(p.latency[i], 1) - 1;
    int64_t last = leaves ? end : -1;
    if (p.memoryModel == MemoryModel::Buffers) {
      last = std::max<int64_t>(last, first + 1);
      first = s[i];
    }
    for (int32_t e = 0; e < p.numEdges(); ++e)
      if (p.source[e] == i && p.carries[e])
        last = std::max<int64_t>(last, s[p.target[e]] + p.ii * p.distance[e] +
                                           usedFor(p, p.target[e]));
    for (int64_t d = first; d < last; ++d)
      live[cellOf(p, d)] += p.width[i];
  }
  int64_t most = 0;
  for (auto [cell, width] : live)
    most = std::max(most, width);
  return most;
}

Cost gaus::test::referenceCost(const Problem &p, const Starts &s) {
  Cost cost;
  for (int32_t r = 0; r < p.numResources(); ++r) {
    int64_t peak = 0;
    for (auto [cell, units] : uses(p, s, r))
      peak = std::max(peak, units);
    cost.peak.push_back(peak);
    cost.resources += p.price[r] * peak;
  }
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      cost.communication +=
          p.weight[e] *
          (s[p.target[e]] + p.ii * p.distance[e] - s[p.source[e]]);
  cost.memory = liveMemory(p, s);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    cost.length =
        std::max<int64_t>(cost.length, s[i] + std::max(p.latency[i], 1));
  return cost;
}

//===----------------------------------------------------------------------===//
// Enumeration
//===----------------------------------------------------------------------===//

void gaus::test::forAllStarts(int32_t nodes, int32_t horizon,
                              const std::function<void(const Starts &)> &body) {
  Starts s(nodes, 0);
  for (;;) {
    body(s);
    int32_t at = 0;
    while (at < nodes && ++s[at] == horizon)
      s[at++] = 0;
    if (at == nodes)
      return;
  }
}

/// Extends s[0 .. node) in all ways that its edges and window allow.
static void extend(const Problem &p, int32_t horizon, int32_t node, Starts &s,
                   const std::function<void(const Starts &)> &body) {
  if (node == p.numNodes()) {
    if (violations(p, s).empty())
      body(s);
    return;
  }
  int32_t end = std::min(horizon - 1, p.latest[node]);
  if (p.length > 0)
    end = std::min(end, p.length - std::max(p.latency[node], 1));
  for (s[node] = p.earliest[node]; s[node] <= end; ++s[node]) {
    bool possible = true;
    for (int32_t e = 0; e < p.numEdges() && possible; ++e)
      if (std::max(p.source[e], p.target[e]) == node)
        possible = holds(p, s, e);
    if (possible)
      extend(p, horizon, node + 1, s, body);
  }
}

void gaus::test::forAllSchedules(
    const Problem &p, int32_t horizon,
    const std::function<void(const Starts &)> &body) {
  Starts s(p.numNodes(), 0);
  extend(p, horizon, 0, s, body);
}

std::optional<int64_t> gaus::test::optimum(const Problem &p, int32_t horizon,
                                           Objective objective,
                                           const CostWeights &weights) {
  std::optional<int64_t> best;
  forAllSchedules(p, horizon, [&](const Starts &s) {
    int64_t value = referenceCost(p, s).value(objective, weights);
    if (!best || value < *best)
      best = value;
  });
  return best;
}
