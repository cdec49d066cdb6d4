//===- Session.cpp - One solve under way ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "Intervals.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Solver/DepthFirst.h"
#include "gaus/Solver/DifferenceFlow.h"
#include "gaus/Solver/ListScheduler.h"
#include "gaus/Solver/Relaxation.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

using namespace gaus;

//===----------------------------------------------------------------------===//
// The best so far
//===----------------------------------------------------------------------===//

Session::Session(const Problem &problem, const SolverOptions &options,
                 Windows windowsIn, std::shared_ptr<const Deadline> deadlineIn)
    : p(problem), options(options), adj(p), order(orderComponents(p, adj)),
      windows(std::move(windowsIn)), budget(Budget::of(p, options.effort)),
      clock(std::move(deadlineIn)), deadline(*clock) {
  for (int64_t limit : p.limit)
    hasLimits |= limit != kUnlimited;
  best.ii = p.ii;
  best.lengthBound = p.length;
  best.bound = simpleBound(p, windows, options.objective, options.weights,
                           &deadline.flag());
}

static Diagnostic traceFailure(const SolverOptions &options,
                               const std::string &reason) {
  Diagnostic d;
  d.code = "io";
  d.message = "cannot write the trace to '" + options.trace + "': " + reason;
  return d;
}

/// Makes the trace file, or empties it.
static std::optional<Diagnostic> openTrace(const SolverOptions &options) {
  if (options.trace.empty())
    return std::nullopt;
  std::FILE *f =
      std::fopen(options.trace.c_str(), options.traceAppends ? "a" : "w");
  if (f) {
    std::fclose(f);
    return std::nullopt;
  }
  return traceFailure(options, std::strerror(errno));
}

Outcome<std::unique_ptr<Session>>
Session::create(const Problem &p, const SolverOptions &options,
                std::shared_ptr<const Deadline> deadline) {
  if (auto wrong = checkResolved(p, options))
    return *wrong;
  if (!deadline)
    deadline = std::make_shared<Deadline>(options.timeLimit, options.stop);
  Outcome<Windows> windows = computeWindows(p, &deadline->flag());
  if (!windows)
    return windows.error();
  // Also where the heuristics turn out to suffice: a wish that cannot be met is
  // an error.
  std::string reason;
  std::unique_ptr<Session> session(
      new Session(p, options, std::move(*windows), std::move(deadline)));
  Outcome<std::unique_ptr<Backend>> backend =
      chooseBackend(options, int64_t(p.numNodes()) + p.numEdges(), reason);
  if (!backend)
    return backend.error();
  if (auto failed = openTrace(options))
    return *failed;
  session->backend = std::move(*backend);
  session->best.backend = session->backend->name();
  session->best.backendReason = reason;
  return session;
}

bool Session::offer(std::span<const int32_t> starts, std::string_view method) {
  if (starts.empty() && p.numNodes() > 0)
    return false;
  if (!verify(p, starts, 1, &deadline.flag()).empty())
    return false;
  Cost cost = evaluate(p, starts);
  int64_t value = cost.value(options.objective, options.weights);
  auto known =
      std::find_if(best.methods.begin(), best.methods.end(),
                   [&](const MethodResult &m) { return m.method == method; });
  if (known == best.methods.end())
    best.methods.push_back({std::string(method), value});
  else
    known->cost = std::min(known->cost, value);
  if (solved() && value >= best.value)
    return true;
  best.starts.assign(starts.begin(), starts.end());
  best.cost = std::move(cost);
  best.value = value;
  best.method = method;
  std::string line = "\"bound\": " + std::to_string(best.bound) +
                     ", \"cost\": " + std::to_string(value) +
                     ", \"cpu_seconds\": " + std::to_string(cpuSeconds()) +
                     ", \"method\": \"" + best.method + "\"";
  trace({&line, 1});
  return true;
}

bool Session::finished() const {
  return deadline.passed() || searched ||
         (solved() && best.value <= best.bound);
}

Outcome<Solution> Session::finish() {
  if (!traceError.empty())
    return traceFailure(options, traceError);
  bool more = !searched && best.value > best.bound && !infeasible;
  if (deadline.passed() && (more || !solved()) && p.numNodes() > 0)
    best.cut = deadline.timedOut() ? Cut::TimeLimit : Cut::Request;
  if (solved() || p.numNodes() == 0)
    return best;
  if (best.cut != Cut::None && !infeasible)
    return stoppedBefore("a schedule was found");
  Diagnostic d;
  d.code = "Res";
  d.message = infeasible ? "no schedule within the limits exists"
                         : "no schedule within the limits was found";
  if (p.length > 0)
    d.message += " in " + std::to_string(p.length) + " cycles";
  if (p.ii > 0)
    d.message += " at II " + std::to_string(p.ii);
  if (infeasible) {
    d.notes.push_back(
        {"this is proven; a larger length, II or limit may help"});
    return d;
  }
  d.notes.push_back({"this does not prove that there is none; a larger length, "
                     "II, limit or effort may help"});
  return d;
}

