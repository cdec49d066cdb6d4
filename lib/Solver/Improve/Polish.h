//===- Polish.h - Local searches of a solve ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The polish: local searches from the best candidates, long ones, or short
/// ones in races whose winners are elites.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_POLISH_H
#define GAUS_LIB_SOLVER_IMPROVE_POLISH_H

#include "Context/Budgets.h"
#include "Context/Context.h"

#include "Improve/LocalSearch.h"

namespace gaus {

/// The best results of short polishes, and what they began with.
struct Elite {
  Starts starts;
  Candidate from;
};

class Polish {
public:
  explicit Polish(const Context &c) : c(c) {}

  /// Polishes the best candidates of the pool.
  void run(const Instance &instance, const PolishBudget &budget);

  //===--- Races ---------------------------------------------------------===//
  /// Settings that are good in short searches.
  static constexpr size_t kRacing = 2;
  /// Polishes candidates shortly; the best results are elites.
  void race(const Instance &instance, std::vector<Candidate> candidates,
            int64_t proposals);
  static constexpr int32_t kMostNew = 8;
  /// The best new candidates, at most so many; the pool is empty then.
  std::vector<Candidate> takeNew();
  /// The best first, at most four, no two with equal starts.
  std::span<const Elite> elites() const { return best; }

private:
  std::vector<LocalSearchResult> polishAll(const Instance &instance,
                                           std::span<const Candidate> from,
                                           int64_t proposals);

  Context c;
  std::vector<Elite> best;
  /// Batches so far: each draws other random numbers.
  uint64_t batches = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_POLISH_H
