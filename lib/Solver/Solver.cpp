//===- Solver.cpp - From a problem to a verified schedule -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "gaus/Solver/Solver.h"

#include "Session.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Chains.h"
#include "gaus/Core/Verifier.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>

using namespace gaus;

double Solution::gap() const {
  return value > 0 ? double(value - bound) / double(value) : 0.0;
}

//===----------------------------------------------------------------------===//
// Resolving
//===----------------------------------------------------------------------===//

namespace {

bool hasDistances(const Problem &p) {
  return std::any_of(p.distance.begin(), p.distance.end(),
                     [](int32_t k) { return k > 0; });
}

/// Units times cycles that all nodes together hold of `resource`.
int64_t workOf(const Problem &p, int32_t resource) {
  int64_t work = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      if (p.useResource[k] == resource)
        work += p.useUnits[k] * p.occupancy[i];
  return work;
}

std::optional<Diagnostic> resolveII(Problem &p, const IIChoice &choice) {
  IIChoice::Kind kind = choice.kind;
  if (kind == IIChoice::Default)
    kind = p.ii == 0 && hasDistances(p) ? IIChoice::Auto : IIChoice::Default;
  if (kind == IIChoice::None)
    p.ii = 0;
  if (kind == IIChoice::Cycles)
    p.ii = choice.cycles;
  if (kind != IIChoice::Auto)
    return std::nullopt;
  Outcome<int32_t> recurrence = recurrenceMII(p);
  if (!recurrence)
    return recurrence.error();
  p.ii = std::max(*recurrence, resourceMII(p));
  return std::nullopt;
}

/// Work over a limit in one initiation interval.
std::optional<Diagnostic> checkInterval(const Problem &p) {
  if (p.ii == 0)
    return std::nullopt;
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (p.limit[r] == kUnlimited)
      continue;
    int64_t work = workOf(p, r), least = (work + p.limit[r] - 1) / p.limit[r];
    if (least <= p.ii)
      continue;
    Diagnostic d;
    d.code = "Res";
    d.message = p.resourceLabel(r) + " cannot do its work in an initiation " +
                "interval of " + std::to_string(p.ii) + ": " +
                std::to_string(work) + " unit cycles over a limit of " +
                std::to_string(p.limit[r]) + " need at least " +
                std::to_string(least);
    d.notes.push_back({"an initiation interval of " + std::to_string(least) +
                       " or a limit of " +
                       std::to_string((work + p.ii - 1) / p.ii) +
                       " would not be ruled out by this"});
    return d;
  }
  return std::nullopt;
}

std::optional<Diagnostic> resolveLength(Problem &p, const SolverOptions &o) {
  LengthChoice choice = o.length;
  if (choice.kind == LengthChoice::Cycles) {
    p.length = choice.cycles;
    return std::nullopt;
  }
  if (choice.kind == LengthChoice::Default &&
      (p.length > 0 || o.objective == Objective::Latency))
    return std::nullopt;
  Outcome<int32_t> least = leastLength(p);
  if (!least)
    return least.error();
  int64_t cycles =
      (int64_t(*least) * choice.factorMillionths + 999999) / 1000000;
  p.length = static_cast<int32_t>(std::clamp<int64_t>(cycles, 1, kMaxCycle));
  return std::nullopt;
}

/// Work over a limit in the given length.
std::optional<Diagnostic> checkWork(const Problem &p) {
  if (p.length == 0 || p.ii > 0)
    return std::nullopt;
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (p.limit[r] == kUnlimited)
      continue;
    int64_t work = workOf(p, r);
    int32_t tail = 0;
    for (int32_t i = 0; i < p.numNodes(); ++i)
      for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
        if (p.useResource[k] == r)
          tail = std::max(tail, p.occupancy[i] - spanOf(p, i));
    int64_t cycles = (work + p.limit[r] - 1) / p.limit[r] - tail;
    if (cycles <= p.length)
      continue;
    Diagnostic d;
    d.code = "Res";
    d.message = p.resourceLabel(r) + " cannot do its work in " +
                std::to_string(p.length) + " cycles: " + std::to_string(work) +
                " unit cycles over a limit of " + std::to_string(p.limit[r]) +
                " need at least " + std::to_string(cycles);
    int64_t most = std::max<int64_t>(1, int64_t(p.length) + tail);
    d.notes.push_back({"a length of " + std::to_string(cycles) +
                       " or a limit of " +
                       std::to_string((work + most - 1) / most) +
                       " would not be ruled out by this"});
    return d;
  }
  return std::nullopt;
}

} // namespace

