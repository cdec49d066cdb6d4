//===- Session.cpp - One solve under way ----------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "gaus/Core/Bounds.h"
#include "gaus/Core/Verifier.h"
#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/Distribution.h"
#include "gaus/Solver/DifferenceFlow.h"
#include "gaus/Solver/ListScheduler.h"
#include "gaus/Solver/LocalSearch.h"
#include "gaus/Solver/Modulo.h"
#include "gaus/Solver/Relaxation.h"
#include "gaus/Solver/WindowSearch.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

using namespace gaus;

//===----------------------------------------------------------------------===//
// The best so far
//===----------------------------------------------------------------------===//

Session::Session(const Problem &problem, const SolverOptions &options,
                 Windows windowsIn)
    : p(problem), options(options), adj(p), order(orderComponents(p, adj)),
      windows(std::move(windowsIn)), budget(Budget::of(p, options.effort)),
      deadline(options.timeLimit) {
  for (int64_t limit : p.limit)
    hasLimits |= limit != kUnlimited;
  best.ii = p.ii;
  best.lengthBound = p.length;
  best.bound = simpleBound(p, windows, options.objective, options.weights);
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
  Diagnostic d;
  d.code = "io";
  d.message = "cannot write the trace to '" + options.trace +
              "': " + std::strerror(errno);
  return d;
}

Outcome<std::unique_ptr<Session>>
Session::create(const Problem &p, const SolverOptions &options) {
  Outcome<Windows> windows = computeWindows(p);
  if (!windows)
    return windows.error();
  // Also where the heuristics turn out to suffice: a wish that cannot be met is
  // an error.
  std::string reason;
  std::unique_ptr<Session> session(
      new Session(p, options, std::move(*windows)));
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
  if (!verify(p, starts, 1).empty())
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
  if (solved() || p.numNodes() == 0)
    return best;
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
  offer(listSchedule(p, adj, windows, {priority, p.limit, {}, false}), "list");
  if (options.objective == Objective::Resources && bounded)
    offer(levelledList(p, adj, windows, options.weights), "level");
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
    Outcome<Windows> w = computeWindows(bounded);
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

void Session::runFlow() {
  if (options.objective == Objective::Latency ||
      p.numNodes() > budget.flowNodes)
    return;
  std::optional<FlowSchedule> flow = differenceFlow(data);
  if (!flow)
    return;
  offer(flow->starts, "flow");
  addToPool(flow->starts, "flow");
  leastFlow = flow->starts;
  boundByTotals(flow->starts);
}

//===----------------------------------------------------------------------===//
// Descent and polish
//===----------------------------------------------------------------------===//

std::vector<float> gaus::midWindow(const Windows &windows) {
  std::vector<float> mean;
  for (size_t i = 0; i < windows.asap.size(); ++i)
    mean.push_back(0.5f * static_cast<float>(windows.asap[i]) +
                   0.5f * static_cast<float>(windows.alap[i]));
  return mean;
}

/// The order of threads of the host machine: GAUS_SIMT_ORDER, for tests.
static uint64_t simtOrder() {
  const char *text = std::getenv("GAUS_SIMT_ORDER");
  return text ? std::strtoull(text, nullptr, 10) : 0;
}

Outcome<std::unique_ptr<Backend>>
gaus::chooseBackend(const SolverOptions &options, int64_t size,
                    std::string &reason) {
  // Measured on an H200 beside 16 cores: whole runs on smaller graphs gain
  // nothing, since a device takes a while to be there.
  constexpr int64_t kDeviceSize = 15000;
  switch (options.backend) {
  case BackendKind::Simt:
    return createSimtBackend(simtOrder());
  case BackendKind::Cuda:
    return createCudaBackend();
  case BackendKind::Cpu:
    return createCpuBackend();
  case BackendKind::Auto:
    break;
  }
  if (size < kDeviceSize) {
    reason = "the problem is small for a device";
    return createCpuBackend();
  }
  Outcome<std::unique_ptr<Backend>> device = createCudaBackend();
  if (device)
    return device;
  reason = device.error().message;
  return createCpuBackend();
}

/// What replicas from the same start differ in: the weight of constraints and
/// the width of the distributions.
static constexpr struct {
  float rho, width;
} kVariants[] = {{1.0f, 1.0f}, {0.3f, 3.0f}, {3.0f, 1.0f}, {10.0f, 3.0f}};

/// Moves means at random by up to `share` of their windows, within these. Nodes
/// in the same place of a symmetric graph have equal gradients for ever:
/// without it they never part.
void Session::shake(std::vector<float> &mean, float share,
                    size_t replica) const {
  // Other ones on each effort level.
  uint64_t stream = (uint64_t(budget.steps) << 32) + replica;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    auto first = static_cast<float>(data.asap[i]);
    auto last = static_cast<float>(data.alap[i]);
    uint32_t bits = dev::philox(options.seed, uint64_t(i), stream).word[0];
    float u = static_cast<float>(bits >> 8) * 0x1p-23f - 1.0f;
    mean[i] = std::clamp(mean[i] + u * share * (last - first), first, last);
  }
}

