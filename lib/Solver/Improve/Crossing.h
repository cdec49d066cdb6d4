//===- Crossing.h - Descents from between elites ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Races the new candidates, then descends from between the best of their
/// results and races what comes out, in batches of a fixed size.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_CROSSING_H
#define GAUS_LIB_SOLVER_IMPROVE_CROSSING_H

#include "Improve/Polish.h"
#include "Relax/Descents.h"

namespace gaus {

class Crossing {
public:
  /// Descents at a time, whatever the number of threads.
  static constexpr int32_t kBatch = 4;

  Crossing(const Context &c, Descents &descents, Polish &polish)
      : c(c), descents(descents), polish(polish) {}

  /// `gained`: whether the crossings gained so much that a longer polish would
  /// not gain more.
  std::optional<Diagnostic> run(const Instance &instance,
                                const CrossingBudget &budget,
                                const DescentBudget &descent, bool &gained);

private:
  struct Pair {
    std::span<const int32_t> a, b;
    size_t kind;
  };
  Pair drawPair();
  std::optional<Diagnostic> crossElites(const Instance &instance,
                                        const DescentBudget &descent,
                                        int32_t count);

  Context c;
  Descents &descents;
  Polish &polish;
  /// Pairs so far: each draws other random numbers.
  uint64_t drawn = 0;
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_CROSSING_H
