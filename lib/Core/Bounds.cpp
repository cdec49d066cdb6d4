//===- Bounds.cpp - Lower bounds on costs ---------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Bounds.h"
#include "LongestPaths.h"
#include "Room.h"
#include "gaus/Core/Checked.h"

#include <algorithm>
#include <limits>

using namespace gaus;

namespace {
/// A use of a resource by a node.
struct Use {
  int32_t node;
  int64_t units;
};

/// Something that surely goes on in cycles from .. to - 1.
struct Interval {
  int64_t from, to, amount;
};
} // namespace

static std::vector<std::vector<Use>> usesByResource(const Problem &p) {
  std::vector<std::vector<Use>> uses(p.numResources());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.useUnits[k] > 0)
        uses[p.useResource[k]].push_back({i, p.useUnits[k]});
  return uses;
}

/// The largest sum of intervals over all cycles, or over all slots with an II.
static Wide forcedPeak(const std::vector<Interval> &intervals, int32_t ii) {
  std::vector<std::pair<int64_t, int64_t>> events;
  Wide base = 0;
  for (const Interval &v : intervals) {
    if (v.from >= v.to || v.amount == 0)
      continue;
    int64_t from = v.from, to = v.to;
    if (ii > 0) {
      base += Wide((to - from) / ii) * v.amount;
      int64_t rest = (to - from) % ii;
      from %= ii;
      to = from + rest;
      if (rest == 0)
        continue;
      if (to > ii) {
        events.push_back({0, v.amount});
        events.push_back({to - ii, -v.amount});
        to = ii;
      }
    }
    events.push_back({from, v.amount});
    events.push_back({to, -v.amount});
  }
  // At equal cycles the ends come first.
  std::sort(events.begin(), events.end());
  Wide sum = base, peak = base;
  for (const auto &event : events)
    peak = std::max(peak, sum += event.second);
  return peak;
}

//===----------------------------------------------------------------------===//
// Initiation interval
//===----------------------------------------------------------------------===//

std::vector<Wide> gaus::resourceWork(const Problem &p) {
  std::vector<Wide> work(p.numResources(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      work[p.useResource[k]] += Wide(p.useUnits[k]) * p.occupancy[i];
  return work;
}

int64_t gaus::resourceMII(const Problem &p) {
  std::vector<Wide> work = resourceWork(p);
  int64_t least = 1;
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited)
      least = std::max(least, ceilDiv(work[r], p.limit[r]));
  return least;
}

//===----------------------------------------------------------------------===//
// Resources: ratio * Rsum + alpha * Com
//===----------------------------------------------------------------------===//

/// A lower bound on the peak use of one resource.
static int64_t peakBound(const Problem &p, const Windows &windows,
                         const std::vector<Use> &uses) {
  Wide work = 0;
  int64_t first = std::numeric_limits<int64_t>::max(), end = 0;
  std::vector<Interval> forced;
  std::vector<Share> shares;
  for (const Use &use : uses) {
    int64_t held = p.occupancy[use.node];
    int64_t asap = windows.asap[use.node], alap = windows.alap[use.node];
    work += Wide(use.units) * held;
    shares.push_back({held, use.units});
    first = std::min(first, asap);
    end = std::max(end, alap + held);
    // Wherever it starts in its window, it holds its units from the latest
    // start to the earliest end. With an II whole turns are held anyway.
    int64_t turns = p.ii > 0 ? held / p.ii * p.ii : 0;
    forced.push_back({alap, std::max(asap + held, alap + turns), use.units});
  }
  if (uses.empty())
    return 0;
  Wide bound = forcedPeak(forced, p.ii);
  // All the work falls into these cycles.
  int64_t cycles = p.ii > 0 ? p.ii : end - first;
  sortShares(shares);
  bound = std::max(bound, stackedPeak(shares, cycles));
  return std::max(saturate(bound), ceilDiv(work, cycles));
}

bool gaus::forcedOveruse(const Problem &p, const Windows &windows, int32_t ii) {
  std::vector<std::vector<Interval>> forced(p.numResources());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (p.limit[r] == kUnlimited)
        continue;
      int64_t held = p.occupancy[i], turns = ii > 0 ? held / ii * ii : 0;
      int64_t asap = windows.asap[i], alap = windows.alap[i];
      forced[r].push_back(
          {alap, std::max(asap + held, alap + turns), p.useUnits[k]});
    }
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited && forcedPeak(forced[r], ii) > p.limit[r])
      return true;
  return false;
}

/// The least number of cycle boundaries that an edge crosses.
static int64_t leastReach(const Problem &p, const Windows &windows,
                          int32_t edge) {
  int32_t i = p.source[edge], j = p.target[edge];
  int64_t byLatency = int64_t(p.latency[i]) + p.lag[edge];
  int64_t byWindows = int64_t(windows.asap[j]) +
                      int64_t(p.ii) * p.distance[edge] - windows.alap[i];
  return std::max(byLatency, byWindows);
}

static int64_t peaksBound(const Problem &p, const Windows &windows) {
  Wide resources = 0;
  std::vector<std::vector<Use>> uses = usesByResource(p);
  for (int32_t r = 0; r < p.numResources(); ++r)
    resources += Wide(p.price[r]) * peakBound(p, windows, uses[r]);
  return saturate(resources);
}

