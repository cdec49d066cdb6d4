//===- LiveLimit.cpp - Schedules within so much live memory ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "LiveLimit.h"

#include "InterfaceNodes.h"
#include "Model/CompiledProblem.h"
#include "Model/Instance.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"

#include <algorithm>

using namespace gaus;

namespace {

class LiveSearch {
public:
  LiveSearch(const Problem &p, const SolverOptions &options,
             const GivenStarts &given, Attempt &attempt,
             const Deadline &deadline, const SolveResolved &solve)
      : p(p), options(options), given(given), attempt(attempt),
        deadline(deadline), solve(solve) {}

  Outcome<Solution> run();

private:
  enum class Answer { Found, None, Open };

  bool boundRefuses();
  Outcome<Solution> leastMemory();
  Outcome<Solution> anyObjective();
  Outcome<Solution> shortest();
  SolverOptions aimedAt(Objective objective, int effort) const;
  Answer ask(int64_t length, int effort);
  Answer reach(int64_t length, int effort);
  bool gallop(int64_t from);
  void halve();
  void shortenOnce();
  Outcome<Solution> finishShortest(Outcome<Solution> first);
  int64_t mostLength() const;
  Diagnostic refusal() const;

  const Problem &p;
  const SolverOptions &options;
  const GivenStarts &given;
  Attempt &attempt;
  const Deadline &deadline;
  const SolveResolved &solve;

