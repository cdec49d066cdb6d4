//===- Ejection.cpp  Iterative scheduling with ejection
//--------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/Ejection.h"

#include <algorithm>
#include <set>

using namespace gaus;

namespace {

class Ejection {
public:
  Ejection(const RelaxationData &data, std::span<const float> priority,
           std::span<const int32_t> wanted,
           std::span<const std::vector<int64_t>> taken, const Stop *stop)
      : data(data), priority(priority), wanted(wanted), taken(taken),
        slots(data.ii > 0 ? data.ii : data.numCycles), polled(stop),
        starts(data.numNodes, -1), lastTry(data.numNodes, -1),
        use(data.numResources) {
    for (int32_t r = 0; r < data.numResources; ++r)
      if (data.limit[r] >= 0) {
        use[r].assign(slots, 0);
        if (static_cast<size_t>(r) < taken.size() && !taken[r].empty())
          use[r] = taken[r];
      }
    for (int32_t i = 0; i < data.numNodes; ++i)
      todo.insert({priority[i], i});
  }

  std::vector<int32_t> run(int32_t budget);

private:
  bool fits(int32_t node, int32_t cycle);
  bool canFit(int32_t node, int32_t cycle);
  int32_t forcedCycle(int32_t node, int32_t early);
  void change(int32_t node, int32_t cycle, int64_t sign);
  void eject(int32_t node);
  bool place(int32_t node);
  bool makeRoom(int32_t node, int32_t cycle);
  void ejectBroken(int32_t node, int32_t cycle);

