//===- Descents.cpp - The descent alone, on every backend -----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descents.h"

#include "Model/Instance.h"
#include "gaus/Core/Windows.h"
#include "gaus/Device/Arithmetic.h"
#include "gaus/Device/Backend.h"
#include "gaus/Solver/Solver.h"

#include <tbb/task_arena.h>

#include <chrono>
#include <cstring>

using namespace gaus;
using bench::DescentTimes;

namespace {

/// A problem's arrays, and the starts of a batch of descents.
struct Batch {
  Instance instance;
  std::vector<Replica> replicas;
};

Outcome<Batch> makeBatch(const Problem &given, const SolverOptions &options,
                         int32_t replicas) {
  Outcome<SettledOptions> settled = settleLength(given, options);
  if (!settled)
    return settled.error();
  Outcome<Problem> p = resolve(given, settled->options);
  if (!p)
    return p.error();
  Outcome<Windows> windows = computeWindows(*p);
  if (!windows)
    return windows.error();
  Adjacency adj(*p);
  Batch batch;
  batch.instance =
      buildInstance(*p, adj, findComponents(*p, adj), *windows, options);
  batch.replicas.resize(replicas);
  for (int32_t r = 0; r < replicas; ++r)
    for (int32_t i = 0; i < batch.instance.numNodes; ++i) {
      // Somewhere in the middle fifth of the window.
      uint32_t word = dev::philox(options.seed, uint64_t(i), r).word[0];
      float share = 0.4f + 0.2f * static_cast<float>(word >> 8) * 0x1p-24f;
      auto first = static_cast<float>(batch.instance.asap[i]);
      auto last = static_cast<float>(batch.instance.alap[i]);
      batch.replicas[r].mean.push_back(first + share * (last - first));
    }
  return batch;
}

struct Timed {
  double milliseconds = 0;
  std::vector<Replica> replicas;
};

double millisecondsSince(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(
             std::chrono::steady_clock::now() - begin)
      .count();
}

Outcome<Timed> runOnce(Loaded &loaded, const Batch &batch, int32_t steps,
                       int32_t period) {
  DescentOptions options;
  options.steps = steps;
  options.period = period;
  Stop stop;
  Timed run{0, batch.replicas};
  auto begin = std::chrono::steady_clock::now();
  if (auto failed = loaded.descend(options, run.replicas, stop))
    return *failed;
  run.milliseconds = millisecondsSince(begin);
  return run;
}

template <class T>
bool sameBits(const std::vector<T> &a, const std::vector<T> &b) {
  return a.size() == b.size() &&
         (a.empty() || !std::memcmp(a.data(), b.data(), a.size() * sizeof(T)));
}

bool sameResult(const Replica &a, const Replica &b) {
  if (!sameBits(a.mean, b.mean) || !sameBits(a.stddev, b.stddev) ||
      !sameBits(a.bestStarts, b.bestStarts) || a.bestCost != b.bestCost ||
      a.bestOveruse != b.bestOveruse || a.trace.size() != b.trace.size())
    return false;
  for (size_t k = 0; k < a.trace.size(); ++k)
    if (a.trace[k].loss != b.trace[k].loss ||
        a.trace[k].violation != b.trace[k].violation ||
        a.trace[k].cost != b.trace[k].cost)
      return false;
  return true;
}

/// Times on one backend. The first run, of a single step, also makes the
/// backend load what it needs; `full` receives the run to compare.
Outcome<DescentTimes> timeOn(Backend &backend, const Batch &batch,
                             int32_t steps, std::vector<Replica> &full) {
  constexpr int32_t kPeriod = 10;
  int32_t all = std::max(2, steps / kPeriod) * kPeriod;
  {
    Outcome<std::unique_ptr<Loaded>> warm = backend.load(batch.instance);
    if (!warm)
      return warm.error();
    if (Outcome<Timed> first = runOnce(**warm, batch, 1, 1); !first)
      return first.error();
  }
  auto begin = std::chrono::steady_clock::now();
  Outcome<std::unique_ptr<Loaded>> loaded = backend.load(batch.instance);
  if (!loaded)
    return loaded.error();
  double load = millisecondsSince(begin);
  Outcome<Timed> one = runOnce(**loaded, batch, 1, 1);
  Outcome<Timed> rounded = runOnce(**loaded, batch, all, 1);
  Outcome<Timed> usual = runOnce(**loaded, batch, all, kPeriod);
  for (Outcome<Timed> *run : {&one, &rounded, &usual})
    if (!*run)
      return run->error();
  DescentTimes t;
  t.backend = backend.name();
  t.cycles = batch.instance.numCycles;
  t.load = load;
  t.start = one->milliseconds;
  t.usual = (usual->milliseconds - one->milliseconds) / (all - 1);
  double each = (rounded->milliseconds - one->milliseconds) / (all - 1);
  // each = step + rounding, usual = step + rounding / kPeriod.
  t.rounding = (each - t.usual) * kPeriod / (kPeriod - 1);
  t.step = each - t.rounding;
  full = std::move(usual->replicas);
  return t;
}

Outcome<std::vector<std::unique_ptr<Backend>>>
chooseBackends(const SolverOptions &options) {
  BackendKind asked = options.backend;
  std::vector<Outcome<std::unique_ptr<Backend>>> made;
  if (asked != BackendKind::Cuda)
    made.push_back(createCpuBackend());
  if (asked == BackendKind::Simt)
    made.push_back(createSimtBackend(options.seed));
  if (asked == BackendKind::Auto || asked == BackendKind::Cuda)
    made.push_back(createCudaBackend());
  std::vector<std::unique_ptr<Backend>> backends;
  for (Outcome<std::unique_ptr<Backend>> &backend : made) {
    if (backend)
      backends.push_back(std::move(*backend));
    else if (asked != BackendKind::Auto)
      return backend.error();
  }
  return backends;
}

} // namespace

Outcome<std::vector<bench::DescentTimes>>
bench::timeDescents(const Problem &p, const SolverOptions &options,
                    int32_t steps, int32_t replicas) {
  Outcome<Batch> batch = makeBatch(p, options, replicas);
  if (!batch)
    return batch.error();
  Outcome<std::vector<std::unique_ptr<Backend>>> backends =
      chooseBackends(options);
  if (!backends)
    return backends.error();
  tbb::task_arena arena(options.threads > 0 ? options.threads
                                            : tbb::task_arena::automatic);
  std::vector<DescentTimes> times;
  std::vector<Replica> reference;
  for (std::unique_ptr<Backend> &backend : *backends) {
    std::vector<Replica> full;
    std::optional<Outcome<DescentTimes>> t;
    arena.execute([&] { t.emplace(timeOn(*backend, *batch, steps, full)); });
    if (!*t)
      return t->error();
    if (reference.empty())
      reference = full;
    for (size_t r = 0; r < full.size(); ++r)
      (*t)->same = (*t)->same && sameResult(reference[r], full[r]);
    times.push_back(**t);
  }
  return times;
}
