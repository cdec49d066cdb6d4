//===- StartCuts.cpp - Live memory where an operation starts --------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Bounds/StartCuts.h"

#include "gaus/Solver/Relaxation.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <queue>

using namespace gaus;

static constexpr int32_t kNoWay = INT32_MIN;

bool StartCuts::covers(const RelaxationData &data) {
  if (data.cyclic || data.ii > 0 || data.memoryWeight == 0 || data.ratio != 0 ||
      data.alpha != 0 || data.lengthWeight != 0)
    return false;
  double total = 1;
  for (int64_t w : data.width)
    total += double(w);
  return total * 8 * double(data.numNodes + 1) < 0x1p54;
}

StartCuts::StartCuts(const RelaxationData &data, int64_t work, const Stop &stop)
    : data(data), stop(stop), work(work),
      forced(
          std::accumulate(data.width.begin(), data.width.end(), int64_t(1))) {
  makeRows();
}

//===----------------------------------------------------------------------===//
// The network
//===----------------------------------------------------------------------===//

/// An edge "start[j] >= start[i] + gap" says, about any cycle d:
///   i not started by d:  start[j] >= d + 1 + gap;
///   i not born by d:     start[j] >= d + 2 - span[i] + gap.
void StartCuts::makeRows() {
  for (int32_t i = 0; i < data.numNodes; ++i) {
    startRow.push_back(network.addRow(0, 1));
    bornRow.push_back(data.span[i] == 1 ? startRow[i] : network.addRow(0, 1));
    bool used = false;
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k)
      used |= data.outShift[k] >= 0;
    useRow.push_back(used && data.width[i] > 0 ? network.addRow(0, 1) : -1);
  }
  auto implies = [&](int32_t a, int32_t b) {
    if (a != b)
      network.addDifference(a, b, 0);
  };
  for (int32_t i = 0; i < data.numNodes; ++i) {
    implies(startRow[i], bornRow[i]);
    if (useRow[i] >= 0)
      implies(bornRow[i], useRow[i]);
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
      int32_t j = data.outTarget[k], gap = data.outGap[k];
      if (useRow[i] >= 0 && data.outShift[k] >= 0)
        implies(startRow[j], useRow[i]);
      if (gap >= 0)
        implies(startRow[i], startRow[j]);
      else if (gap > -data.span[j])
        implies(startRow[i], bornRow[j]);
      if (gap >= data.span[i] - 1)
        implies(bornRow[i], startRow[j]);
      else if (gap > data.span[i] - data.span[j] - 1)
        implies(bornRow[i], bornRow[j]);
    }
  }
  base.assign(2 * size_t(network.numRows()), 0);
  for (int32_t i = 0; i < data.numNodes; ++i)
    if (useRow[i] >= 0) {
      base[network.cell(useRow[i]) + 1] += data.width[i];
      base[network.cell(bornRow[i]) + 1] -= data.width[i];
    }
}

/// Windows and distances where `node` starts within the range.
void StartCuts::reach(int32_t node, CycleRange range) {
  asap = data.asap;
  alap = data.alap;
  asap[node] = std::max(asap[node], range.first);
  alap[node] = std::min(alap[node], range.last);
  ahead.assign(data.numNodes, kNoWay);
  ahead[node] = 0;
  for (int32_t i : data.order)
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
      int32_t &least = asap[data.outTarget[k]];
      least = std::max(least, asap[i] + data.outGap[k]);
    }
  for (size_t at = data.order.size(); at-- > 0;)
    for (int32_t i = data.order[at], k = data.outBegin[i];
         k < data.outBegin[i + 1]; ++k) {
      int32_t j = data.outTarget[k], gap = data.outGap[k];
      alap[i] = std::min(alap[i], alap[j] - gap);
      if (ahead[j] != kNoWay)
        ahead[i] = std::max(ahead[i], ahead[j] + gap);
    }
  work -= data.numNodes + 2 * int64_t(data.numEdges);
}

void StartCuts::force(int32_t row, bool later) {
  cost[network.cell(row) + 1] += later ? -forced : forced;
  numForcedLater += later;
}

/// What has come for sure by the cycle d = start of the node - 1, and what has
/// not.
void StartCuts::forceKnown(int32_t node, CycleRange range) {
  cost = base;
  numForcedLater = 0;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    int32_t wait = data.span[i] - 1;
    if (ahead[i] >= 1 || alap[i] < range.first)
      force(startRow[i], false);
    else if (i == node || asap[i] >= range.last)
      force(startRow[i], true);
    if (bornRow[i] == startRow[i])
      continue;
    if (ahead[i] > wait || alap[i] + wait < range.first)
      force(bornRow[i], false);
    else if (asap[i] + wait >= range.last)
      force(bornRow[i], true);
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
  most.assign(data.numNodes, forced);
  for (std::span<const int32_t> s : known) {
    // live[d]: in the cycle before d.
    std::vector<int64_t> live(size_t(data.numCycles) + 2, 0);
    for (int32_t i = 0; i < data.numNodes; ++i) {
      live[s[i] + data.span[i]] += data.width[i];
      live[lifeEnd(data, s, i) + 1] -= data.width[i];
    }
    std::partial_sum(live.begin(), live.end(), live.begin());
    for (int32_t i = 0; i < data.numNodes; ++i)
      most[i] = std::min(most[i], live[s[i]]);
  }
}

/// The last cut, before cycle `start`, is also one for what can start then.
void StartCuts::lowerMost(int32_t start, int64_t cut) {
  std::vector<int32_t> s = data.asap;
  for (int32_t i : data.order) {
    bool later = network.cycles()[startRow[i]] == 1;
    if (later)
      s[i] = std::max(s[i], start);
    for (int32_t k = data.outBegin[i]; k < data.outBegin[i + 1]; ++k) {
      int32_t &next = s[data.outTarget[k]];
      next = std::max(next, s[i] + data.outGap[k]);
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
  std::vector<int32_t> lastOf(data.alap[node] - data.asap[node] + 1);
  auto add = [&](int32_t first, int32_t last) {
    std::optional<int64_t> cut = leastBefore(node, {first, last});
    if (!cut)
      return false;
    if (first == last)
      lowerMost(first, *cut);
    lastOf[first - data.asap[node]] = last;
    parts.push({*cut, first});
    return true;
  };
  if (!add(data.asap[node], data.alap[node]))
    return bound;
  while (true) {
    auto [cut, first] = parts.top();
    int32_t last = lastOf[first - data.asap[node]];
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
  for (int32_t i = 0; i < data.numNodes; ++i)
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
        leastBefore(node, {data.asap[node], data.alap[node]});
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
