//===- LocalSearch.cpp - Annealed moves on the exact cost -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Improve/LocalSearch.h"

#include "Improve/Annealer.h"
#include "Model/Random.h"

#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/ExactCost.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

/// Most nodes that one proposal may push.
static constexpr size_t kMaxPushed = 60;
/// Longest move of one node, in cycles, before pushing.
static constexpr int32_t kMaxStep = 16;

/// Asks `node` to be at `cycle`; false if its window does not allow it or too
/// many nodes would move.
bool Annealer::want(int32_t node, int32_t cycle) {
  if (cycle < instance.asap[node] || cycle > instance.alap[node])
    return false;
  if (stamp[node] != round) {
    if (pushed.size() == kMaxPushed)
      return false;
    stamp[node] = round;
    place[node] = pushed.size();
    pushed.push_back(node);
  } else if (place[node] < locked) {
    return false;
  }
  wanted[node] = cycle;
  queue.push_back(node);
  return queue.size() <= 4 * kMaxPushed;
}

bool Annealer::pushLater(int32_t node) {
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    int32_t j = instance.outTarget[k], need = wanted[node] + instance.outGap[k];
    int32_t now = stamp[j] == round ? wanted[j] : state.start(j);
    if (now < need && !want(j, need))
      return false;
  }
  return true;
}

bool Annealer::pushEarlier(int32_t node) {
  for (int32_t k = instance.inBegin[node]; k < instance.inBegin[node + 1];
       ++k) {
    int32_t i = instance.inSource[k];
    int32_t need = wanted[node] - instance.outGap[instance.inPosition[k]];
    int32_t now = stamp[i] == round ? wanted[i] : state.start(i);
    if (now > need && !want(i, need))
      return false;
  }
  return true;
}

/// Collects all moves that putting `node` at `cycle` implies: nodes only move
/// in one direction, so when the queue is empty every edge holds again.
bool Annealer::collect(int32_t node, int32_t cycle) {
  ++round;
  pushed.clear();
  locked = 0;
  return collectMore(node, cycle);
}

/// Adds the moves of one more node; those collected before stay as they are.
bool Annealer::collectMore(int32_t node, int32_t cycle) {
  queue.clear();
  bool later = cycle > state.start(node);
  if (!want(node, cycle))
    return false;
  for (size_t at = 0; at < queue.size(); ++at) {
    if (!(later ? pushLater(queue[at]) : pushEarlier(queue[at])))
      return false;
    if (pullChance > 0)
      pull(queue[at], later);
  }
  return true;
}

/// Takes `node` along by `shift` if chance, its window and the size allow it.
void Annealer::pullNode(int32_t node, int32_t shift) {
  if (stamp[node] == round || pushed.size() >= pullMost)
    return;
  pullState = pullState * 6364136223846793005u + 1442695040888963407u;
  if (pullState >> 56 >= pullChance)
    return;
  int32_t cycle = state.start(node) + shift;
  if (cycle >= instance.asap[node] && cycle <= instance.alap[node])
    want(node, cycle);
}

/// What `node` leaves behind and was tied to: edges without slack keep their
/// length when both ends move, and communication and lifetimes with them.
void Annealer::pull(int32_t node, bool later) {
  int32_t shift = wanted[node] - state.start(node);
  if (later) {
    for (int32_t k = instance.inBegin[node]; k < instance.inBegin[node + 1];
         ++k) {
      int32_t i = instance.inSource[k];
      if (state.start(i) + instance.outGap[instance.inPosition[k]] ==
          state.start(node))
        pullNode(i, shift);
    }
    return;
  }
  for (int32_t k = instance.outBegin[node]; k < instance.outBegin[node + 1];
       ++k) {
    int32_t j = instance.outTarget[k];
    if (state.start(node) + instance.outGap[k] == state.start(j))
      pullNode(j, shift);
  }
}

