//===- StartCuts.cpp - Live memory where an operation starts --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/StartCuts.h"

#include "Model/Profiles.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <queue>

using namespace gaus;

static constexpr int32_t kNoWay = INT32_MIN;

bool StartCuts::covers(const Instance &instance) {
  if (instance.cyclic || instance.ii > 0 || instance.memoryWeight == 0 ||
      instance.ratio != 0 || instance.alpha != 0 || instance.lengthWeight != 0)
    return false;
  double total = 1;
  for (int64_t w : instance.width)
    total += double(w);
  return total * 8 * double(instance.numNodes + 1) < 0x1p54;
}

StartCuts::StartCuts(const Instance &instance, int64_t work, const Stop &stop)
    : instance(instance), stop(stop), work(work),
      forced(std::accumulate(instance.width.begin(), instance.width.end(),
                             int64_t(1))) {
  makeRows();
}

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

/// A row is 1 in a cycle d where something comes later: a start, start[i] > d,
/// or what comes wait[i] cycles behind it, start[i] + wait[i] > d. From an edge
/// "start[j] >= start[i] + gap" follows:
///   start[i] + a > d  implies  start[j] + b > d  if gap + b >= a.
void StartCuts::makeRows() {
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    wait.push_back(instance.hasBuffers ? instance.duration[i]
                                       : instance.bornAfter[i]);
    startRow.push_back(network.addRow(0, 1));
    laterRow.push_back(wait[i] == 0 ? startRow[i] : network.addRow(0, 1));
    bool used = false;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      used |= instance.outShift[k] >= 0;
    useRow.push_back(used && instance.width[i] > 0 ? network.addRow(0, 1) : -1);
  }
  auto implies = [&](int32_t a, int32_t b) {
    if (a != b)
      network.addDifference(a, b, 0);
  };
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    implies(startRow[i], laterRow[i]);
    if (useRow[i] >= 0)
      implies(bornRow(i), useRow[i]);
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t j = instance.outTarget[k], gap = instance.outGap[k];
      if (useRow[i] >= 0 && instance.outShift[k] >= 0)
        implies(endOfUse()[j], useRow[i]);
      for (auto [row, a] : {std::pair(startRow[i], 0), {laterRow[i], wait[i]}})
        if (gap >= a)
          implies(row, startRow[j]);
        else if (gap + wait[j] >= a)
          implies(row, laterRow[j]);
    }
  }
  base.assign(2 * size_t(network.numRows()), 0);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    if (useRow[i] >= 0) {
      base[network.cell(useRow[i]) + 1] += instance.width[i];
      base[network.cell(bornRow(i)) + 1] -= instance.width[i];
    }
}

/// Windows and distances where `node` starts within the range.
void StartCuts::reach(int32_t node, CycleRange range) {
  asap = instance.asap;
  alap = instance.alap;
  asap[node] = std::max(asap[node], range.first);
  alap[node] = std::min(alap[node], range.last);
  ahead.assign(instance.numNodes, kNoWay);
  ahead[node] = 0;
  for (int32_t i : instance.topological)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t &least = asap[instance.outTarget[k]];
      least = std::max(least, asap[i] + instance.outGap[k]);
    }
  for (size_t at = instance.topological.size(); at-- > 0;)
    for (int32_t i = instance.topological[at], k = instance.outBegin[i];
         k < instance.outBegin[i + 1]; ++k) {
      int32_t j = instance.outTarget[k], gap = instance.outGap[k];
      alap[i] = std::min(alap[i], alap[j] - gap);
      if (ahead[j] != kNoWay)
        ahead[i] = std::max(ahead[i], ahead[j] + gap);
    }
  work -= instance.numNodes + 2 * int64_t(instance.numEdges);
}

void StartCuts::force(int32_t row, Side side) {
  bool later = side == Side::Later;
  cost[network.cell(row) + 1] += later ? -forced : forced;
  numForcedLater += later;
}

/// What has come for sure by the cycle d = start of the node - before(), and
/// what has not.
void StartCuts::forceKnown(int32_t node, CycleRange range) {
  cost = base;
  numForcedLater = 0;
  int32_t first = range.first - before(), last = range.last - before();
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    auto forceRow = [&](int32_t row, int32_t offset) {
      int32_t behind = offset + before(); // from the row to the node
      if (ahead[i] >= behind || alap[i] + offset <= first)
        force(row, Side::Come);
      else if ((i == node && row == endOfUse()[i]) || asap[i] + offset > last)
        force(row, Side::Later);
    };
    forceRow(startRow[i], 0);
    if (laterRow[i] != startRow[i])
      forceRow(laterRow[i], wait[i]);
  }
}

std::optional<int64_t> StartCuts::leastBefore(int32_t node, CycleRange range) {
  reach(node, range);
  forceKnown(node, range);
  if (work <= 0)
    return std::nullopt;
  std::optional<int64_t> least = network.minimise(cost, work, stop);
  if (!least)
    return std::nullopt;
  return *least + forced * numForcedLater;
}