  const RelaxationData &data;
  std::span<const float> priority;
  std::span<const int32_t> wanted;
  std::span<const std::vector<int64_t>> taken;
  int32_t slots;
  /// Counts looks at slots; once it is over, all ends without a schedule.
  Polled polled;
  std::vector<int32_t> starts, lastTry;
  std::vector<std::vector<int64_t>> use;
  std::set<std::pair<float, int32_t>> todo;
};

/// A node longer than the interval counts several times in a slot, so its own
/// units are added first.
bool Ejection::fits(int32_t node, int32_t cycle) {
  polled.over();
  for (int32_t k = data.useBegin[node]; k < data.useBegin[node + 1]; ++k) {
    int32_t r = data.useResource[k];
    if (use[r].empty())
      continue;
    int32_t o = data.occupancy[node];
    int64_t turns = o / slots, rest = o % slots;
    polled.over(std::min(o, slots));
    for (int32_t d = 0; d < std::min(o, slots); ++d) {
      int64_t times = turns + (d < rest ? 1 : 0);
      if (use[r][(cycle + d) % slots] + times * data.useUnits[k] >
          data.limit[r])
        return false;
    }
  }
  return true;
}

/// Whether a node of at most one turn could ever be at `cycle`.
bool Ejection::canFit(int32_t node, int32_t cycle) {
  polled.over();
  for (int32_t k = data.useBegin[node]; k < data.useBegin[node + 1]; ++k) {
    size_t r = data.useResource[k];
    if (r >= taken.size() || taken[r].empty() || use[r].empty())
      continue;
    polled.over(std::min(data.occupancy[node], slots));
    for (int32_t d = 0; d < std::min(data.occupancy[node], slots); ++d)
      if (taken[r][(cycle + d) % slots] + data.useUnits[k] > data.limit[r])
        return false;
  }
  return true;
}

/// Somewhere else than last time, for a node that others must make room for.
int32_t Ejection::forcedCycle(int32_t node, int32_t early) {
  int32_t late = data.alap[node];
  int32_t first = std::max(early, lastTry[node] + 1);
  int32_t end = std::min<int64_t>(late, int64_t(first) + slots - 1);
  for (int32_t t = first; t <= end && !polled.ended(); ++t)
    if (canFit(node, t))
      return t;
  end = std::min<int64_t>(late, int64_t(data.asap[node]) + slots - 1);
  for (int32_t t = data.asap[node]; t <= end && !polled.ended(); ++t)
    if (canFit(node, t))
      return t;
  return -1;
}

void Ejection::change(int32_t node, int32_t cycle, int64_t sign) {
  int32_t o = data.occupancy[node];
  int64_t turns = o / slots, rest = o % slots;
  for (int32_t k = data.useBegin[node]; k < data.useBegin[node + 1]; ++k) {
    std::vector<int64_t> &u = use[data.useResource[k]];
    if (u.empty())
      continue;
    polled.over(std::min(o, slots));
    for (int32_t d = 0; d < std::min(o, slots); ++d)
      u[(cycle + d) % slots] +=
          sign * (turns + (d < rest ? 1 : 0)) * data.useUnits[k];
  }
}

void Ejection::eject(int32_t node) {
  change(node, starts[node], -1);
  starts[node] = -1;
  todo.insert({priority[node], node});
}

/// Ejects nodes whose units stand in the way of `node` at `cycle`.
bool Ejection::makeRoom(int32_t node, int32_t cycle) {
  if (fits(node, cycle))
    return true;
  for (int32_t i = 0; i < data.numNodes && !polled.over(); ++i) {
    if (starts[i] < 0 || i == node)
      continue;
    bool shares = false;
    for (int32_t a = data.useBegin[node]; a < data.useBegin[node + 1]; ++a)
      for (int32_t b = data.useBegin[i]; b < data.useBegin[i + 1]; ++b)
        shares |= data.useResource[a] == data.useResource[b] &&
                  !use[data.useResource[a]].empty();
    if (!shares)
      continue;
    int32_t gap = ((cycle - starts[i]) % slots + slots) % slots;
    int32_t back = (slots - gap) % slots;
    if (gap >= data.occupancy[i] && back >= data.occupancy[node])
      continue;
    eject(i);
    if (fits(node, cycle))
      return true;
  }
  return fits(node, cycle);
}

/// Ejects the neighbours whose edges the new start breaks.
void Ejection::ejectBroken(int32_t node, int32_t cycle) {
  for (int32_t k = data.outBegin[node]; k < data.outBegin[node + 1]; ++k) {
    int32_t j = data.outTarget[k];
    if (j != node && starts[j] >= 0 && starts[j] < cycle + data.outGap[k])
      eject(j);
  }
  for (int32_t k = data.inBegin[node]; k < data.inBegin[node + 1]; ++k) {
    int32_t i = data.inSource[k];
    int32_t gap = data.outGap[data.inPosition[k]];
    if (i != node && starts[i] >= 0 && cycle < starts[i] + gap)
      eject(i);
  }
}

bool Ejection::place(int32_t node) {
  int32_t early = data.asap[node], late = data.alap[node];
  for (int32_t k = data.inBegin[node]; k < data.inBegin[node + 1]; ++k)
    if (int32_t at = starts[data.inSource[k]]; at >= 0)
      early = std::max(early, at + data.outGap[data.inPosition[k]]);
  if (!wanted.empty())
    early = std::max(early, std::min(wanted[node], late));
  int32_t end = std::min<int64_t>(late, int64_t(early) + slots - 1);
  int32_t cycle = -1;
  for (int32_t t = early; t <= end && cycle < 0 && !polled.ended(); ++t)
    if (fits(node, t))
      cycle = t;
  if (cycle < 0 || cycle == lastTry[node]) {
    // What is in the way must go.
    cycle = forcedCycle(node, early);
    if (cycle < 0 || !makeRoom(node, cycle))
      return false;
  }
  ejectBroken(node, cycle);
  starts[node] = lastTry[node] = cycle;
  change(node, cycle, 1);
  return true;
}

std::vector<int32_t> Ejection::run(int32_t budget) {
  int64_t left = int64_t(budget) * data.numNodes;
  while (!todo.empty()) {
    if (left-- == 0)
      return {};
    int32_t node = todo.begin()->second;
    todo.erase(todo.begin());
    if (!place(node) || polled.over())
      return {};
  }
  return starts;
}

} // namespace

std::vector<int32_t> gaus::ejectionSchedule(
    const RelaxationData &data, std::span<const float> priority,
    std::span<const int32_t> wanted, int32_t budget,
    std::span<const std::vector<int64_t>> taken, const Stop *stop) {
  return Ejection(data, priority, wanted, taken, stop).run(budget);
}
