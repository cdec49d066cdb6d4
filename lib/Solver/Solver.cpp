//===- Solver.cpp - From a problem to a verified schedule -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Solver.h"

#include "Intervals.h"
#include "Session.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

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

double Solution::gap() const {
  return value > 0 ? double(value - bound) / double(value) : 0.0;
}

//===----------------------------------------------------------------------===//
// Steps and the whole
//===----------------------------------------------------------------------===//

namespace {

/// Runs `body` with the threads that the options allow.
template <class F> auto withThreads(const SolverOptions &options, F &&body) {
  int threads = options.threads > 0 ? options.threads
                                    : tbb::this_task_arena::max_concurrency();
  // More threads than cores only where they are asked for.
  std::optional<tbb::global_control> control;
  if (threads > tbb::this_task_arena::max_concurrency())
    control.emplace(tbb::global_control::max_allowed_parallelism, threads);
  tbb::task_arena arena(std::max(1, threads));
  return arena.execute(body);
}

/// The portfolio on a resolved problem.
Outcome<Solution> runPortfolio(const Problem &p, const SolverOptions &options,
                               std::span<const int32_t> existing,
                               Attempt &attempt,
                               std::shared_ptr<const Deadline> deadline) {
  Outcome<std::unique_ptr<Session>> created =
      Session::create(p, options, std::move(deadline));
  if (!created) {
    if (isProof(created.error()))
      attempt.ruledOut = Attempt::ByBound;
    return created.error();
  }
  Session &s = **created;
  if (p.numNodes() == 0)
    return s.finish();
  if (!existing.empty())
    s.offer(existing, "existing");
  s.runHeuristics();
  bool arrays = s.prepareArrays();
  s.repair();
  s.decide();
  if (s.infeasible)
    attempt.ruledOut = Attempt::BySearch;
  if (!arrays || s.infeasible)
    return s.finish();
  s.shorten();
  s.runOrders();
  if (options.effort == 0 || s.finished())
    return s.finish();
  s.runFlow();
  bool lengthOnly =
      options.objective == Objective::Latency && (!s.hasLimits || s.solved());
  // A higher effort does all that the lower ones do, so that it is never worse.
  for (int32_t level = 1; level <= options.effort; ++level) {
    s.budget = Budget::of(p, level);
    if (options.gradient && !lengthOnly && !s.finished()) {
      if (auto failed = s.runDescent(existing))
        return *failed;
      if (auto failed = s.runTurns())
        return *failed;
    }
    if (!lengthOnly && !s.finished())
      if (auto failed = s.runCrossings())
        return *failed;
    if (!lengthOnly && !s.finished())
      s.runBound();
    if (options.polish && !lengthOnly && !s.finished())
      s.runPolish();
    if (options.polish && options.windows && !lengthOnly) {
      if (!s.finished())
        s.runFormula();
      if (!s.finished())
        s.runWindows();
    }
  }
  return s.finish();
}

Outcome<Solution> solveOnce(const Problem &p, const SolverOptions &options,
                            std::span<const int32_t> existing, Attempt &attempt,
                            std::shared_ptr<const Deadline> deadline) {
  Outcome<Problem> resolved = resolve(p, options);
  if (!resolved) {
    if (isProof(resolved.error()))
      attempt.ruledOut = Attempt::ByBound;
    return resolved.error();
  }
  attempt.ii = resolved->ii;
  return runPortfolio(*resolved, options, existing, attempt,
                      std::move(deadline));
}

/// The II that an attempt failed at before it could tell.
int32_t leastII(const Problem &p, const Stop *stop) {
  Outcome<int32_t> least = recurrenceMII(p, stop);
  if (!least || resourceMII(p) > kMaxCycle)
    return 0;
  return std::max(*least, static_cast<int32_t>(resourceMII(p)));
}

Outcome<Solution> solveWithThreads(const Problem &p,
                                   const SolverOptions &options,
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
  // One for all intervals that are tried.
  auto deadline =
      std::make_shared<const Deadline>(options.timeLimit, options.stop);
  SolverOptions within = options;
  within.timeLimit = 0;
  within.stop = &deadline->flag();
  Attempt attempt;
  Outcome<Solution> solution =
      solveOnce(p, within, existing, attempt, deadline);
  bool searching =
      options.ii.kind == IIChoice::Auto ||
      (options.ii.kind == IIChoice::Default && p.ii == 0 && hasDistances(p));
  if (!searching)
    return solution;
  if (solution) {
    solution->iiProof = IIProof::Bound;
    return solution;
  }
  if (!isProof(solution.error()) && solution.error().code != "stop")
    return solution;
  // Chains and lengths can make the first II too small.
  if (attempt.ii == 0)
    attempt.ii = leastII(p, within.stop);
  if (attempt.ii == 0)
    return solution;
  SolveAt solveAt = [&](const SolverOptions &at, Attempt &result) {
    return solveOnce(p, at, existing, result, deadline);
  };
  return raiseII(p, within, attempt, solution.error(), solveAt, *deadline);
}

std::optional<Diagnostic> checkState(const Problem &p, size_t means,
                                     size_t stddevs) {
  if (means == static_cast<size_t>(p.numNodes()) && stddevs == means)
    return std::nullopt;
  Diagnostic d;
  d.code = "input";
  d.message = "the distributions are " + std::to_string(means) + " for " +
              std::to_string(p.numNodes()) + " nodes";
  return d;
}

Diagnostic tooLong() {
  Diagnostic d;
  d.code = "input";
  d.message = "the horizon is too long for expected profiles";
  return d;
}

} // namespace

