//===- Resolve.cpp - The problem that options choose ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Resolve.h"

#include "Portfolio/Memory.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Chains.h"

#include <algorithm>
#include <cmath>

using namespace gaus;

bool gaus::hasDistances(const Problem &p) {
  return std::any_of(p.distance.begin(), p.distance.end(),
                     [](int32_t k) { return k > 0; });
}

namespace {

/// More than any interval: the work of one resource does not fit into it.
Diagnostic tooMuchWork(const Problem &p) {
  std::vector<Wide> work = resourceWork(p);
  Diagnostic d;
  d.code = "Res";
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (p.limit[r] != kUnlimited && ceilDiv(work[r], p.limit[r]) > kMaxCycle) {
      d.message = p.resourceLabel(r) + " cannot do its work in any " +
                  "initiation interval: " + toText(work[r]) +
                  " unit cycles over a limit of " + std::to_string(p.limit[r]) +
                  " need at least " +
                  toText((work[r] + p.limit[r] - 1) / p.limit[r]) +
                  ", and the largest is " + std::to_string(kMaxCycle);
      break;
    }
  return d;
}

std::optional<Diagnostic> resolveII(Problem &p, const IIChoice &choice,
                                    const Stop *stop) {
  IIChoice::Kind kind = choice.kind;
  if (kind == IIChoice::Default)
    kind = p.ii == 0 && hasDistances(p) ? IIChoice::Auto : IIChoice::Default;
  if (kind == IIChoice::None)
    p.ii = 0;
  if (kind == IIChoice::Cycles)
    p.ii = choice.cycles;
  if (kind != IIChoice::Auto)
    return std::nullopt;
  Outcome<int32_t> recurrence = recurrenceMII(p, stop);
  if (!recurrence)
    return recurrence.error();
  int64_t byWork = resourceMII(p);
  if (byWork > kMaxCycle)
    return tooMuchWork(p);
  // Where there is none, the first says why.
  if (int64_t byLimits = limitsMII(p); byLimits <= kMaxCycle)
    byWork = byLimits;
  p.ii = std::max(*recurrence, static_cast<int32_t>(byWork));
  return std::nullopt;
}

/// Work over a limit in one initiation interval.
std::optional<Diagnostic> checkInterval(const Problem &p) {
  if (p.ii == 0)
    return std::nullopt;
  std::vector<Wide> all = resourceWork(p);
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (p.limit[r] == kUnlimited)
      continue;
    Wide work = all[r], least = (work + p.limit[r] - 1) / p.limit[r];
    if (least <= p.ii)
      continue;
    Diagnostic d;
    d.code = "Res";
    d.message = p.resourceLabel(r) + " cannot do its work in an initiation " +
                "interval of " + std::to_string(p.ii) + ": " + toText(work) +
                " unit cycles over a limit of " + std::to_string(p.limit[r]) +
                " need at least " + toText(least);
    d.notes.push_back({"an initiation interval of " + toText(least) +
                       " or a limit of " + toText((work + p.ii - 1) / p.ii) +
                       " would not be ruled out by this"});
    return d;
  }
  return std::nullopt;
}

/// The length, and the earliest starts where it depends on them.
std::optional<Diagnostic> resolveLength(Resolved &r, const SolverOptions &o) {
  Problem &p = r.p;
  LengthChoice choice = o.length;
  if (choice.kind == LengthChoice::Cycles) {
    p.length = choice.cycles;
    return std::nullopt;
  }
  if (choice.kind == LengthChoice::Default &&
      (p.length > 0 || o.payment().length > 0))
    return std::nullopt;
  Outcome<EarliestStarts> earliest = earliestStarts(p, o.stop);
  if (!earliest)
    return earliest.error();
  // No start is beyond kMaxCycle: a longer length allows no more.
  int64_t cycles =
      ceilDiv(Wide(earliest->depth) * choice.factorMillionths, 1000000);
  p.length = static_cast<int32_t>(std::clamp<int64_t>(cycles, 1, kMaxCycle));
  r.earliest = std::move(*earliest);
  return std::nullopt;
}

