//===- Solver.cpp - From a problem to a verified schedule -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Solver.h"

#include "InterfaceNodes.h"
#include "LiveLimit.h"
#include "Portfolio/Plan.h"
#include "Resolve.h"
#include "Threads.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Windows.h"

#include <algorithm>

using namespace gaus;

std::string_view gaus::toString(IIProof proof) {
  switch (proof) {
  case IIProof::None:
    return "";
  case IIProof::Bound:
    return "bound";
  case IIProof::Exact:
    return "exact";
  case IIProof::Undecided:
    return "undecided";
  }
  return "";
}

std::string_view gaus::toString(Cut cut) {
  switch (cut) {
  case Cut::None:
    return "";
  case Cut::TimeLimit:
    return "time limit";
  case Cut::Request:
    return "request";
  }
  return "";
}

std::string_view gaus::toString(Method method) {
  constexpr std::string_view kNames[] = {
      "",         "existing",    "asap",     "alap",     "list",
      "levelled", "depth-first", "flow",     "ejection", "slots",
      "exact",    "descent",     "rounding", "polish",   "middle",
      "windows",  "formula",     "cut"};
  return kNames[static_cast<size_t>(method)];
}

double Solution::gap() const {
  return value > 0 ? double(value - bound) / double(value) : 0.0;
}

//===----------------------------------------------------------------------===//
// The whole
//===----------------------------------------------------------------------===//

namespace {

/// With nodes for what enters, leaves and is not read, where that counts.
Outcome<Solution> solveResolved(Resolved resolved, const SolverOptions &options,
                                const GivenStarts &given, Attempt &attempt,
                                std::shared_ptr<const Deadline> deadline) {
  if (!needsInterfaceNodes(resolved.p, options))
    return runPortfolio(std::move(resolved), options, given, attempt,
                        std::move(deadline));
  const Problem &own = resolved.p;
  // Of a length that is too short in the numbers that were asked for.
  if (Outcome<Windows> windows = computeWindows(own, &deadline->flag());
      !windows) {
    if (isProof(windows.error()))
      attempt.ruledOut = Attempt::ByBound;
    return windows.error();
  }
  Starts existing = withInterfaceStarts(own, given.existing),
         shortest = withInterfaceStarts(own, given.shortest);
  Outcome<Solution> solution = runPortfolio(
      {withInterfaceNodes(own), std::nullopt}, options,
      {existing, shortest, given.enough}, attempt, std::move(deadline));
  if (solution)
    dropInterfaceNodes(own, options, *solution);
  return solution;
}

Outcome<Solution> solveOnce(const Problem &p, const SolverOptions &options,
                            const GivenStarts &given, Attempt &attempt,
                            std::shared_ptr<const Deadline> deadline) {
  Outcome<Resolved> resolved = resolveChecked(p, options);
  if (!resolved) {
    if (isProof(resolved.error()))
      attempt.ruledOut = Attempt::ByBound;
    return resolved.error();
  }
  attempt.ii = resolved->p.ii;
  if (!resolved->p.limitsLive())
    return solveResolved(std::move(*resolved), options, given, attempt,
                         std::move(deadline));
  auto solve = [&](Resolved at, const SolverOptions &o, const GivenStarts &from,
                   Attempt &result) {
    return solveResolved(std::move(at), o, from, result, deadline);
  };
  return solveWithinLive(*resolved, options, given, attempt, *deadline, solve);
}

/// The II that an attempt failed at before it could tell.
int32_t leastII(const Problem &p, const Stop *stop) {
  Outcome<int32_t> least = recurrenceMII(p, stop);
  if (!least || resourceMII(p) > kMaxCycle)
    return 0;
  return std::max(*least, static_cast<int32_t>(resourceMII(p)));
}

} // namespace

Outcome<Solution> gaus::solveChecked(const Problem &p,
                                     const SolverOptions &options,
                                     std::span<const int32_t> existing,
                                     std::shared_ptr<const Deadline> deadline) {
  // One deadline for all intervals that are tried.
  SolverOptions within = options;
  within.timeLimit = 0;
  within.stop = &deadline->flag();
  Outcome<SettledOptions> settled = settleChecked(p, within, deadline);
  if (!settled)
    return settled.error();
  within = settled->options;
  GivenStarts given{existing, settled->shortest};
  Attempt attempt;
  Outcome<Solution> solution = solveOnce(p, within, given, attempt, deadline);
  if (!settled->shortest.empty()) {
    if (solution) {
      solution->iiProof = settled->iiProof;
      solution->undecidedII = settled->undecidedII;
    }
    return solution;
  }
  bool searching =
      options.ii.kind == IIChoice::Auto ||
      (options.ii.kind == IIChoice::Default && p.ii == 0 && hasDistances(p));
  if (!searching)
    return solution;
  if (solution) {
    solution->iiProof = IIProof::Bound;
    return solution;
  }
  if (!isProof(solution.error()) && !isUnfinished(solution.error()))
    return solution;
  // Chains and lengths can make the first II too small.
  if (attempt.ii == 0)
    attempt.ii = leastII(p, within.stop);
  if (attempt.ii == 0)
    return solution;
  SolveAt solveAt = [&](const SolverOptions &at, Attempt &result) {
    return solveOnce(p, at, given, result, deadline);
  };
  return raiseII(p, within, attempt, solution.error(), solveAt, *deadline);
}

Outcome<Solution> gaus::solve(const Problem &p, const SolverOptions &options,
                              std::span<const int32_t> existing) {
  if (auto wrong = checkInput(p, options))
    return *wrong;
  if (!existing.empty() &&
      existing.size() != static_cast<size_t>(p.numNodes())) {
    Diagnostic d;
    d.code = "input";
    d.message = "the previous schedule has " + std::to_string(existing.size()) +
                " starts for " + std::to_string(p.numNodes()) + " nodes";
    return d;
  }
  auto deadline =
      std::make_shared<const Deadline>(options.timeLimit, options.stop);
  return withThreads(
      options, [&] { return solveChecked(p, options, existing, deadline); });
}
