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
