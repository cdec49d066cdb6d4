//===- BoundSearch.h - What no schedule can be below ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Lower bounds on the objective, better with each effort: what it learns is
/// kept.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_BOUNDSEARCH_H
#define GAUS_LIB_SOLVER_BOUNDS_BOUNDSEARCH_H

#include "Context/Budgets.h"
#include "Context/Context.h"

namespace gaus {

class BoundSearch {
public:
  explicit BoundSearch(const Context &c) : c(c) {}

  /// A better bound, and the cuts' schedules as starts of the polish.
  void run(const Instance &instance, const BoundBudget &budget);

private:
  void atStarts(const Instance &instance, int64_t work, int64_t mostArcs);
  void byAreas(const Instance &instance, const BoundBudget &budget);
  void byPricedCuts(const Instance &instance, const BoundBudget &budget);

  Context c;
  /// The best ones so far, of cycles and of areas.
  std::vector<double> prices, areaPrices;
  /// Size of the network of priced cuts; -1 = not known yet.
  int64_t pricedArcs = -1;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_BOUNDSEARCH_H
