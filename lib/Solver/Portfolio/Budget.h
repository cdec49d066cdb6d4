//===- Budget.h - The work of an effort -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// How much each part of the portfolio may do.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_PORTFOLIO_BUDGET_H
#define GAUS_LIB_SOLVER_PORTFOLIO_BUDGET_H

#include "Context/Budgets.h"
#include "Modulo/ModuloExact.h"

#include "gaus/Core/Problem.h"

namespace gaus {

/// How much work an effort buys. Everything is a count, so that the result does
/// not depend on the machine.
struct Budget {
  ConstructBudget construct;
  DescentBudget descent;
  int32_t turns = 0; ///< most of short polish and descent
  CrossingBudget crossing;
  BoundBudget bound;
  PolishBudget polish;
  FormulaBudget formula, smallFormula;
  LearningBudget learning;
  ListBudget lists;
  NeighbourhoodBudget neighbourhoods;
  ModuloEffort modulo; ///< for the decision about an II

  static Budget of(const Problem &p, int32_t effort);
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_PORTFOLIO_BUDGET_H
