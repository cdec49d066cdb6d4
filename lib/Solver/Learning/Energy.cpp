//===- Energy.cpp - Windows that are too full -----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Energy.h"

#include <numeric>

using namespace gaus;

/// Where time runs backwards a task starts at minus its end.
void Energy::look(Engine &e) {
  for (Task &t : tasks) {
    View start = fromBelow(t.variable);
    t.from = mirrored ? -e.high(start) - t.hold : e.low(start);
    t.to = mirrored ? -e.low(start) : e.high(start) + t.hold;
  }
  byEnd.resize(tasks.size());
  std::iota(byEnd.begin(), byEnd.end(), 0);
  std::sort(byEnd.begin(), byEnd.end(), [&](int32_t a, int32_t b) {
    return std::pair(tasks[a].to, a) < std::pair(tasks[b].to, b);
  });
  begins.clear();
  for (const Task &t : tasks)
    begins.push_back(t.from - turnsTo(0, t.from));
  std::sort(begins.begin(), begins.end());
  begins.erase(std::unique(begins.begin(), begins.end()), begins.end());
  addUpCertain(e);
}

void Energy::addUpCertain(Engine &e) {
  certain.clear();
  if (ii > 0 || tasks.empty())
    return;
  earliest = begins.front();
  int64_t span = int64_t(tasks[byEnd.back()].to) - earliest;
  if (span > 32 * static_cast<int64_t>(tasks.size()))
    return;
  e.count(span / 8);
  certain.assign(span + 2, 0);
  for (const Task &t : tasks)
    if (t.certain() > 0) {
      certain[t.certainFrom() - earliest + 1] += t.units;
      certain[t.certainTo() - earliest + 1] -= t.units;
    }
  // Once for what is there in a cycle, and once for what was before.
  for (int32_t times : {0, 1})
    std::partial_sum(certain.begin() + times, certain.end(),
                     certain.begin() + times);
}

int64_t Energy::certainBefore(int32_t cycle) const {
  return certain.empty() ? 0 : certain[cycle - earliest];
}

/// So many cycles are the whole turns that bring `from` to `first` or to one of
/// the cycles of an interval behind it.
int32_t Energy::turnsTo(int32_t first, int32_t from) const {
  if (ii == 0)
    return 0;
  int32_t away = from - first, rest = away % ii;
  return away - (rest < 0 ? rest + ii : rest);
}

/// The turn in which the task comes to the window first.
int32_t Energy::turnsIn(const Window &w, const Task &t) const {
  return turnsTo(w.begin - t.hold + 1, t.from);
}

/// So many cycles of the window are the task's wherever it starts.
int32_t Energy::overlap(const Window &w, const Task &t) const {
  int32_t turns = turnsIn(w, t);
  int32_t least = std::min({t.hold, w.length(), t.certainTo() - turns - w.begin,
                            w.end - t.certainFrom() + turns});
  return std::max(0, least);
}

Literal Energy::startsAt(const Task &t, int32_t cycle) const {
  return mirrored ? atMost(t.variable, -cycle - t.hold)
                  : atLeast(t.variable, cycle);
}

Literal Energy::endsBy(const Task &t, int32_t cycle) const {
  return mirrored ? atLeast(t.variable, -cycle)
                  : atMost(t.variable, cycle - t.hold);
}

/// Why tasks have so much of the window, less what the surplus covers.
void Energy::collect(const Window &w, const Task *without, int64_t surplus) {
  because.clear();
  for (const Task &t : tasks) {
    int32_t cycles = &t == without ? 0 : overlap(w, t);
    int64_t spare = std::min<int64_t>(cycles, surplus / t.units);
    surplus -= spare * t.units;
    cycles -= static_cast<int32_t>(spare);
    if (cycles == 0)
      continue;
    int32_t turns = turnsIn(w, t);
    because.push_back(startsAt(t, w.begin + cycles - t.hold + turns));
    because.push_back(endsBy(t, w.end - cycles + t.hold + turns));
  }
}