//===----------------------------------------------------------------------===//
// Heuristics
//===----------------------------------------------------------------------===//

void Session::runHeuristics() {
  offer(windows.asap, "asap");
  bool bounded =
      p.length > 0 || std::all_of(windows.alap.begin(), windows.alap.end(),
                                  [](int32_t t) { return t < kMaxCycle; });
  if (bounded)
    offer(windows.alap, "alap");
  if (hasLimits && !solved() && p.ii > 0 && !foldsFit())
    runUnfolded();
  if (!order.acyclic || p.ii > 0)
    return;
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  if (!bounded) {
    // Height above the sinks orders like the latest start for any length.
    std::vector<int32_t> height(p.numNodes(), 0);
    for (size_t at = order.order.size(); at-- > 0;) {
      int32_t i = order.order[at];
      height[i] = spanOf(p, i);
      for (int32_t e : adj.out(i))
        height[i] =
            std::max(height[i], height[p.target[e]] + p.latency[i] + p.lag[e]);
      priority[i] = -static_cast<float>(height[i]);
    }
  }
  offer(listSchedule(p, adj, windows,
                     {priority, p.limit, {}, false, &deadline.flag()}),
        "list");
  if (options.objective == Objective::Resources && bounded)
    offer(levelledList(p, adj, windows, options.weights, &deadline.flag()),
          "level");
}

/// One iteration after the other: for intervals that are too long for profiles
/// of their slots. What is not folded then is legal, if all of it fits.
void Session::runUnfolded() {
  Problem flat = p;
  flat.ii = 0;
  flat.dropCarriedEdges();
  Adjacency flatAdj(flat);
  if (!orderComponents(flat, flatAdj).acyclic)
    return;
  std::vector<float> priority(windows.alap.begin(), windows.alap.end());
  offer(listSchedule(flat, flatAdj, windows,
                     {priority, p.limit, {}, false, &deadline.flag()}),
        "list");
}

/// True if an II times a distance is a cycle number.
bool Session::foldsFit() const {
  int32_t farthest = 0;
  for (int32_t k : p.distance)
    farthest = std::max(farthest, k);
  return p.ii <= kMaxProfileCycles && int64_t(p.ii) * farthest <= kMaxCycle;
}

bool Session::prepareArrays() {
  Windows cut = windows;
  int64_t end = p.length;
  if (end == 0) {
    // Unbounded: what the best schedule so far needs, else all work in a row.
    if (solved())
      end = best.cost.length;
    else
      for (int32_t i = 0; i < p.numNodes(); ++i)
        end += std::max(spanOf(p, i), p.occupancy[i]);
    end = std::max<int64_t>(end, windows.depth);
  }
  if (end > kMaxProfileCycles || !foldsFit())
    return false;
  Problem bounded = p;
  bounded.length = static_cast<int32_t>(end);
  if (p.length == 0) {
    Outcome<Windows> w = computeWindows(bounded, &deadline.flag());
    if (!w)
      return false;
    cut = std::move(*w);
  }
  data = buildRelaxationData(bounded, adj, order, cut, options);
  hasArrays = data.numCycles <= 2 * kMaxProfileCycles;
  return hasArrays;
}

void Session::addToPool(std::span<const int32_t> starts,
                        std::string_view method) {
  LocalSearchResult r =
      localSearch(data, starts, {0, options.seed}, deadline.flag());
  pool.push_back({Starts(starts.begin(), starts.end()), r.overuse, r.cost,
                  std::string(method)});
}

void Session::runOrders() {
  if (options.objective != Objective::Memory || !order.acyclic || p.ii > 0)
    return;
  for (DepthFirst from : {DepthFirst::FromResults, DepthFirst::FromInputs}) {
    orders.push_back(depthFirstSchedule(data, from));
    offer(orders.back(), "order");
  }
}

void Session::runFlow() {
  if (options.objective == Objective::Latency ||
      p.numNodes() > budget.flowNodes)
    return;
  std::optional<FlowSchedule> flow =
      differenceFlow(data, 1, {}, &deadline.flag());
  if (!flow)
    return;
  offer(flow->starts, "flow");
  addToPool(flow->starts, "flow");
  leastFlow = flow->starts;
  boundByTotals(flow->starts);
}
