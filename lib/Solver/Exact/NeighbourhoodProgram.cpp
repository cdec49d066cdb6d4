//===- NeighbourhoodProgram.cpp - Exact search within windows -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Exact/NeighbourhoodProgram.h"

#include "Exact/IntegerProgram.h"

#include <algorithm>

using namespace gaus;

namespace {

constexpr double kOpen = IntegerProgram::kOpen;

/// Columns and rows of the integer program.
class Builder {
public:
  Builder(const Instance &instance, std::span<const int32_t> low,
          std::span<const int32_t> high, const NeighbourhoodGoal &goal,
          const Stop *stop)
      : instance(instance), low(low), high(high), goal(goal), polled(stop),
        slots(instance.slots()) {}

  /// False if there would be more columns.
  bool build(int32_t maxColumns);
  NeighbourhoodSchedule solve(const NeighbourhoodLimits &limits);

private:
  void addSet(LinearSum &sum, double factor, int32_t node, int32_t cycle) const;
  void addStarts();
  void addEdges();
  void addCommunication();
  void addFixed(const std::vector<double> &change,
                std::vector<LinearSum> &profile) const;
  void addUse(int32_t resource, std::vector<LinearSum> &profile) const;
  void addMemory(std::vector<LinearSum> &profile);
  void addUsedAfter(int32_t node, int32_t cycle, LinearSum &sum);
  bool usedOnceBorn(int32_t node) const;
  LinearSum atLeastZero(const LinearSum &sum, double most);
  void addPeak(const std::vector<LinearSum> &profile, double unitPrice,
               int64_t most);
  void addExcess(std::vector<LinearSum> &profile, int64_t above,
                 double unitPrice);
  void addProfiles();
  int32_t slot(int32_t cycle) const { return cycle % slots; }

  const Instance &instance;
  std::span<const int32_t> low, high;
  const NeighbourhoodGoal &goal;
  /// Of the building: counts columns, rows and cycles.
  Polled polled;
  int32_t slots;
  /// False if a cycle in which nothing can move is above a limit or a peak.
  bool possible = true;
  std::vector<int32_t> first; ///< column of "start >= low + 1"
  IntegerProgram program;
};

/// Adds factor * [start of node >= cycle].
void Builder::addSet(LinearSum &sum, double factor, int32_t node,
                     int32_t cycle) const {
  if (cycle <= low[node])
    sum.constant += factor;
  else if (cycle <= high[node])
    sum.terms.push_back({first[node] + cycle - low[node] - 1, factor});
}

void Builder::addStarts() {
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    first.push_back(program.numColumns());
    for (int32_t t = low[i] + 1; t <= high[i]; ++t) {
      int32_t column = program.addColumn(0, 1, 0);
      if (t > low[i] + 1)
        program.addRow({{{column - 1, 1}, {column, -1}}, 0}, 0, kOpen);
    }
  }
}

/// "Start of i >= t" implies "start of j >= t + gap".
void Builder::addEdges() {
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k) {
      int32_t j = instance.outTarget[k], gap = instance.outGap[k];
      for (int32_t t = std::max(low[i] + 1, low[j] + 1 - gap); t <= high[i];
           ++t) {
        LinearSum sum;
        addSet(sum, 1, j, t + gap);
        addSet(sum, -1, i, t);
        program.addRow(sum, 0, kOpen);
      }
    }
}

void Builder::addCommunication() {
  if (instance.alpha == 0)
    return;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t t = low[i] + 1; t <= high[i]; ++t)
      program.addPrice(first[i] + t - low[i] - 1,
                       double(instance.commSlope[i]));
}

/// Constants, given as changes from cycle to cycle.
void Builder::addFixed(const std::vector<double> &change,
                       std::vector<LinearSum> &profile) const {
  double sum = 0;
  for (int32_t d = 0; d < instance.numCycles; ++d)
    profile[slot(d)].constant += sum += change[d];
}

void Builder::addUse(int32_t resource, std::vector<LinearSum> &profile) const {
  std::vector<double> fixed(size_t(instance.numCycles) + 1, 0.0);
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.useBegin[i]; k < instance.useBegin[i + 1]; ++k) {
      if (instance.useResource[k] != resource || instance.useUnits[k] == 0)
        continue;
      auto units = double(instance.useUnits[k]);
      int32_t o = instance.occupancy[i];
      if (low[i] == high[i]) {
        fixed[low[i]] += units;
        fixed[low[i] + o] -= units;
        continue;
      }
      for (int32_t d = low[i]; d < high[i] + o; ++d) {
        addSet(profile[slot(d)], units, i, d - o + 1);
        addSet(profile[slot(d)], -units, i, d + 1);
      }
    }
  addFixed(fixed, profile);
}

/// Adds the width times [some consumer starts after the cycle].
void Builder::addUsedAfter(int32_t node, int32_t cycle, LinearSum &sum) {
  auto width = double(instance.width[node]);
  std::vector<std::pair<int32_t, int32_t>> open;
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    if (instance.outShift[k] < 0)
      continue;
    int32_t j = instance.outTarget[k], t = cycle + 1 - instance.outShift[k];
    if (t <= low[j]) {
      sum.constant += width;
      return;
    }
    if (t <= high[j])
      open.push_back({j, t});
  }
  if (open.size() == 1)
    return addSet(sum, width, open[0].first, open[0].second);
  if (open.empty())
    return;
  int32_t column = program.addColumn(0, 1, 0);
  sum.terms.push_back({column, width});
  for (const auto &[j, t] : open) {
    LinearSum implied{{{column, 1}}, 0};
    addSet(implied, -1, j, t);
    program.addRow(implied, 0, kOpen);
  }
}