/// Another node of cycle `there` moves to `here` in exchange, if one can.
void Annealer::collectExchange(int32_t here, int32_t there, uint32_t bits) {
  const std::vector<int32_t> &others = byCycle[there];
  size_t before = pushed.size();
  if (others.empty())
    return;
  int32_t other = others[dev::drawBelow(bits, others.size())];
  if (stamp[other] == round)
    return;
  locked = before;
  if (collectMore(other, here))
    return;
  // The first move alone.
  while (pushed.size() > before) {
    stamp[pushed.back()] = round - 1;
    pushed.pop_back();
  }
}

/// Moves a node and keeps the lists by cycle.
double Annealer::moveNode(int32_t node, int32_t cycle) {
  if (exchanges) {
    std::vector<int32_t> &from = byCycle[state.start(node)];
    int32_t at = inCycle[node];
    inCycle[from.back()] = at;
    std::swap(from[at], from.back());
    from.pop_back();
    inCycle[node] = static_cast<int32_t>(byCycle[cycle].size());
    byCycle[cycle].push_back(node);
  }
  return state.move(node, cycle);
}

/// Whether the present proposal pulls, how much and how many at most.
void Annealer::choosePull(const dev::Philox &random) {
  // A measured share: pulls cost more than other moves, most for memory.
  uint32_t share = exchanges ? 100 : 48, bits = random.word[3];
  if ((random.word[1] >> 16) % 256 >= share)
    return;
  pullState = uint64_t(bits) << 32 | random.word[1];
  pullChance = 64 + (bits & 127);
  pullMost = 2 + (bits >> 8) % 30;
}

/// Draws a node and a cycle for it; false if nothing can move there.
bool Annealer::propose(const dev::Philox &random) {
  int32_t node = movable[dev::drawBelow(random.word[0], movable.size())];
  int32_t now = state.start(node);
  uint32_t bits = random.word[1];
  bool later = bits & 1;
  // Half of the steps are 1, a quarter 2 .. 4, the rest up to kMaxStep.
  int32_t step = 1;
  if (bits & 2)
    step = bits & 4 ? 2 + static_cast<int32_t>((bits >> 8) % 3)
                    : 1 + static_cast<int32_t>((bits >> 8) % kMaxStep);
  int32_t cycle = later ? std::min(now + step, instance.alap[node])
                        : std::max(now - step, instance.asap[node]);
  if (cycle == now)
    return false;
  choosePull(random);
  bool possible = collect(node, cycle);
  pullChance = 0;
  if (!possible)
    return false;
  // Exchanges balance cycles that single moves cannot: a third of the moves.
  if (exchanges && (bits >> 24) % 3 == 0)
    collectExchange(now, cycle, random.word[3]);
  return true;
}

double Annealer::apply() {
  double change = 0;
  from.clear();
  for (int32_t v : pushed) {
    from.push_back(state.start(v));
    change += moveNode(v, wanted[v]);
  }
  return change;
}

void Annealer::undo() {
  for (size_t at = pushed.size(); at-- > 0;)
    moveNode(pushed[at], from[at]);
}

void Annealer::keepIfBetter() {
  if (state.limitOveruse() > best.overuse)
    return;
  bool fewer = state.limitOveruse() < best.overuse;
  int64_t cost = state.exactCost();
  if (!fewer && cost >= best.cost)
    return;
  best.starts = state.starts();
  best.overuse = state.limitOveruse();
  best.cost = cost;
  best.progress.push_back({best.proposals, best.overuse, cost});
}

/// The memory's target is below the best peak, first by more: all crowded
/// cycles count then, not only the worst. It falls with each success and rises
/// as time passes.
void Annealer::placeTarget(double fraction) {
  if (!memoryAlone(instance))
    return;
  int32_t memory = state.numProfiles() - 1;
  int64_t peak = best.cost / instance.memoryWeight;
  if (state.excess() == 0)
    peak = std::min(peak, state.peak(memory));
  // A share of a small peak is nothing: some units, where there are many more.
  double most = double(peak);
  double below = std::max(options.depth * most, std::min(8.0, 0.2 * most));
  auto step = static_cast<int64_t>(below * (1.0 - fraction));
  state.setTarget(memory,
                  std::max<int64_t>(0, peak - std::max<int64_t>(1, step)));
}

