//===- Runner.h - A batch of descents on a machine --------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What both machines share on the host's side: the arrays of a batch, the
/// order of the kernels, and the way back. A machine has
///
/// \code
///   void *allocate(size_t bytes);              // zeroed; nullptr = no room
///   void toDevice(void *to, const void *from, size_t bytes);
///   void toHost(void *to, const void *from, size_t bytes);
///   template <class Kernel> void launch(int32_t x, int32_t y, const View &v);
///   template <class F> void repeat(int64_t times, F body, stop);
///   bool failed() const;
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_RUNNER_H
#define GAUS_LIB_DEVICE_KERNELS_RUNNER_H

#include "Arrays.h"
#include "Profiles.h"
#include "Rounding.h"

#include "gaus/Device/Backend.h"

#include <algorithm>
#include <cassert>

namespace gaus::kernels {

/// From so many nodes a level on, a launch a level is faster than one block's
/// rounds over them.
inline constexpr int32_t kWideLevel = 2048;

template <class Machine> class Runner {
public:
  Runner(Machine &machine, const Instance &instance, const HostPlan &plan,
         const DescentOptions &options, std::span<Replica> replicas)
      : machine(machine), instance(instance), plan(plan), options(options),
        replicas(replicas) {}

  /// False if the machine has no room or failed; it knows why.
  bool run(const Stop &stop) {
    if (!upload())
      return false;
    int32_t periods = options.steps / options.period;
    int32_t rest = options.steps % options.period;
    int64_t done = machine.repeat(
        periods,
        [&] {
          for (int32_t s = 0; s < options.period; ++s)
            step();
          round();
        },
        stop);
    bool stopped = done < periods;
    if (!stopped && rest > 0) {
      for (int32_t s = 0; s < rest; ++s)
        step();
      round();
    }
    if (machine.failed())
      return false;
    int64_t steps = done * options.period + (stopped ? 0 : rest);
    download(static_cast<int32_t>(steps),
             static_cast<int32_t>(done) + (!stopped && rest > 0));
    return !machine.failed();
  }

private:
  void step() {
    int32_t r = v.replicas;
    int64_t cells = int64_t(v.numProfiles) * (v.numCycles + 2);
    machine.template launch<BeginStep>(blocksOf(r, BeginStep::block), 1, v);
    machine.template launch<PrepareStep>(
        blocksOf(std::max<int64_t>(v.n, cells), kBlock), r, v);
    if (cells > 0) {
      if (v.memoryProfile >= 0)
        machine.template launch<LastUses>(teamBlocks(v.n, v.heavyOut.size), r,
                                          v);
      machine.template launch<AddEvents>(blocksOf(v.n, v.nodesPerWindow), r, v);
      if (v.numCycles > kLongHorizon)
        machine.template launch<PriceLongProfiles>(v.numProfiles, r, v);
      else
        machine.template launch<PriceProfiles>(v.numProfiles, r, v);
    }
    if (v.m > 0)
      machine.template launch<EdgeForces>(blocksOf(v.m, kBlock), r, v);
    machine.template launch<NodeGradients>(blocksOf(v.n, kNodesPerBlock), r, v);
    machine.template launch<TakeStep>(teamBlocks(v.n, v.heavy.size), r, v);
    machine.template launch<EndStep>(blocksOf(r, EndStep::block), 1, v);
  }

  /// By nodes a level: as few threads as keep up, since all of them wait for
  /// each other after each level.
  void legalize() {
    int32_t r = v.replicas;
    int32_t width = v.n / std::max(v.numLevels, 1);
    if (v.cyclic)
      machine.template launch<LegalizeBroad>(kCandidates, r, v);
    else if (width < 48)
      machine.template launch<LegalizeNarrow>(kCandidates, r, v);
    else if (width < 256)
      machine.template launch<LegalizeMiddle>(kCandidates, r, v);
    else if (width < kWideLevel)
      machine.template launch<LegalizeBroad>(kCandidates, r, v);
    else
      for (int32_t at = 0; at < v.numLevels; ++at) {
        auto size = [&](int32_t level) {
          return plan.levelBegin[level + 1] - plan.levelBegin[level];
        };
        View of = v;
        of.level = at;
        of.levelBlocks =
            blocksOf(std::max(size(at), size(v.numLevels - 1 - at)), kBlock);
        machine.template launch<LegalizeLevel>(kCandidates * of.levelBlocks, r,
                                               of);
      }
  }

  void round() {
    int32_t r = v.replicas, nodes = blocksOf(v.n, kBlock);
    int64_t items = v.m + int64_t(v.numProfiles) * v.slots;
    int64_t cells = int64_t(kCandidates) * v.numProfiles * (v.numCycles + 2);
    if (items > 0)
      machine.template launch<UpdateMultipliers>(blocksOf(items, kBlock), r, v);
    machine.template launch<RoundMeans>(nodes, r, v);
    legalize();
    machine.template launch<ClearCandidates>(
        std::max(1, blocksOf(cells, kBlock)), r, v);
    machine.template launch<AddCandidates>(
        kCandidates * AddCandidates::candidateBlocks(v), r, v);
    if (v.numProfiles > 0)
      machine.template launch<PriceCandidates>(kCandidates * v.numProfiles, r,
                                               v);
    machine.template launch<LossParts>(kLossBlocks, r, v);
    machine.template launch<KeepBest>(blocksOf(r, KeepBest::block), 1, v);
    machine.template launch<CopyBest>(nodes, r, v);
  }

  /// Many blocks fill the device; many nodes a block make its sums worth what
  /// adding a window to the others' costs. Measured, see docs/gpu.md.
  int32_t nodesPerWindow() const {
    int32_t cycles = std::min(v.numCycles + 2, kWindow);
    int32_t wanted = std::clamp(std::max(v.n / 3000, cycles / 64), 1, 512);
    return blocksOf(wanted, kNodesPerBlock) * kNodesPerBlock;
  }

  /// Room for `count` entries; the view's size is exact even where it is 0.
  template <class T> bool room(Span<T> &span, int64_t count) {
    span.size = count;
    if (count == 0)
      return true;
    span.data = static_cast<T *>(machine.allocate(count * sizeof(T)));
    return span.data != nullptr;
  }

  template <class T>
  bool copyIn(Span<const T> &span, const std::vector<T> &from, int64_t count) {
    assert(count == static_cast<int64_t>(from.size()) && "see Arrays.def");
    Span<T> fresh;
    if (!room(fresh, count))
      return false;
    if (count > 0)
      machine.toDevice(fresh.data, from.data(), count * sizeof(T));
    span = {fresh.data, fresh.size};
    return true;
  }

  void setScalars() {
    v.n = instance.numNodes;
    v.m = instance.numEdges;
    v.numResources = instance.numResources;
    v.numProfiles = static_cast<int32_t>(plan.profiles.size());
    v.memoryProfile = plan.memoryProfile;
    v.numCycles = instance.numCycles;
    v.slots = instance.slots();
    v.replicas = static_cast<int32_t>(replicas.size());
    v.numLevels = static_cast<int32_t>(plan.levelBegin.size()) - 1;
    v.cyclic = instance.cyclic;
    v.nodesPerWindow = nodesPerWindow();
    v.stddevFloor = options.stddevFloor;
    v.lastUseInverse = 1.0f / options.lastUseTemperature;
    v.ratio = instance.ratio;
    v.alpha = instance.alpha;
    v.memoryWeight = instance.memoryWeight;
    v.lengthWeight = instance.lengthWeight;
    v.commConstant = instance.commConstant;
  }

  bool copyProblem(const Counts &counts) {
    bool good = true;
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  good = good && copyIn(v.Name, instance.Name, counts.Name());
#define PLAN_ARRAY(Type, Name, Count)                                          \
  good = good && copyIn(v.Name, plan.Name, counts.Name());
#define STEPS_ARRAY PLAN_ARRAY
#include "Arrays.def"
    return good;
  }

  bool makeRoom(const Counts &counts) {
    bool good = true;
#define REPLICA_ARRAY(Type, Name, Count)                                       \
  good = good && room(v.Name, v.replicas * counts.Name());
#include "Arrays.def"
    return good;
  }

  bool upload() {
    setScalars();
    Counts counts(instance, plan, options);
    if (!copyProblem(counts) || !makeRoom(counts))
      return false;
    for (int64_t b = 0; b < v.replicas; ++b) {
      const Replica &r = replicas[b];
      ReplicaState s{};
      s.rho = r.rho;
      s.step = -1;
      machine.toDevice(v.state.data + b, &s, sizeof(s));
      std::vector<float> factor = r.stddev;
      if (factor.empty())
        factor.assign(v.n, 1.0f);
      machine.toDevice(v.mean.data + b * v.n, r.mean.data(),
                       v.n * sizeof(float));
      machine.toDevice(v.stddevFactor.data + b * v.n, factor.data(),
                       v.n * sizeof(float));
    }
    return !machine.failed();
  }

  template <class T>
  void copyOut(std::vector<T> &to, const Span<T> &from, int64_t begin,
               int64_t count) {
    to.resize(count);
    machine.toHost(to.data(), from.data + begin, count * sizeof(T));
  }

  void download(int32_t steps, int32_t roundings) {
    int32_t taken = 0;
    for (int32_t s = 0; s < steps; ++s)
      taken += plan.steps[s].snapshot >= 0;
    for (int64_t b = 0; b < v.replicas; ++b) {
      Replica &r = replicas[b];
      ReplicaState s;
      machine.toHost(&s, v.state.data + b, sizeof(s));
      copyOut(r.mean, v.mean, b * v.n, v.n);
      copyOut(r.stddev, v.stddev, b * v.n, v.n);
      r.steps += steps;
      r.legalizations += int64_t(roundings) * kCandidates;
      if (s.hasBest) {
        copyOut(r.bestStarts, v.bestStarts, b * v.n, v.n);
        r.bestOveruse = s.bestOveruse;
        r.bestCost = s.bestCost;
      }
      for (int32_t k = 0; k < taken; ++k)
        copyOut(r.snapshots.emplace_back(), v.snapshots,
                (b * kMaxSnapshots + k) * v.n, v.n);
      if (steps > 0 && plan.steps[steps - 1].snapshot < 0)
        r.snapshots.push_back(r.mean);
      std::vector<TraceEntry> trace;
      copyOut(trace, v.trace, b * (v.trace.size / v.replicas), roundings);
      for (int32_t k = 0; k < roundings; ++k)
        r.trace.push_back({std::min((k + 1) * options.period, steps) - 1,
                           trace[k].loss, trace[k].violation, trace[k].cost});
    }
  }

  Machine &machine;
  const Instance &instance;
  const HostPlan &plan;
  const DescentOptions &options;
  std::span<Replica> replicas;
  View v{};
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_RUNNER_H
