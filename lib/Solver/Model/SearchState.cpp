//===- SearchState.cpp - A schedule with its profiles up to date ----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/SearchState.h"

#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <numeric>

using namespace gaus;

SearchState::SearchState(const Instance &instance,
                         std::span<const int32_t> starts)
    : instance(instance), slots(instance.slots()),
      s(starts.begin(), starts.end()), profileOf(instance.numResources, -1) {
  for (int32_t r = 0; r < instance.numResources; ++r) {
    if (!isTracked(instance, r))
      continue;
    profileOf[r] = numProfiles();
    Tracked t;
    t.limit = instance.limit[r];
    t.unitPrice = double(instance.ratio) * double(instance.price[r]);
    t.use.assign(slots, 0);
    profiles.push_back(std::move(t));
  }
  if (instance.memoryWeight > 0 || instance.liveLimit >= 0) {
    memory = numProfiles();
    profiles.emplace_back();
    profiles[memory].use.assign(slots, 0);
    profiles[memory].limit = instance.liveLimit;
    if (instance.memoryWeight > 0 && !memoryAlone(instance))
      profiles[memory].unitPrice = double(instance.memoryWeight);
    last.assign(instance.numNodes, 0);
    lastCount.assign(instance.numNodes, 0);
  }
  comm = communicationCost(instance, s);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k)
      if (int32_t at = profileOf[instance.useResource[k]]; at >= 0)
        addSteps(profiles[at], s[i], int64_t(s[i]) + instance.occupancy[i],
                 instance.useUnits[k]);
    if (memory >= 0 && instance.width[i] > 0) {
      last[i] = lastUse(i, lastCount[i]);
      addSteps(profiles[memory], s[i] + instance.bornAfter[i], last[i],
               instance.width[i]);
    }
  }
  for (Tracked &t : profiles)
    std::partial_sum(t.use.begin(), t.use.end(), t.use.begin());
  overuse = 0;
  excessSum = 0;
  for (Tracked &t : profiles) {
    int64_t most = *std::max_element(t.use.begin(), t.use.end());
    t.target = t.limit >= 0 ? std::min(most, t.limit) : most;
    t.square = t.unitPrice > 0 || t.limit >= 0 ? 0.0 : 1.0;
    t.linear = t.unitPrice;
    for (int64_t u : t.use) {
      overuse += t.limit >= 0 ? std::max<int64_t>(0, u - t.limit) : 0;
      excessSum += double(std::max<int64_t>(0, u - t.target));
    }
  }
  // A unit over a limit costs more than any single move can gain.
  double heavy = 1 + 4.0 * double(instance.ratio);
  for (int64_t slope : instance.commSlope)
    heavy = std::max(heavy, double(slope < 0 ? -slope : slope));
  if (instance.memoryWeight > 0)
    for (int64_t w : instance.width)
      heavy = std::max(heavy, double(w) * double(w));
  for (Tracked &t : profiles)
    t.overWeight = t.limit >= 0 ? heavy : 0;
  // Values come and go as wholes.
  int64_t unit = 0;
  for (int64_t w : instance.width)
    unit = std::gcd(unit, w);
  if (memory >= 0 && unit > 1)
    profiles[memory].overWeight /= double(unit);
}

/// Adds `amount` in the cycles [from, to), folded onto slots, to the steps from
/// one slot to the next.
void SearchState::addSteps(Tracked &t, int64_t from, int64_t to,
                           int64_t amount) const {
  if (from >= to)
    return;
  int64_t rest = (to - from) % slots, first = from % slots;
  t.use[0] += (to - from) / slots * amount;
  if (rest == 0)
    return;
  t.use[first] += amount;
  if (first + rest < slots)
    t.use[first + rest] -= amount;
  else if (first + rest > slots) {
    t.use[0] += amount;
    t.use[first + rest - slots] -= amount;
  }
}

double SearchState::cellEnergy(const Tracked &t, int64_t use) const {
  double energy = 0;
  if (use > t.target) {
    double x = double(use - t.target);
    energy = x * (t.linear + t.square * x);
  }
  if (t.limit >= 0 && use > t.limit)
    energy += t.overWeight * double(use - t.limit);
  return energy;
}

/// Adds `amount` in the cycles [from, to), folded onto slots.
double SearchState::addRange(Tracked &t, int32_t from, int32_t to,
                             int64_t amount) {
  double change = 0;
  int32_t slot = from < slots ? from : from % slots;
  for (int32_t d = from; d < to; ++d) {
    int64_t before = t.use[slot], after = before + amount;
    t.use[slot] = after;
    if (before > t.target || after > t.target) {
      change += cellEnergy(t, after) - cellEnergy(t, before);
      excessSum += double(std::max<int64_t>(0, after - t.target) -
                          std::max<int64_t>(0, before - t.target));
    }
    if (t.limit >= 0)
      overuse += std::max<int64_t>(0, after - t.limit) -
                 std::max<int64_t>(0, before - t.limit);
    if (++slot == slots)
      slot = 0;
  }
  return change;
}

