//===- Budgets.h - How much each part may do --------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Counts, so that a result does not depend on the machine. A part gets its
/// budget by value; Portfolio/Budget.h fills them for an effort.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_BUDGETS_H
#define GAUS_LIB_SOLVER_CONTEXT_BUDGETS_H

#include <cstdint>

namespace gaus {

struct ConstructBudget {
  int32_t flowNodes = 0; ///< largest graph for the difference flow
  int32_t attempts = 0;  ///< lists and ejections that try to be shorter
};

struct DescentBudget {
  int32_t replicas = 0, steps = 0;
  bool bestFirst = false; ///< the first replica starts from the best schedule
  bool shortest = false;  ///< one more descends in the shortest horizon
  bool gentle = false;    ///< descents with short steps, too
  bool small = false;     ///< a small graph: starts as different as can be
};

struct PolishBudget {
  int64_t proposals = 0;
  int32_t polished = 0;   ///< schedules that the polish starts from
  bool ifCrossed = false; ///< only where crossings gained
};

struct CrossingBudget {
  int64_t proposals = 0; ///< of a short polish; 0 = no races
  int32_t crossings = 0; ///< descents from between elites
  int32_t steps = 0;     ///< of each of these; 0: as of other descents
  /// A batch of them that gains less than one part of so many is the last one;
  /// 0: none is.
  int64_t little = 0;
};

struct BoundBudget {
  int32_t flowNodes = 0; ///< largest graph for flows
  int32_t areaFlows = 0; ///< flows where no network is cut
  int32_t cuts = 0;      ///< most cuts
  int64_t cutWork = 0;   ///< arcs that the cuts look at, all together
  int64_t cutArcs = 0;   ///< of the largest network that is cut
};

struct NeighbourhoodBudget {
  int32_t programs = 0;                     ///< integer programs
  int32_t columns = 0;                      ///< of the largest of them
  int32_t wholeColumns = 0, wholeNodes = 0; ///< where one program is all
  int32_t closeColumns = 0; ///< where it is, for a node, if little is open
};

struct FormulaBudget {
  int64_t literals = 0; ///< of the largest formula of a peak
  int64_t work = 0;     ///< of its search, see PeakFormula
};

struct ListBudget {
  int64_t first = 0; ///< work of crossed lists, once a solve; in cycles
  int64_t work = 0;  ///< and once more at each effort
  int64_t cells = 0; ///< cycles times resources of the longest schedule
};

struct LearningBudget {
  int64_t look = 0;   ///< work before all else, whatever the effort
  int64_t first = 0;  ///< and, for `latency`, behind lists
  int64_t work = 0;   ///< and once more at each effort, see Engine
  int64_t slice = 0;  ///< of the first one
  int32_t nodes = 0;  ///< of the largest problem
  int64_t values = 0; ///< of all variables together
  int64_t cycles = 0; ///< of a profile
  int64_t pairs = 0;  ///< of operations that exclude each other
  int32_t restart = 100, clauses = 4000; ///< see EngineSettings
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_BUDGETS_H