/// A resource target is a variable of the search: one Metropolis step.
void Annealer::moveTarget(uint64_t counter) {
  for (int32_t p = 0; p < state.numProfiles(); ++p) {
    if (!state.priced(p))
      continue;
    dev::Philox random = draw(Stream::Targets, options.seed, counter, p);
    int64_t target = state.target(p);
    int64_t most = std::max<int64_t>(1, target >> 8);
    int64_t step =
        1 + static_cast<int64_t>(dev::drawBelow(random.word[1], most));
    if (random.word[0] & 1)
      step = -std::min(step, target);
    double change = state.setTarget(p, target + step);
    float u = unitOf(random.word[2]);
    if (change > 0 && dev::exp(static_cast<float>(-change / temperature)) <= u)
      state.setTarget(p, target);
  }
}

/// Mean |change| of proposals that change something.
void Annealer::measureScale() {
  double sum = 0;
  int64_t count = 0;
  for (uint64_t k = 0; k < 2000; ++k) {
    if (!propose(draw(Stream::MovesToMeasure, options.seed, k)))
      continue;
    double change = apply();
    undo();
    if (change != 0) {
      sum += std::fabs(change);
      ++count;
    }
  }
  double mean = count > 0 ? sum / double(count) : 1.0;
  firstTemperature = std::max(1e-9, options.heat * mean);
}

void Annealer::schedule(int64_t proposal) {
  double f = double(proposal) / double(std::max<int64_t>(1, options.proposals));
  temperature = firstTemperature * std::exp2(-6.0 * f);
  // From about the price that a flat profile's cycles have (all together cost
  // as much as a unit of the peak) to one that no excess survives.
  int32_t slots = instance.slots();
  double low = std::min(0.5, options.excess / slots), high = 1.5;
  state.setExcessWeight(
      low * std::exp2(std::log2(high / low) * std::min(1.0, 1.1 * f)));
}

LocalSearchResult Annealer::run(const Stop &stop) {
  if (movable.empty())
    return best;
  auto n = static_cast<int64_t>(movable.size());
  // A look at the cost takes as long as some moves; the more cycles, the more.
  int64_t keepEvery = std::max<int64_t>({16, n / 64, instance.numCycles / 4});
  // So does a new target; but a search has some of them whatever they take.
  int64_t targetEvery = std::max<int64_t>(
      {64, n / 4,
       std::min<int64_t>(instance.slots() / 16, options.proposals / 64)});
  int64_t held = 0;
  for (int32_t i : movable)
    held += instance.occupancy[i];
  Polled polled(&stop);
  placeTarget(0);
  measureScale();
  schedule(0);
  for (int64_t k = 0; k < options.proposals; ++k) {
    dev::Philox random = draw(Stream::Moves, options.seed, k);
    if (propose(random)) {
      double change = apply();
      float u = unitOf(random.word[2]);
      if (change > 0 &&
          dev::exp(static_cast<float>(-change / temperature)) <= u)
        undo();
    }
    ++best.proposals;
    if (polled.over(16 + held / n))
      break;
    bool reached = memoryAlone(instance) && state.excess() == 0;
    if (reached || k % keepEvery == 0) {
      polled.over(instance.numCycles);
      keepIfBetter();
      if (reached && best.cost == 0)
        break;
      if (reached)
        placeTarget(double(k) / double(options.proposals));
    }
    if (k % targetEvery == 0) {
      best.visited += instance.slots() * int64_t(state.numProfiles());
      schedule(k);
      placeTarget(double(k) / double(options.proposals));
      moveTarget(uint64_t(k));
      if (stop.requested())
        break;
    }
  }
  keepIfBetter();
  return best;
}

LocalSearchResult gaus::localSearch(const Instance &instance,
                                    std::span<const int32_t> starts,
                                    const LocalSearchOptions &options,
                                    const Stop &stop) {
  return Annealer(instance, starts, options).run(stop);
}
