//===- ScheduleModel.cpp - A problem for the search that learns -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/ScheduleModel.h"

#include "Learning/Energy.h"
#include "Learning/Profile.h"
#include "Learning/Sum.h"
#include "Model/Instance.h"

#include "gaus/Core/Checked.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

namespace {
/// Sums of two numbers of the engine fit in 32 bits.
constexpr int64_t kMostValue = int64_t(1) << 29;
/// A variable of more values has no literals to be branched on.
constexpr int64_t kWide = 4096;
} // namespace

std::unique_ptr<ScheduleModel>
ScheduleModel::of(const Problem &p, const Windows &windows, int32_t horizon,
                  const Payment &paid, const ModelLimits &limits,
                  const Stop &stop) {
  std::unique_ptr<ScheduleModel> model(
      new ScheduleModel(p, windows, horizon, paid, limits, stop));
  if (!model->build())
    return nullptr;
  return model;
}

bool ScheduleModel::addStarts() {
  left = limits.values;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    left -= std::max<int64_t>(0, int64_t(windows.alap[i]) - windows.asap[i]);
  if (left < 0)
    return false;
  cycles = numProfileCycles(p, windows);
  if (p.ii == 0 && cycles > limits.cycles)
    return false;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    engine.ordered.push_back(
        engine.addVariable(windows.asap[i], windows.alap[i]));
  return true;
}

bool ScheduleModel::addEdges() {
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int64_t gap = int64_t(p.latency[p.source[e]]) + p.lag[e] -
                  int64_t(p.ii) * p.distance[e];
    if (p.source[e] == p.target[e]) {
      if (gap > 0)
        return false; // windows say why
      continue;
    }
    if (std::abs(gap) > kMostValue)
      return false;
    engine.addEdge(fromBelow(p.source[e]), fromBelow(p.target[e]),
                   static_cast<int32_t>(gap));
  }
  return true;
}

ScheduleModel::Uses ScheduleModel::usesOf(int32_t resource) const {
  Uses uses;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.useResource[k] == resource && p.useUnits[k] > 0) {
        uses.of.push_back({i, p.useUnits[k]});
        uses.unit = std::gcd(uses.unit, p.useUnits[k]);
        int64_t folds = p.ii > 0 ? (p.occupancy[i] - 1) / p.ii + 1 : 1;
        uses.total = saturate(Wide(p.useUnits[k]) * folds + uses.total);
      }
  return uses;
}

/// A variable for a peak that is paid for, in units.
int32_t ScheduleModel::addPeak(int64_t most, int64_t unit, int64_t price) {
  int32_t peak =
      engine.addVariable(0, static_cast<int32_t>(most), most > kWide);
  terms.push_back({peak, unit * price});
  left -= most > kWide ? 0 : most;
  return peak;
}

/// Of two operations that together are above the limit one comes first.
bool ScheduleModel::addPairs(int32_t resource, const Uses &uses) {
  if (p.ii > 0)
    return false;
  bool all = true;
  for (size_t a = 0; a < uses.of.size(); ++a)
    for (size_t b = a + 1; b < uses.of.size(); ++b) {
      auto [i, units] = uses.of[a];
      auto [j, others] = uses.of[b];
      if (i == j)
        return false;
      bool exclusive = units + others > p.limit[resource];
      if (!exclusive || pairsLeft <= 0) {
        all = false;
        continue;
      }
      if (windows.alap[i] + p.occupancy[i] <= windows.asap[j] ||
          windows.alap[j] + p.occupancy[j] <= windows.asap[i])
        continue;
      --pairsLeft;
      int32_t first = engine.addVariable(0, 1);
      pairs.push_back({first, i, j});
      engine.addEdge(fromBelow(i), fromBelow(j), p.occupancy[i],
                     atLeast(first, 1));
      engine.addEdge(fromBelow(j), fromBelow(i), p.occupancy[j],
                     atMost(first, 0));
    }
  return all;
}

/// Windows that are too full.
void ScheduleModel::addEnergy(std::span<const Held> tasks, int32_t peak,
                              int32_t most) {
  if (tasks.size() > 200)
    return;
  auto energy = std::make_unique<Energy>(p.ii, peak, most);
  Energy &of = *energy;
  engine.addPropagator(std::move(energy));
  if (peak >= 0)
    engine.subscribe(fromAbove(peak), 0);
  for (auto [node, cycles, units] : tasks) {
    if (p.ii > 0 && cycles > p.ii)
      continue;
    of.addTask(node, cycles, units);
    engine.subscribe(fromBelow(node), 0);
    engine.subscribe(fromAbove(node), 0);
  }
}

