//===- Checker.h - What is wrong with a schedule ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_CORE_CHECK_CHECKER_H
#define GAUS_LIB_CORE_CHECK_CHECKER_H

#include "gaus/Core/Verifier.h"

#include <limits>
#include <set>

namespace gaus {

/// Collects violations, constraint by constraint, up to a limit.
class Checker {
public:
  Checker(const Problem &problem, std::span<const int64_t> givenStarts,
          size_t maxViolations, const Stop *stop)
      : p(problem), starts(givenStarts), polled(stop),
        room(maxViolations ? maxViolations
                           : std::numeric_limits<size_t>::max()) {}

  std::vector<Diagnostic> run() {
    checkNodes();
    checkEdges();
    checkResources();
    if (p.limitsLive() && !full())
      checkLive();
    if (p.clock > 0 && !full())
      checkChains();
    return std::move(found);
  }

private:
  struct Event {
    int64_t cycle;
    int64_t units;
    int32_t node;
  };

  bool full() const { return found.size() >= room; }
  void report(const char *code, int32_t node, std::string message,
              std::vector<Note> notes = {}) {
    if (full())
      return;
    Diagnostic d;
    d.code = code;
    d.node = node;
    d.message = std::move(message);
    d.notes = std::move(notes);
    found.push_back(std::move(d));
  }
  std::string quoted(int32_t node) const {
    return "'" + p.nodeLabel(node) + "'";
  }
  std::string startText(int32_t node) const {
    return quoted(node) + " starts at cycle " + std::to_string(starts[node]);
  }
  /// Whether the start is one that the rest may reckon with. Others have been
  /// reported under [Win].
  bool sane(int32_t node) const {
    return starts[node] >= 0 && starts[node] <= kMaxCycle;
  }

  void checkNodes();
  void checkEdges();
  void checkResources();
  /// What is there at the beginning of every slot, and what changes.
  struct Changes {
    int64_t base = 0;
    std::vector<Event> events;
  };
  void add(Changes &changes, int64_t from, int64_t cycles, int64_t units,
           int32_t node) const;
  /// More than a limit: what is there, by node.
  struct Overuse {
    int64_t cycle, load;
    std::set<int32_t> holders;
  };
  std::vector<Overuse> overuses(Changes changes, int64_t limit) const;
  void reportOveruse(int32_t resource, const Overuse &over);
  std::string timeText(int64_t cycle) const {
    return (p.ii > 0 ? "slot " : "cycle ") + std::to_string(cycle);
  }
  void checkLive();
  int64_t endOfUse(int32_t node) const;
  void addEntering(Changes &live, int64_t end) const;
  void reportLive(const Overuse &over);
  bool isTight(int32_t edge) const;
  void checkChains();
  std::vector<double> combinationalTimes(std::vector<int32_t> &culprit);

  const Problem &p;
  std::span<const int64_t> starts;
  Polled polled;
  size_t room;
  std::vector<Diagnostic> found;
};

} // namespace gaus

#endif // GAUS_LIB_CORE_CHECK_CHECKER_H
