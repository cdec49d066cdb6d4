//===- LearningSearch.h - The optimum of small problems ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The step that asks the search that learns: from below for what cannot be,
/// from above for what is better, in turn and in growing slices of work.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_LEARNING_LEARNINGSEARCH_H
#define GAUS_LIB_SOLVER_LEARNING_LEARNINGSEARCH_H

#include "Context/Budgets.h"
#include "Context/Context.h"
#include "Learning/ScheduleModel.h"

namespace gaus {

/// What is learnt is kept for higher efforts.
class LearningSearch {
public:
  explicit LearningSearch(const Context &c) : c(c) {}
  ~LearningSearch();

  /// Offers what it finds, raises the bound, and says where there is no
  /// schedule at all. `work`: of the engine.
  void run(const LearningBudget &budget, int64_t work);

private:
  bool begin(const LearningBudget &budget);
  bool demandBetter();
  bool ask(int32_t target, int64_t slice);
  void noteBound();

  Context c;
  Windows windows;
  std::unique_ptr<ScheduleModel> model;
  bool begun = false;
  int64_t demanded = 0; ///< the value below which schedules are asked for
  bool demands = false;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_LEARNING_LEARNINGSEARCH_H
