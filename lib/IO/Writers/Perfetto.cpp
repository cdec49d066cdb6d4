//===- Perfetto.cpp - Trace events --------------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/IO/Writers.h"

#include <nlohmann/json.hpp>

#include <queue>

using namespace gaus;
using nlohmann::json;

namespace {

/// Rows for bars that follow each other: the first one that is free.
class Lanes {
public:
  /// For a bar that begins no earlier than those before.
  int64_t take(int64_t begin, int64_t end) {
    while (!busy.empty() && busy.top().first <= begin) {
      unused.push(busy.top().second);
      busy.pop();
    }
    int64_t lane = count;
    if (unused.empty()) {
      ++count;
    } else {
      lane = unused.top();
      unused.pop();
    }
    busy.push({end, lane});
    return lane;
  }

private:
  template <class T>
  using Least = std::priority_queue<T, std::vector<T>, std::greater<T>>;
  Least<std::pair<int64_t, int64_t>> busy; ///< end, lane
  Least<int64_t> unused;
  int64_t count = 0;
};

} // namespace

/// The events of a scope, as processes from `first` on; the next free one.
static int32_t addEvents(const ReportedScope &scope, const std::string &title,
                         int32_t first, json &events) {
  const auto &[p, starts, facts] = scope;
  auto name = [&](int32_t pid, const std::string &text) {
    events.push_back({{"ph", "M"},
                      {"pid", pid},
                      {"name", "process_name"},
                      {"args", {{"name", title + text}}}});
  };
  name(first, "operations");
  for (int32_t r = 0; r < p.numResources(); ++r)
    name(first + r + 1, p.resourceLabel(r));
  // A lane for each operation that runs at the same time, by resource.
  std::vector<Lanes> lanes(p.numResources() + 1);
  std::vector<int32_t> order(p.numNodes());
  for (int32_t i = 0; i < p.numNodes(); ++i)
    order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](int32_t a, int32_t b) { return starts[a] < starts[b]; });
  for (int32_t i : order) {
    int32_t pid = p.useBegin[i] < p.useBegin[i + 1]
                      ? p.useResource[p.useBegin[i]] + 1
                      : 0;
    int64_t lane = lanes[pid].take(
        starts[i],
        int64_t(starts[i]) + std::max(durationOf(p, i), p.occupancy[i]));
    events.push_back({{"ph", "X"},
                      {"pid", first + pid},
                      {"tid", lane},
                      {"ts", starts[i]},
                      {"dur", durationOf(p, i)},
                      {"name", p.nodeLabel(i)},
                      {"args", {{"node", i}, {"width", p.width[i]}}}});
  }
  auto counter = [&](int32_t pid, const char *what,
                     const std::vector<ProfileStep> &steps) {
    for (const ProfileStep &step : steps)
      events.push_back({{"ph", "C"},
                        {"pid", pid},
                        {"ts", step.cycle},
                        {"name", what},
                        {"args", {{what, step.value}}}});
  };
  counter(first, "live", memorySteps(p, starts));
  for (int32_t r = 0; r < p.numResources(); ++r)
    counter(first + r + 1, "use", useSteps(p, starts, r));
  return first + p.numResources() + 1;
}

std::string gaus::reportPerfetto(Reported scopes) {
  json events = json::array();
  int32_t process = 0;
  for (const ReportedScope &scope : scopes)
    process = addEvents(
        scope, scopes.size() > 1 ? scope.facts.scope + ": " : std::string(),
        process, events);
  json doc = {{"traceEvents", std::move(events)}, {"displayTimeUnit", "ns"}};
  return doc.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}