/// True if the last use is never before the birth: lags can allow that.
bool Builder::usedOnceBorn(int32_t node) const {
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k)
    if (instance.outShift[k] >= 0 &&
        instance.outGap[k] + instance.outShift[k] >= instance.bornAfter[node])
      return true;
  return false;
}

/// A column for the sum where it is positive.
LinearSum Builder::atLeastZero(const LinearSum &sum, double most) {
  if (sum.terms.empty())
    return {{}, std::max(0.0, sum.constant)};
  int32_t column = program.addColumn(0, most, 0);
  LinearSum above = sum;
  above.terms.push_back({column, -1});
  program.addRow(above, -kOpen, 0);
  return {{{column, 1}}, 0};
}

/// A value is live while used later and not born later.
void Builder::addMemory(std::vector<LinearSum> &profile) {
  std::vector<double> fixed(size_t(instance.numCycles) + 1, 0.0);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int32_t end = 0, open = high[i] - low[i];
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      if (int32_t j = instance.outTarget[k]; instance.outShift[k] >= 0) {
        end = std::max(end, high[j] + instance.outShift[k]);
        open += high[j] - low[j];
      }
    int32_t own = instance.bornAfter[i];
    if (instance.width[i] == 0 || end <= low[i] + own)
      continue;
    if (open == 0) {
      fixed[low[i] + own] += double(instance.width[i]);
      fixed[end] -= double(instance.width[i]);
      continue;
    }
    auto width = double(instance.width[i]);
    bool plain = usedOnceBorn(i);
    if (polled.over(end - low[i]))
      return;
    for (int32_t d = low[i] + own; d < end; ++d) {
      LinearSum live;
      addUsedAfter(i, d, live);
      addSet(live, -width, i, d + 1 - own);
      if (!plain)
        live = atLeastZero(live, width);
      LinearSum &all = profile[slot(d)];
      all.terms.insert(all.terms.end(), live.terms.begin(), live.terms.end());
      all.constant += live.constant;
    }
  }
  addFixed(fixed, profile);
}

/// A column for the profile's peak.
void Builder::addPeak(const std::vector<LinearSum> &profile, double unitPrice,
                      int64_t most) {
  double least = 0;
  for (const LinearSum &s : profile)
    if (s.terms.empty())
      least = std::max(least, s.constant);
  possible &= least <= double(most);
  int32_t peak = program.addColumn(least, double(most), unitPrice);
  for (LinearSum s : profile) {
    if (s.terms.empty())
      continue;
    s.terms.push_back({peak, -1});
    program.addRow(s, -kOpen, 0);
  }
}

/// A column a slot for what is above a level.
void Builder::addExcess(std::vector<LinearSum> &profile, int64_t above,
                        double unitPrice) {
  for (LinearSum s : profile) {
    if (s.terms.empty()) {
      possible &= s.constant <= double(goal.mostPeak.back());
      continue;
    }
    s.terms.push_back(
        {program.addColumn(0, double(goal.mostPeak.back() - above), unitPrice),
         -1});
    program.addRow(s, -kOpen, double(above));
  }
}

void Builder::addProfiles() {
  size_t at = 0;
  for (int32_t r = 0; r < instance.numResources; ++r) {
    double unit = double(instance.ratio) * double(instance.price[r]);
    if (unit == 0 && instance.limit[r] < 0)
      continue;
    if (polled.over(int64_t(slots) + instance.numCycles + instance.numNodes))
      return;
    std::vector<LinearSum> profile(slots);
    addUse(r, profile);
    for (const LinearSum &s : profile) {
      if (instance.limit[r] < 0)
        break;
      if (s.terms.empty())
        possible &= s.constant <= double(instance.limit[r]);
      else
        program.addRow(s, -kOpen, double(instance.limit[r]));
    }
    if (unit > 0)
      addPeak(profile, unit, goal.mostPeak[at++]);
  }
  if (instance.memoryWeight == 0)
    return;
  std::vector<LinearSum> profile(slots);
  addMemory(profile);
  if (!goal.excess)
    return addPeak(profile, double(instance.memoryWeight), goal.mostPeak[at]);
  addExcess(profile, goal.target, 1);
  if (goal.margin > 0)
    addExcess(profile, goal.target - goal.margin, kMarginPrice);
}

bool Builder::build(int32_t maxColumns) {
  int64_t starts = 0;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    starts += high[i] - low[i];
  if (starts > maxColumns)
    return false;
  addStarts();
  addEdges();
  addCommunication();
  addProfiles();
  return !polled.ended() && program.numColumns() <= maxColumns;
}

NeighbourhoodSchedule Builder::solve(const NeighbourhoodLimits &limits) {
  if (!possible)
    return {.starts = {}, .complete = true};
  // There is nothing to solve in a program without columns.
  if (program.numColumns() == 0)
    return {.starts = {low.begin(), low.end()}, .complete = true};
  ProgramResult answer = solveProgram(program, {.nodes = limits.nodes,
                                                .thorough = limits.thorough,
                                                .stop = limits.stop});
  NeighbourhoodSchedule result{.starts = {},
                               .complete = answer.complete,
                               .iterations = answer.iterations};
  if (answer.values.empty())
    return result;
  result.starts.assign(low.begin(), low.end());
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t t = low[i] + 1; t <= high[i]; ++t)
      result.starts[i] += answer.values[first[i] + t - low[i] - 1] > 0.5;
  return result;
}

} // namespace

NeighbourhoodSchedule
gaus::solveNeighbourhood(const Instance &instance, std::span<const int32_t> low,
                         std::span<const int32_t> high,
                         const NeighbourhoodGoal &goal,
                         const NeighbourhoodLimits &limits) {
  Builder builder(instance, low, high, goal, limits.stop);
  if (!builder.build(limits.columns))
    return {};
  return builder.solve(limits);
}