  /// No schedule is shorter; and what every schedule of a length that was ruled
  /// out needs of memory.
  int64_t least = 1, needed = 0;
  /// The longest length at which none was found.
  int64_t failed = 0;
  /// The shortest that was found for `memory`.
  std::optional<Solution> found;
  int64_t foundLength = 0;
  /// Why there is none, if that is about something else than live memory.
  std::optional<Diagnostic> other;
};

/// What windows alone say of every schedule.
bool LiveSearch::boundRefuses() {
  Problem whole = needsInterfaceNodes(p, options) ? withInterfaceNodes(p) : p;
  Outcome<Windows> windows = computeWindows(whole, &deadline.flag());
  if (!windows)
    return false; // the parts say why
  Payment memory, length;
  memory.memory = length.length = 1;
  needed = simpleBound(whole, *windows, memory, &deadline.flag());
  least = std::max<int64_t>(
      1, simpleBound(whole, *windows, length, &deadline.flag()) -
             (whole.numNodes() > p.numNodes() ? extraCycles(p) : 0));
  return needed > p.liveLimit;
}

Outcome<Solution> LiveSearch::run() {
  if (p.numNodes() > 0 && boundRefuses()) {
    attempt.ruledOut = Attempt::ByBound;
    return refusal();
  }
  Payment paid = options.payment();
  if (paid.memory > 0 && !paid.units() && paid.length == 0)
    return leastMemory();
  return paid.lengthAlone() ? shortest() : anyObjective();
}

/// The objective says how near the limit is. What settled the length keeps to
/// the limit, and nothing worse is of use.
Outcome<Solution> LiveSearch::leastMemory() {
  Problem free = p;
  free.liveLimit = kUnlimited;
  GivenStarts from = given;
  auto legal = [&](std::span<const int32_t> starts) {
    return !starts.empty() && verifyStarts(p, starts, 1).empty();
  };
  if (!legal(from.existing) && legal(given.shortest))
    from.existing = given.shortest;
  Outcome<Solution> s = solve({free, std::nullopt}, options, from, attempt);
  if (!s || s->value <= p.liveLimit)
    return s;
  needed = s->bound;
  if (needed > p.liveLimit)
    attempt.ruledOut = Attempt::BySearch;
  return refusal();
}

/// For a search that the user did not ask for, and does not see.
SolverOptions LiveSearch::aimedAt(Objective objective, int effort) const {
  SolverOptions other = options;
  other.objective = objective;
  other.effort = effort;
  other.start = StartKind::Portfolio;
  other.trace.clear();
  return other;
}

/// With an interval there is a horizon only now: the search that learns looks
/// for the shortest schedule within the limit, of values of any width.
LiveSearch::Answer LiveSearch::ask(int64_t length, int effort) {
  Problem at = p;
  at.length = static_cast<int32_t>(length);
  Attempt tried;
  Outcome<Solution> s =
      solve({at, std::nullopt}, aimedAt(Objective::Latency, effort), {}, tried);
  if (s) {
    least = std::max(least, std::min(s->bound, s->value));
    foundLength = s->cost.length;
    found = std::move(*s);
    return Answer::Found;
  }
  if (tried.ruledOut == Attempt::Open)
    return Answer::Open;
  failed = std::max(failed, length);
  least = std::max(least, length + 1);
  needed = std::max(needed, p.liveLimit + 1);
  return Answer::None;
}

/// Is there a schedule in `length` cycles? Keeps it, or what rules it out.
LiveSearch::Answer LiveSearch::reach(int64_t length, int effort) {
  if (p.ii > 0)
    if (Answer answer = ask(length, effort); answer != Answer::Open)
      return answer;
  Problem at = p;
  at.liveLimit = kUnlimited;
  at.length = static_cast<int32_t>(length);
  GivenStarts begin;
  begin.enough = p.liveLimit;
  Attempt tried;
  Outcome<Solution> s = solve({at, std::nullopt},
                              aimedAt(Objective::Memory, effort), begin, tried);
  if (s && s->value <= p.liveLimit && verifyStarts(p, s->starts, 1).empty()) {
    foundLength = s->cost.length;
    found = std::move(*s);
    return Answer::Found;
  }
  failed = std::max(failed, length);
  bool none = s ? s->bound > p.liveLimit : tried.ruledOut != Attempt::Open;
  if (none) {
    least = std::max(least, length + 1);
    if (s)
      needed = s->bound;
  }
  if (!s)
    other = s.error();
  return none ? Answer::None : Answer::Open;
}

/// First with what the parts do under the limit, then from a schedule of little
/// memory.
Outcome<Solution> LiveSearch::anyObjective() {
  Outcome<Solution> s = solve({p, std::nullopt}, options, given, attempt);
  if (s || attempt.ruledOut != Attempt::Open || deadline.passed() ||
      p.length == 0)
    return s;
  switch (reach(p.length, options.effort)) {
  case Answer::None:
    attempt.ruledOut = Attempt::BySearch;
    return other ? Outcome<Solution>(*other) : refusal();
  case Answer::Open:
    return s;
  case Answer::Found:
    break;
  }
  if (!found)
    return s;
  GivenStarts from = given;
  from.existing = found->starts;
  return solve({p, std::nullopt}, options, from, attempt);
}

//===----------------------------------------------------------------------===//
// The least length
//===----------------------------------------------------------------------===//

/// What a schedule may take, if there is any, or what profiles may.
int64_t LiveSearch::mostLength() const {
  if (p.length > 0)
    return p.length;
  std::optional<int64_t> complete = completeHorizon(p);
  int64_t work = least;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    work += std::max(durationOf(p, i), p.occupancy[i]) + p.ii;
  return std::clamp<int64_t>(complete.value_or(work), least,
                             kMaxProfileCycles / 2);
}

/// Ever longer until there is a schedule.
bool LiveSearch::gallop(int64_t from) {
  int64_t most = mostLength(), step = std::max<int64_t>(1, from / 8);
  for (int64_t length = from; !deadline.passed(); step *= 2) {
    if (reach(length, std::min(options.effort, 1)) == Answer::Found)
      return true;
    if (length >= most)
      return false;
    length = std::min(most, std::max(length, least - 1) + step);
  }
  return false;
}

/// Lengths that stay open take a whole search each, however many cycles there
/// are to choose from.
void LiveSearch::halve() {
  constexpr int kOpen = 6;
  int64_t low = std::max(failed, least - 1);
  for (int open = 0;
       open < kOpen && foundLength - low > 1 && !deadline.passed();) {
    int64_t middle = low + (foundLength - low) / 2;
    Answer answer = reach(middle, std::min(options.effort, 1));
    if (answer != Answer::Found)
      low = middle;
    open += answer == Answer::Open;
  }
}

/// With the whole effort, as long as it helps.
void LiveSearch::shortenOnce() {
  constexpr int kTries = 4;
  for (int k = 0; k < kTries && foundLength > least && !deadline.passed(); ++k)
    if (reach(foundLength - 1, options.effort) != Answer::Found)
      return;
}

Outcome<Solution> LiveSearch::shortest() {
  Outcome<Solution> s = solve({p, std::nullopt}, options, given, attempt);
  if (s ? s->value <= s->bound : attempt.ruledOut != Attempt::Open)
    return s;
  if (!s && !isProof(s.error()))
    return s;
  if (s) {
    least = std::max(least, s->bound);
    foundLength = s->cost.length;
  }
  if (s || gallop(least)) {
    halve();
    if (options.effort > 1)
      shortenOnce();
    return finishShortest(std::move(s));
  }
  bool complete = p.length > 0 || completeHorizon(p) == mostLength();
  if (deadline.passed())
    return stoppedBefore("a schedule was found");
  if (least <= mostLength() || !complete)
    return refusal();
  attempt.ruledOut = Attempt::BySearch;
  return other ? *other : refusal();
}

Outcome<Solution> LiveSearch::finishShortest(Outcome<Solution> first) {
  if (first && (!found || foundLength >= first->cost.length)) {
    first->bound = std::min(std::max(first->bound, least), first->value);
    return first;
  }
  if (!found)
    return first;
  Solution s = first ? *first : *found;
  if (!first)
    s.methods.clear();
  s.starts = found->starts;
  s.cost = evaluate(p, s.starts);
  s.value = s.cost.value(options.objective, options.weights);
  s.method = found->method;
  s.methods.push_back({s.method, s.value});
  s.lengthBound = p.length;
  s.bound = std::min(least, s.value);
  s.cut = Cut::None;
  if (deadline.passed() && s.bound < s.value)
    s.cut = deadline.timedOut() ? Cut::TimeLimit : Cut::Request;
  return s;
}

Diagnostic LiveSearch::refusal() const {
  bool none = attempt.ruledOut != Attempt::Open;
  Diagnostic d;
  d.code = "Live";
  d.message = "no schedule within " + std::to_string(p.liveLimit) +
              " of live memory " + (none ? "exists" : "was found");
  if (p.length > 0)
    d.message += " in " + std::to_string(p.length) + " cycles";
  if (p.ii > 0)
    d.message += " at II " + std::to_string(p.ii);
  if (none)
    d.notes.push_back({std::string("at least ") + std::to_string(needed) +
                       (attempt.ruledOut == Attempt::ByBound
                            ? " is live at once in every schedule: what is "
                              "read together, or lives for certain"
                            : " is live at once in every schedule, by minimum "
                              "cuts and search")});
  else if (least > 1)
    d.notes.push_back(
        {"a schedule has at least " + std::to_string(least) + " cycles"});
  d.notes.push_back({none ? "this is proven; a larger length, II or limit may "
                            "help"
                          : "this does not prove that there is none; a larger "
                            "length, II, limit or effort may help"});
  return d;
}

} // namespace

Outcome<Solution>
gaus::solveWithinLive(const Resolved &resolved, const SolverOptions &options,
                      const GivenStarts &given, Attempt &attempt,
                      const Deadline &deadline, const SolveResolved &solve) {
  return LiveSearch(resolved.p, options, given, attempt, deadline, solve).run();
}
