//===- Annealer.h - The state of a local search -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What LocalSearch.cpp anneals: a schedule, the proposal that is tried on it,
/// and the best one so far.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_ANNEALER_H
#define GAUS_LIB_SOLVER_IMPROVE_ANNEALER_H

#include "Improve/LocalSearch.h"
#include "Model/SearchState.h"

#include "gaus/Device/Arithmetic.h"

namespace gaus {

class Annealer {
public:
  Annealer(const Instance &instance, std::span<const int32_t> starts,
           const LocalSearchOptions &options)
      : instance(instance), options(options), state(instance, starts),
        stamp(instance.numNodes), wanted(instance.numNodes),
        place(instance.numNodes) {
    if (exchanges) {
      byCycle.resize(instance.numCycles);
      for (int32_t i = 0; i < instance.numNodes; ++i) {
        inCycle.push_back(static_cast<int32_t>(byCycle[starts[i]].size()));
        byCycle[starts[i]].push_back(i);
      }
    }
    for (int32_t i = 0; i < instance.numNodes; ++i)
      if (instance.asap[i] < instance.alap[i])
        movable.push_back(i);
    best.starts = state.starts();
    best.overuse = state.limitOveruse();
    best.cost = state.exactCost();
  }

  LocalSearchResult run(const Stop &stop);

private:
  bool want(int32_t node, int32_t cycle);
  bool pushLater(int32_t node);
  bool pushEarlier(int32_t node);
  bool collect(int32_t node, int32_t cycle);
  bool collectMore(int32_t node, int32_t cycle);
  void choosePull(const dev::Philox &random);
  void pull(int32_t node, bool later);
  void pullNode(int32_t node, int32_t shift);
  void collectExchange(int32_t here, int32_t there, uint32_t bits);
  double moveNode(int32_t node, int32_t cycle);
  bool propose(const dev::Philox &random);
  double apply();
  void undo();
  void keepIfBetter();
  void placeTarget(double fraction);
  void moveTarget(uint64_t counter);
  void measureScale();
  void schedule(int64_t proposal);

  const Instance &instance;
  const LocalSearchOptions &options;
  /// Measured: worth much for resources, nothing for memory.
  bool exchanges = instance.ratio > 0;
  SearchState state;
  std::vector<int32_t> movable;
  // The nodes of the present proposal, where they go and where they were.
  std::vector<uint32_t> stamp;
  std::vector<int32_t> wanted, pushed, queue, from;
  uint32_t round = 0;
  /// A proposal takes neighbours along that stand as close as they may: with
  /// this chance out of 256 each, as long as at most `pullMost` nodes move.
  uint32_t pullChance = 0;
  size_t pullMost = 0;
  uint64_t pullState = 0;
  /// Where a node of the proposal stands in `pushed`; the first `locked` are
  /// fixed.
  std::vector<size_t> place;
  size_t locked = 0;
  /// Nodes by start, and a node's place in its list (for resources).
  std::vector<std::vector<int32_t>> byCycle;
  std::vector<int32_t> inCycle;
  double firstTemperature = 1, temperature = 1;
  LocalSearchResult best;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_ANNEALER_H
