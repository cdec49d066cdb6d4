//===- Intervals.cpp - The smallest II that has a schedule ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Intervals.h"

#include "Resolve.h"

#include "gaus/Core/Bounds.h"

#include <algorithm>
#include <set>

using namespace gaus;

bool gaus::isProof(const Diagnostic &d) {
  return d.code == "Dep" || d.code == "Win" || d.code == "Lat" ||
         d.code == "Res" || d.code == "Chain" || d.code == "Live";
}

bool gaus::isUnfinished(const Diagnostic &d) {
  return d.code == "stop" || d.code == "memory";
}

namespace {

/// Tries of one kind; each may take all of an effort's work.
constexpr int32_t kTries = 64;
/// After so many that nothing rules out, whether there is any to be found.
constexpr int32_t kOpenTries = 2;

bool hasWindows(const Resolved &resolved, const Stop *stop) {
  int32_t length = resolved.p.length;
  if (resolved.earliest)
    return length == 0 || resolved.earliest->depth <= length;
  Outcome<EarliestStarts> earliest = earliestStarts(resolved.p, stop);
  return earliest && (length == 0 || earliest->depth <= length);
}

/// The smallest II from `from` on that windows and lengths allow, 0 for none:
/// what an II allows, a larger one allows, too. Any, where options.stop ends
/// it.
int32_t leastOpenII(const Problem &p, SolverOptions options, int32_t from) {
  options.ii.kind = IIChoice::Cycles;
  auto open = [&](int64_t ii) {
    options.ii.cycles = static_cast<int32_t>(ii);
    Outcome<Resolved> resolved = resolveChecked(p, options);
    return isRequested(options.stop) ||
           (resolved && hasWindows(*resolved, options.stop));
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

/// Rules out II by what the windows force, for the price of a sum each.
class ForcedUse {
public:
  ForcedUse(const Problem &p, const SolverOptions &options,
            const Deadline &deadline);

  /// The first II in from .. end - 1 that is not ruled out; `end` for none.
  int64_t nextOpen(int64_t from, int64_t end);

private:
  const Deadline &deadline;
  Problem free;
  std::optional<Windows> windows;
  /// From this II on nothing is folded.
  int64_t last = 0;
  int64_t work = int64_t(1) << 26;
};

/// Without the edges of a distance, and without a length that depends on the
/// II, windows contain those of every II.
ForcedUse::ForcedUse(const Problem &p, const SolverOptions &options,
                     const Deadline &deadline)
    : deadline(deadline), free(p) {
  free.dropChainEdges();
  free.ii = 0;
  free.dropCarriedEdges();
  if (options.length.kind == LengthChoice::Cycles)
    free.length = options.length.cycles;
  if (options.length.kind == LengthChoice::Factor)
    free.length = 0;
  if (Outcome<Windows> w = computeWindows(free, &deadline.flag()))
    windows = *w;
  for (int32_t i = 0; windows && i < p.numNodes(); ++i)
    last = std::max<int64_t>(last, int64_t(windows->asap[i]) + p.occupancy[i]);
}

int64_t ForcedUse::nextOpen(int64_t from, int64_t end) {
  if (!windows)
    return std::min(from, end);
  for (; from < end && work > 0 && !deadline.passed(); ++from) {
    work -= int64_t(free.useUnits.size()) + free.numNodes() + 1;
    if (!forcedOveruse(free, *windows, static_cast<int32_t>(from)))
      return from;
    if (from >= last)
      return end;
  }
  return std::min(from, end);
}

int32_t lengthOf(const Problem &p, const SolverOptions &options) {
  return options.length.kind == LengthChoice::Cycles ? options.length.cycles
                                                     : p.length;
}

/// An II from which on nothing folds and edges of a distance always hold. What
/// has no schedule there has none at any larger II. Within a given length and
/// without a limit of live memory it has none at a smaller one, either: the
/// same starts would do.
int64_t unfoldedII(const Problem &p, const SolverOptions &options) {
  int64_t gap = 1, release = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i) {
    gap = std::max<int64_t>({gap, p.occupancy[i], durationOf(p, i)});
    release = std::max<int64_t>(release, p.earliest[i]);
  }
  for (int32_t e = 0; e < p.numEdges(); ++e)
    gap = std::max<int64_t>(gap, int64_t(p.latency[p.source[e]]) + p.lag[e]);
  int64_t cycles = lengthOf(p, options);
  if (cycles == 0)
    cycles = release + p.numNodes() * gap;
  return std::min<int64_t>(kMaxCycle, cycles + gap);
}

bool limitsLive(const Problem &p, const SolverOptions &options) {
  return p.limitsLive() || options.liveLimit != kUnlimited;
}

class IntervalSearch {
public:
  IntervalSearch(const Problem &p, const SolverOptions &options,
                 Diagnostic refusal, const SolveAt &solveAt,
                 const Deadline &deadline)
      : p(p), options(options), refusal(std::move(refusal)), solveAt(solveAt),
        deadline(deadline),
        unfolds(!limitsLive(p, options) && lengthOf(p, options) > 0) {
    this->options.ii.kind = IIChoice::Cycles;
    if (unfolds || limitsLive(p, options))
      last = unfoldedII(p, options);
  }

  Outcome<Solution> run(Attempt first);

private:
  void note(const Attempt &attempt);
  bool attempt(int64_t ii);
  bool isHopeless();
  bool raise(Attempt from);
  bool gallop(ForcedUse &forced);
  void halve(ForcedUse &forced);
  int64_t firstOpen(ForcedUse &forced, int64_t end) const;
  Diagnostic undecidedUpTo(int64_t from) const;
  Outcome<Solution> finish();

  const Problem &p;
  SolverOptions options;
  Diagnostic refusal;
  const SolveAt &solveAt;
  const Deadline &deadline;
  bool unfolds; ///< whether the largest one allows what any other does
  int64_t last = kMaxCycle; ///< the largest one that is tried

  Attempt latest;
  std::unique_ptr<Solution> best;
  /// Of the largest II, where that was tried before its turn.
  std::unique_ptr<Solution> widest;
  std::optional<Diagnostic> failed; ///< not about the problem: all ends
  /// Every II below is ruled out or noted.
  int64_t seen = 1;
  int32_t tried = 0;
  std::set<int32_t> ruledOut;
  IIProof proof = IIProof::Bound;
  int32_t undecided = 0;
};

void IntervalSearch::note(const Attempt &attempt) {
  ++tried;
  if (attempt.ruledOut != Attempt::Open)
    ruledOut.insert(attempt.ii);
  if (attempt.ruledOut == Attempt::BySearch && undecided == 0)
    proof = IIProof::Exact;
  if (attempt.ruledOut == Attempt::Open &&
      (undecided == 0 || attempt.ii < undecided)) {
    proof = IIProof::Undecided;
    undecided = attempt.ii;
  }
}

/// True if the search is over: a schedule, or an error of another kind.
bool IntervalSearch::attempt(int64_t ii) {
  options.ii.cycles = static_cast<int32_t>(ii);
  latest = {options.ii.cycles, Attempt::Open};
  Outcome<Solution> solution = solveAt(options, latest);
  if (solution) {
    best = std::make_unique<Solution>(std::move(*solution));
    return true;
  }
  refusal = solution.error();
  if (!isProof(refusal) && !isUnfinished(refusal)) {
    failed = refusal;
    return true;
  }
  note(latest);
  return false;
}

/// Whether there is no schedule, or none is found, where it is easiest. One
/// that is found is kept for the end.
bool IntervalSearch::isHopeless() {
  Attempt at = latest;
  bool isEasy = attempt(last);
  if (isEasy || deadline.passed())
    latest = at;
  widest = std::move(best);
  return !isEasy;
}

/// The next larger ones, one after the other.
bool IntervalSearch::raise(Attempt from) {
  latest = from;
  seen = int64_t(latest.ii) + 1;
  note(latest);
  int32_t open = 0;
  for (int32_t tries = 0; tries < kTries; ++tries) {
    if (latest.ii >= last || deadline.passed())
      return false;
    open += latest.ruledOut == Attempt::Open;
    if (unfolds && open == kOpenTries && !widest) {
      if (isHopeless() || failed)
        return failed.has_value();
    }
    int32_t next = latest.ii + 1;
    if (latest.ruledOut == Attempt::ByBound)
      next = leastOpenII(p, options, next);
    if (deadline.passed())
      return false;
    // None: the largest one says why.
    bool done = attempt(next == 0 ? kMaxCycle : next);
    seen = int64_t(latest.ii) + 1;
    if (done)
      return true;
  }
  return false;
}

/// Those that forced use leaves, one after the other as long as they can be
/// ruled out, then in growing steps.
bool IntervalSearch::gallop(ForcedUse &forced) {
  constexpr int64_t end = int64_t(kMaxCycle) + 1;
  int64_t step = 1;
  int32_t tries = 0;
  for (int64_t at = seen;; at += step) {
    at = forced.nextOpen(std::min(at, end - 1), end);
    if (at >= end || (widest && at >= last) || deadline.passed())
      return false;
    if (step == 1)
      seen = at;
    if (attempt(at))
      return true;
    if (at >= last)
      return false;
    if (step == 1)
      seen = at + 1;
    if (latest.ruledOut == Attempt::Open || ++tries >= kTries)
      step *= 2;
  }
}

/// Between those that failed and the one that has a schedule.
void IntervalSearch::halve(ForcedUse &forced) {
  int64_t low = seen - 1, high = best->ii;
  for (int32_t ii : ruledOut)
    if (ii < best->ii)
      low = std::max<int64_t>(low, ii);
  while (high - low > 1 && !deadline.passed()) {
    int64_t middle = low + (high - low) / 2;
    int64_t at = forced.nextOpen(middle, high);
    if (at >= high)
      high = middle;
    else if (attempt(at))
      high = at;
    else
      low = at;
    if (failed)
      return;
  }
}

/// The first II from `seen` on that nothing rules out.
int64_t IntervalSearch::firstOpen(ForcedUse &forced, int64_t end) const {
  int64_t at = forced.nextOpen(seen, end);
  while (at < end && ruledOut.count(static_cast<int32_t>(at)))
    at = forced.nextOpen(at + 1, end);
  return at;
}

Diagnostic IntervalSearch::undecidedUpTo(int64_t from) const {
  Diagnostic d;
  d.code = deadline.passed() ? "stop" : "Res";
  d.message = "no schedule within the limits was found: initiation intervals "
              "from " +
              std::to_string(from) + " to " + std::to_string(kMaxCycle) +
              " are undecided";
  if (from > 1)
    d.message += ", smaller ones are ruled out";
  d.notes.push_back({std::to_string(tried) + " were tried" +
                     (deadline.passed() ? " until the time was over" : "") +
                     ", the last one " + std::to_string(latest.ii) + ": " +
                     refusal.message});
  d.notes.push_back({"this does not prove that there is none; a larger length, "
                     "II, limit or effort may help"});
  return d;
}

Outcome<Solution> IntervalSearch::finish() {
  best->iiProof = proof;
  best->undecidedII = undecided;
  if (deadline.passed() && proof == IIProof::Undecided)
    best->cut = deadline.timedOut() ? Cut::TimeLimit : Cut::Request;
  return std::move(*best);
}

Outcome<Solution> IntervalSearch::run(Attempt first) {
  if (raise(first)) {
    if (failed)
      return *failed;
    return finish();
  }
  constexpr int64_t end = int64_t(kMaxCycle) + 1;
  bool all =
      lengthOf(p, options) > 0 ? latest.ii >= last : latest.ii == kMaxCycle;
  if (all && (undecided == 0 || (unfolds && latest.ruledOut != Attempt::Open)))
    return refusal;
  ForcedUse forced(p, options, deadline);
  bool found = latest.ii < last && gallop(forced);
  if (!found && widest) {
    best = std::move(widest);
    found = true;
  }
  if (found && !failed)
    halve(forced);
  if (failed)
    return *failed;
  int64_t open = firstOpen(forced, best ? best->ii : end);
  if (undecided > 0)
    open = std::min<int64_t>(open, undecided);
  if (best) {
    if (open < best->ii) {
      proof = IIProof::Undecided;
      undecided = static_cast<int32_t>(open);
    }
    return finish();
  }
  if (open < end)
    return undecidedUpTo(open);
  Diagnostic d;
  d.code = "Res";
  d.message = "no initiation interval up to " + std::to_string(kMaxCycle) +
              " has a schedule: windows and limits rule out each of them";
  d.notes.push_back(
      {"at " + std::to_string(latest.ii) + ": " + refusal.message});
  return d;
}

} // namespace

Outcome<Solution> gaus::raiseII(const Problem &p, const SolverOptions &options,
                                Attempt first, Diagnostic refusal,
                                const SolveAt &solveAt,
                                const Deadline &deadline) {
  return IntervalSearch(p, options, std::move(refusal), solveAt, deadline)
      .run(first);
}
