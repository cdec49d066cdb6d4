//===- DepthFirst.h - Depth-first orders spread over the cycles -*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// An order in which one part of the graph is finished before the next one is
/// begun keeps few values live, however wide the windows are. Spread evenly
/// over the cycles it is a schedule, and where descents for `memory` start:
/// they move nodes by a part of their windows, but do not find such an order.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_DEPTHFIRST_H
#define GAUS_LIB_SOLVER_CONSTRUCT_DEPTHFIRST_H

#include "gaus/Core/Schedule.h"
#include "gaus/Device/Instance.h"

namespace gaus {

/// What is finished one after another.
enum class DepthFirst {
  FromResults, ///< each result with all that it needs, the earliest first
  FromInputs   ///< backwards, each input with all that needs it
};

/// The order spread evenly over the cycles; a node that this puts outside of
/// its window or behind a consumer is moved by as little as possible. Satisfies
/// [Dep] and [Win]. `instance` is of a problem without cycles and II. O((nodes
/// + edges) log nodes) time.
Starts depthFirstSchedule(const Instance &instance, DepthFirst from);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_DEPTHFIRST_H
