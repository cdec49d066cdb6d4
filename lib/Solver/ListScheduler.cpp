//===- ListScheduler.cpp - List scheduling by priority --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/ListScheduler.h"

#include <algorithm>
#include <map>
#include <queue>
#include <set>

using namespace gaus;

namespace {

/// Units in use by cycle. Starts are tried in ascending order of cycles, so a
/// plain array that grows is enough.
class UseTable {
public:
  UseTable(const Problem &p, std::span<const int64_t> capacity)
      : p(p), capacity(capacity), use(p.numResources()) {}

  bool fits(int32_t node, int32_t cycle) const {
    for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (capacity[r] == kUnlimited)
        continue;
      const std::vector<int64_t> &u = use[r];
      int64_t end =
          std::min<int64_t>(u.size(), int64_t(cycle) + p.occupancy[node]);
      for (int64_t d = cycle; d < end; ++d)
        if (u[d] + p.useUnits[k] > capacity[r])
          return false;
      if (p.useUnits[k] > capacity[r])
        return false;
    }
    return true;
  }

  void take(int32_t node, int32_t cycle) {
    for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
      int32_t r = p.useResource[k];
      if (capacity[r] == kUnlimited)
        continue;
      std::vector<int64_t> &u = use[r];
      size_t end = size_t(cycle) + p.occupancy[node];
      if (u.size() < end)
        u.resize(std::max(end, u.size() + u.size() / 2));
      for (size_t d = cycle; d < end; ++d)
        u[d] += p.useUnits[k];
    }
  }

private:
  const Problem &p;
  std::span<const int64_t> capacity;
  std::vector<std::vector<int64_t>> use;
};

class ListRun {
public:
  ListRun(const Problem &p, const Adjacency &adj, const Windows &windows,
          const ListRequest &request)
      : p(p), adj(adj), windows(windows), request(request),
        uses(p, request.capacity), starts(p.numNodes(), -1),
        release(p.numNodes()), waiting(p.numNodes(), 0) {}

  Starts run();

private:
  using Key = std::pair<float, int32_t>;

  void arrive(int32_t node) {
    int32_t t = std::max(windows.asap[node], release[node]);
    if (!request.notBefore.empty())
      t = std::max(t, std::min(request.notBefore[node], windows.alap[node]));
    future[t].push_back(node);
  }
  void place(int32_t node, int32_t cycle);
  bool startReady(int32_t cycle);

  const Problem &p;
  const Adjacency &adj;
  const Windows &windows;
  const ListRequest &request;
  UseTable uses;
  Starts starts;
  std::vector<int32_t> release, waiting;
  std::map<int32_t, std::vector<int32_t>> future;
  std::set<Key> ready;
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
        ready.insert({request.priority[v], v});
        urgent.insert({windows.alap[v], v});
      }
      future.erase(now);
    }
    while (!urgent.empty() && urgent.begin()->first <= cycle) {
      auto [latest, v] = *urgent.begin();
      if (latest < cycle || (!request.forceAtLatest && !uses.fits(v, cycle)))
        return false;
      urgent.erase(urgent.begin());
      ready.erase({request.priority[v], v});
      place(v, cycle);
      again = true;
    }
    for (auto it = ready.begin(); it != ready.end();) {
      int32_t v = it->second;
      if (!uses.fits(v, cycle)) {
        ++it;
        continue;
      }
      it = ready.erase(it);
      urgent.erase({windows.alap[v], v});
      place(v, cycle);
      again = true;
    }
    again = again && future.count(cycle);
  }
  return true;
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
    if (cycle >= kMaxCycle)
      return {};
    ++cycle;
  }
  return starts;
}

} // namespace

Starts gaus::listSchedule(const Problem &p, const Adjacency &adj,
                          const Windows &windows, const ListRequest &request) {
  return ListRun(p, adj, windows, request).run();
}

Starts gaus::levelledList(const Problem &p, const Adjacency &adj,
                          const Windows &windows, const CostWeights &weights) {
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  int32_t numResources = p.numResources();
  std::vector<int64_t> most(numResources, 0), total(numResources, 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k) {
      int32_t r = p.useResource[k];
      most[r] = std::max(most[r], p.useUnits[k]);
      total[r] += p.useUnits[k] * p.occupancy[i];
    }
  Starts best;
  int64_t bestCost = 0;
  // Capacities between the average use and twice that, finer near the average.
  constexpr int kPerMille[] = {1000, 1002, 1005, 1010, 1020, 1050,
                               1100, 1200, 1400, 1700, 2000, 4000};
  int64_t cycles = std::max(p.length, windows.depth);
  for (int share : kPerMille) {
    std::vector<int64_t> capacity(numResources);
    for (int32_t r = 0; r < numResources; ++r) {
      double wanted = double(total[r]) / double(cycles) * share / 1000.0;
      capacity[r] = std::max(most[r], static_cast<int64_t>(wanted) + 1);
      if (p.limit[r] != kUnlimited)
        capacity[r] = std::min(capacity[r], p.limit[r]);
    }
    Starts s = listSchedule(p, adj, windows, {priority, capacity, {}});
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
