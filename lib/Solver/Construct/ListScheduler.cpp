//===- ListScheduler.cpp - List scheduling by priority --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/ListScheduler.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>

using namespace gaus;

namespace {

/// Units in use by cycle. Starts are tried in ascending order of cycles, so a
/// plain array that grows is enough; where nodes hold units for long, only the
/// cycles at which the use changes are kept.
class UseTable {
public:
  UseTable(const Problem &p, std::span<const int64_t> capacity)
      : p(p), capacity(capacity), use(p.numResources()) {
    constexpr int32_t kLong = 1 << 16;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      sparse |= p.occupancy[i] > kLong && p.useBegin[i] < p.useBegin[i + 1];
    if (sparse)
      changes.resize(p.numResources());
  }

  bool fits(int32_t node, int32_t cycle) const {
    for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (capacity[r] == kUnlimited)
        continue;
      int64_t end = int64_t(cycle) + p.occupancy[node];
      if (p.useUnits[k] > capacity[r] ||
          most(r, cycle, end) + p.useUnits[k] > capacity[r])
        return false;
    }
    return true;
  }

  /// Steps of a look whether a node fits.
  int64_t work(int32_t node) const {
    int64_t cycles = sparse ? 1 : p.occupancy[node];
    return cycles * (p.useBegin[node + 1] - p.useBegin[node]);
  }

  void take(int32_t node, int32_t cycle) {
    for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k)
      if (int32_t r = p.useResource[k]; capacity[r] != kUnlimited)
        add(r, cycle, int64_t(cycle) + p.occupancy[node], p.useUnits[k]);
  }

  /// The next cycle at which something may fit that does not at `cycle`.
  int64_t nextChange(int32_t cycle) const {
    if (!sparse)
      return int64_t(cycle) + 1;
    int64_t next = kMaxCycle;
    for (const std::map<int64_t, int64_t> &c : changes)
      if (auto at = c.upper_bound(cycle); at != c.end())
        next = std::min(next, at->first);
    return next;
  }

private:
  /// The largest use in from .. end - 1.
  int64_t most(int32_t r, int64_t from, int64_t end) const {
    int64_t result = 0;
    if (sparse) {
      const std::map<int64_t, int64_t> &c = changes[r];
      auto at = c.upper_bound(from);
      if (at != c.begin())
        result = std::prev(at)->second;
      for (; at != c.end() && at->first < end; ++at)
        result = std::max(result, at->second);
      return result;
    }
    const std::vector<int64_t> &u = use[r];
    end = std::min<int64_t>(u.size(), end);
    for (int64_t d = from; d < end; ++d)
      result = std::max(result, u[d]);
    return result;
  }

  void add(int32_t r, int64_t from, int64_t to, int64_t units) {
    if (sparse) {
      auto end = split(r, to), at = split(r, from);
      for (; at != end; ++at)
        at->second += units;
      return;
    }
    std::vector<int64_t> &u = use[r];
    size_t end = to;
    if (u.size() < end)
      u.resize(std::max(end, u.size() + u.size() / 2));
    for (size_t d = from; d < end; ++d)
      u[d] += units;
  }

  std::map<int64_t, int64_t>::iterator split(int32_t r, int64_t cycle) {
    std::map<int64_t, int64_t> &c = changes[r];
    auto at = c.upper_bound(cycle);
    int64_t before = at == c.begin() ? 0 : std::prev(at)->second;
    return c.try_emplace(cycle, before).first;
  }

  const Problem &p;
  std::span<const int64_t> capacity;
  std::vector<std::vector<int64_t>> use;
  bool sparse = false;
  /// By resource: the use from a cycle on, up to the next one.
  std::vector<std::map<int64_t, int64_t>> changes;
};

/// Nodes that are ready, by priority. Of those that need the same units each
/// has the next one behind it: where the first does not fit, none does.
class ReadyNodes {
public:
  ReadyNodes(const Problem &p, const ListRequest &request)
      : p(p), request(request), kind(p.numNodes(), 0), ready(1),
        known(p.numResources()) {
    for (int32_t v = 0; v < p.numNodes(); ++v)
      kind[v] = kindOf(v);
  }

  bool empty() const { return fronts.empty(); }

  void insert(int32_t v) {
    std::set<Key> &mine = ready[kind[v]];
    Key key = keyOf(v);
    if (mine.empty() || key < *mine.begin()) {
      if (!mine.empty())
        fronts.erase(*mine.begin());
      fronts.insert(key);
    }
    mine.insert(key);
  }

