//===- Verifier.cpp - Is a schedule legal? --------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Core/Verifier.h"

#include "Checker.h"

#include "gaus/Core/Checked.h"

#include <algorithm>

using namespace gaus;

/// Nodes that a note on an overfull resource lists; the rest is counted.
static constexpr size_t kMaxHolders = 8;

// [Win], [Lat] and starts >= 0.
void Checker::checkNodes() {
  for (int32_t i = 0; i < p.numNodes() && !full(); ++i) {
    int64_t s = starts[i];
    if (s < 0) {
      report("Win", i, startText(i) + ", before cycle 0");
      continue;
    }
    if (s < p.earliest[i] || s > p.latest[i])
      report("Win", i,
             startText(i) + ", outside its window [" +
                 std::to_string(p.earliest[i]) + ", " +
                 std::to_string(p.latest[i]) + "]");
    if (p.length == 0)
      continue;
    int64_t duration = p.latency[i] > 1 ? p.latency[i] : 1;
    if (s > p.length - duration)
      report("Lat", i,
             startText(i) + " and takes " + std::to_string(duration) +
                 ", beyond the length " + std::to_string(p.length));
  }
}

// [Dep]
void Checker::checkEdges() {
  for (int32_t e = 0; e < p.numEdges() && !full(); ++e) {
    int32_t i = p.source[e], j = p.target[e];
    Note other{quoted(i) + " is the other end", i, e};
    if (p.ii == 0 && p.distance[e] > 0) {
      report("Dep", j,
             "the edge from " + quoted(i) + " to " + quoted(j) +
                 " has distance " + std::to_string(p.distance[e]) +
                 " without an initiation interval",
             {other});
      continue;
    }
    Wide slack = Wide(starts[j]) + Wide(p.ii) * p.distance[e] - starts[i] -
                 p.latency[i] - p.lag[e];
    if (slack >= 0)
      continue;
    other.message = quoted(i) + " starts at cycle " +
                    std::to_string(starts[i]) + " (latency " +
                    std::to_string(p.latency[i]);
    if (p.lag[e] != 0)
      other.message += ", lag " + std::to_string(p.lag[e]);
    if (p.distance[e] != 0)
      other.message += ", distance " + std::to_string(p.distance[e]) +
                       " at initiation interval " + std::to_string(p.ii);
    other.message += ")";
    std::string early =
        slack >= -kMaxCycle
            ? std::to_string(static_cast<int64_t>(-slack)) + " too early"
            : std::string("too early");
    report("Dep", j, startText(j) + ", " + early + " for " + quoted(i),
           {other});
  }
}

// What is there for some cycles, as changes at cycles; with an II at slots,
// where whole turns go to `base`.
void Checker::add(Changes &changes, int64_t from, int64_t cycles, int64_t units,
                  int32_t node) const {
  std::vector<Event> &events = changes.events;
  if (p.ii == 0) {
    events.push_back({from, units, node});
    events.push_back({from + cycles, -units, node});
    return;
  }
  changes.base += cycles / p.ii * units;
  cycles %= p.ii;
  from %= p.ii;
  if (cycles == 0)
    return;
  int64_t before = std::min<int64_t>(cycles, p.ii - from);
  events.push_back({from, units, node});
  events.push_back({from + before, -units, node});
  if (before < cycles) {
    events.push_back({0, units, node});
    events.push_back({cycles - before, -units, node});
  }
}

// [Res]
void Checker::checkResources() {
  struct Use {
    int32_t resource, node;
    int64_t units;
  };
  std::vector<Use> uses;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (int32_t r = p.useResource[k];
          p.limit[r] != kUnlimited && p.useUnits[k] > 0 && sane(i))
        uses.push_back({r, i, p.useUnits[k]});
  std::stable_sort(uses.begin(), uses.end(), [](const Use &a, const Use &b) {
    return a.resource < b.resource;
  });
  for (size_t k = 0; k < uses.size() && !full();) {
    int32_t resource = uses[k].resource;
    Changes use;
    for (; k < uses.size() && uses[k].resource == resource; ++k)
      add(use, starts[uses[k].node], p.occupancy[uses[k].node], uses[k].units,
          uses[k].node);
    for (const Overuse &over : overuses(std::move(use), p.limit[resource]))
      reportOveruse(resource, over);
  }
}

