//===- NeighbourhoodSearch.cpp - Exact search in neighbourhoods -----------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/NeighbourhoodSearch.h"

#include "Model/Random.h"

#include "Exact/NeighbourhoodProgram.h"
#include "Model/SearchState.h"

#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <memory>

using namespace gaus;

namespace {

class Searcher {
public:
  Searcher(const Instance &instance, std::span<const int32_t> starts,
           const NeighbourhoodSearchOptions &options, const Stop &stop)
      : instance(instance), options(options), stop(stop),
        now(starts.begin(), starts.end()) {
    take(std::make_unique<SearchState>(instance, now));
    result.starts = now;
    least = cost;
  }
  NeighbourhoodSearchResult run();

private:
  uint32_t draw(uint32_t below);
  void take(std::unique_ptr<SearchState> next);
  double energyOf(const SearchState &s) const;
  int32_t drawPeakCycle();
  bool free(int32_t node, int32_t from, int32_t to, int32_t columns);
  void freeCycles(int32_t columns);
  void freeBall(int32_t columns);
  void tighten();
  bool tryProgram(const NeighbourhoodLimits &limits);
  void allowBetterPeaks();
  void tryWhole();

  const Instance &instance;
  const NeighbourhoodSearchOptions &options;
  const Stop &stop;
  std::vector<int32_t> now;
  std::unique_ptr<SearchState> state;
  NeighbourhoodGoal goal;
  int64_t cost = 0, least = 0;
  double energy = 0;
  uint64_t drawn = 0;
  // The present neighbourhood.
  std::vector<int32_t> low, high, freed;
  int64_t used = 0;
  NeighbourhoodSearchResult result;
};

/// A number in 0 .. below - 1.
uint32_t Searcher::draw(uint32_t below) {
  dev::Philox random =
      gaus::draw(Stream::Neighbourhoods, options.seed, drawn++);
  return static_cast<uint32_t>(dev::drawBelow(random.word[0], below));
}

/// What the programs minimise: the cost, or for memory what is above the
/// target, so that one of several peaks can be lowered first.
double Searcher::energyOf(const SearchState &s) const {
  if (!goal.excess)
    return double(s.exactCost());
  double sum = 0;
  for (int64_t live : s.profile(s.numProfiles() - 1))
    sum += double(std::max<int64_t>(0, live - goal.target)) +
           kMarginPrice *
               double(std::max<int64_t>(0, live - goal.target + goal.margin));
  return sum;
}

/// Makes a schedule the present one.
void Searcher::take(std::unique_ptr<SearchState> next) {
  state = std::move(next);
  now = state->starts();
  cost = state->exactCost();
  goal.mostPeak.clear();
  for (int32_t p = 0; p < state->numProfiles(); ++p)
    if (state->priced(p) ||
        (instance.memoryWeight > 0 && p + 1 == state->numProfiles()))
      goal.mostPeak.push_back(state->peak(p));
  goal.excess = memoryAlone(instance);
  if (goal.excess) {
    goal.target = goal.mostPeak.back() - 1;
    goal.margin = std::max<int64_t>(1, goal.target / 64);
  }
  energy = energyOf(*state);
}

/// A cycle of a slot that is at its peak, mostly; for resources any other, too.
int32_t Searcher::drawPeakCycle() {
  auto cycle = static_cast<int32_t>(draw(instance.numCycles));
  if (!goal.excess && draw(2) == 0)
    return cycle;
  auto profile = static_cast<int32_t>(draw(state->numProfiles()));
  if (goal.excess)
    profile = state->numProfiles() - 1;
  std::span<const int64_t> use = state->profile(profile);
  int64_t peak = state->peak(profile);
  auto slots = static_cast<int32_t>(use.size());
  for (int32_t k = 0; k < slots; ++k)
    if (use[(cycle + k) % slots] == peak)
      return (cycle + k) % slots;
  return cycle;
}

/// Lets a node start in from .. to. False if the columns are used up.
bool Searcher::free(int32_t node, int32_t from, int32_t to, int32_t columns) {
  from = std::max(from, instance.asap[node]);
  to = std::min(to, instance.alap[node]);
  if (used + to - from > columns)
    return false;
  used += to - from;
  low[node] = from;
  high[node] = to;
  freed.push_back(node);
  return true;
}

/// Nodes that start in a few cycles, from a drawn one of them on.
void Searcher::freeCycles(int32_t columns) {
  int32_t width = 2 + static_cast<int32_t>(draw(4)), peak = drawPeakCycle();
  int32_t first = std::max(0, peak - static_cast<int32_t>(draw(width)));
  auto n = static_cast<uint32_t>(instance.numNodes), begin = draw(n);
  for (uint32_t k = 0; k < n; ++k) {
    auto i = static_cast<int32_t>((begin + k) % n);
    if (now[i] >= first && now[i] < first + width && used < columns)
      free(i, first, first + width - 1, columns);
  }
}

/// A connected part of the graph, each node by a few cycles.
void Searcher::freeBall(int32_t columns) {
  int32_t far = 1 + static_cast<int32_t>(draw(4)), peak = drawPeakCycle();
  auto n = static_cast<uint32_t>(instance.numNodes), begin = draw(n);
  int32_t center = static_cast<int32_t>(begin);
  for (uint32_t k = 0; k < n; ++k) {
    auto i = static_cast<int32_t>((begin + k) % n);
    if (now[i] == peak) {
      center = i;
      break;
    }
  }
  std::vector<int32_t> queue{center};
  std::vector<bool> seen(instance.numNodes, false);
  seen[center] = true;
  auto visit = [&](int32_t node) {
    if (!seen[node])
      queue.push_back(node);
    seen[node] = true;
  };
  for (size_t at = 0; at < queue.size(); ++at) {
    int32_t i = queue[at];
    if (!free(i, now[i] - far, now[i] + far, columns))
      return;
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      visit(instance.outTarget[k]);
    for (int32_t k = instance.inBegin[i]; k < instance.inBegin[i + 1]; ++k)
      visit(instance.inSource[k]);
  }
}

/// Cuts the windows to what [Dep] leaves: ends at the present schedule at the
/// latest, whatever cycles the edges have.
void Searcher::tighten() {
  bool moved = true;
  Polled polled(&stop);
  while (moved && !polled.over(1 + static_cast<int64_t>(freed.size()))) {
    moved = false;
    for (int32_t v : freed) {
      int32_t from = low[v], to = high[v];
      for (int32_t k = instance.inBegin[v]; k < instance.inBegin[v + 1]; ++k)
        from = std::max(from, low[instance.inSource[k]] +
                                  instance.outGap[instance.inPosition[k]]);
      for (int32_t k = instance.outBegin[v]; k < instance.outBegin[v + 1]; ++k)
        to = std::min(to, high[instance.outTarget[k]] - instance.outGap[k]);
      moved |= from != low[v] || to != high[v];
      low[v] = from;
      high[v] = to;
    }
  }
}

/// Solves the neighbourhood and takes what is at least as good. Returns whether
/// the search came to its end.
bool Searcher::tryProgram(const NeighbourhoodLimits &limits) {
  NeighbourhoodSchedule found =
      solveNeighbourhood(instance, low, high, goal, limits);
  ++result.programs;
  result.iterations += found.iterations;
  if (found.starts.empty() || found.starts == now)
    return found.complete;
  auto other = std::make_unique<SearchState>(instance, found.starts);
  if (other->limitOveruse() > 0 || energyOf(*other) > energy)
    return found.complete;
  take(std::move(other));
  if (cost < least) {
    least = cost;
    result.starts = now;
    result.progress.push_back({result.programs, cost});
  }
  return found.complete;
}

/// The peaks that a schedule of less cost may have. Peaks and communication are
/// traded: one of them may be higher than now, as long as it is not dearer than
/// all is.
void Searcher::allowBetterPeaks() {
  if (memoryAlone(instance)) {
    --goal.mostPeak[0];
    return;
  }
  int64_t communication = instance.commConstant;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    for (int32_t k = instance.outBegin[i]; k < instance.outBegin[i + 1]; ++k)
      communication +=
          instance.outWeight[k] *
          std::max(instance.outGap[k],
                   instance.asap[instance.outTarget[k]] - instance.alap[i]);
  size_t at = 0;
  for (int32_t r = 0; r < instance.numResources; ++r)
    if (int64_t price = unitPrice(instance, r); price > 0)
      goal.mostPeak[at++] = (cost - instance.alpha * communication) / price;
  if (instance.memoryWeight > 0)
    goal.mostPeak[at] =
        (cost - instance.alpha * communication) / instance.memoryWeight;
}

void Searcher::tryWhole() {
  int64_t columns = 0;
  for (int32_t i = 0; i < instance.numNodes; ++i)
    columns += instance.alap[i] - instance.asap[i];
  if (columns > options.wholeColumns)
    return;
  low = instance.asap;
  high = instance.alap;
  goal.excess = false;
  allowBetterPeaks();
  energy = double(cost);
  result.complete = tryProgram({.columns = 2 * options.wholeColumns,
                                .nodes = options.wholeNodes,
                                .thorough = true,
                                .stop = &stop});
  take(std::make_unique<SearchState>(instance, result.starts));
}

NeighbourhoodSearchResult Searcher::run() {
  if (goal.mostPeak.empty())
    return result;
  if (options.wholeColumns > 0)
    tryWhole();
  // Neighbourhoods grow as long as the search comes to their ends.
  double columns = std::min(200, options.columns);
  for (int32_t k = 0;
       k < options.programs && !result.complete &&
       result.iterations < options.iterations && !stop.requested();
       ++k) {
    low = high = now;
    freed.clear();
    used = 0;
    int32_t most = static_cast<int32_t>(columns) >> draw(2);
    if (draw(2) == 0)
      freeCycles(most);
    else
      freeBall(most);
    tighten();
    bool ended = tryProgram(
        {.columns = 3 * most, .nodes = 10, .thorough = false, .stop = &stop});
    columns *= ended ? 1.02 : 0.9;
    columns = std::clamp(columns, 50.0, double(options.columns));
  }
  return result;
}

} // namespace

NeighbourhoodSearchResult gaus::neighbourhoodSearch(
    const Instance &instance, std::span<const int32_t> starts,
    const NeighbourhoodSearchOptions &options, const Stop &stop) {
  return Searcher(instance, starts, options, stop).run();
}
