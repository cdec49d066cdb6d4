//===- Solver.h - From a problem to a verified schedule ---------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The solver's public face: `solve` does everything; `annotate`, `relax` and
/// `commit` are its steps, with the state (a normal distribution a node)
/// visible in between.
///
/// \code
///   SolverOptions Options;
///   Options.objective = Objective::Memory;
///   Outcome<Solution> S = solve(P, Options);
///   if (!S)
///     report(S.error());
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_SOLVER_SOLVER_H
#define GAUS_SOLVER_SOLVER_H

#include "gaus/Core/Windows.h"
#include "gaus/Solver/Options.h"

namespace gaus {

/// A normal distribution of the start of every node.
struct Distributions {
  /// Cycles. Size numNodes.
  std::vector<float> mean, stddev;
};

/// Work done, as counts: the same for every machine and thread count.
struct WorkCounts {
  int64_t descentSteps = 0;    ///< gradient steps, summed over replicas
  int64_t legalizations = 0;   ///< roundings made legal and evaluated
  int64_t polishProposals = 0; ///< moves tried by the local search
  int64_t windows = 0;         ///< integer programs of the window search
};

/// What made a schedule.
enum class Method : uint8_t {
  None,
  Existing, ///< handed in
  Asap,
  Alap,
  List,
  Levelled, ///< lists under levelled limits
  DepthFirst,
  Flow,     ///< least communication or lifetime
  Ejection, ///< lists that eject what is in the way
  Slots,    ///< the same on what decides an II
  Exact,    ///< satisfiability of an II
  Descent,  ///< roundings of the gradient descent
  Rounding, ///< those of one state
  Polish,   ///< local search
  Middle,   ///< between two schedules
  Windows,  ///< integer programs in neighbourhoods
  Formula,  ///< satisfiability of a lower peak
  Cut,      ///< minimum cuts of the bound
};
/// "asap", "alap", "list", ...; "" for None.
std::string_view toString(Method method);

/// What one method of the portfolio reached.
struct MethodResult {
  Method method = Method::None;
  int64_t cost = 0; ///< of the chosen objective
};

/// Why no smaller II than a schedule's was taken.
enum class IIProof {
  None,  ///< the II was given, or there is none
  Bound, ///< sums over limits, recurrences, windows or lengths rule them out
  Exact, ///< the search proved that none of them has a schedule
  Undecided, ///< at least one of them was left undecided after the effort
};
/// "", "bound", "exact", "undecided".
std::string_view toString(IIProof proof);

/// What ended the search before its effort was spent.
enum class Cut {
  None,
  TimeLimit, ///< SolverOptions::timeLimit
  Request,   ///< SolverOptions::stop: a signal, another thread
};
/// "", "time limit", "request".
std::string_view toString(Cut cut);

/// A legal schedule and what is known about it.
struct Solution {
  Starts starts;
  /// The problem's II (0 = none) and length bound (0 = unbounded) as solved.
  int32_t ii = 0, lengthBound = 0;
  /// Whether the II is the smallest one; the smallest undecided one, else 0.
  IIProof iiProof = IIProof::None;
  int32_t undecidedII = 0;
  Cost cost;
  /// Value of the chosen objective, and a lower bound on it.
  int64_t value = 0, bound = 0;
  /// The method that found it.
  Method method = Method::None;
  std::vector<MethodResult> methods;
  WorkCounts work;
  /// The backend that ran ("cpu", ...), and why that one, where `auto` chose.
  std::string backend, backendReason;
  /// The schedule is then the best found so far.
  Cut cut = Cut::None;
  /// Why there was no search behind the heuristics, if it was beyond the memory
  /// limit: what it needs and the limit. Else empty.
  std::string memoryReason;

  /// (value - bound) / value; 0 for value 0.
  double gap() const;
};

/// `p` with the II, length and clock that `options` choose, checked: lengths as
/// factors become cycles. Fails where computeWindows fails, and on a limit that
/// no schedule can meet. Length: `Default` keeps p.length if that is set, else
/// 1x of the least (no limit for `Latency`). II: `Default` keeps p.ii, and is
/// `auto` for a problem with distances. With the code "stop" where the time
/// limit, or options.stop, ends it.
Outcome<Problem> resolve(const Problem &p, const SolverOptions &options);

/// Options with the length, and then also the II, in cycles, and why.
struct SettledOptions {
  SolverOptions options;
  /// The shortest schedule that was looked for, if one was.
  Starts shortest;
  /// Of the II of that schedule, see Solution.
  IIProof iiProof = IIProof::None;
  int32_t undecidedII = 0;
};

/// Where resources that are used, or live memory, have limits, a length that is
/// a factor (also the 1x that is the default) is one of the least length that
/// `latency` finds under these limits, at the least II that it finds: so there
/// is a schedule. All else stays as it is. Fails where that search ends without
/// a schedule.
Outcome<SettledOptions> settleLength(const Problem &p,
                                     const SolverOptions &options);

/// First distributions: mid-window (or as options.start says) and a stddev from
/// the window. `existing` (may be empty) are starts for StartKind::Existing.
Outcome<Distributions> annotate(const Problem &resolved,
                                const SolverOptions &options,
                                std::span<const int32_t> existing = {});

/// Moves `state` by gradient descent, `work` counts the steps.
Outcome<Distributions> relax(const Problem &resolved,
                             const SolverOptions &options,
                             const Distributions &state, WorkCounts &work);

/// Rounds and legalises `state` and returns the best legal schedule found among
/// the roundings (and polishes it if options.polish). Verified.
Outcome<Solution> commit(const Problem &resolved, const SolverOptions &options,
                         const Distributions &state);

/// The whole portfolio: never worse than the best heuristic. Verified. Resolves
/// `p` first; `existing` (may be empty) is a previous schedule to start from.
/// Where the time limit or options.stop ends it, the best schedule so far, or
/// an error with the code "stop" if there is none yet. Where the search is
/// beyond the memory limit, the best heuristic schedule, or an error with the
/// code "memory" if there is none, or if even the heuristics are beyond it.
Outcome<Solution> solve(const Problem &p, const SolverOptions &options,
                        std::span<const int32_t> existing = {});

} // namespace gaus

#endif // GAUS_SOLVER_SOLVER_H