/// Work over a limit in the given length.
std::optional<Diagnostic> checkWork(const Problem &p) {
  if (p.ii > 0)
    return std::nullopt;
  // Without a length starts are at most kMaxCycle, and so many cycles too few.
  int32_t length = p.length > 0 ? p.length : kMaxCycle;
  std::vector<Wide> all = resourceWork(p);
  std::vector<int32_t> tails(p.numResources(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i)
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      tails[p.useResource[k]] =
          std::max(tails[p.useResource[k]],
                   p.occupancy[i] - (p.length > 0 ? durationOf(p, i) : 0));
  for (int32_t r = 0; r < p.numResources(); ++r) {
    if (p.limit[r] == kUnlimited)
      continue;
    Wide work = all[r];
    int32_t tail = tails[r];
    Wide cycles = (work + p.limit[r] - 1) / p.limit[r] - tail;
    if (cycles <= length)
      continue;
    Diagnostic d;
    d.code = "Res";
    d.message = p.resourceLabel(r) + " cannot do its work in " +
                std::to_string(length) + " cycles: " + toText(work) +
                " unit cycles over a limit of " + std::to_string(p.limit[r]) +
                " need at least " + toText(cycles);
    int64_t most = std::max<int64_t>(1, int64_t(length) + tail);
    d.notes.push_back({"a length of " + toText(cycles) + " or a limit of " +
                       toText((work + most - 1) / most) +
                       " would not be ruled out by this"});
    return d;
  }
  return std::nullopt;
}

/// Of an enumeration that ends with `last`.
template <class E> bool isKnown(E value, E last) {
  return static_cast<int64_t>(value) >= 0 && value <= last;
}

/// What an integer was taken for that is no value of the enumeration.
const char *unknownKind(const SolverOptions &o) {
  if (!isKnown(o.objective, std::end(kObjectives)[-1]))
    return "objective";
  if (!isKnown(o.backend, BackendKind::Simt))
    return "backend";
  if (!isKnown(o.start, StartKind::Existing))
    return "start";
  if (!isKnown(o.memoryModel, ModelChoice::Buffers))
    return "memory-model";
  return nullptr;
}

/// In C++ options are plain fields: what setOption would have refused.
std::optional<Diagnostic> checkOptions(const SolverOptions &o) {
  constexpr int64_t kMaxWeight = int64_t(1) << 31;
  auto refuse = [](const char *what) {
    Diagnostic d;
    d.code = "option";
    d.message = std::string("the option '") + what + "' is out of range";
    return d;
  };
  auto outside = [](int64_t v, int64_t low, int64_t high) {
    return v < low || v > high;
  };
  if (const char *unknown = unknownKind(o))
    return refuse(unknown);
  if (outside(o.weights.ratio, 0, kMaxWeight))
    return refuse("ratio");
  if (outside(o.weights.alpha, 0, kMaxWeight))
    return refuse("alpha");
  if (outside(o.effort, 0, 5))
    return refuse("effort");
  if (outside(o.threads, 0, 4096))
    return refuse("threads");
  if (!std::isfinite(o.timeLimit) || o.timeLimit < 0)
    return refuse("time-limit");
  if (o.memoryLimit < 0)
    return refuse("memory-limit");
  if (o.liveLimit < 0 && o.liveLimit != kUnlimited)
    return refuse("live-limit");
  if (!std::isfinite(o.clock) || o.clock < 0)
    return refuse("clock");
  if ((o.length.kind == LengthChoice::Cycles &&
       outside(o.length.cycles, 1, kMaxCycle)) ||
      (o.length.kind == LengthChoice::Factor &&
       outside(o.length.factorMillionths, 1000000, kMaxSum)))
    return refuse("length");
  if (o.ii.kind == IIChoice::Cycles && outside(o.ii.cycles, 1, kMaxCycle))
    return refuse("ii");
  return std::nullopt;
}

/// The objective's own sum, with the length and the weights.
std::optional<Diagnostic> checkWeights(const Problem &p,
                                       const SolverOptions &options) {
  Payment paid = options.payment();
  if (!paid.units())
    return std::nullopt; // what validate bounds, as it is
  std::vector<Wide> use(p.numResources(), 0);
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    Wide folds = p.ii > 0 ? (p.occupancy[i] - 1) / p.ii + 1 : 1;
    for (int32_t k = p.useBegin[i]; k < p.useBegin[i + 1]; ++k)
      use[p.useResource[k]] += p.useUnits[k] * folds;
  }
  // All below 2^62 each, and below 2^93 with a weight.
  Wide sum = 0, cycles = p.length > 0 ? p.length : kMaxCycle;
  for (int32_t r = 0; r < p.numResources(); ++r) {
    Wide peak =
        p.limit[r] == kUnlimited ? use[r] : std::min<Wide>(use[r], p.limit[r]);
    sum += peak * p.price[r] * paid.resources;
  }
  for (int32_t e = 0; e < p.numEdges(); ++e)
    if (p.carries[e])
      sum += p.weight[e] * (cycles + Wide(p.ii) * p.distance[e]) *
             paid.communication;
  // All values live at once, in every iteration that reaches the slot.
  int32_t farthest = 0;
  for (int32_t k : p.distance)
    farthest = std::max(farthest, k);
  Wide turns = p.ii > 0 ? cycles / p.ii + farthest + 1 : 1;
  for (int64_t width : p.width)
    sum = std::min<Wide>(sum + paid.memory * turns * width, Wide(1) << 120);
  sum += paid.length * cycles;
  // A step of the descent or the search may need the price of a single unit.
  Wide price = 0;
  for (int64_t x : p.price)
    price = std::max(price, Wide(x) * paid.resources);
  if (sum <= kMaxSum && price <= kMaxSum)
    return std::nullopt;
  Diagnostic d;
  d.code = "option";
  d.message = "ratio and alpha are so large that costs would overflow 62 bits";
  return d;
}

} // namespace