int32_t SearchState::lastUse(int32_t node, int32_t &count) const {
  int32_t latest = -1;
  count = 0;
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    if (instance.outShift[k] < 0)
      continue;
    int32_t at = s[instance.outTarget[k]] + instance.outShift[k];
    if (at > latest) {
      latest = at;
      count = 1;
    } else if (at == latest) {
      ++count;
    }
  }
  return latest;
}

/// Replaces the live range [born, last) by [newBorn, newLast); a range that
/// ends before it begins (while moves are under way) is empty.
double SearchState::setLive(int32_t node, int32_t born, int32_t lastCycle,
                            int32_t newBorn, int32_t newLast) {
  Tracked &t = profiles[memory];
  int64_t w = instance.width[node];
  bool was = born < lastCycle, is = newBorn < newLast;
  if (!was && !is)
    return 0;
  if (!was)
    return addRange(t, newBorn, newLast, w);
  if (!is)
    return addRange(t, born, lastCycle, -w);
  // Only the parts that differ are touched.
  if (newBorn >= lastCycle || born >= newLast)
    return addRange(t, born, lastCycle, -w) + addRange(t, newBorn, newLast, w);
  double change = newBorn < born ? addRange(t, newBorn, born, w)
                                 : addRange(t, born, newBorn, -w);
  return change + (newLast > lastCycle ? addRange(t, lastCycle, newLast, w)
                                       : addRange(t, newLast, lastCycle, -w));
}

/// The predecessors' last uses, after `node` has moved `from` -> `to` in `s`.
double SearchState::moveLastUses(int32_t node, int32_t from, int32_t to) {
  double change = 0;
  for (int32_t k = instance.inBegin[node]; k < instance.inBegin[node + 1];
       ++k) {
    int32_t i = instance.inSource[k];
    int32_t shift = instance.outShift[instance.inPosition[k]];
    if (shift < 0 || instance.width[i] == 0)
      continue;
    int32_t old = last[i], next = old;
    if (to + shift > old) {
      next = to + shift;
      lastCount[i] = 1;
    } else if (from + shift == old) {
      if (to + shift == old)
        continue;
      if (--lastCount[i] == 0)
        next = lastUse(i, lastCount[i]);
    } else if (to + shift == old) {
      ++lastCount[i];
    }
    if (next == old)
      continue;
    last[i] = next;
    int32_t born = s[i] + instance.bornAfter[i];
    change += setLive(i, born, old, born, next);
  }
  return change;
}

double SearchState::move(int32_t node, int32_t cycle) {
  int32_t from = s[node];
  if (from == cycle)
    return 0;
  double change = double(instance.commSlope[node]) * double(cycle - from);
  comm += instance.commSlope[node] * (cycle - from);
  for (int32_t k = instance.useBegin[node]; k < instance.useBegin[node + 1];
       ++k) {
    int32_t at = profileOf[instance.useResource[k]];
    if (at < 0)
      continue;
    Tracked &t = profiles[at];
    int32_t o = instance.occupancy[node];
    change += addRange(t, from, from + o, -instance.useUnits[k]);
    change += addRange(t, cycle, cycle + o, instance.useUnits[k]);
  }
  if (memory >= 0 && instance.width[node] > 0) {
    // A recurrence from a node to itself moves its last use too; that is done
    // below, so here the old one stays.
    int32_t b = instance.bornAfter[node];
    s[node] = cycle;
    change += setLive(node, from + b, last[node], cycle + b, last[node]);
  }
  s[node] = cycle;
  if (memory >= 0)
    change += moveLastUses(node, from, cycle);
  return change;
}

int64_t SearchState::peak(int32_t profile) const {
  const std::vector<int64_t> &use = profiles[profile].use;
  return *std::max_element(use.begin(), use.end());
}

int64_t SearchState::exactCost() const {
  return gaus::exactCost(instance, s, comm, [&](int32_t resource) {
    return peak(resource < 0 ? memory : profileOf[resource]);
  });
}

double SearchState::totalEnergy(const Tracked &t) const {
  double energy = t.unitPrice * double(t.target);
  for (int64_t u : t.use)
    energy += cellEnergy(t, u);
  return energy;
}

double SearchState::setTarget(int32_t profile, int64_t target) {
  Tracked &t = profiles[profile];
  double before = totalEnergy(t);
  for (int64_t u : t.use)
    excessSum += double(std::max<int64_t>(0, u - target) -
                        std::max<int64_t>(0, u - t.target));
  t.target = target;
  return totalEnergy(t) - before;
}

void SearchState::setExcessWeight(double weight) {
  for (Tracked &t : profiles)
    if (t.unitPrice > 0)
      t.linear = weight * t.unitPrice;
}