// One for every run of cycles above the limit, up to those that are reported.
std::vector<Checker::Overuse> Checker::overuses(Changes changes,
                                                int64_t limit) const {
  std::vector<Event> &events = changes.events;
  std::stable_sort(
      events.begin(), events.end(),
      [](const Event &a, const Event &b) { return a.cycle < b.cycle; });
  std::vector<Overuse> found;
  int64_t load = changes.base;
  bool over = load > limit;
  std::set<int32_t> holders;
  if (over)
    found.push_back({0, load, holders});
  for (size_t k = 0; k < events.size() && found.size() < room;) {
    int64_t cycle = events[k].cycle;
    size_t end = k;
    for (; end < events.size() && events[end].cycle == cycle; ++end) {
      load += events[end].units;
      if (events[end].units < 0)
        holders.erase(events[end].node);
    }
    for (; k < end; ++k)
      if (events[k].units > 0)
        holders.insert(events[k].node);
    bool nowOver = load > limit;
    if (nowOver && !over)
      found.push_back({cycle, load, holders});
    over = nowOver;
  }
  return found;
}

void Checker::reportOveruse(int32_t resource, const Overuse &over) {
  const std::set<int32_t> &holders = over.holders;
  // At fault is the one that came last.
  int32_t last = -1;
  for (int32_t i : holders)
    if (last < 0 || starts[i] > starts[last])
      last = i;
  std::vector<Note> notes;
  for (int32_t i : holders) {
    if (i == last)
      continue;
    if (notes.size() == kMaxHolders) {
      notes.push_back({std::to_string(holders.size() - 1 - kMaxHolders) +
                       " more hold units of it"});
      break;
    }
    notes.push_back({startText(i) + " and holds units for " +
                         std::to_string(p.occupancy[i]) +
                         (p.occupancy[i] == 1 ? " cycle" : " cycles"),
                     i});
  }
  report("Res", last,
         std::to_string(over.load) + " units of '" + p.resourceLabel(resource) +
             "' are in use in " + timeText(over.cycle) + ", above its limit " +
             std::to_string(p.limit[resource]),
         std::move(notes));
}

/// Of a valid problem.
static std::vector<Diagnostic> checkStarts(const Problem &p,
                                           std::span<const int64_t> starts,
                                           size_t maxViolations,
                                           const Stop *stop) {
  if (starts.size() != static_cast<size_t>(p.numNodes())) {
    Diagnostic d;
    d.code = "input";
    d.message = "there are " + std::to_string(starts.size()) + " starts for " +
                std::to_string(p.numNodes()) + " nodes";
    return {d};
  }
  return Checker(p, starts, maxViolations, stop).run();
}

std::vector<Diagnostic> gaus::verify(const Problem &p,
                                     std::span<const int64_t> starts,
                                     size_t maxViolations, const Stop *stop) {
  if (std::optional<Diagnostic> d = p.validate())
    return {*std::move(d)};
  return checkStarts(p, starts, maxViolations, stop);
}

std::vector<Diagnostic> gaus::verify(const Problem &p,
                                     std::span<const int32_t> starts,
                                     size_t maxViolations, const Stop *stop) {
  std::vector<int64_t> wide(starts.begin(), starts.end());
  return verify(p, std::span<const int64_t>(wide), maxViolations, stop);
}

std::vector<Diagnostic> gaus::verifyStarts(const Problem &valid,
                                           std::span<const int32_t> starts,
                                           size_t maxViolations,
                                           const Stop *stop) {
  std::vector<int64_t> wide(starts.begin(), starts.end());
  return checkStarts(valid, wide, maxViolations, stop);
}