Outcome<Distributions> gaus::annotate(const Problem &resolved,
                                      const SolverOptions &options,
                                      std::span<const int32_t> existing) {
  Outcome<std::unique_ptr<Session>> created =
      Session::create(resolved, options);
  if (!created)
    return created.error();
  Session &s = **created;
  Distributions state;
  if (resolved.numNodes() == 0)
    return state;
  s.runHeuristics();
  if (!s.prepareArrays())
    return tooLong();
  if (options.start == StartKind::Flow)
    s.runFlow();
  if (options.start == StartKind::Existing && !existing.empty())
    state.mean.assign(existing.begin(), existing.end());
  else if (options.start == StartKind::Flow && !s.leastFlow.empty())
    state.mean.assign(s.leastFlow.begin(), s.leastFlow.end());
  else if (options.start == StartKind::List && s.solved())
    state.mean.assign(s.best.starts.begin(), s.best.starts.end());
  else
    state.mean = midWindow({s.data.asap, s.data.alap, 0});
  for (int32_t i = 0; i < resolved.numNodes(); ++i) {
    state.mean[i] =
        std::clamp(state.mean[i], static_cast<float>(s.data.asap[i]),
                   static_cast<float>(s.data.alap[i]));
    state.stddev.push_back(std::max(
        0.3f, 0.3f * static_cast<float>(s.data.alap[i] - s.data.asap[i])));
  }
  return state;
}

Outcome<Distributions> gaus::relax(const Problem &resolved,
                                   const SolverOptions &options,
                                   const Distributions &state,
                                   WorkCounts &work) {
  if (auto wrong = checkState(resolved, state.mean.size(), state.stddev.size()))
    return *wrong;
  Outcome<std::unique_ptr<Session>> created =
      Session::create(resolved, options);
  if (!created)
    return created.error();
  Session &s = **created;
  Distributions moved = state;
  if (resolved.numNodes() == 0)
    return moved;
  s.runHeuristics();
  if (!s.prepareArrays())
    return tooLong();
  std::optional<Diagnostic> failed;
  withThreads(options, [&] { failed = s.relaxFrom(moved); });
  if (failed)
    return *failed;
  work = s.best.work;
  return moved;
}

Outcome<Solution> gaus::commit(const Problem &resolved,
                               const SolverOptions &options,
                               const Distributions &state) {
  if (auto wrong = checkState(resolved, state.mean.size(), state.stddev.size()))
    return *wrong;
  Outcome<std::unique_ptr<Session>> created =
      Session::create(resolved, options);
  if (!created)
    return created.error();
  Session &s = **created;
  if (resolved.numNodes() == 0)
    return s.finish();
  if (!s.prepareArrays())
    return tooLong();
  std::optional<Diagnostic> failed;
  withThreads(options, [&] { failed = s.commitNear(state); });
  if (failed)
    return *failed;
  return s.finish();
}

Outcome<Solution> gaus::solve(const Problem &p, const SolverOptions &options,
                              std::span<const int32_t> existing) {
  return withThreads(options,
                     [&] { return solveWithThreads(p, options, existing); });
}
