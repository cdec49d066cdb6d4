//===- AreaBound.h - Bounds by the uses before or after a cycle -*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// A bound for `resources` where a network of all cycles is too large to be
/// cut. With a peak of P units no cycle holds more than P: so the uses before a
/// cycle c, each counted as often as it is cycles before c, are at most
/// P * (1 + 2 + ... + (c - first)); the same holds after a cycle. Unlike a
/// profile these sums are convex in the starts. For any prices of them that add
/// up to the weight of the peak, the least cost over all schedules under [Dep],
/// [Win] and [Lat] is therefore one minimum cost flow over the nodes, whatever
/// the number of cycles. A bundle method improves the prices. The best bound is
/// that of the time-indexed linear program with prices of cycles that fall (or
/// rise) ever more slowly: near it where the crowd is at an end.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_SOLVER_BOUNDS_AREABOUND_H
#define GAUS_LIB_SOLVER_BOUNDS_AREABOUND_H

#include "Construct/DifferenceFlow.h"
#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <span>
#include <vector>

namespace gaus {

class AreaBound {
public:
  /// Keeps a reference to `instance`.
  explicit AreaBound(const Instance &instance);

  /// False if the instance's kind is not covered, or numbers could overflow.
  static bool covers(const Instance &instance);

  /// Solves at most so many flows, fewer where little more is to be won or the
  /// bound reaches `upper`, the cost of `known`. Returns a lower bound on the
  /// cost; the least number if there was no flow.
  int64_t improve(int32_t flows, std::span<const int32_t> known, int64_t upper,
                  const Stop &stop);

  /// The best prices so far, from which a further call goes on; empty before
  /// the first.
  std::vector<double> prices;

private:
  /// Uses of a resource before or after a cycle.
  struct Area {
    int32_t resource, cycle;
    bool before;
    int64_t cells; ///< the most that a peak of one unit allows
  };
  /// Areas of one resource.
  struct Group {
    size_t begin, end;
    int64_t weight; ///< cost of one unit of the peak
  };

  void addGroup(int32_t resource, int32_t first, int32_t end);
  std::vector<double> meanUses(std::span<const int32_t> starts) const;
  std::vector<double> firstPrices(std::span<const int32_t> known) const;
  std::vector<int64_t> wholePrices(const std::vector<double> &point) const;
  std::vector<FlowBend> bendsAt(std::span<const int64_t> whole) const;

  const Instance &instance;
  std::vector<Area> areas;
  std::vector<Group> groups;
  int64_t scale; ///< fixed point of prices
};

} // namespace gaus

#endif // GAUS_LIB_SOLVER_BOUNDS_AREABOUND_H
