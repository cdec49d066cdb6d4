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

/// What is known of an II after it was tried.
struct Attempt {
  int32_t ii = 0; ///< 0 if it could not be told
  /// Why it has no schedule: nothing is known, windows and bounds, or search.
  enum { Open, ByBound, BySearch } ruledOut = Open;
};

/// True for the constraints of the problem; other codes say nothing about it.
bool isProof(const Diagnostic &d) {
  return d.code == "Dep" || d.code == "Win" || d.code == "Lat" ||
         d.code == "Res" || d.code == "Chain";
}

/// The portfolio on a resolved problem.
Outcome<Solution> runPortfolio(const Problem &p, const SolverOptions &options,
                               std::span<const int32_t> existing,
                               Attempt &attempt) {
  Outcome<std::unique_ptr<Session>> created = Session::create(p, options);
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
                            std::span<const int32_t> existing,
                            Attempt &attempt) {
  Outcome<Problem> resolved = resolve(p, options);
  if (!resolved) {
    if (isProof(resolved.error()))
      attempt.ruledOut = Attempt::ByBound;
    return resolved.error();
  }
  attempt.ii = resolved->ii;
  return runPortfolio(*resolved, options, existing, attempt);
}

/// The smallest II from `from` on that windows and lengths allow, 0 for none:
/// what an II allows, a larger one allows, too.
int32_t leastOpenII(const Problem &p, SolverOptions options, int32_t from) {
  options.ii.kind = IIChoice::Cycles;
  auto open = [&](int64_t ii) {
    options.ii.cycles = static_cast<int32_t>(ii);
    Outcome<Problem> resolved = resolve(p, options);
    return resolved && computeWindows(*resolved);
  };
  int64_t low = from, step = 1;
  while (!open(low + step - 1)) {
    low += step;
    step *= 2;
    if (low + step - 1 > kMaxCycle)
      return 0;
  }
  int64_t high = low + step - 1;
  while (low < high) {
    int64_t middle = (low + high) / 2;
    if (open(middle))
      high = middle;
    else
      low = middle + 1;
  }
  return static_cast<int32_t>(low);
}

/// With an II to be found: the next larger ones, until one has a schedule.
Outcome<Solution> raiseII(const Problem &p, SolverOptions options,
                          Attempt attempt, Outcome<Solution> first,
                          std::span<const int32_t> existing) {
  constexpr int32_t kTries = 64;
  IIProof proof = IIProof::Bound;
  int32_t undecided = 0;
  for (int32_t tries = 0; tries < kTries; ++tries) {
    if (attempt.ruledOut == Attempt::BySearch && undecided == 0)
      proof = IIProof::Exact;
    if (attempt.ruledOut == Attempt::Open && undecided == 0) {
      proof = IIProof::Undecided;
      undecided = attempt.ii;
    }
    if (attempt.ii >= kMaxCycle)
      break;
    options.ii.kind = IIChoice::Cycles;
    options.ii.cycles = attempt.ruledOut == Attempt::ByBound
                            ? leastOpenII(p, options, attempt.ii + 1)
                            : attempt.ii + 1;
    if (options.ii.cycles == 0)
      break;
    attempt = {options.ii.cycles, Attempt::Open};
    if (Outcome<Solution> s = solveOnce(p, options, existing, attempt)) {
      s->iiProof = proof;
      s->undecidedII = undecided;
      return s;
    }
  }
  return first;
}

/// The II that an attempt failed at before it could tell.
int32_t leastII(const Problem &p) {
  Outcome<int32_t> least = recurrenceMII(p);
  return least ? std::max(*least, resourceMII(p)) : 0;
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
  Attempt attempt;
  Outcome<Solution> solution = solveOnce(p, options, existing, attempt);
  bool searching =
      options.ii.kind == IIChoice::Auto ||
      (options.ii.kind == IIChoice::Default && p.ii == 0 && hasDistances(p));
  if (!searching)
    return solution;
  if (solution) {
    solution->iiProof = IIProof::Bound;
    return solution;
  }
  if (!isProof(solution.error()))
    return solution;
  // Chains and lengths can make the first II too small.
  if (attempt.ii == 0)
    attempt.ii = leastII(p);
  if (attempt.ii == 0)
    return solution;
  return raiseII(p, options, attempt, std::move(solution), existing);
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
