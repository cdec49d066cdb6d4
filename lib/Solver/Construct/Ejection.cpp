//===- Ejection.cpp - Iterative scheduling with ejection ------------------===//
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
  Ejection(const Instance &instance, std::span<const float> priority,
           std::span<const int32_t> wanted,
           std::span<const std::vector<int64_t>> taken, const Stop *stop)
      : instance(instance), priority(priority), wanted(wanted), taken(taken),
        slots(instance.slots()), polled(stop), starts(instance.numNodes, -1),
        lastTry(instance.numNodes, -1), use(instance.numResources) {
    for (int32_t r = 0; r < instance.numResources; ++r)
      if (instance.limit[r] >= 0) {
        use[r].assign(slots, 0);
        if (static_cast<size_t>(r) < taken.size() && !taken[r].empty())
          use[r] = taken[r];
      }
    for (int32_t i = 0; i < instance.numNodes; ++i)
      todo.insert({priority[i], i});
  }

  std::vector<int32_t> run(int32_t budget);

private:
  template <class Body>
  void forSlots(int32_t node, int32_t cycle, Body body) const;
  int32_t blocked(int32_t node, int32_t cycle);
  int32_t alwaysBlocked(int32_t node, int32_t cycle);
  int32_t firstFree(int32_t node, int64_t from, int64_t to,
                    int32_t (Ejection::*blocks)(int32_t, int32_t));
  int32_t forcedCycle(int32_t node, int32_t early);
  void change(int32_t node, int32_t cycle, int64_t sign);
  void eject(int32_t node);
  bool place(int32_t node);
  bool makeRoom(int32_t node, int32_t cycle);
  void ejectBroken(int32_t node, int32_t cycle);

  const Instance &instance;
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

/// The slots that a node at `cycle` holds, as stretches without a wrap: calls
/// body(first slot, number, cycles behind its start, times that each is held)
/// until it is false. A node longer than the interval holds slots several
/// times.
template <class Body>
void Ejection::forSlots(int32_t node, int32_t cycle, Body body) const {
  int32_t o = instance.occupancy[node], rest = o % slots;
  int64_t turns = o / slots;
  int32_t d = 0;
  for (int32_t end : {rest, std::min(o, slots)})
    while (d < end) {
      int32_t slot = (cycle + d) % slots,
              count = std::min(end - d, slots - slot);
      if (!body(slot, count, d, d < rest ? turns + 1 : turns))
        return;
      d += count;
    }
}

/// 0 if the node's units are there at `cycle`, else to which later cycle that
/// is no better: up to it, the node would still hold a slot that is full.
int32_t Ejection::blocked(int32_t node, int32_t cycle) {
  polled.over();
  int32_t skip = 0;
  for (int32_t k = instance.useBegin[node]; k < instance.useBegin[node + 1];
       ++k) {
    int32_t r = instance.useResource[k];
    if (use[r].empty())
      continue;
    const int64_t *units = use[r].data();
    forSlots(node, cycle,
             [&](int32_t slot, int32_t count, int32_t d, int64_t times) {
               int64_t most = instance.limit[r] - times * instance.useUnits[k];
               int32_t c = 0;
               while (c < count && units[slot + c] <= most)
                 ++c;
               polled.over(c);
               if (c < count)
                 skip =
                     d < instance.occupancy[node] % slots ? d + c + 1 : slots;
               return c == count;
             });
    if (skip > 0)
      return skip;
  }
  return 0;
}

/// The same for a node of at most one turn that all others make room for.
int32_t Ejection::alwaysBlocked(int32_t node, int32_t cycle) {
  polled.over();
  for (int32_t k = instance.useBegin[node]; k < instance.useBegin[node + 1];
       ++k) {
    size_t r = instance.useResource[k];
    if (r >= taken.size() || taken[r].empty() || use[r].empty())
      continue;
    int32_t looked = std::min(instance.occupancy[node], slots);
    for (int32_t d = 0; d < looked; ++d)
      if (taken[r][(cycle + d) % slots] + instance.useUnits[k] >
          instance.limit[r]) {
        polled.over(d + 1);
        return d + 1;
      }
    polled.over(looked);
  }
  return 0;
}

