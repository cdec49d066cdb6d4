//===- LoadedOn.h - A problem on a machine ----------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// What both machines share on the host's side: a problem's arrays on the
/// device, the batches of descents that run on them, and the way back. A
/// machine has
///
/// \code
///   void *allocate(size_t bytes);              // nullptr = no room
///   void release(void *p);                     // also nullptr
///   void begin(Begins how, void *p, size_t bytes); // see Arrays.def
///   void toDevice(void *to, const void *from, size_t bytes);
///   void toHost(void *to, const void *from, size_t bytes);
///   template <class Kernel> void launch(int32_t x, int32_t y, const View &v);
///   // `same`: the body launches what it launched the last time.
///   template <class F>
///   int64_t repeat(bool same, int64_t times, F body, const Stop &stop);
///   bool failed() const;
/// \endcode
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_LIB_DEVICE_KERNELS_LOADEDON_H
#define GAUS_LIB_DEVICE_KERNELS_LOADEDON_H

#include "Arrays.h"
#include "Launches.h"

#include "gaus/Device/Backend.h"

#include <cassert>

namespace gaus::kernels {

template <class Machine> class LoadedOn {
public:
  LoadedOn(Machine &machine, const Instance &instance)
      : machine(machine), instance(instance),
        plan(dev::makeKernelPlan(instance)), sizes(instance, plan) {}

  /// Brings the problem to the device. False, here and below, if the machine
  /// has no room or failed; it knows why.
  bool load() {
    setScalars();
    bool good = true;
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  good = good && copyIn(v.Name, held.Name, instance.Name, sizes.Name());
#define PLAN_ARRAY(Type, Name, Count)                                          \
  good = good && copyIn(v.Name, held.Name, plan.Name, sizes.Name());
#include "Arrays.def"
    return good && !machine.failed();
  }

  /// Runs a batch. Of what is there from batches before, only room is used.
  bool descend(const DescentOptions &options, std::span<Replica> replicas,
               const Stop &stop) {
    if (!setOptions(options) || !place(replicas))
      return false;
    int32_t periods = options.steps / options.period;
    int32_t rest = options.steps % options.period;
    Launches<Machine> launches(machine, v, plan);
    bool same = repeated && *repeated == v && repeatedSteps == options.period;
    int64_t done = machine.repeat(
        same, periods, [&] { launches.period(options.period); }, stop);
    if (periods > 0) {
      repeated = v;
      repeatedSteps = options.period;
    }
    bool stopped = done < periods;
    if (!stopped && rest > 0)
      launches.period(rest);
    if (machine.failed())
      return false;
    int64_t steps = done * options.period + (stopped ? 0 : rest);
    download(replicas, static_cast<int32_t>(steps),
             static_cast<int32_t>(done) + (!stopped && rest > 0));
    return !machine.failed();
  }

  /// What a batch with these options needs, and for how many replicas there is
  /// room already.
  DeviceBytes bytes(const DescentOptions &options) const {
    Counts counts = sizes;
    counts.setOptions(options);
    return deviceBytes(counts);
  }
  int64_t heldReplicas() const { return held.state; }

private:
  //===--- Room ----------------------------------------------------------===//

  /// Room for `count` entries; the view's size is exact also where there is
  /// room for more.
  template <class T>
  bool room(DeviceArray<T> &array, int64_t &has, int64_t count) {
    array.size = count;
    if (count <= has)
      return true;
    using Entry = std::remove_const_t<T>;
    machine.release(const_cast<Entry *>(array.data));
    has = 0;
    array.data = static_cast<T *>(machine.allocate(count * sizeof(T)));
    if (!array.data)
      return false;
    has = count;
    return true;
  }

  template <class T>
  bool copyIn(DeviceArray<const T> &array, int64_t &has,
              const std::vector<T> &from, int64_t count) {
    assert(count == static_cast<int64_t>(from.size()) && "see Arrays.def");
    if (!room(array, has, count))
      return false;
    if (count > 0)
      machine.toDevice(const_cast<T *>(array.data), from.data(),
                       count * sizeof(T));
    return true;
  }

  //===--- The problem, the options, the batch ---------------------------===//

  void setScalars() {
    v.n = instance.numNodes;
    v.m = instance.numEdges;
    v.numResources = instance.numResources;
    v.numProfiles = static_cast<int32_t>(plan.profiles.size());
    v.memoryProfile = plan.memoryProfile;
    v.numCycles = instance.numCycles;
    v.slots = instance.slots();
    v.numLevels = static_cast<int32_t>(plan.levelBegin.size()) - 1;
    v.cyclic = instance.cyclic;
    v.nodesPerSums = nodesPerSums(v.n, v.numCycles);
    v.ratio = instance.ratio;
    v.alpha = instance.alpha;
    v.memoryWeight = instance.memoryWeight;
    v.lengthWeight = instance.lengthWeight;
    v.commConstant = instance.commConstant;
  }

  bool setOptions(const DescentOptions &options) {
    if (used == options)
      return true;
    used.reset();
    v.stddevFloor = options.stddevFloor;
    v.lastUseInverse = 1.0f / options.lastUseTemperature;
    sizes.setOptions(options);
    table = dev::planSteps(options);
    bool good = true;
#define STEPS_ARRAY(Type, Name, Count)                                         \
  good = good && copyIn(v.Name, held.Name, table, sizes.Name());
#include "Arrays.def"
    if (good)
      used = options;
    return good;
  }

  bool place(std::span<const Replica> replicas) {
    v.replicas = static_cast<int32_t>(replicas.size());
    bool good = true;
#define REPLICA_ARRAY(Type, Name, Count, How)                                  \
  good = good && room(v.Name, held.Name, v.replicas * sizes.Name());           \
  if (good && v.Name.size > 0)                                                 \
    machine.begin(Begins::How, v.Name.data, v.Name.size * sizeof(Type));
#include "Arrays.def"
    if (!good)
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

  //===--- The way back --------------------------------------------------===//

  template <class T>
  void copyOut(std::vector<T> &to, const DeviceArray<T> &from, int64_t begin,
               int64_t count) {
    to.resize(count);
    machine.toHost(to.data(), from.data + begin, count * sizeof(T));
  }

  void download(std::span<Replica> replicas, int32_t steps, int32_t roundings) {
    int32_t taken = 0;
    for (int32_t s = 0; s < steps; ++s)
      taken += table[s].snapshot >= 0;
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
      if (steps > 0 && table[steps - 1].snapshot < 0)
        r.snapshots.push_back(r.mean);
      std::vector<TraceEntry> trace;
      copyOut(trace, v.trace, b * (v.trace.size / v.replicas), roundings);
      for (int32_t k = 0; k < roundings; ++k)
        r.trace.push_back({std::min((k + 1) * used->period, steps) - 1,
                           trace[k].loss, trace[k].violation, trace[k].cost});
    }
  }

  Machine &machine;
  const Instance &instance;
  dev::KernelPlan plan;
  Counts sizes;
  View v{};
  /// Entries that there is room for.
  struct Room {
#define INSTANCE_ARRAY(Type, Name, Count) int64_t Name = 0;
#define PLAN_ARRAY INSTANCE_ARRAY
#define STEPS_ARRAY INSTANCE_ARRAY
#define REPLICA_ARRAY(Type, Name, Count, How) int64_t Name = 0;
#include "Arrays.def"
  } held;
  /// The options that `table` and the device's are of.
  std::optional<DescentOptions> used;
  std::vector<Step> table;
  /// What the machine repeated last.
  std::optional<View> repeated;
  int32_t repeatedSteps = 0;
};

} // namespace gaus::kernels

#endif // GAUS_LIB_DEVICE_KERNELS_LOADEDON_H
