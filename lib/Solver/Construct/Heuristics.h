//===- Heuristics.h - Schedules without a search ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Steps that construct schedules: from the windows, lists and depth-first
/// orders, by a flow, and under limits by ejection. Each offers what it finds.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_HEURISTICS_H
#define GAUS_LIB_SOLVER_CONSTRUCT_HEURISTICS_H

#include "Context/Budgets.h"
#include "Context/Context.h"

namespace gaus {

/// ASAP, ALAP, list schedules.
void offerLists(const Context &c);
/// For `memory`: depth-first orders.
void offerDepthFirst(const Context &c, const Instance &instance);
/// The schedule of least communication or lifetime, which bounds, too.
void offerFlow(const Context &c, const Instance &instance,
               const ConstructBudget &budget);
/// Any legal schedule where limits defeat the lists.
void repair(const Context &c, const Instance &instance);
/// Shorter schedules under limits, for `latency`.
void shorten(const Context &c, const Instance &instance,
             const ConstructBudget &budget);
/// Legal schedules near `mean`: rounded, pushed, listed by the means' order.
void offerNear(const Context &c, const Instance &instance,
               std::span<const float> mean, Method method);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_HEURISTICS_H