std::vector<Replica> Session::makeReplicas(std::span<const int32_t> existing) {
  std::vector<std::vector<float>> means;
  auto fromStarts = [](std::span<const int32_t> s) {
    return std::vector<float>(s.begin(), s.end());
  };
  StartKind start = options.start;
  Windows cut{data.asap, data.alap, 0};
  if (start == StartKind::Existing && !existing.empty())
    means.push_back(fromStarts(existing));
  bool wantFlow = start == StartKind::Portfolio || start == StartKind::Flow;
  if (wantFlow && !leastFlow.empty())
    means.push_back(fromStarts(leastFlow));
  if (start == StartKind::Portfolio || start == StartKind::Midpoint)
    means.insert(budget.bestFirst ? means.end() : means.begin(),
                 midWindow(cut));
  bool wantList = start == StartKind::List || start == StartKind::Portfolio;
  if ((wantList || means.empty()) && solved()) {
    means.insert(budget.bestFirst ? means.begin() : means.end(),
                 fromStarts(best.starts));
    // What better ones came from may lead elsewhere, too.
    if (firstBest.empty())
      firstBest = best.starts;
    else if (firstBest != best.starts)
      means.push_back(fromStarts(firstBest));
  }
  if (means.empty())
    means.push_back(midWindow(cut));
  std::vector<Replica> replicas(std::max<size_t>(budget.replicas, 1));
  for (size_t r = 0; r < replicas.size(); ++r) {
    size_t turn = r / means.size();
    replicas[r].mean = means[r % means.size()];
    // What is known to be good stays as it is.
    bool good = start == StartKind::Existing || (budget.bestFirst && r == 0);
    shake(replicas[r].mean, good ? 0.0f : 0.1f, r);
    replicas[r].rho = kVariants[turn % std::size(kVariants)].rho;
    replicas[r].stddev.assign(data.numNodes,
                              kVariants[turn % std::size(kVariants)].width);
  }
  return replicas;
}

void Session::offerNear(std::span<const float> mean, std::string_view method) {
  if (!hasLimits)
    return;
  std::vector<int32_t> wanted(mean.size());
  for (size_t i = 0; i < mean.size(); ++i)
    wanted[i] = std::clamp(static_cast<int32_t>(mean[i] + 0.5f), data.asap[i],
                           data.alap[i]);
  if (order.acyclic && p.ii == 0) {
    offer(listSchedule(p, adj, windows, {mean, p.limit, wanted, false}),
          method);
    offer(listSchedule(p, adj, windows, {mean, p.limit, {}, false}), method);
    return;
  }
  offer(ejectionSchedule(data, mean, wanted, 20), method);
}

/// The same problem in as few cycles as it can have. For `resources` more
/// cycles make a descent's result worse on deep graphs, since the communication
/// then starts far from what it can be.
std::optional<RelaxationData> Session::shortestHorizon() {
  if (options.objective != Objective::Resources || !order.acyclic || p.ii > 0 ||
      p.length <= windows.depth)
    return std::nullopt;
  Problem shortest = p;
  shortest.length = windows.depth;
  Outcome<Windows> within = computeWindows(shortest);
  if (!within)
    return std::nullopt;
  return buildRelaxationData(shortest, adj, order, *within, options);
}

/// Descents with the usual options, counted and traced; `first`: number of the
/// first of them in the trace.
std::optional<Diagnostic> Session::descend(const RelaxationData &within,
                                           std::span<Replica> replicas,
                                           size_t first) {
  double begin = cpuSeconds();
  if (auto failed =
          backend->descend(within, descentOptions(), replicas, deadline.flag()))
    return failed;
  traceDescent(replicas, begin, first);
  for (const Replica &r : replicas) {
    best.work.descentSteps += r.steps;
    best.work.legalizations += r.legalizations;
  }
  return std::nullopt;
}

