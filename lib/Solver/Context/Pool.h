//===- Pool.h - Candidates for the local search -----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Starts that satisfy [Dep], [Win] and [Lat] but perhaps no limit, with their
/// overuse and cost: what the parts hand to the local search.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_CONTEXT_POOL_H
#define GAUS_LIB_SOLVER_CONTEXT_POOL_H

#include "gaus/Device/Instance.h"
#include "gaus/Solver/Solver.h"

#include <utility>

namespace gaus {

struct Candidate {
  Starts starts;
  /// Of limits, summed over cycles; and the exact cost.
  int64_t overuse = 0, cost = 0;
  Method method = Method::None;
  /// Settings of the local search.
  size_t kind = 0;
  /// Its settings are those that suit it, and its overuse and cost what a
  /// short polish makes of it.
  bool raced = false;
};

/// By overuse first, then cost.
bool isBetter(const Candidate &a, const Candidate &b);

/// Every candidate has a start a node, in its window; those that were not raced
/// have the overuse and cost of their starts.
class Pool {
public:
  /// `instance` must outlive the pool.
  explicit Pool(const Instance &instance) : instance(instance) {}

  bool empty() const { return candidates.empty(); }
  std::span<const Candidate> all() const { return candidates; }
  /// The candidate that was added last, for its settings.
  Candidate &last() { return candidates.back(); }

  /// Starts whose overuse and cost are not known yet.
  void add(std::span<const int32_t> starts, Method method);
  void add(Candidate candidate) { candidates.push_back(std::move(candidate)); }
  /// Before all others, however good they are.
  void addInFront(Candidate candidate) {
    candidates.insert(candidates.begin(), std::move(candidate));
  }
  /// The last one becomes the first.
  void lastToFront();
  /// The best first; ties keep the order of arrival, which is part of the
  /// result's definition.
  void sort();
  /// The first ones of the order; for their settings.
  std::span<Candidate> first(size_t count);
  /// All of them; the pool is empty then.
  std::vector<Candidate> takeAll() { return std::exchange(candidates, {}); }

private:
  const Instance &instance;
  std::vector<Candidate> candidates;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_CONTEXT_POOL_H