/// The first cycle in `from` .. `to` that nothing blocks; -1 for none.
int32_t Ejection::firstFree(int32_t node, int64_t from, int64_t to,
                            int32_t (Ejection::*blocks)(int32_t, int32_t)) {
  while (from <= to && !polled.ended()) {
    int32_t skip = (this->*blocks)(node, static_cast<int32_t>(from));
    if (skip == 0)
      return static_cast<int32_t>(from);
    from += skip;
  }
  return -1;
}

/// Somewhere else than last time, for a node that others must make room for.
int32_t Ejection::forcedCycle(int32_t node, int32_t early) {
  int64_t late = instance.alap[node];
  int64_t first = std::max(early, lastTry[node] + 1);
  int32_t found = firstFree(node, first, std::min(late, first + slots - 1),
                            &Ejection::alwaysBlocked);
  if (found >= 0)
    return found;
  first = instance.asap[node];
  return firstFree(node, first, std::min(late, first + slots - 1),
                   &Ejection::alwaysBlocked);
}

void Ejection::change(int32_t node, int32_t cycle, int64_t sign) {
  for (int32_t k = instance.useBegin[node]; k < instance.useBegin[node + 1];
       ++k) {
    std::vector<int64_t> &u = use[instance.useResource[k]];
    if (u.empty())
      continue;
    forSlots(node, cycle,
             [&](int32_t slot, int32_t count, int32_t, int64_t times) {
               int64_t units = sign * times * instance.useUnits[k];
               for (int32_t c = 0; c < count; ++c)
                 u[slot + c] += units;
               polled.over(count);
               return true;
             });
  }
}

void Ejection::eject(int32_t node) {
  change(node, starts[node], -1);
  starts[node] = -1;
  todo.insert({priority[node], node});
}

/// Ejects nodes whose units stand in the way of `node` at `cycle`.
bool Ejection::makeRoom(int32_t node, int32_t cycle) {
  if (blocked(node, cycle) == 0)
    return true;
  for (int32_t i = 0; i < instance.numNodes && !polled.over(); ++i) {
    if (starts[i] < 0 || i == node)
      continue;
    bool shares = false;
    for (int32_t a = instance.useBegin[node]; a < instance.useBegin[node + 1];
         ++a)
      for (int32_t b = instance.useBegin[i]; b < instance.useBegin[i + 1]; ++b)
        shares |= instance.useResource[a] == instance.useResource[b] &&
                  !use[instance.useResource[a]].empty();
    if (!shares)
      continue;
    int32_t gap = ((cycle - starts[i]) % slots + slots) % slots;
    int32_t back = (slots - gap) % slots;
    if (gap >= instance.occupancy[i] && back >= instance.occupancy[node])
      continue;
    eject(i);
    if (blocked(node, cycle) == 0)
      return true;
  }
  return blocked(node, cycle) == 0;
}

/// Ejects the neighbours whose edges the new start breaks.
void Ejection::ejectBroken(int32_t node, int32_t cycle) {
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    int32_t j = instance.outTarget[k];
    if (j != node && starts[j] >= 0 && starts[j] < cycle + instance.outGap[k])
      eject(j);
  }
  for (int32_t k = instance.inBegin[node]; k < instance.inBegin[node + 1];
       ++k) {
    int32_t i = instance.inSource[k];
    int32_t gap = instance.outGap[instance.inPosition[k]];
    if (i != node && starts[i] >= 0 && cycle < starts[i] + gap)
      eject(i);
  }
}

bool Ejection::place(int32_t node) {
  int32_t early = instance.asap[node], late = instance.alap[node];
  for (int32_t k = instance.inBegin[node]; k < instance.inBegin[node + 1]; ++k)
    if (int32_t at = starts[instance.inSource[k]]; at >= 0)
      early = std::max(early, at + instance.outGap[instance.inPosition[k]]);
  if (!wanted.empty())
    early = std::max(early, std::min(wanted[node], late));
  int64_t end = std::min<int64_t>(late, int64_t(early) + slots - 1);
  int32_t cycle = firstFree(node, early, end, &Ejection::blocked);
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
  int64_t left = int64_t(budget) * instance.numNodes;
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
    const Instance &instance, std::span<const float> priority,
    std::span<const int32_t> wanted, int32_t budget,
    std::span<const std::vector<int64_t>> taken, const Stop *stop) {
  return Ejection(instance, priority, wanted, taken, stop).run(budget);
}
