//===- Incumbent.cpp - The best schedule so far ---------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Incumbent.h"

#include "gaus/Core/Verifier.h"

#include <algorithm>

using namespace gaus;

Incumbent::Incumbent(const Problem &p, const SolverOptions &options,
                     int64_t bound, const Deadline &deadline, Trace &trace)
    : p(p), options(options), deadline(deadline), trace(trace) {
  best.ii = p.ii;
  best.lengthBound = p.length;
  best.bound = bound;
}

bool Incumbent::offer(std::span<const int32_t> starts, Method method) {
  if (starts.empty() && p.numNodes() > 0)
    return false;
  if (!verifyStarts(p, starts, /*maxViolations=*/1, &deadline.flag()).empty())
    return false;
  Cost cost = evaluate(p, starts);
  int64_t value = cost.value(options.objective, options.weights);
  auto known =
      std::find_if(best.methods.begin(), best.methods.end(),
                   [&](const MethodResult &m) { return m.method == method; });
  if (known == best.methods.end())
    best.methods.push_back({method, value});
  else
    known->cost = std::min(known->cost, value);
  if (solved() && value >= best.value)
    return true;
  best.starts.assign(starts.begin(), starts.end());
  best.cost = std::move(cost);
  best.value = value;
  best.method = method;
  trace.better(value, best.bound, method);
  tellObserver();
  return true;
}

void Incumbent::enter(std::string_view name, int32_t number, int32_t of) {
  part = name;
  begun = number;
  parts = of;
  tellObserver();
}

void Incumbent::tellObserver() const {
  if (!options.observer)
    return;
  Reached reached;
  reached.objective = options.objective;
  reached.ii = p.ii;
  reached.length = p.length;
  reached.part = part;
  reached.begun = begun;
  reached.parts = parts;
  reached.bound = best.bound;
  reached.cost = best.value;
  reached.starts = best.starts;
  options.observer(reached);
}

void Incumbent::setBeyondMemory(Diagnostic why) {
  best.memoryReason = why.message;
  beyondMemory = std::move(why);
}

void Incumbent::setBackend(std::string_view name, std::string reason) {
  best.backend = name;
  best.backendReason = std::move(reason);
}

Diagnostic Incumbent::refusal() const {
  Diagnostic d;
  d.code = p.limitsLive() ? "Live" : "Res";
  d.message = "no schedule within the limits ";
  if (p.limitsLive())
    d.message += "and " + std::to_string(p.liveLimit) + " of live memory ";
  d.message += infeasible ? "exists" : "was found";
  if (p.length > 0)
    d.message += " in " + std::to_string(p.length) + " cycles";
  if (p.ii > 0)
    d.message += " at II " + std::to_string(p.ii);
  if (cyclesNeeded > 0)
    d.notes.push_back({"paths and limits together need at least " +
                       std::to_string(cyclesNeeded) + " cycles"});
  if (infeasible && p.limitsLive() && cyclesNeeded == 0)
    d.notes.push_back({"a search of all schedules ruled out each of them"});
  if (infeasible)
    d.notes.push_back(
        {"this is proven; a larger length, II or limit may help"});
  else
    d.notes.push_back({"this does not prove that there is none; a larger "
                       "length, II, limit or effort may help"});
  return d;
}

Outcome<Solution> Incumbent::finish() {
  if (auto failed = trace.failure())
    return *failed;
  bool more = !searched && best.value > best.bound && !infeasible;
  if (deadline.passed() && (more || !solved()) && p.numNodes() > 0)
    best.cut = deadline.timedOut() ? Cut::TimeLimit : Cut::Request;
  if (solved() || p.numNodes() == 0)
    return best;
  if (best.cut != Cut::None && !infeasible)
    return stoppedBefore("a schedule was found");
  if (beyondMemory && !infeasible)
    return *beyondMemory;
  return refusal();
}