std::optional<Diagnostic>
Session::runDescent(std::span<const int32_t> existing) {
  std::vector<Replica> replicas = makeReplicas(existing);
  if (auto failed = descend(data, replicas))
    return failed;
  std::optional<RelaxationData> tight;
  if (budget.shortest && options.start == StartKind::Portfolio)
    tight = shortestHorizon();
  if (tight) {
    Replica &last = replicas.emplace_back();
    last.mean = midWindow({tight->asap, tight->alap, 0});
    if (auto failed = descend(*tight, {&last, 1}, replicas.size() - 1))
      return failed;
  }
  takeDescents(replicas);
  return std::nullopt;
}

/// Offers what the descents found and adds it to the pool; `kinds`: settings of
/// the search after each, if known.
void Session::takeDescents(std::span<const Replica> replicas,
                           std::span<const size_t> kinds) {
  for (size_t k = 0; k < replicas.size(); ++k) {
    const Replica &r = replicas[k];
    if (r.bestStarts.empty())
      continue;
    offer(r.bestStarts, "descent");
    pool.push_back({r.bestStarts, r.bestOveruse, r.bestCost, "descent",
                    kinds.empty() ? 0 : kinds[k]});
    for (const std::vector<float> &mean : r.snapshots)
      offerNear(mean, "descent");
  }
}

/// A descent from one state; the state becomes the best rounding's starts or
/// the last means, whichever rounds better.
std::optional<Diagnostic> Session::relaxFrom(Distributions &state) {
  DescentOptions descent = descentOptions();
  std::vector<Replica> replicas(1);
  Replica &r = replicas[0];
  r.mean = state.mean;
  for (int32_t i = 0; i < data.numNodes; ++i) {
    int32_t window = data.alap[i] - data.asap[i];
    float scheduled = dev::scheduledStddev(descent.kappaFirst, window, 1.0f,
                                           descent.stddevFloor);
    r.stddev.push_back(std::clamp(state.stddev[i] / scheduled, 0.01f, 100.0f));
    r.mean[i] = std::clamp(r.mean[i], static_cast<float>(data.asap[i]),
                           static_cast<float>(data.alap[i]));
  }
  if (auto failed = descend(data, replicas))
    return failed;
  state.mean = r.mean;
  state.stddev = r.stddev;
  if (!r.bestStarts.empty() && r.bestOveruse == 0)
    state.mean.assign(r.bestStarts.begin(), r.bestStarts.end());
  return std::nullopt;
}

/// Legal schedules from the roundings of a state, polished if asked.
std::optional<Diagnostic> Session::commitNear(const Distributions &state) {
  // One step of length 0: the roundings alone.
  DescentOptions still = descentOptions();
  still.steps = 1;
  still.rateFirst = still.rateLast = 0;
  std::vector<Replica> replicas(1);
  Replica &r = replicas[0];
  for (int32_t i = 0; i < data.numNodes; ++i)
    r.mean.push_back(std::clamp(state.mean[i], static_cast<float>(data.asap[i]),
                                static_cast<float>(data.alap[i])));
  if (auto failed = backend->descend(data, still, replicas, deadline.flag()))
    return failed;
  best.work.legalizations += r.legalizations;
  offer(r.bestStarts, "rounding");
  pool.push_back({r.bestStarts, r.bestOveruse, r.bestCost, "rounding"});
  offerNear(r.mean, "rounding");
  if (options.polish && options.effort > 0) {
    // One state has no other to be crossed with: its search goes on instead.
    budget.proposals += budget.crossings * budget.raceProposals;
    runPolish();
    if (options.windows && !finished())
      runWindows();
  }
  repair();
  return std::nullopt;
}

DescentOptions Session::descentOptions() const {
  DescentOptions descent;
  descent.steps = std::max(1, budget.steps);
  if (options.objective == Objective::Resources) {
    descent.kappaFirst = 0.1f;
    descent.kappaLast = 0.001f;
  }
  return descent;
}

void Session::runWindows() {
  if (options.objective == Objective::Latency || !solved() ||
      budget.windows == 0)
    return;
  WindowSearchOptions search;
  search.programs = budget.windows;
  search.iterations = 60 * int64_t(budget.windows);
  search.columns = budget.columns;
  search.wholeColumns = budget.wholeColumns;
  search.wholeNodes = budget.wholeNodes;
  // Where prices leave little, the whole's first node mostly ends it.
  constexpr int32_t kClose = 66;
  if (search.wholeColumns < budget.closeColumns &&
      best.value - best.bound <= best.value / kClose) {
    search.wholeColumns = budget.closeColumns;
    search.wholeNodes = 1;
  }
  // Each effort level draws other neighbourhoods.
  search.seed = options.seed + uint64_t(budget.windows);
  search.seconds = options.timeLimit;
  double begin = cpuSeconds();
  WindowSearchResult r =
      windowSearch(data, best.starts, search, deadline.flag());
  best.work.windows += r.programs;
  traceWindows(r, begin);
  offer(r.starts, "windows");
  addToPool(r.starts, "windows");
  searched = r.complete;
}

