//===- IntervalDemands.h - What asks for an interval ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which limits and recurrences ask for the initiation interval, and what they
/// would ask for after a change. All of it is arithmetic: a lower bound of
/// every schedule, never a promise that there is one.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_INTERVALDEMANDS_H
#define GAUS_CORE_INTERVALDEMANDS_H

#include "gaus/Core/Bounds.h"

namespace gaus {

/// A limited resource that is used: its units times cycles in one iteration,
/// and ceil(work / limit) >= 1.
struct ResourceDemand {
  int32_t resource = 0;
  Wide work = 0;
  int64_t ii = 1;
};
/// The one that asks for most first; ties by the resource's index.
std::vector<ResourceDemand> resourceDemands(const Problem &p);

/// max(RecMII, ResMII), >= 1: no schedule has a smaller II. Errors as of
/// recurrenceMII.
Outcome<int64_t> leastInterval(const Problem &p, const Stop *stop = nullptr);

/// The smallest change after which one cause asks for less.
struct Relief {
  /// Units in all; cycles less around the recurrence; its distance in all. At
  /// least 1.
  int64_t amount = 0;
  /// leastInterval after the change: no more than before it, and no less where
  /// something else asks for as much.
  int64_t interval = 1;
};
/// So many units of a limited resource that its work alone asks for less than
/// `interval` (its own demand or less); nothing where that is 1.
std::optional<Relief> reliefByUnits(const Problem &p, int32_t resource,
                                    int64_t interval);
/// So many cycles less around `r` that it asks for less than r.ii; nothing
/// where that is 1. Other recurrences through its edge of the first distance
/// become shorter, too.
std::optional<Relief> reliefByCycles(const Problem &p, const Recurrence &r);
/// The operation around `r` that helps most if it alone takes fewer cycles: as
/// many as `r` needs less, at most all of its latency (`amount`). Nothing where
/// none helps, or r.ii is 1. Of a long recurrence, and of a large problem, only
/// the first operations are tried.
struct NodeRelief : Relief {
  int32_t node = -1;
};
std::optional<NodeRelief> reliefByLatency(const Problem &p,
                                          const Recurrence &r);
/// The distance of `r` at which it asks for less than r.ii: on its edge of the
/// first distance, for other recurrences through it as well.
std::optional<Relief> reliefByDistance(const Problem &p, const Recurrence &r);

} // namespace gaus

#endif // GAUS_CORE_INTERVALDEMANDS_H
