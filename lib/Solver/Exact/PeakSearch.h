//===- PeakSearch.h - Is there a lower peak of live memory? -----*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The step that asks a satisfiability solver, until it says no.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_EXACT_PEAKSEARCH_H
#define GAUS_LIB_SOLVER_EXACT_PEAKSEARCH_H

#include "Context/Budgets.h"
#include "Context/Context.h"
#include "Exact/PeakFormula.h"

namespace gaus {

/// What is learnt is kept for higher efforts.
class PeakSearch {
public:
  explicit PeakSearch(const Context &c) : c(c) {}
  void run(const Instance &instance, const FormulaBudget &budget);

private:
  Context c;
  std::unique_ptr<PeakFormula> formula;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_EXACT_PEAKSEARCH_H