static int64_t communicationBound(const Problem &p, const Windows &windows) {
  Wide communication = 0;
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      communication += Wide(p.weight[e]) * leastReach(p, windows, e);
  return saturate(communication);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// Values that are live together because one node reads them all: they are live
/// in the cycle before it starts, if they were born by then; buffers are in the
/// one in which it starts, with its own.
static Wide readTogether(const Problem &p, const Adjacency &adj) {
  Wide best = 0;
  std::vector<int32_t> seen(p.numNodes(), -1);
  for (int32_t j = 0; j < p.numNodes(); ++j) {
    Wide sum = p.hasBuffers() ? p.width[j] : 0;
    for (int32_t e : adj.in(j)) {
      int32_t i = p.source[e];
      int64_t least = bornAfter(p, i) + (p.hasBuffers() ? 0 : 1);
      // Its own of this iteration is counted already.
      bool isItself = i == j && p.distance[e] == 0;
      if (!p.carries[e] || seen[i] == j || isItself ||
          int64_t(p.latency[i]) + p.lag[e] < least)
        continue;
      seen[i] = j;
      sum += p.width[i];
    }
    best = std::max(best, sum);
  }
  return best;
}

static int64_t memoryBound(const Problem &p, const Windows &windows) {
  Adjacency adj(p);
  Wide total = 0;
  int64_t first = std::numeric_limits<int64_t>::max(), end = 0;
  std::vector<Interval> forced;
  std::vector<Share> shares;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int64_t born = bornAfter(p, i), life = 0, deadAt = -1, deadBy = -1;
    if (p.hasBuffers() && p.width[i] > 0) {
      life = durationOf(p, i);
      deadAt = windows.asap[i] + life;
      deadBy = windows.alap[i] + life;
    }
    for (int32_t e : adj.out(i)) {
      if (!p.carries[e])
        continue;
      int32_t j = p.target[e];
      int64_t read = readFor(p, j), turns = int64_t(p.ii) * p.distance[e];
      life = std::max(life, leastReach(p, windows, e) + read - born);
      deadAt = std::max(deadAt, windows.asap[j] + turns + read);
      deadBy = std::max(deadBy, windows.alap[j] + turns + read);
    }
    if (life > 0) {
      total += Wide(p.width[i]) * life;
      shares.push_back({life, p.width[i]});
    }
    if (deadBy < 0)
      continue;
    first = std::min(first, windows.asap[i] + born);
    end = std::max(end, deadBy);
    int64_t lastBorn = windows.alap[i] + born;
    int64_t turns = p.ii > 0 && life > 0 ? life / p.ii * p.ii : 0;
    forced.push_back(
        {lastBorn, std::max(deadAt, lastBorn + turns), p.width[i]});
  }
  Wide bound = std::max(readTogether(p, adj), forcedPeak(forced, p.ii));
  int64_t cycles = p.ii > 0 ? p.ii : end - first;
  sortShares(shares);
  bound = std::max(bound, stackedPeak(shares, cycles));
  if (total > 0 && cycles > 0)
    bound = std::max(bound, Wide(ceilDiv(total, cycles)));
  return saturate(bound);
}

//===----------------------------------------------------------------------===//
// Latency
//===----------------------------------------------------------------------===//

/// For sets of nodes that start at cycle t or later: their work over the limit,
/// and then at least the shortest way from the end of a hold to the end of all.
/// The sets are the suffixes by release, and those by tail.
static int64_t workBound(const Problem &p, const Windows &windows,
                         const std::vector<int64_t> &tail,
                         std::vector<Use> uses, int64_t limit) {
  auto afterHold = [&](int32_t i) { return tail[i] - p.occupancy[i]; };
  auto sweep = [&] {
    Wide work = 0, best = 0;
    int64_t release = std::numeric_limits<int64_t>::max(), rest = release;
    for (const Use &use : uses) {
      work += Wide(use.units) * p.occupancy[use.node];
      release = std::min<int64_t>(release, windows.asap[use.node]);
      rest = std::min(rest, afterHold(use.node));
      best = std::max(best, Wide(release) + ceilDiv(work, limit) + rest);
    }
    return best;
  };
  std::stable_sort(uses.begin(), uses.end(), [&](const Use &a, const Use &b) {
    return windows.asap[a.node] > windows.asap[b.node];
  });
  Wide best = sweep();
  std::stable_sort(uses.begin(), uses.end(), [&](const Use &a, const Use &b) {
    return afterHold(a.node) > afterHold(b.node);
  });
  return saturate(std::max(best, sweep()));
}

static int64_t latencyBound(const Problem &p, const Windows &windows,
                            const Stop *stop) {
  int64_t bound = windows.depth;
  // With an II the work of many cycles shares one slot: nothing follows for T.
  if (p.ii > 0)
    return bound;
  if (p.limitsLive() && bound > 0)
    bound = std::max(bound, liveMII(p));
  Adjacency adj(p);
  std::optional<std::vector<int64_t>> tail =
      tails(p, adj, findComponents(p, adj), stop);
  if (!tail)
    return bound;
  std::vector<std::vector<Use>> uses = usesByResource(p);
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited && !uses[r].empty())
      bound = std::max(
          bound, workBound(p, windows, *tail, std::move(uses[r]), p.limit[r]));
  return bound;
}

int64_t gaus::simpleBound(const Problem &p, const Windows &windows,
                          const Payment &paid, const Stop *stop) {
  Wide bound = 0;
  if (paid.resources > 0)
    bound += Wide(paid.resources) * peaksBound(p, windows);
  if (paid.communication > 0)
    bound += Wide(paid.communication) * communicationBound(p, windows);
  if (paid.memory > 0)
    bound += Wide(paid.memory) * memoryBound(p, windows);
  if (paid.length > 0)
    bound += Wide(paid.length) * latencyBound(p, windows, stop);
  return saturate(bound);
}
