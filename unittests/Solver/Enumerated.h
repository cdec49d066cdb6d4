//===- Enumerated.h - Small problems with all schedules ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Many small problems of several kinds, each with every legal schedule.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SOLVER_ENUMERATED_H
#define GAUS_UNITTESTS_SOLVER_ENUMERATED_H

#include "RandomProblem.h"
#include "SmallData.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace gaus::test {

/// A problem with all of its schedules.
struct Enumerated {
  ProblemData d;
  std::vector<Starts> all;

  /// INT64_MAX without a schedule.
  int64_t leastCost() const {
    int64_t least = INT64_MAX;
    for (const Starts &s : all)
      least = std::min(least, d.costOf(s));
    return least;
  }
};

inline std::optional<Enumerated>
enumerate(uint64_t seed, const SmallShape &shape, Objective objective) {
  std::optional<ProblemData> d = problemData(
      smallProblem(seed, shape), objective, 1 + 0.25 * double(seed % 4));
  if (!d || d->p.length > 9)
    return std::nullopt;
  Enumerated e{std::move(*d), {}};
  e.all = allSchedules(e.d.p);
  return e;
}

/// Limits, occupancy, lags and windows; an II and recurrences; no limits;
/// nothing but limits that are hard to meet; and buffers.
inline std::vector<SmallShape> shapes() {
  SmallShape plain, pipelined, unlimited, tight, buffers;
  buffers.buffers = true;
  pipelined.pipelined = true;
  unlimited.limitPercent = 0;
  tight.minNodes = 4;
  tight.edgePercent = 20;
  tight.limitPercent = 100;
  tight.windows = false;
  return {plain, pipelined, unlimited, tight, buffers};
}

/// Calls `body(Enumerated)` for so many seeds of each kind, for `memory` and
/// `resources`.
template <class F> void forMany(uint64_t seeds, F &&body) {
  int index = 0;
  for (const SmallShape &shape : shapes()) {
    ++index;
    for (Objective objective : {Objective::Memory, Objective::Resources})
      for (uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", objective " +
                     std::to_string(static_cast<int>(objective)) + ", shape " +
                     std::to_string(index));
        if (std::optional<Enumerated> e = enumerate(seed, shape, objective))
          body(*e);
      }
  }
}

/// Problems without limits, of which cuts know nothing, with all schedules.
template <class F> void forUnlimited(uint64_t seeds, F &&body) {
  for (bool pipelined : {false, true})
    for (Objective objective : {Objective::Memory, Objective::Resources})
      for (uint64_t seed = 1; seed <= seeds; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        SmallShape shape;
        shape.limitPercent = 0;
        shape.pipelined = pipelined;
        std::optional<Enumerated> e = enumerate(seed, shape, objective);
        if (e && !e->all.empty())
          body(*e);
      }
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SOLVER_ENUMERATED_H
