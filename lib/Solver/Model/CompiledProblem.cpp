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

Outcome<CompiledProblem> CompiledProblem::of(const Problem &resolved,
                                             const Stop *stop) {
  Outcome<Windows> windows = computeWindows(resolved, stop);
  if (!windows)
    return windows.error();
  Adjacency adj(resolved);
  Components components = findComponents(resolved, adj);
  CompiledProblem c{resolved, std::move(adj), std::move(components),
                    std::move(*windows)};
  for (int64_t limit : resolved.limit)
    c.hasLimits |= limit != kUnlimited;
  return c;
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
