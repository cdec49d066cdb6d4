//===- IntervalDemands.cpp - What asks for an interval --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/IntervalDemands.h"

#include <algorithm>
#include <limits>

using namespace gaus;

std::vector<ResourceDemand> gaus::resourceDemands(const Problem &p) {
  std::vector<Wide> work = resourceWork(p);
  std::vector<ResourceDemand> all;
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited && work[r] > 0)
      all.push_back({r, work[r], ceilDiv(work[r], p.limit[r])});
  std::stable_sort(all.begin(), all.end(),
                   [](const ResourceDemand &a, const ResourceDemand &b) {
                     return a.ii > b.ii;
                   });
  return all;
}

Outcome<int64_t> gaus::leastInterval(const Problem &p, const Stop *stop) {
  Outcome<int32_t> recurrences = recurrenceMII(p, stop);
  if (!recurrences)
    return recurrences.error();
  return std::max<int64_t>(*recurrences, resourceMII(p));
}

static std::optional<Relief> reliefOf(int64_t amount, const Problem &changed) {
  Outcome<int64_t> interval = leastInterval(changed);
  if (!interval)
    return std::nullopt;
  return Relief{amount, *interval};
}

std::optional<Relief> gaus::reliefByUnits(const Problem &p, int32_t resource,
                                          int64_t interval) {
  Wide work = resourceWork(p)[resource];
  if (interval <= 1 || p.limit[resource] == kUnlimited || work == 0)
    return std::nullopt;
  Problem changed = p;
  int64_t units = ceilDiv(work, interval - 1);
  if (units == std::numeric_limits<int64_t>::max())
    return std::nullopt;
  changed.limit[resource] = std::max(units, p.limit[resource]);
  return reliefOf(changed.limit[resource], changed);
}

/// The edge of `r` that goes to another iteration.
static int32_t carriedEdge(const Problem &p, const Recurrence &r) {
  for (int32_t e : r.edges)
    if (p.distance[e] > 0)
      return e;
  return -1;
}

std::optional<Relief> gaus::reliefByCycles(const Problem &p,
                                           const Recurrence &r) {
  int32_t edge = carriedEdge(p, r);
  if (r.ii <= 1 || edge < 0)
    return std::nullopt;
  int64_t less = r.cycles - r.distance * int64_t(r.ii - 1);
  int64_t lag = p.lag[edge] - less;
  if (lag < -kMaxCycle)
    return std::nullopt;
  Problem changed = p;
  changed.lag[edge] = static_cast<int32_t>(lag);
  return reliefOf(less, changed);
}

std::optional<NodeRelief> gaus::reliefByLatency(const Problem &p,
                                                const Recurrence &r) {
  // Each one takes a search for recurrences.
  size_t size = size_t(p.numNodes()) + p.source.size() + 1;
  size_t most = std::clamp<size_t>(3000000 / size, 1, 32);
  std::optional<NodeRelief> best;
  int64_t needed = r.cycles - r.distance * int64_t(r.ii - 1);
  for (size_t k = 0; k < std::min(most, r.edges.size()); ++k) {
    int32_t node = p.source[r.edges[k]];
    int64_t less = std::min<int64_t>(needed, p.latency[node]);
    if (less == 0)
      continue;
    Problem changed = p;
    changed.latency[node] -= static_cast<int32_t>(less);
    std::optional<Relief> relief = reliefOf(less, changed);
    if (relief && relief->interval < (best ? best->interval : r.ii))
      best = NodeRelief{*relief, node};
  }
  return best;
}

std::optional<Relief> gaus::reliefByDistance(const Problem &p,
                                             const Recurrence &r) {
  int32_t edge = carriedEdge(p, r);
  if (r.ii <= 1 || edge < 0)
    return std::nullopt;
  int64_t distance = ceilDiv(r.cycles, r.ii - 1);
  int64_t onEdge = p.distance[edge] + (distance - r.distance);
  if (onEdge > kMaxCycle)
    return std::nullopt;
  Problem changed = p;
  changed.distance[edge] = static_cast<int32_t>(onEdge);
  return reliefOf(distance, changed);
}