std::optional<Diagnostic> gaus::checkInput(const Problem &p,
                                           const SolverOptions &options) {
  if (auto wrong = checkOptions(options))
    return wrong;
  if (auto wrong = p.validate())
    return wrong;
  return checkMemory(p, options);
}

std::optional<Diagnostic> gaus::checkResolved(const Problem &p,
                                              const SolverOptions &options) {
  if (auto wrong = checkInput(p, options))
    return wrong;
  return checkWeights(p, options);
}

Outcome<Resolved> gaus::resolveChecked(const Problem &problem,
                                       const SolverOptions &options) {
  Resolved r{problem, std::nullopt};
  Problem &p = r.p;
  adoptOptions(p, options);
  if (auto failed = resolveII(p, options.ii, options.stop))
    return *failed;
  // What an interval makes of distances and occupancies may be too large.
  if (auto wrong = p.ii != problem.ii ? p.validate() : std::nullopt)
    return *wrong;
  if (auto failed = checkInterval(p))
    return *failed;
  int32_t edges = p.numEdges();
  if (auto failed = addChainEdges(p, options.stop))
    return *failed;
  if (p.numEdges() != edges)
    if (auto wrong = checkInput(p, options))
      return *wrong;
  if (auto failed = resolveLength(r, options))
    return *failed;
  if (auto failed = checkWork(p))
    return *failed;
  if (auto wrong = checkWeights(p, options))
    return *wrong;
  return r;
}

Outcome<Problem> gaus::resolve(const Problem &problem,
                               const SolverOptions &options) {
  if (auto wrong = checkInput(problem, options))
    return *wrong;
  Deadline deadline(options.timeLimit, options.stop);
  SolverOptions within = options;
  within.stop = &deadline.flag();
  Outcome<Resolved> resolved = resolveChecked(problem, within);
  if (!resolved)
    return resolved.error();
  return std::move(resolved->p);
}