void Session::runFormula() {
  if (!solved() || budget.formulaWork == 0 || !PeakFormula::covers(data))
    return;
  int64_t unit = PeakFormula::unit(data) * data.memoryWeight;
  if (!formula)
    formula = std::make_unique<PeakFormula>(data, budget.formulaLiterals,
                                            deadline.flag());
  while (!finished()) {
    int64_t lower = best.value / unit - 1;
    PeakFormula::Answer answer =
        formula->solve(lower, best.starts, budget.formulaWork);
    if (answer.verdict == PeakFormula::Verdict::Infeasible)
      best.bound = best.value;
    // With limits a schedule may not be legal; then nothing is known.
    if (answer.verdict != PeakFormula::Verdict::Feasible ||
        !offer(answer.starts, "formula") || best.value > lower * unit)
      break;
  }
  // One that was too large may fit a higher effort's room.
  if (!formula->fits())
    formula.reset();
}

//===----------------------------------------------------------------------===//
// Limits
//===----------------------------------------------------------------------===//

void Session::repair() {
  if (solved() || !hasArrays)
    return;
  std::vector<float> late(data.alap.begin(), data.alap.end());
  std::vector<float> early(data.asap.begin(), data.asap.end());
  std::vector<float> middle;
  for (int32_t i = 0; i < data.numNodes; ++i)
    middle.push_back(late[i] + early[i]);
  for (const std::vector<float> *priority : {&late, &middle, &early})
    if (!solved())
      offer(ejectionSchedule(data, *priority, {}, 40), "ejection");
}

void Session::decide() {
  if (solved() || p.ii == 0 || !foldsFit() || finished())
    return;
  ModuloEffort effort = budget.modulo;
  effort.seed = options.seed;
  ModuloDecision decision =
      decideModulo(p, adj, order, windows, effort, deadline.flag());
  infeasible = decision.verdict == ModuloVerdict::Infeasible;
  if (decision.verdict == ModuloVerdict::Feasible)
    offer(decision.starts, decision.byEjection ? "slots" : "exact");
}

/// Priorities of an attempt: latest starts, disturbed more with each attempt.
std::vector<float> Session::noisyPriority(const RelaxationData &d,
                                          int32_t attempt) const {
  std::vector<float> priority(d.numNodes);
  float noise = 0.05f * static_cast<float>(attempt % 17);
  for (int32_t i = 0; i < d.numNodes; ++i) {
    dev::Philox random =
        dev::philox(options.seed, uint64_t(i), uint64_t(attempt) + 16);
    float u = static_cast<float>(random.word[0] >> 8) * 0x1p-24f - 0.5f;
    float slack = static_cast<float>(d.alap[i] - d.asap[i] + 1);
    priority[i] = static_cast<float>(d.alap[i]) + noise * u * slack;
  }
  return priority;
}

/// Schedules with recurrences or an II in fewer and fewer cycles, until several
/// attempts in a row fail.
void Session::shortenByEjection() {
  constexpr int32_t kAttempts = 24;
  int32_t left = std::max(kAttempts, budget.steps / 4);
  bool shorter = solved();
  while (shorter && left > 0 && !finished()) {
    Problem tight = p;
    tight.length = static_cast<int32_t>(best.cost.length - 1);
    Outcome<Windows> within = computeWindows(tight);
    if (!within)
      return;
    RelaxationData d = buildRelaxationData(tight, adj, order, *within, options);
    shorter = false;
    for (int32_t k = 0; k < kAttempts && left-- > 0 && !shorter; ++k) {
      offer(ejectionSchedule(d, noisyPriority(d, k), {}, 20), "ejection");
      shorter = best.cost.length <= tight.length;
    }
  }
}

void Session::shorten() {
  if (options.objective != Objective::Latency || !hasLimits || !hasArrays)
    return;
  if (!order.acyclic || p.ii > 0)
    return shortenByEjection();
  // List schedules by perturbed priorities: latest start in the present length.
  int32_t tries = budget.steps / 4;
  for (int32_t k = 1; k <= tries && !finished(); ++k) {
    std::vector<float> priority = noisyPriority(data, k);
    offer(listSchedule(p, adj, windows, {priority, p.limit, {}, false}),
          "list");
  }
  // A list never leaves a unit idle, which the optimum sometimes must.
  constexpr int32_t kEjectionNodes = 500;
  if (p.numNodes() <= kEjectionNodes)
    shortenByEjection();
}
