//===- ScheduleModel.h - A problem for the search that learns ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Every constraint and every objective, exactly: within the windows it is
/// given, what the engine finds is legal, and what it refutes does not exist.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_SCHEDULEMODEL_H
#define GAUS_LIB_SOLVER_LEARNING_SCHEDULEMODEL_H

#include "Learning/Engine.h"

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Windows.h"

namespace gaus {

/// What a model may take.
struct ModelLimits {
  int64_t values = 0; ///< of all variables together
  int64_t cycles = 0; ///< of a profile
  int64_t pairs = 0;  ///< of operations that exclude each other
  EngineSettings engine;
};

class ScheduleModel {
public:
  /// Nothing where a number is too large for the engine, or the model for the
  /// limits. `horizon`: every schedule in question ends within so many cycles,
  /// and starts in its window.
  static std::unique_ptr<ScheduleModel>
  of(const Problem &p, const Windows &windows, int32_t horizon,
     const Payment &paid, const ModelLimits &limits, const Stop &stop);

  Engine engine;
  /// The cost is offset + scale * this variable.
  int32_t cost = -1;
  int64_t scale = 1, offset = 0;

  int64_t valueOf(int32_t costOfModel) const {
    return offset + scale * costOfModel;
  }
  /// The largest value of `cost` that is no more than `value` of the objective.
  int32_t mostFor(int64_t value) const;
  /// Looks near a schedule first.
  void hint(std::span<const int32_t> starts);
  Starts starts() const;

private:
  struct Uses {
    std::vector<std::pair<int32_t, int64_t>> of; ///< node, units
    int64_t unit = 0, total = 0;                 ///< common divisor
  };

  ScheduleModel(const Problem &p, const Windows &windows, int32_t horizon,
                const Payment &paid, const ModelLimits &limits,
                const Stop &stop)
      : engine(stop, limits.engine), p(p), windows(windows), horizon(horizon),
        paid(paid), limits(limits) {}
  bool build();
  bool addStarts();
  bool addEdges();
  int32_t turnsOf(int32_t edge) const { return p.ii * p.distance[edge]; }
  Uses usesOf(int32_t resource) const;
  bool addResource(int32_t resource);
  bool addPairs(int32_t resource, const Uses &uses);
  /// Units of a node from its start on.
  struct Held {
    int32_t node, cycles, units;
  };
  void addEnergy(std::span<const Held> tasks, int32_t peak, int32_t most);
  void addLiveEnergy(std::span<const uint8_t> lives, int64_t unit, int32_t peak,
                     int64_t most);
  void addLivePairs(const Adjacency &adj, std::span<const uint8_t> lives);
  bool addMemory();
  bool addLength();
  bool addCommunication();
  bool addCost();
  int32_t addPeak(int64_t most, int64_t unit, int64_t price);

  const Problem &p;
  const Windows &windows;
  int32_t horizon;
  Payment paid;
  ModelLimits limits;
  int64_t left = 0, pairsLeft = 0;
  int32_t cycles = 0;
  struct Pair {
    int32_t variable, first, second;
  };
  std::vector<Pair> pairs;
  /// What is paid for: a variable, the price of each unit.
  std::vector<std::pair<int32_t, int64_t>> terms;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_SCHEDULEMODEL_H
