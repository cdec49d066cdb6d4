//===- ListScheduler.h - List scheduling by priority ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Cycle by cycle, the ready nodes of highest priority start while the units
/// last. Used as a heuristic of its own (priority = latest start: "mobility"),
/// to level resource use, and to make rounded means legal under limits.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONSTRUCT_LISTSCHEDULER_H
#define GAUS_LIB_SOLVER_CONSTRUCT_LISTSCHEDULER_H

#include "gaus/Core/Schedule.h"
#include "gaus/Core/Stop.h"
#include "gaus/Core/Windows.h"

namespace gaus {

/// What a list schedule is asked to keep.
struct ListRequest {
  /// Lower starts first; ties by node index. Size numNodes.
  std::span<const float> priority;
  /// Units of each resource (kUnlimited: none). Size numResources.
  std::span<const int64_t> capacity;
  /// No node starts before this (empty: asap). Size numNodes.
  std::span<const int32_t> notBefore = {};
  /// A node at its latest start is started whether or not units are left.
  bool forceAtLatest = true;
  /// Ends the run without a schedule once it is true.
  const Stop *stop = nullptr;
};

/// A list schedule of an acyclic problem without II (`components.acyclic`);
/// windows are kept. Empty if a node had to start after its window or found no
/// free cycle up to its latest start (never with forceAtLatest). O((nodes +
/// edges) log nodes + retries) time.
Starts listSchedule(const Problem &p, const Adjacency &adj,
                    const Windows &windows, const ListRequest &request);

/// List schedules with smaller and smaller equal shares of every resource: the
/// classical way to level use into a fixed length. Returns the one of least
/// cost for `resources`.
Starts levelledList(const Problem &p, const Adjacency &adj,
                    const Windows &windows, const CostWeights &weights,
                    const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONSTRUCT_LISTSCHEDULER_H