bool ScheduleModel::addResource(int32_t r) {
  int64_t price = paid.resources * p.price[r];
  if (p.limit[r] == kUnlimited && price == 0)
    return true;
  Uses uses = usesOf(r);
  if (uses.of.empty())
    return true;
  int64_t most = uses.total / uses.unit;
  if (p.limit[r] != kUnlimited)
    most = std::min(most, p.limit[r] / uses.unit);
  // What is paid for is a number of the engine; a limit alone is none.
  bool fits = uses.total / uses.unit <= kMostValue;
  if (uses.total >= kMaxSum || (price > 0 && !fits))
    return false;
  bool limited = p.limit[r] != kUnlimited && uses.total > p.limit[r];
  if (!limited && price == 0)
    return true;
  int32_t peak = price > 0 ? addPeak(most, uses.unit, price) : -1;
  if (fits) {
    std::vector<Held> tasks;
    tasks.reserve(uses.of.size());
    for (auto [i, units] : uses.of)
      tasks.push_back(
          {i, p.occupancy[i], static_cast<int32_t>(units / uses.unit)});
    addEnergy(tasks, peak, static_cast<int32_t>(most));
  }
  bool ordered = limited && addPairs(r, uses);
  if (ordered && price == 0)
    return true;
  auto profile =
      std::make_unique<Profile>(p.ii > 0 ? p.ii : cycles, p.ii > 0, peak, most);
  Profile &of = *profile;
  engine.addPropagator(std::move(profile));
  if (peak >= 0)
    engine.subscribe(fromAbove(peak), -1);
  for (auto [i, units] : uses.of) {
    int32_t index = of.addItem(i, 0, units / uses.unit);
    of.addEnd(i, p.occupancy[i]);
    engine.subscribe(fromBelow(i), index);
    engine.subscribe(fromAbove(i), index);
  }
  return true;
}

/// Of two values that together are above the limit one is over before the other
/// one begins, if both live for certain.
void ScheduleModel::addLivePairs(const Adjacency &adj,
                                 std::span<const uint8_t> lives) {
  auto surely = [&](int32_t i) {
    auto ends = adj.out(i);
    return std::any_of(ends.begin(), ends.end(), [&](int32_t e) {
      int64_t end = p.target[e] == i ? 0 : int64_t(p.latency[i]) + p.lag[e];
      return p.carries[e] && end + readFor(p, p.target[e]) > bornAfter(p, i);
    });
  };
  auto order = [&](int32_t i, int32_t j, Literal when) {
    for (int32_t e : adj.out(i))
      if (p.carries[e] && p.target[e] != j)
        engine.addEdge(fromBelow(p.target[e]), fromBelow(j),
                       readFor(p, p.target[e]) - bornAfter(p, j), when);
  };
  std::vector<int32_t> nodes;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (lives[i] && surely(i))
      nodes.push_back(i);
  for (size_t a = 0; a < nodes.size(); ++a)
    for (size_t b = a + 1; b < nodes.size(); ++b) {
      int32_t i = nodes[a], j = nodes[b];
      if (p.width[i] + p.width[j] <= p.liveLimit)
        continue;
      if (--pairsLeft < 0)
        return;
      int32_t first = engine.addVariable(0, 1);
      pairs.push_back({first, i, j});
      order(i, j, atLeast(first, 1));
      order(j, i, atMost(first, 0));
    }
}

/// Buffers that are too many for a window: each is held while its operation is
/// at work. Of limits beyond the engine's numbers only those that exclude each
/// other count.
void ScheduleModel::addLiveEnergy(std::span<const uint8_t> lives, int64_t unit,
                                  int32_t peak, int64_t most) {
  if (!p.hasBuffers() || p.numNodes() > 200)
    return;
  bool fits = most <= kMostValue;
  std::vector<Held> tasks;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    int64_t units = p.width[i] / unit;
    if (lives[i] && (fits ? units <= kMostValue : units > most / 2))
      tasks.push_back(
          {i, durationOf(p, i), fits ? static_cast<int32_t>(units) : 1});
  }
  addEnergy(tasks, fits ? peak : -1, fits ? static_cast<int32_t>(most) : 1);
}

bool ScheduleModel::addMemory() {
  int64_t unit = 0, total = 0;
  std::vector<uint8_t> lives(p.numNodes(), 0);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    lives[p.source[e]] |= p.carries[e] && p.width[p.source[e]] > 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (lives[i]) {
      unit = std::gcd(unit, p.width[i]);
      int64_t turns = p.ii > 0 ? cycles / p.ii + 1 : 1;
      total = saturate(Wide(p.width[i]) * turns + total);
    }
  if (unit == 0)
    unit = 1;
  if (total >= kMaxSum || (paid.memory > 0 && total / unit > kMostValue))
    return false;
  if (paid.memory == 0 && total <= p.liveLimit)
    return true;
  int64_t most = total / unit;
  if (p.limitsLive())
    most = std::min(most, p.liveLimit / unit);
  int32_t peak = paid.memory > 0 ? addPeak(most, unit, paid.memory) : -1;
  auto profile =
      std::make_unique<Profile>(p.ii > 0 ? p.ii : cycles, p.ii > 0, peak, most);
  Profile &of = *profile;
  engine.addPropagator(std::move(profile));
  if (peak >= 0)
    engine.subscribe(fromAbove(peak), -1);
  Adjacency adj(p);
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (!lives[i])
      continue;
    int32_t index = of.addItem(i, bornAfter(p, i), p.width[i] / unit);
    engine.subscribe(fromBelow(i), index);
    engine.subscribe(fromAbove(i), index);
    for (int32_t e : adj.out(i))
      if (p.carries[e]) {
        of.addEnd(p.target[e], turnsOf(e) + readFor(p, p.target[e]));
        engine.subscribe(fromBelow(p.target[e]), index);
        engine.subscribe(fromAbove(p.target[e]), index);
      }
  }
  addLiveEnergy(lives, unit, peak, most);
  if (p.limitsLive() && p.ii == 0)
    addLivePairs(adj, lives);
  return true;
}

