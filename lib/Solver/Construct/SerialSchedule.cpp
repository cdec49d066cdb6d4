//===- SerialSchedule.cpp - One operation after the other -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/SerialSchedule.h"

#include <algorithm>
#include <functional>

using namespace gaus;

SerialSchedule::SerialSchedule(const Problem &p, const Windows &windows,
                               int32_t most)
    : p(p) {
  int32_t tail = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    tail = std::max(tail, p.occupancy[i]);
  end = most + tail;
  use.resize(p.numResources());
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited)
      use[r].resize(end + tail);
  addEdges(early, /*mirrored=*/false);
  addEdges(late, /*mirrored=*/true);
  early.release = windows.asap;
  late.release.assign(p.numNodes(), 0);
}

void SerialSchedule::addEdges(Side &side, bool mirrored) const {
  const std::vector<int32_t> &source = mirrored ? p.target : p.source;
  const std::vector<int32_t> &target = mirrored ? p.source : p.target;
  side.begin.assign(p.numNodes() + 1, 0);
  side.waiting.assign(p.numNodes(), 0);
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    ++side.begin[source[e] + 1];
    ++side.waiting[target[e]];
  }
  for (int32_t i = 0; i < p.numNodes(); ++i)
    side.begin[i + 1] += side.begin[i];
  side.to.resize(p.numEdges());
  side.gap.resize(p.numEdges());
  std::vector<int32_t> at = side.begin;
  for (int32_t e = 0; e < p.numEdges(); ++e) {
    int32_t i = p.source[e], j = p.target[e], k = at[source[e]]++;
    side.to[k] = target[e];
    side.gap[k] = p.latency[i] + p.lag[e];
    // From the end of a hold to the end of a hold.
    if (mirrored)
      side.gap[k] += p.occupancy[j] - p.occupancy[i];
  }
}

/// False where a limit is exceeded, the next cycle to try is `next` then.
bool SerialSchedule::fits(int32_t node, int32_t cycle, int32_t &next) const {
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
    int32_t r = p.useResource[k];
    if (p.limit[r] == kUnlimited)
      continue;
    int64_t free = p.limit[r] - p.useUnits[k];
    for (int32_t d = cycle + p.occupancy[node] - 1; d >= cycle; --d)
      if (use[r][d] > free) {
        next = d + 1;
        work += cycle + p.occupancy[node] - d;
        return false;
      }
    work += p.occupancy[node];
  }
  return true;
}

void SerialSchedule::take(int32_t node, int32_t cycle) {
  starts[node] = cycle;
  for (int32_t k = p.useBegin[node]; k < p.useBegin[node + 1]; ++k) {
    int32_t r = p.useResource[k];
    if (p.limit[r] == kUnlimited)
      continue;
    for (int32_t d = cycle; d < cycle + p.occupancy[node]; ++d)
      use[r][d] += p.useUnits[k];
  }
}

bool SerialSchedule::place(const Side &side, std::span<const int32_t> keys) {
  for (std::vector<int64_t> &of : use)
    std::fill(of.begin(), of.end(), 0);
  starts.assign(p.numNodes(), 0);
  first = side.release;
  left = side.waiting;
  open.clear();
  auto add = [&](int32_t i) {
    open.push_back({keys[i], i});
    std::push_heap(open.begin(), open.end(), std::greater<>());
  };
  for (int32_t i = 0; i < p.numNodes(); ++i)
    if (left[i] == 0)
      add(i);
  int32_t placed = 0;
  while (!open.empty()) {
    std::pop_heap(open.begin(), open.end(), std::greater<>());
    int32_t i = open.back().second, cycle = std::max(0, first[i]);
    open.pop_back();
    while (cycle + p.occupancy[i] <= end && !fits(i, cycle, cycle))
      ;
    if (cycle + p.occupancy[i] > end)
      return false;
    take(i, cycle);
    ++placed;
    work += side.begin[i + 1] - side.begin[i] + 4;
    for (int32_t k = side.begin[i]; k < side.begin[i + 1]; ++k) {
      int32_t j = side.to[k];
      first[j] = std::max(first[j], cycle + side.gap[k]);
      if (--left[j] == 0)
        add(j);
    }
  }
  return placed == p.numNodes();
}

Starts SerialSchedule::forward(std::span<const int32_t> keys) {
  if (!place(early, keys))
    return {};
  return starts;
}

Starts SerialSchedule::justified(std::span<const int32_t> given) {
  int32_t length = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    length = std::max(length, given[i] + durationOf(p, i));
  std::vector<int32_t> keys(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    keys[i] = mirror(i, given[i]);
    // No start is later than the length allows.
    late.release[i] = mirror(i, length - durationOf(p, i));
  }
  if (!place(late, keys))
    return {given.begin(), given.end()};
  for (int32_t i = 0; i < p.numNodes(); ++i)
    keys[i] = mirror(i, starts[i]);
  if (!place(early, keys))
    return {given.begin(), given.end()};
  int32_t shorter = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    shorter = std::max(shorter, starts[i] + durationOf(p, i));
  if (shorter > length)
    return {given.begin(), given.end()};
  return starts;
}
