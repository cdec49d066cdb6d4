//===- CompiledProblem.cpp - A problem with its windows -------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/CompiledProblem.h"

#include "Model/Instance.h"

#include <algorithm>

using namespace gaus;

Outcome<CompiledProblem>
CompiledProblem::of(Problem resolved, std::optional<EarliestStarts> earliest,
                    const Stop *stop) {
  if (!earliest) {
    Outcome<EarliestStarts> found = earliestStarts(resolved, stop);
    if (!found)
      return found.error();
    earliest = std::move(*found);
  }
  Outcome<Windows> windows =
      gaus::windowsWithin(resolved, *earliest, resolved.length, stop);
  if (!windows)
    return windows.error();
  CompiledProblem c{std::move(resolved), std::move(earliest->adj),
                    std::move(earliest->components), std::move(*windows)};
  c.hasLimits = c.p.limitsLive();
  for (int64_t limit : c.p.limit)
    c.hasLimits |= limit != kUnlimited;
  return c;
}

std::optional<Windows> CompiledProblem::windowsWithin(int32_t length,
                                                      const Stop *stop) const {
  auto alap = latestStarts(p, adj, components, length, stop);
  if (!alap)
    return std::nullopt;
  return Windows{windows.asap, std::move(*alap), windows.depth};
}

bool CompiledProblem::foldsFit() const {
  int32_t farthest = 0;
  for (int32_t k : p.distance)
    farthest = std::max(farthest, k);
  return p.ii <= kMaxProfileCycles && int64_t(p.ii) * farthest <= kMaxCycle;
}

bool CompiledProblem::bounded() const {
  return p.length > 0 || std::all_of(windows.alap.begin(), windows.alap.end(),
                                     [](int32_t t) { return t < kMaxCycle; });
}

/// Behind the last release a hole between starts that is longer than every gap
/// and hold can be closed by whole intervals: nothing comes closer than
/// allowed, and slots stay. Behind the births nothing comes to live in it,
/// either; but what an earlier iteration's reader waits for would live longer.
std::optional<int64_t> gaus::completeHorizon(const Problem &p) {
  if (p.limitsLive() && p.ii > 0)
    return std::nullopt;
  int64_t release = 0, hole = 1, last = 1;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    release = std::max<int64_t>(release, p.earliest[i]);
    hole = std::max<int64_t>(hole, p.occupancy[i]);
    last = std::max<int64_t>(last, durationOf(p, i));
  }
  if (p.limitsLive())
    hole = std::max(hole, last);
  for (int32_t e = 0; e < p.numEdges(); ++e)
    hole = std::max<int64_t>(hole, int64_t(p.latency[p.source[e]]) + p.lag[e] -
                                       int64_t(p.ii) * p.distance[e]);
  return release + p.numNodes() * (hole + p.ii) + last;
}