  void erase(int32_t v) {
    std::set<Key> &mine = ready[kind[v]];
    bool isFirst = *mine.begin() == keyOf(v);
    mine.erase(keyOf(v));
    if (!isFirst)
      return;
    fronts.erase(keyOf(v));
    if (!mine.empty())
      fronts.insert(*mine.begin());
  }

  /// The first of each kind, in turn: those behind it come in its place once it
  /// is erased. -1 at the end.
  int32_t first() const { return fronts.empty() ? -1 : fronts.begin()->second; }
  int32_t after(int32_t v) const {
    auto next = fronts.upper_bound(keyOf(v));
    return next == fronts.end() ? -1 : next->second;
  }

private:
  using Key = std::pair<float, int32_t>;

  Key keyOf(int32_t v) const { return {request.priority[v], v}; }

  bool needSame(int32_t a, int32_t b) const {
    int32_t count = p.useBegin[a + 1] - p.useBegin[a];
    if (p.occupancy[a] != p.occupancy[b] ||
        count != p.useBegin[b + 1] - p.useBegin[b])
      return false;
    for (int32_t k = 0; k < count; ++k) {
      int32_t i = p.useBegin[a] + k, j = p.useBegin[b] + k;
      if (p.useResource[i] != p.useResource[j] ||
          p.useUnits[i] != p.useUnits[j])
        return false;
    }
    return true;
  }

  /// 0 for what needs nothing that is limited. Where there are many kinds, the
  /// same one may be there twice.
  int32_t kindOf(int32_t v) {
    constexpr size_t kCompared = 8;
    for (int32_t k = p.useBegin[v]; k < p.useBegin[v + 1]; ++k) {
      if (request.capacity[p.useResource[k]] == kUnlimited)
        continue;
      std::vector<int32_t> &others = known[p.useResource[k]];
      for (int32_t other : others)
        if (needSame(v, other))
          return kind[other];
      if (others.size() < kCompared)
        others.push_back(v);
      ready.emplace_back();
      return static_cast<int32_t>(ready.size()) - 1;
    }
    return 0;
  }

  const Problem &p;
  const ListRequest &request;
  std::vector<int32_t> kind;
  std::vector<std::set<Key>> ready; ///< by kind
  std::set<Key> fronts;
  /// By resource, nodes of different kinds that use it first.
  std::vector<std::vector<int32_t>> known;
};

class ListRun {
public:
  ListRun(const Problem &p, const Adjacency &adj, const Windows &windows,
          const ListRequest &request)
      : p(p), adj(adj), windows(windows), request(request),
        uses(p, request.capacity), polled(request.stop), ready(p, request),
        starts(p.numNodes(), -1), release(p.numNodes()),
        waiting(p.numNodes(), 0) {}

  Starts run();

private:
  void arrive(int32_t node) {
    int32_t t = std::max(windows.asap[node], release[node]);
    if (!request.notBefore.empty())
      t = std::max(t, std::min(request.notBefore[node], windows.alap[node]));
    future[t].push_back(node);
  }
  void place(int32_t node, int32_t cycle);
  bool startReady(int32_t cycle);
  int32_t nextCycle(int32_t cycle) const;

  const Problem &p;
  const Adjacency &adj;
  const Windows &windows;
  const ListRequest &request;
  UseTable uses;
  Polled polled;
  ReadyNodes ready;
  Starts starts;
  std::vector<int32_t> release, waiting;
  std::map<int32_t, std::vector<int32_t>> future;
  /// (latest start, node) of the ready nodes.
  std::set<std::pair<int32_t, int32_t>> urgent;
  int32_t placed = 0;
};

void ListRun::place(int32_t node, int32_t cycle) {
  starts[node] = cycle;
  uses.take(node, cycle);
  ++placed;
  for (int32_t e : adj.out(node)) {
    int32_t j = p.target[e];
    release[j] = std::max(release[j], cycle + p.latency[node] + p.lag[e]);
    if (--waiting[j] == 0)
      arrive(j);
  }
}

