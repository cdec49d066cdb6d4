//===- Descents.cpp - Gradient descents of a solve ------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Relax/Descents.h"

#include "Model/Random.h"

#include "Construct/Heuristics.h"

#include "Model/Instance.h"
#include "gaus/Device/Distribution.h"

#include <algorithm>
#include <cstdlib>

using namespace gaus;

//===----------------------------------------------------------------------===//
// Backends
//===----------------------------------------------------------------------===//

/// The order of threads of the host machine: GAUS_SIMT_SEED, for tests.
static uint64_t simtSeed() {
  const char *text = std::getenv("GAUS_SIMT_SEED");
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
    return createSimtBackend(simtSeed());
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

Outcome<Descents> Descents::create(const Context &c) {
  std::string reason;
  Outcome<std::unique_ptr<Backend>> backend = chooseBackend(
      c.options, int64_t(c.p().numNodes()) + c.p().numEdges(), reason);
  if (!backend)
    return backend.error();
  c.incumbent.setBackend((*backend)->name(), reason);
  return Descents(c, std::move(*backend));
}

/// The same one for all descents on an instance, one after the other.
Descents::Held &Descents::heldOf(const Instance &instance) {
  if (kept.instance != &instance)
    kept = {&instance, nullptr};
  return kept;
}

static std::optional<Diagnostic>
runOn(Backend &backend, const Instance &instance,
      std::unique_ptr<Loaded> &loaded, const DescentOptions &descent,
      std::span<Replica> replicas, const Stop &stop) {
  if (!loaded) {
    Outcome<std::unique_ptr<Loaded>> fresh = backend.load(instance);
    if (!fresh)
      return fresh.error();
    loaded = std::move(*fresh);
  }
  return loaded->descend(descent, replicas, stop);
}

std::optional<Diagnostic> Descents::onBackend(Held &on,
                                              const DescentOptions &descent,
                                              std::span<Replica> replicas) {
  std::vector<Replica> starts;
  if (backend->name() != "cpu")
    starts.assign(replicas.begin(), replicas.end());
  auto failed =
      runOn(*backend, *on.instance, on.loaded, descent, replicas, c.stop());
  if (!failed || failed->code != "backend" || backend->name() == "cpu")
    return failed;
  std::move(starts.begin(), starts.end(), replicas.begin());
  return onCpuInstead(on, descent, replicas, std::move(*failed));
}

/// A device that fails is left, and the CPU does its work from the start: equal
/// input gives equal bits.
std::optional<Diagnostic> Descents::onCpuInstead(Held &on,
                                                 const DescentOptions &descent,
                                                 std::span<Replica> replicas,
                                                 Diagnostic failure) {
  Outcome<std::unique_ptr<Backend>> cpu = createCpuBackend();
  if (!cpu)
    return failure;
  std::string reason = std::string(backend->name()) +
                       " failed, the cpu went on: " + failure.message;
  // What the device holds goes before it.
  kept.loaded.reset();
  on.loaded.reset();
  backend = std::move(*cpu);
  c.incumbent.setBackend(backend->name(), std::move(reason));
  return runOn(*backend, *on.instance, on.loaded, descent, replicas, c.stop());
}

//===----------------------------------------------------------------------===//
// Batches
//===----------------------------------------------------------------------===//

static void traceDescents(Trace &trace, std::span<const Replica> replicas,
                          double begin, size_t first) {
  if (!trace.wanted())
    return;
  int64_t whole = 0;
  std::vector<Trace::Step> steps;
  for (size_t r = 0; r < replicas.size(); ++r) {
    for (const Replica::Trace &t : replicas[r].trace)
      steps.push_back({t.cost,
                       whole + t.step + 1,
                       {{"loss", t.loss},
                        {"replica", static_cast<int64_t>(first + r)},
                        {"step", static_cast<int64_t>(t.step)},
                        {"violation", t.violation}}});
    whole += replicas[r].steps;
  }
  trace.steps(steps, whole, begin);
}

/// Descents, counted and traced; `first`: number of the first of them in the
/// trace.
std::optional<Diagnostic> Descents::descend(Held &on,
                                            const DescentOptions &descent,
                                            std::span<Replica> replicas,
                                            size_t first) {
  double begin = c.trace.cpuSeconds();
  if (auto failed = onBackend(on, descent, replicas))
    return failed;
  traceDescents(c.trace, replicas, begin, first);
  for (const Replica &r : replicas) {
    c.incumbent.work().descentSteps += r.steps;
    c.incumbent.work().legalizations += r.legalizations;
  }
  return std::nullopt;
}

/// Offers what the descents found and adds it to the pool.
void Descents::take(const Instance &instance, std::span<const Replica> replicas,
                    std::span<const size_t> kinds) {
  for (size_t k = 0; k < replicas.size(); ++k) {
    const Replica &r = replicas[k];
    if (r.bestStarts.empty())
      continue;
    c.incumbent.offer(r.bestStarts, Method::Descent);
    if (instance.liveLimit < 0)
      c.pool.add({r.bestStarts, r.bestOveruse, r.bestCost, Method::Descent});
    else
      c.pool.add(r.bestStarts, Method::Descent);
    c.pool.last().kind = kinds.empty() ? 0 : kinds[k];
    for (const std::vector<float> &mean : r.snapshots)
      offerNear(c, instance, mean, Method::Descent);
  }
}

std::optional<Diagnostic> Descents::runFrom(const Instance &instance,
                                            const DescentBudget &budget,
                                            std::span<Replica> replicas,
                                            std::span<const size_t> kinds) {
  if (auto failed =
          descend(heldOf(instance), descentOptions(c, budget), replicas))
    return failed;
  take(instance, replicas, kinds);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// The portfolio's descents
//===----------------------------------------------------------------------===//

/// Descents of the usual steps lose what the flow's and the lists' schedules of
/// large graphs have in communication: short steps keep it.
std::optional<Diagnostic> Descents::gently(const Instance &instance,
                                           const DescentBudget &budget,
                                           std::vector<Replica> &replicas) {
  if (!budget.gentle || !c.pays.units() ||
      c.options.start != StartKind::Portfolio)
    return std::nullopt;
  std::vector<Replica> gentle;
  const Starts *froms[kGentle] = {&c.incumbent.starts(),
                                  &c.landmarks.leastFlow};
  for (const Starts *from : froms) {
    if (from->empty())
      continue;
    Replica &r = gentle.emplace_back();
    r.mean.assign(from->begin(), from->end());
    shake(r.mean, 0.01f, instance, c.options.seed,
          replicaMember(budget.steps, replicas.size() + gentle.size()));
    r.stddev.assign(instance.numNodes, 1.0f);
  }
  DescentOptions descent = descentOptions(c, budget);
  descent.rateFirst *= 0.1f;
  descent.rateLast *= 0.1f;
  if (auto failed = descend(heldOf(instance), descent, gentle, replicas.size()))
    return failed;
  for (Replica &r : gentle)
    replicas.push_back(std::move(r));
  return std::nullopt;
}

/// One more in as few cycles as there can be. For `resources` more cycles make
/// a descent's result worse on deep graphs, since the communication then starts
/// far from what it can be.
std::optional<Diagnostic> Descents::inShortest(const DescentBudget &budget,
                                               std::vector<Replica> &replicas) {
  const CompiledProblem &problem = c.problem;
  if (!budget.shortest || c.options.start != StartKind::Portfolio ||
      !c.pays.units() || !problem.components.acyclic || c.p().ii > 0 ||
      c.p().length <= problem.windows.depth)
    return std::nullopt;
  Problem shortest = c.p();
  shortest.length = problem.windows.depth;
  auto within = problem.windowsWithin(shortest.length, &c.stop());
  if (!within)
    return std::nullopt;
  Instance tight = buildInstance(shortest, problem.adj, problem.components,
                                 *within, c.options);
  Replica &last = replicas.emplace_back();
  last.mean = midWindow(tight.asap, tight.alap);
  Held on{&tight, nullptr};
  return descend(on, descentOptions(c, budget), {&last, 1},
                 replicas.size() - 1);
}

std::optional<Diagnostic> Descents::run(const Instance &instance,
                                        const DescentBudget &budget,
                                        std::span<const int32_t> existing) {
  if (c.landmarks.firstBest.empty())
    c.landmarks.firstBest = c.incumbent.starts();
  std::vector<Replica> replicas = makeReplicas(c, instance, budget, existing);
  if (auto failed =
          descend(heldOf(instance), descentOptions(c, budget), replicas))
    return failed;
  if (auto failed = gently(instance, budget, replicas))
    return failed;
  if (auto failed = inShortest(budget, replicas))
    return failed;
  take(instance, replicas);
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// One state
//===----------------------------------------------------------------------===//

std::optional<Diagnostic> Descents::relax(const Instance &instance,
                                          const DescentBudget &budget,
                                          Distributions &state) {
  DescentOptions descent = descentOptions(c, budget);
  std::vector<Replica> replicas(1);
  Replica &r = replicas[0];
  r.mean = state.mean;
  clampToWindows(instance, r.mean);
  for (int32_t i = 0; i < instance.numNodes; ++i) {
    int32_t window = instance.alap[i] - instance.asap[i];
    float scheduled = dev::scheduledStddev(descent.kappaFirst, window, 1.0f,
                                           descent.stddevFloor);
    r.stddev.push_back(std::clamp(state.stddev[i] / scheduled, 0.01f, 100.0f));
  }
  if (auto failed = descend(heldOf(instance), descent, replicas))
    return failed;
  state.mean = r.mean;
  state.stddev = r.stddev;
  if (!r.bestStarts.empty() && r.bestOveruse == 0)
    state.mean.assign(r.bestStarts.begin(), r.bestStarts.end());
  return std::nullopt;
}

std::optional<Diagnostic> Descents::round(const Instance &instance,
                                          const DescentBudget &budget,
                                          const Distributions &state) {
  // One step of length 0.
  DescentOptions still = descentOptions(c, budget);
  still.steps = 1;
  still.rateFirst = still.rateLast = 0;
  std::vector<Replica> replicas(1);
  Replica &r = replicas[0];
  r.mean = state.mean;
  clampToWindows(instance, r.mean);
  if (auto failed = onBackend(heldOf(instance), still, replicas))
    return failed;
  c.incumbent.work().legalizations += r.legalizations;
  c.incumbent.offer(r.bestStarts, Method::Rounding);
  c.pool.add({r.bestStarts, r.bestOveruse, r.bestCost, Method::Rounding});
  offerNear(c, instance, r.mean, Method::Rounding);
  return std::nullopt;
}
