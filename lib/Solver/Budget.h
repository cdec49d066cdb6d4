//===- Budget.h - The work of an effort, and the time -----------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How much each part of the portfolio may do, and how long all of it.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BUDGET_H
#define GAUS_LIB_SOLVER_BUDGET_H

#include "gaus/Core/Problem.h"
#include "gaus/Core/Stop.h"
#include "gaus/Solver/ModuloExact.h"

#include <atomic>
#include <cstdint>
#include <thread>

namespace gaus {

/// How much work an effort buys. Everything is a count, so that the result does
/// not depend on the machine.
struct Budget {
  int32_t replicas = 0, steps = 0;
  bool bestFirst = false; ///< the first replica starts from the best schedule
  bool shortest = false;  ///< one more descends in the shortest horizon
  bool gentle = false;    ///< descents with short steps, too, see descendGently
  bool small = false;     ///< many starts are raced and crossed
  int64_t proposals = 0;
  int64_t raceProposals = 0; ///< of a short polish; 0 = no races
  int32_t crossings = 0;     ///< descents from between elites
  int32_t polished = 0;      ///< schedules that the polish starts from
  int32_t turns = 0;         ///< most of short polish and descent, see runTurns
  int32_t flowNodes = 0;     ///< largest graph for the difference flow
  int32_t cuts = 0;          ///< most cuts for the bound
  int32_t areaFlows = 0;     ///< flows for the bound where no network is cut
  int64_t cutWork = 0;       ///< arcs that the cuts look at, all together
  int64_t cutArcs = 0;       ///< of the largest network that is cut
  int32_t windows = 0;       ///< integer programs of the polish
  int32_t columns = 0;       ///< of the largest of them
  int32_t wholeColumns = 0, wholeNodes = 0; ///< where one program is all
  int32_t closeColumns = 0;    ///< where it is, for a node, if little is open
  int64_t formulaLiterals = 0; ///< of the largest formula of a peak
  int64_t formulaWork = 0;     ///< of its search, see PeakFormula
  ModuloEffort modulo;         ///< for the decision about an II

  static Budget of(const Problem &p, int32_t effort);
};

/// Requested when the time is over, by a thread of its own, or once `stop` is.
class Deadline {
public:
  explicit Deadline(double seconds, const Stop *stop = nullptr);
  ~Deadline();
  const Stop &flag() const { return over; }
  bool passed() const { return over.requested(); }
  /// Whether it was the time that was over.
  bool timedOut() const { return late.load(std::memory_order_relaxed); }

private:
  Stop over;
  std::atomic<bool> done{false}, late{false};
  std::thread timer;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BUDGET_H