Outcome<Problem> gaus::resolve(const Problem &problem,
                               const SolverOptions &options) {
  if (auto invalid = problem.validate())
    return *invalid;
  Problem p = problem;
  if (options.clock > 0)
    p.clock = options.clock;
  if (auto failed = resolveII(p, options.ii))
    return *failed;
  if (auto failed = checkInterval(p))
    return *failed;
  if (auto failed = addChainEdges(p))
    return *failed;
  if (auto failed = resolveLength(p, options))
    return *failed;
  if (auto failed = checkWork(p))
    return *failed;
  return p;
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
                               std::span<const int32_t> existing) {
  Outcome<std::unique_ptr<Session>> created = Session::create(p, options);
  if (!created)
    return created.error();
  Session &s = **created;
  if (p.numNodes() == 0)
    return s.finish();
  if (!existing.empty())
    s.offer(existing, "existing");
  s.runHeuristics();
  if (!s.prepareArrays())
    return s.finish();
  s.repair();
  s.shorten();
  if (options.effort == 0 || s.finished())
    return s.finish();
  s.runFlow();
  bool lengthOnly =
      options.objective == Objective::Latency && (!s.hasLimits || s.solved());
  // A higher effort does all that the lower ones do, so that it is never worse.
  int32_t first = std::min(options.effort, 2);
  for (int32_t level = first; level <= options.effort; ++level) {
    s.budget = Budget::of(p, level);
    if (options.gradient && !lengthOnly && !s.finished())
      if (auto failed = s.runDescent(existing))
        return *failed;
    if (!lengthOnly && !s.finished())
      s.runBound();
    if (options.polish && !lengthOnly && !s.finished())
      s.runPolish();
  }
  return s.finish();
}

Outcome<Solution> solveOnce(const Problem &p, const SolverOptions &options,
                            std::span<const int32_t> existing, int32_t &ii) {
  Outcome<Problem> resolved = resolve(p, options);
  if (!resolved)
    return resolved.error();
  ii = resolved->ii;
  return runPortfolio(*resolved, options, existing);
}

/// With an II to be found: the next larger ones, until one has a schedule.
Outcome<Solution> raiseII(const Problem &p, SolverOptions options, int32_t ii,
                          Outcome<Solution> first,
                          std::span<const int32_t> existing) {
  constexpr int32_t kTries = 64;
  for (int32_t more = 1; more <= kTries && ii + more <= kMaxCycle; ++more) {
    options.ii.kind = IIChoice::Cycles;
    options.ii.cycles = ii + more;
    int32_t tried = 0;
    if (Outcome<Solution> s = solveOnce(p, options, existing, tried))
      return s;
  }
  return first;
}

Outcome<Solution> solveWithThreads(const Problem &p,
                                   const SolverOptions &options,
                                   std::span<const int32_t> existing) {
  if (!existing.empty() &&
      existing.size() != static_cast<size_t>(p.numNodes())) {
    Diagnostic d;
    d.code = "input";
    d.message = "the previous schedule has " + std::to_string(existing.size()) +
                " starts for " + std::to_string(p.numNodes()) + " nodes";
    return d;
  }
  int32_t ii = 0;
  Outcome<Solution> solution = solveOnce(p, options, existing, ii);
  bool searching = options.ii.kind == IIChoice::Auto ||
                   (options.ii.kind == IIChoice::Default && p.ii == 0);
  // Chains can make the first II too small; resolve() then has no II to give.
  if (!solution && searching && ii == 0 && solution.error().code == "Chain") {
    Outcome<int32_t> least = recurrenceMII(p);
    ii = least ? std::max(*least, resourceMII(p)) : 0;
  }
  bool mayHelp = !solution && (solution.error().code == "Res" ||
                               options.clock > 0 || p.clock > 0);
  if (!searching || ii == 0 || !mayHelp)
    return solution;
  return raiseII(p, options, ii, std::move(solution), existing);
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
  else if (options.start == StartKind::Flow && !s.pool.empty())
    state.mean.assign(s.pool[0].starts.begin(), s.pool[0].starts.end());
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