bool Energy::raise(Engine &e, Literal literal) {
  raised = raised || !e.holds(literal);
  return e.raise(literal, because);
}

/// Each task that would take more of the window than the others leave.
bool Energy::push(Engine &e, const Window &w, int64_t slack) {
  e.count(static_cast<int64_t>(tasks.size()) / 2);
  for (const Task &t : tasks) {
    int32_t most = std::min(t.hold, w.length());
    int64_t room = slack + int64_t(overlap(w, t)) * t.units;
    if (room / t.units >= most)
      continue;
    // Who starts from `late` on and before `next` takes more than is left.
    auto cycles = static_cast<int32_t>(room / t.units);
    int32_t late = w.begin + cycles + 1 - t.hold, next = w.end - cycles;
    int32_t turns = turnsTo(late, t.from);
    if (t.from - turns >= next)
      continue;
    if (e.holds(startsAt(t, next + turns)) || t.from < late + turns)
      continue;
    collect(w, &t, (cycles + int64_t(1)) * t.units - 1 - room);
    because.push_back(startsAt(t, late + turns));
    if (peak >= 0)
      because.push_back(atMost(peak, this->most(e)));
    if (!raise(e, startsAt(t, next + turns)))
      return false;
  }
  return true;
}

bool Energy::check(Engine &e, Window w) {
  e.count(static_cast<int64_t>(tasks.size()) / 2);
  w.energy = 0;
  for (const Task &t : tasks)
    w.energy += int64_t(overlap(w, t)) * t.units;
  int64_t slack = int64_t(most(e)) * w.length() - w.energy;
  if (slack < 0 && peak < 0) {
    raised = true;
    collect(w, nullptr, -slack - 1);
    return e.fail(because);
  }
  if (peak >= 0) {
    auto needed =
        static_cast<int32_t>((w.energy + w.length() - 1) / w.length());
    if (needed > e.low(fromBelow(peak))) {
      collect(w, nullptr, w.energy - int64_t(needed - 1) * w.length() - 1);
      if (!raise(e, atLeast(peak, needed)))
        return false;
    }
  }
  return push(e, w, slack);
}

/// All windows that begin there and end with a task that is within, the shorter
/// ones first.
bool Energy::visit(Engine &e, int32_t begin) {
  inside.clear();
  for (int32_t k : byEnd) {
    const Task &t = tasks[k];
    int32_t turns = turnsTo(begin, t.from), end = t.to - turns;
    if (t.from - turns >= begin && (ii == 0 || end <= begin + ii))
      inside.push_back({end, t.energy() - (certain.empty() ? 0 : t.certain())});
  }
  if (ii > 0)
    std::sort(inside.begin(), inside.end());
  e.count(static_cast<int64_t>(byEnd.size()) / 4);
  Window w{begin, begin};
  int64_t free = 0;
  for (size_t k = 0; k < inside.size(); ++k) {
    free += inside[k].second;
    w.end = inside[k].first;
    if (k + 1 < inside.size() && inside[k + 1].first == w.end)
      continue;
    w.energy = free + certainBefore(w.end) - certainBefore(w.begin);
    bool tight = int64_t(most(e)) * w.length() - w.energy < widest;
    bool raises =
        peak >= 0 && w.energy > int64_t(e.low(fromBelow(peak))) * w.length();
    if ((tight || raises) && !check(e, w))
      return false;
  }
  return true;
}

bool Energy::propagate(Engine &e) {
  if (left-- > 0)
    return true;
  raised = false;
  bool fine = true;
  for (bool backwards : {false, true}) {
    mirrored = backwards;
    look(e);
    for (size_t k = 0; k < begins.size() && fine; ++k)
      fine = visit(e, begins[k]);
  }
  fruitless = raised ? 0 : fruitless + 1;
  left = std::min(32, fruitless / 8);
  return fine;
}
