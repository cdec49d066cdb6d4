//===- Neighbourhoods.h - Integer programs around the best schedule *- C++
//-*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The step that searches neighbourhoods of the best schedule to their end.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODS_H
#define GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODS_H

#include "Context/Budgets.h"
#include "Context/Context.h"

namespace gaus {

void searchNeighbourhoods(const Context &c, const Instance &instance,
                          const NeighbourhoodBudget &budget);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODS_H
