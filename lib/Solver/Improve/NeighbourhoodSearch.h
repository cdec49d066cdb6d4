//===- NeighbourhoodSearch.h - Exact search in neighbourhoods ---*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The last part of the polish: again and again some nodes of a schedule, all
/// of a few cycles or a connected part of the graph, are placed anew in the
/// best way while all others stay (large neighbourhood search; Shaw, "Using
/// constraint programming and local search methods to solve vehicle routing
/// problems", 1998). Each is an integer program of a few hundred columns,
/// solved by CBC. A problem that is small as a whole is one program.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODSEARCH_H
#define GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODSEARCH_H

#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>

namespace gaus {

struct NeighbourhoodSearchOptions {
  int32_t programs = 100; ///< neighbourhoods that are tried
  /// Simplex iterations after which no other one is begun.
  int64_t iterations = 100000;
  int32_t columns = 300; ///< of the largest neighbourhood, about
  /// Columns up to which the whole problem is one program, and its nodes.
  int32_t wholeColumns = 0, wholeNodes = 0;
  uint64_t seed = 0;
};

struct NeighbourhoodSearchResult {
  std::vector<int32_t> starts;
  int64_t programs = 0, iterations = 0;
  /// True if the whole problem was searched to the end, in floating point:
  /// nothing better is there, which is no proof.
  bool complete = false;
  /// What was reached after how many programs, each better than the one before.
  struct Progress {
    int64_t programs, cost;
  };
  std::vector<Progress> progress;
};

/// Improves `starts`, a schedule that satisfies every constraint, for an
/// objective with peaks. The result is legal and never worse. `stop` ends it
/// early.
NeighbourhoodSearchResult
neighbourhoodSearch(const Instance &instance, std::span<const int32_t> starts,
                    const NeighbourhoodSearchOptions &options,
                    const Stop &stop);

} // namespace gaus

#endif // GAUS_LIB_SOLVER_IMPROVE_NEIGHBOURHOODSEARCH_H
