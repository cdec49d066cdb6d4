//===- Bounds.h - Lower bounds on costs -------------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Bounds that hold for every legal schedule, in exact integers.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_CORE_BOUNDS_H
#define GAUS_CORE_BOUNDS_H

#include "gaus/Core/Checked.h"
#include "gaus/Core/Schedule.h"
#include "gaus/Core/Windows.h"

namespace gaus {

/// Units times cycles that all nodes together hold of each resource.
std::vector<Wide> resourceWork(const Problem &p);
/// [ResMII] max over limited resources of ceil(sum u * o / limit), >= 1. It may
/// be above every II that there is.
int64_t resourceMII(const Problem &p);
/// The least II >= 1 at which sums leave room for what lives in every schedule,
/// each value from its birth to the reads of its own iteration, as early as
/// latencies and lags allow: by the work over the limit of live memory, and by
/// how many of the largest must meet. No schedule without an II is shorter. 1
/// without a limit; kMaxCycle + 1 for none.
int64_t liveMII(const Problem &p);
/// The same for every limit, of units, too: at least [ResMII].
int64_t limitsMII(const Problem &p);
/// [RecMII] smallest II >= 1 without a positive cycle, or an explained error
/// where no II helps (a positive cycle of distance 0), or "stop".
Outcome<int32_t> recurrenceMII(const Problem &p, const Stop *stop = nullptr);
/// A recurrence that asks for RecMII = ceil(cycles / distance).
struct Recurrence {
  /// RecMII, >= 1.
  int32_t ii = 1;
  /// Its edges in order, each from the target of the one before; empty where
  /// nothing asks for more than an II of 1.
  std::vector<int32_t> edges;
  /// Latencies and lags, and distances, once around.
  int64_t cycles = 0, distance = 0;
};
/// The same search with the cycle that decided it; errors as there.
Outcome<Recurrence> criticalRecurrence(const Problem &p,
                                       const Stop *stop = nullptr);

/// Whether what every schedule within `windows` uses of some resource, folded
/// at `ii` (0 = not), is above its limit.
bool forcedOveruse(const Problem &p, const Windows &windows, int32_t ii);

/// Lower bound on what is paid for every legal schedule of `p`, from windows
/// alone: forced use and forced liveness in each cycle, average use, how many
/// of the largest must meet, least communication, the depth and the work over
/// the limits. Weaker where `stop` ended it.
int64_t simpleBound(const Problem &p, const Windows &windows,
                    const Payment &paid, const Stop *stop = nullptr);

} // namespace gaus

#endif // GAUS_CORE_BOUNDS_H
