//===- LeastLength.cpp - Lengths as factors, under limits -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Intervals.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>

using namespace gaus;

namespace {

bool isFactor(const Problem &p, const SolverOptions &options) {
  if (options.length.kind != LengthChoice::Default)
    return options.length.kind == LengthChoice::Factor;
  return p.length == 0 && options.objective != Objective::Latency;
}

/// The shortest schedule, in no given length.
Outcome<Solution> solveShortest(const Problem &p,
                                const SolverOptions &options) {
  Problem unbounded = p;
  unbounded.length = 0;
  SolverOptions shortest = options;
  shortest.objective = Objective::Latency;
  shortest.length = {};
  shortest.start = StartKind::Portfolio;
  shortest.trace.clear();
  return solve(unbounded, shortest);
}

} // namespace

Outcome<SettledOptions> gaus::settleLength(const Problem &p,
                                           const SolverOptions &options) {
  SettledOptions settled{options, {}, IIProof::None, 0};
  if (!isFactor(p, options))
    return settled;
  if (auto wrong = checkInput(p, options))
    return *wrong;
  if (!p.usesLimits())
    return settled;
  Outcome<Solution> shortest = solveShortest(p, options);
  if (!shortest)
    return shortest.error();
  int64_t cycles = ceilDiv(
      Wide(shortest->cost.length) * options.length.factorMillionths, 1000000);
  settled.options.length.kind = LengthChoice::Cycles;
  settled.options.length.cycles =
      static_cast<int32_t>(std::clamp<int64_t>(cycles, 1, kMaxCycle));
  settled.options.ii.kind =
      shortest->ii > 0 ? IIChoice::Cycles : IIChoice::None;
  settled.options.ii.cycles = shortest->ii;
  settled.shortest = std::move(shortest->starts);
  settled.iiProof = shortest->iiProof;
  settled.undecidedII = shortest->undecidedII;
  return settled;
}
