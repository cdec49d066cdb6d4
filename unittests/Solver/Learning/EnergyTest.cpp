//===- EnergyTest.cpp - Windows that are too full -------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learning/Energy.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using gaus::test::Random;

namespace {

struct Task {
  int32_t hold, units, first, last;
};

/// Variables 0, 1, ... are the tasks' starts. `peak`: -1 for the limit.
void addTasks(Engine &e, const std::vector<Task> &tasks, int32_t ii,
              int32_t peak, int32_t limit) {
  auto energy = std::make_unique<Energy>(ii, peak, limit);
  Energy &of = *energy;
  e.addPropagator(std::move(energy));
  for (size_t i = 0; i < tasks.size(); ++i) {
    auto x = static_cast<int32_t>(i);
    of.addTask(x, tasks[i].hold, tasks[i].units);
    e.subscribe(fromBelow(x), 0);
    e.subscribe(fromAbove(x), 0);
  }
  if (peak >= 0)
    e.subscribe(fromAbove(peak), 0);
}

int32_t peakOf(const std::vector<Task> &tasks, const std::vector<int32_t> &s,
               int32_t ii) {
  std::vector<int32_t> height(ii > 0 ? ii : 64, 0);
  for (size_t i = 0; i < tasks.size(); ++i)
    for (int32_t d = s[i]; d < s[i] + tasks[i].hold; ++d)
      height[d % height.size()] += tasks[i].units;
  return *std::max_element(height.begin(), height.end());
}

/// Calls `visit` with every choice of starts.
template <typename Visit>
void forAllStarts(const std::vector<Task> &tasks, Visit visit) {
  std::vector<int32_t> s;
  for (const Task &t : tasks)
    s.push_back(t.first);
  for (;;) {
    visit(s);
    size_t k = 0;
    while (k < s.size() && s[k] == tasks[k].last)
      s[k] = tasks[k].first, ++k;
    if (k == s.size())
      return;
    ++s[k];
  }
}

/// Three operations of one cycle fill a window of three; so the fourth starts
/// behind it, and five cannot be in four cycles: known before any decision.
TEST(Energy, HallsIntervals) {
  Stop stop;
  std::vector<Task> tasks = {
      {1, 1, 2, 4}, {1, 1, 2, 4}, {1, 1, 2, 4}, {1, 1, 2, 9}};
  for (bool tooMany : {false, true}) {
    Engine e(stop);
    if (tooMany)
      tasks.insert(tasks.end(), 2, {1, 1, 3, 5});
    for (const Task &t : tasks)
      e.addVariable(t.first, t.last);
    addTasks(e, tasks, 0, -1, 1);
    EXPECT_EQ(e.search(atMost(3, 4), 1 << 20), Engine::Verdict::None);
    EXPECT_EQ(e.isInfeasible(), tooMany);
    EXPECT_EQ(e.conflictsSeen(), tooMany ? 1 : 0);
  }
}

/// Four of two cycles in five on one unit: it takes two.
TEST(Energy, RaisesThePeak) {
  Stop stop;
  std::vector<Task> tasks(4, Task{2, 1, 1, 4});
  Engine e(stop);
  for (const Task &t : tasks)
    e.addVariable(t.first, t.last);
  int32_t peak = e.addVariable(0, 9);
  addTasks(e, tasks, 0, peak, 0);
  EXPECT_EQ(e.search(atMost(peak, 1), 1 << 20), Engine::Verdict::None);
  EXPECT_EQ(e.conflictsSeen(), 0);
}

/// What it rules out, alone and with what it learnt, no choice of starts has;
/// its reasons are reasons.
TEST(Energy, RulesOutNoSchedule) {
  int32_t ruledOut = 0;
  for (uint64_t seed = 1; seed <= 600; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    int32_t ii = random.chance(40) ? random.in(2, 5) : 0;
    std::vector<Task> tasks;
    for (int32_t k = random.in(3, 5); k > 0; --k) {
      int32_t first = random.in(0, 6);
      tasks.push_back({random.in(1, ii > 0 ? std::min(ii, 3) : 3),
                       random.in(1, 2), first, first + random.in(0, 3)});
    }
    int32_t limit = random.in(2, 3);
    bool paid = random.chance(50);
    bool any = false;
    forAllStarts(tasks, [&](const std::vector<int32_t> &s) {
      any = any || peakOf(tasks, s, ii) <= limit;
    });
    Stop stop;
    Engine e(stop, {1, 4});
    for (const Task &t : tasks)
      e.ordered.push_back(e.addVariable(t.first, t.last));
    int32_t peak = paid ? e.addVariable(0, 40) : -1;
    addTasks(e, tasks, ii, peak, limit);
    Engine::Verdict verdict =
        e.search(paid ? atMost(peak, limit) : atMost(0, 99), 1 << 24);
    ruledOut += verdict == Engine::Verdict::None;
    EXPECT_TRUE(!any || verdict == Engine::Verdict::Found);
  }
  EXPECT_GT(ruledOut, 50);
}

} // namespace