/// Starts what can start in `cycle`; false if a node's window has passed.
bool ListRun::startReady(int32_t cycle) {
  // Successors over edges of latency 0 may become ready in the same cycle.
  for (bool again = true; again;) {
    again = false;
    auto now = future.find(cycle);
    if (now != future.end()) {
      for (int32_t v : now->second) {
        ready.insert(v);
        urgent.insert({windows.alap[v], v});
      }
      future.erase(now);
    }
    while (!urgent.empty() && urgent.begin()->first <= cycle) {
      auto [latest, v] = *urgent.begin();
      if (latest < cycle || (!request.forceAtLatest && !uses.fits(v, cycle)))
        return false;
      urgent.erase(urgent.begin());
      ready.erase(v);
      place(v, cycle);
      again = true;
    }
    for (int32_t v = ready.first(), next; v >= 0; v = next) {
      if (polled.over(1 + uses.work(v)))
        return false;
      bool fits = uses.fits(v, cycle);
      if (fits)
        ready.erase(v);
      next = ready.after(v);
      if (!fits)
        continue;
      urgent.erase({windows.alap[v], v});
      place(v, cycle);
      again = true;
    }
    again = again && future.count(cycle);
  }
  return true;
}

/// Nothing can start before: units are free, a node is ready, or it is late.
int32_t ListRun::nextCycle(int32_t cycle) const {
  if (ready.empty())
    return cycle + 1;
  int64_t next = uses.nextChange(cycle);
  if (!future.empty())
    next = std::min<int64_t>(next, future.begin()->first);
  if (!urgent.empty())
    next = std::min<int64_t>(next, urgent.begin()->first);
  return static_cast<int32_t>(std::max<int64_t>(next, int64_t(cycle) + 1));
}

Starts ListRun::run() {
  for (int32_t e = 0; e < p.numEdges(); ++e)
    ++waiting[p.target[e]];
  for (int32_t v = 0; v < p.numNodes(); ++v)
    if (waiting[v] == 0)
      arrive(v);
  int32_t cycle = 0;
  while (placed < p.numNodes()) {
    if (ready.empty()) {
      if (future.empty())
        return {};
      cycle = std::max(cycle, future.begin()->first);
    }
    // A negative lag may make a node ready for a cycle that has passed.
    while (!future.empty() && future.begin()->first < cycle) {
      std::vector<int32_t> late = std::move(future.begin()->second);
      future.erase(future.begin());
      std::vector<int32_t> &now = future[cycle];
      now.insert(now.end(), late.begin(), late.end());
    }
    if (!startReady(cycle))
      return {};
    if (cycle >= kMaxCycle || (request.stop && request.stop->requested()))
      return {};
    cycle = nextCycle(cycle);
  }
  return starts;
}

} // namespace

Starts gaus::listSchedule(const Problem &p, const Adjacency &adj,
                          const Windows &windows, const ListRequest &request) {
  return ListRun(p, adj, windows, request).run();
}

Starts gaus::levelledList(const Problem &p, const Adjacency &adj,
                          const Windows &windows, const CostWeights &weights,
                          const Stop *stop) {
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  int32_t numResources = p.numResources();
  std::vector<int64_t> most(numResources, 0), total;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      most[r] = std::max(most[r], p.useUnits[k]);
    }
  for (Wide work : resourceWork(p))
    total.push_back(saturate(work));
  Starts best;
  int64_t bestCost = 0;
  // Capacities between the average use and twice that, finer near the average.
  constexpr int kPerMille[] = {1000, 1002, 1005, 1010, 1020, 1050,
                               1100, 1200, 1400, 1700, 2000, 4000};
  constexpr double kMost = 0x1p62;
  int64_t cycles = std::max(p.length, windows.depth);
  for (int share : kPerMille) {
    std::vector<int64_t> capacity(numResources);
    for (int32_t r = 0; r < numResources; ++r) {
      double wanted = double(total[r]) / double(cycles) * share / 1000.0;
      capacity[r] =
          std::max(most[r], wanted < kMost ? static_cast<int64_t>(wanted) + 1
                                           : static_cast<int64_t>(kMost));
      if (p.limit[r] != kUnlimited)
        capacity[r] = std::min(capacity[r], p.limit[r]);
    }
    Starts s = listSchedule(
        p, adj, windows,
        {.priority = priority, .capacity = capacity, .stop = stop});
    if (s.empty())
      continue;
    int64_t cost = evaluate(p, s).value(Objective::Resources, weights);
    if (best.empty() || cost < bestCost) {
      best = std::move(s);
      bestCost = cost;
    }
  }
  return best;
}
