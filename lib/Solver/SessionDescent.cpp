//===- SessionDescent.cpp - Where descents start, and what they find ------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Session.h"

#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/Distribution.h"
#include "gaus/Solver/ListScheduler.h"
#include "gaus/Solver/Modulo.h"
#include "gaus/Solver/Relaxation.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

using namespace gaus;

std::vector<float> gaus::midWindow(const Windows &windows) {
  std::vector<float> mean;
  mean.reserve(windows.asap.size());
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

/// Where descents start; as many of the first ones as there are replicas do.
std::vector<std::vector<float>>
Session::startMeans(std::span<const int32_t> existing) const {
  StartKind start = options.start;
  bool all = start == StartKind::Portfolio;
  bool missing = (start == StartKind::Existing && existing.empty()) ||
                 (start == StartKind::Flow && leastFlow.empty());
  bool middle = all || start == StartKind::Midpoint;
  bool known = solved() && (all || start == StartKind::List || missing);
  // Nothing else comes near the orders on large graphs; small ones want starts
  // as different as can be.
  bool large = !budget.small;
  std::vector<std::vector<float>> means;
  auto add = [&](bool wanted, std::span<const int32_t> starts) {
    if (wanted && !starts.empty())
      means.emplace_back(starts.begin(), starts.end());
  };
  auto addMiddle = [&](bool wanted) {
    if (wanted)
      means.push_back(midWindow({data.asap, data.alap, 0}));
  };
  add(start == StartKind::Existing, existing);
  add(known && budget.bestFirst, best.starts);
  for (const Starts &o : orders)
    add(all && large, o);
  addMiddle(middle && !budget.bestFirst);
  add(all || start == StartKind::Flow, leastFlow);
  addMiddle(middle && budget.bestFirst);
  add(known && !budget.bestFirst, best.starts);
  // What better ones came from may lead elsewhere, too.
  add(known && firstBest != best.starts, firstBest);
  for (const Starts &o : orders)
    add(all && !large, o);
  addMiddle(means.empty());
  return means;
}

std::vector<Replica>
Session::makeReplicas(std::span<const int32_t> existing) const {
  std::vector<std::vector<float>> means = startMeans(existing);
  std::vector<Replica> replicas(std::max<size_t>(budget.replicas, 1));
  for (size_t r = 0; r < replicas.size(); ++r) {
    size_t turn = r / means.size();
    replicas[r].mean = means[r % means.size()];
    // What is known to be good stays as it is.
    bool good =
        options.start == StartKind::Existing || (budget.bestFirst && r == 0);
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
    wanted[i] = std::clamp(static_cast<int32_t>(std::floor(mean[i] + 0.5f)),
                           data.asap[i], data.alap[i]);
  if (order.acyclic && p.ii == 0) {
    offer(listSchedule(p, adj, windows,
                       {mean, p.limit, wanted, false, &deadline.flag()}),
          method);
    offer(listSchedule(p, adj, windows,
                       {mean, p.limit, {}, false, &deadline.flag()}),
          method);
    return;
  }
  offer(ejectionSchedule(data, mean, wanted, 20, {}, &deadline.flag()), method);
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
  Outcome<Windows> within = computeWindows(shortest, &deadline.flag());
  if (!within)
    return std::nullopt;
  return buildRelaxationData(shortest, adj, order, *within, options);
}

/// A device that fails is left, and the CPU does its work from the start: equal
/// input gives equal bits.
std::optional<Diagnostic> Session::runOnBackend(const RelaxationData &within,
                                                const DescentOptions &descent,
                                                std::span<Replica> replicas) {
  if (backend->name() == "cpu")
    return backend->descend(within, descent, replicas, deadline.flag());
  std::vector<Replica> kept(replicas.begin(), replicas.end());
  auto failed = backend->descend(within, descent, replicas, deadline.flag());
  if (!failed || failed->code != "backend")
    return failed;
  Outcome<std::unique_ptr<Backend>> cpu = createCpuBackend();
  if (!cpu)
    return failed;
  best.backendReason = std::string(backend->name()) +
                       " failed, the cpu went on: " + failed->message;
  backend = std::move(*cpu);
  best.backend = backend->name();
  std::move(kept.begin(), kept.end(), replicas.begin());
  return backend->descend(within, descent, replicas, deadline.flag());
}

/// Descents, counted and traced; `first`: number of the first of them in the
/// trace.
std::optional<Diagnostic> Session::descend(const RelaxationData &within,
                                           const DescentOptions &descent,
                                           std::span<Replica> replicas,
                                           size_t first) {
  double begin = cpuSeconds();
  if (auto failed = runOnBackend(within, descent, replicas))
    return failed;
  traceDescent(replicas, begin, first);
  for (const Replica &r : replicas) {
    best.work.descentSteps += r.steps;
    best.work.legalizations += r.legalizations;
  }
  return std::nullopt;
}

/// Descents of the usual steps lose what the flow's and the lists' schedules of
/// large graphs have in communication: short steps keep it.
std::optional<Diagnostic>
Session::descendGently(std::vector<Replica> &replicas) {
  if (!budget.gentle || options.objective != Objective::Resources ||
      options.start != StartKind::Portfolio)
    return std::nullopt;
  std::vector<Replica> gentle;
  for (const Starts *from : {&best.starts, &leastFlow}) {
    if (from->empty())
      continue;
    Replica &r = gentle.emplace_back();
    r.mean.assign(from->begin(), from->end());
    shake(r.mean, 0.01f, replicas.size() + gentle.size());
    r.stddev.assign(data.numNodes, 1.0f);
  }
  DescentOptions descent = descentOptions();
  descent.rateFirst *= 0.1f;
  descent.rateLast *= 0.1f;
  if (auto failed = descend(data, descent, gentle, replicas.size()))
    return failed;
  for (Replica &r : gentle)
    replicas.push_back(std::move(r));
  return std::nullopt;
}

std::optional<Diagnostic>
Session::runDescent(std::span<const int32_t> existing) {
  if (firstBest.empty())
    firstBest = best.starts;
  std::vector<Replica> replicas = makeReplicas(existing);
  if (auto failed = descend(data, descentOptions(), replicas))
    return failed;
  if (auto failed = descendGently(replicas))
    return failed;
  std::optional<RelaxationData> tight;
  if (budget.shortest && options.start == StartKind::Portfolio)
    tight = shortestHorizon();
  if (tight) {
    Replica &last = replicas.emplace_back();
    last.mean = midWindow({tight->asap, tight->alap, 0});
    if (auto failed =
            descend(*tight, descentOptions(), {&last, 1}, replicas.size() - 1))
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
  if (auto failed = descend(data, descent, replicas))
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
  if (auto failed = runOnBackend(data, still, replicas))
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
  } else if (!budget.small && !orders.empty()) {
    // A wide distribution would blur the order that the start has.
    descent.kappaFirst = 0.1f;
    descent.kappaLast = 0.006f;
    descent.rateFirst = 0.04f;
    descent.rateLast = 0.004f;
  }
  return descent;
}
