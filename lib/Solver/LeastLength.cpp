//===- LeastLength.cpp - Lengths as factors, under limits -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Resolve.h"
#include "Threads.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>

using namespace gaus;

namespace {

bool isFactor(const Problem &p, const SolverOptions &options) {
  if (options.length.kind != LengthChoice::Default)
    return options.length.kind == LengthChoice::Factor;
  return p.length == 0 && options.payment().length == 0;
}

/// Whether more than paths may stretch the least length.
bool limitsLength(const Problem &p, const SolverOptions &options) {
  return p.usesLimits() || options.liveLimit != kUnlimited;
}

/// The shortest schedule, in no given length.
Outcome<Solution> solveShortest(const Problem &p, const SolverOptions &options,
                                std::shared_ptr<const Deadline> deadline) {
  Problem unbounded = p;
  unbounded.length = 0;
  SolverOptions shortest = options;
  shortest.objective = Objective::Latency;
  shortest.length = {};
  shortest.start = StartKind::Portfolio;
  shortest.trace.clear();
  return solveChecked(unbounded, shortest, {}, std::move(deadline));
}

} // namespace

Outcome<SettledOptions>
gaus::settleChecked(const Problem &p, const SolverOptions &options,
                    std::shared_ptr<const Deadline> deadline) {
  SettledOptions settled{options, {}, IIProof::None, 0};
  if (!isFactor(p, options) || !limitsLength(p, options))
    return settled;
  Outcome<Solution> shortest = solveShortest(p, options, std::move(deadline));
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

Outcome<SettledOptions> gaus::settleLength(const Problem &p,
                                           const SolverOptions &options) {
  if (!isFactor(p, options))
    return SettledOptions{options, {}, IIProof::None, 0};
  if (auto wrong = checkInput(p, options))
    return *wrong;
  auto deadline =
      std::make_shared<const Deadline>(options.timeLimit, options.stop);
  SolverOptions within = options;
  within.timeLimit = 0;
  within.stop = &deadline->flag();
  Outcome<SettledOptions> settled =
      withThreads(options, [&] { return settleChecked(p, within, deadline); });
  if (!settled)
    return settled.error();
  settled->options.timeLimit = options.timeLimit;
  settled->options.stop = options.stop;
  return settled;
}