bool ScheduleModel::addLength() {
  left -= horizon - windows.depth;
  if (left < 0)
    return false;
  int32_t end = engine.addVariable(windows.depth, horizon);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    engine.addEdge(fromBelow(i), fromBelow(end), durationOf(p, i));
  terms.push_back({end, paid.length});
  return true;
}

bool ScheduleModel::addCommunication() {
  std::vector<Wide> slope(p.numNodes(), 0);
  Wide constant = 0;
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    if (!p.carries[e])
      continue;
    slope[p.target[e]] += Wide(paid.communication) * p.weight[e];
    slope[p.source[e]] -= Wide(paid.communication) * p.weight[e];
    constant += Wide(paid.communication) * p.weight[e] * turnsOf(e);
  }
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    if (slope[i] > kMostValue || slope[i] < -kMostValue)
      return false;
    if (slope[i] != 0)
      terms.push_back({i, static_cast<int64_t>(slope[i])});
  }
  offset = saturate(constant);
  return true;
}

/// One paid variable is the cost; else a variable is their sum.
bool ScheduleModel::addCost() {
  if (terms.size() == 1 && terms[0].second > 0 && offset == 0) {
    cost = terms[0].first;
    scale = terms[0].second;
    return true;
  }
  Wide least = offset, most = offset;
  int64_t unit = 0;
  for (auto [x, factor] : terms) {
    int64_t low = engine.low(fromBelow(x)), high = engine.high(fromBelow(x));
    least += Wide(factor) * (factor > 0 ? low : high);
    most += Wide(factor) * (factor > 0 ? high : low);
    unit = std::gcd(unit, factor);
  }
  if (least < -kMostValue || most > kMostValue)
    return false;
  offset = static_cast<int64_t>(least);
  scale = std::max<int64_t>(1, unit);
  auto range = static_cast<int64_t>((most - least) / scale);
  cost = engine.addVariable(0, static_cast<int32_t>(range), /*wide=*/true);
  // terms + offset of the terms <= offset + scale * cost.
  Wide right = 0;
  for (auto [x, factor] : terms)
    right += Wide(factor) * (factor > 0 ? engine.low(fromBelow(x))
                                        : engine.high(fromBelow(x)));
  auto sum = std::make_unique<Sum>(static_cast<int64_t>(right));
  Sum &of = *sum;
  engine.addPropagator(std::move(sum));
  auto add = [&](View view, int64_t factor) {
    of.addTerm(view, factor);
    engine.subscribe(view, 0);
  };
  for (auto [x, factor] : terms)
    add(factor > 0 ? fromBelow(x) : fromAbove(x), std::abs(factor));
  add(fromAbove(cost), scale);
  return true;
}

bool ScheduleModel::build() {
  pairsLeft = limits.pairs;
  if (!addStarts() || !addEdges())
    return false;
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (!addResource(r))
      return false;
  return ((paid.memory == 0 && !p.limitsLive()) || addMemory()) &&
         (paid.length == 0 || addLength()) &&
         (paid.communication == 0 || addCommunication()) && left >= 0 &&
         addCost();
}

int32_t ScheduleModel::mostFor(int64_t value) const {
  int64_t rest = value - offset;
  int64_t most = rest >= 0 ? rest / scale : -((-rest + scale - 1) / scale);
  return static_cast<int32_t>(
      std::clamp<int64_t>(most, -kMostValue, kMostValue));
}

void ScheduleModel::hint(std::span<const int32_t> of) {
  std::vector<int32_t> model(engine.numVariables());
  for (int32_t x = 0; x < engine.numVariables(); ++x)
    model[x] = engine.low(fromBelow(x));
  std::copy(of.begin(), of.end(), model.begin());
  for (const Pair &pair : pairs)
    model[pair.variable] = of[pair.first] < of[pair.second];
  engine.model = std::move(model);
}

Starts ScheduleModel::starts() const {
  return {engine.model.begin(), engine.model.begin() + p.numNodes()};
}