//===----------------------------------------------------------------------===//
// The greatest cut
//===----------------------------------------------------------------------===//

/// By node, the most that its cut can be.
void StartCuts::showMost(std::span<const std::span<const int32_t>> known) {
  most.assign(instance.numNodes, forced);
  for (std::span<const int32_t> s : known) {
    // live[d]: in the cycle d - before().
    std::vector<int64_t> live(size_t(instance.numCycles) + 2, 0);
    for (int32_t i = 0; i < instance.numNodes; ++i) {
      live[s[i] + instance.bornAfter[i] + before()] += instance.width[i];
      live[lifeEnd(instance, s, i) + before()] -= instance.width[i];
    }
    std::partial_sum(live.begin(), live.end(), live.begin());
    for (int32_t i = 0; i < instance.numNodes; ++i)
      most[i] = std::min(most[i], live[s[i]]);
  }
}

/// The last cut, before cycle `start`, is also one for what can start then. One
/// of buffers is not: it is in the cycle itself, in which the node starts.
void StartCuts::lowerMost(int32_t start, int64_t cut) {
  if (instance.hasBuffers)
    return;
  std::vector<int32_t> s = instance.asap;
  for (int32_t i : instance.topological) {
    bool later = network.cycles()[startRow[i]] == 1;
    if (later)
      s[i] = std::max(s[i], start);
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t &next = s[instance.outTarget[k]];
      next = std::max(next, s[i] + instance.outGap[k]);
    }
    if (later && s[i] == start)
      most[i] = std::min(most[i], cut);
  }
}

/// Splits the range with the least cut until that is one cycle, or more than
/// the bound cannot be shown.
int64_t StartCuts::improveAt(int32_t node, int64_t bound, int64_t upper) {
  using Part = std::pair<int64_t, int32_t>; // cut, first cycle
  std::priority_queue<Part, std::vector<Part>, std::greater<>> parts;
  std::vector<int32_t> lastOf(instance.alap[node] - instance.asap[node] + 1);
  auto add = [&](int32_t first, int32_t last) {
    std::optional<int64_t> cut = leastBefore(node, {first, last});
    if (!cut)
      return false;
    if (first == last)
      lowerMost(first, *cut);
    lastOf[first - instance.asap[node]] = last;
    parts.push({*cut, first});
    return true;
  };
  if (!add(instance.asap[node], instance.alap[node]))
    return bound;
  while (true) {
    auto [cut, first] = parts.top();
    int32_t last = lastOf[first - instance.asap[node]];
    bound = std::max(bound, std::min(cut, upper));
    if (bound >= upper || first == last)
      return bound;
    parts.pop();
    int32_t middle = first + (last - first) / 2;
    if (!add(first, middle) || !add(middle + 1, last))
      return bound;
  }
}

/// Nodes that may show more than the bound, those that may show much and little
/// in turn: neighbours show nearly the same, and not all may be tried.
std::vector<int32_t> StartCuts::candidates(int64_t bound) const {
  std::vector<int32_t> nodes;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    if (most[i] > bound)
      nodes.push_back(i);
  std::stable_sort(nodes.begin(), nodes.end(),
                   [&](int32_t a, int32_t b) { return most[a] > most[b]; });
  // The positions in the order of their bits from right to left.
  std::vector<int32_t> spread;
  int bits = std::bit_width(nodes.size());
  for (uint64_t k = 0; k < uint64_t(1) << bits; ++k) {
    uint64_t at = 0;
    for (int b = 0; b < bits; ++b)
      at |= (k >> b & 1) << (bits - 1 - b);
    if (at < nodes.size())
      spread.push_back(nodes[at]);
  }
  return spread;
}

int64_t StartCuts::improve(int64_t bound, int64_t upper,
                           std::span<const std::span<const int32_t>> known) {
  showMost(known);
  auto goesOn = [&] { return bound < upper && work > 0 && !stop.requested(); };
  // First over all cycles of a start, with half of the work.
  std::vector<std::pair<int64_t, int32_t>> shown;
  int64_t rest = work / 2;
  for (int32_t node : candidates(bound)) {
    if (!goesOn() || work < rest)
      break;
    if (most[node] <= bound)
      continue;
    std::optional<int64_t> cut =
        leastBefore(node, {instance.asap[node], instance.alap[node]});
    if (!cut)
      break;
    bound = std::clamp(*cut, bound, upper);
    shown.push_back({-*cut, node});
  }
  std::stable_sort(shown.begin(), shown.end());
  for (auto [cut, node] : shown) {
    if (!goesOn())
      break;
    if (most[node] > bound)
      bound = improveAt(node, bound, upper);
  }
  return bound;
}
