//===- Backend.h - Who runs the gradient descent ----------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// The one interface between the solver and the devices. A backend takes a
/// problem once and then runs batches of descents ("replicas") on it, each to
/// its end, roundings included, so that nothing has to travel between host and
/// device in between. Equal input gives equal bits on every backend, for any
/// number of threads and whatever was descended before.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_DEVICE_BACKEND_H
#define GAUS_DEVICE_BACKEND_H

#include "gaus/Core/Diagnostic.h"
#include "gaus/Core/Stop.h"
#include "gaus/Device/Instance.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace gaus {

/// The schedules of a descent's parameters; see docs/method/descent.md.
struct DescentOptions {
  int32_t steps = 500;
  /// A rounding and a multiplier update every so many steps.
  int32_t period = 10;
  /// Adam's step in windows of the node, first and last (linear).
  float rateFirst = 0.02f, rateLast = 0.002f;
  /// stddev = max(stddevFloor, kappa * window); kappa geometric.
  float kappaFirst = 0.3f, kappaLast = 0.02f, stddevFloor = 0.3f;
  /// Temperature of the smooth peak, as a share of the peak; geometric.
  float peakFirst = 0.1f, peakLast = 0.005f;
  /// Temperature of the smooth last use, in cycles.
  float lastUseTemperature = 0.3f;

  bool operator==(const DescentOptions &) const = default;
};

/// One descent: its start, and what it reached.
struct Replica {
  /// In: first means, cycles (size n). Out: the last iterate.
  std::vector<float> mean;
  /// In: start widths; the stddev of node i is this factor times the scheduled
  /// one. Out: the last stddev of each node (size n).
  std::vector<float> stddev;
  /// Factor of the constraint forces.
  float rho = 1;

  /// Out: the best rounding that satisfies [Dep], [Win] and [Lat], by overuse
  /// of limits first, then exact cost. Empty if there was no rounding.
  std::vector<int32_t> bestStarts;
  int64_t bestOveruse = 0, bestCost = 0;
  /// Out: means at a few moments of the descent, the last iterate included: for
  /// legalisers that need more than [Dep]. Each of size n.
  std::vector<std::vector<float>> snapshots;
  /// Out: a line a period: step, loss, largest violation, best cost so far.
  struct Trace {
    int32_t step;
    double loss, violation;
    int64_t cost;
  };
  std::vector<Trace> trace;
  /// Out.
  int64_t steps = 0, legalizations = 0;
};

/// The CPU sums profiles of so many nodes apart (enough work to be worth a
/// task), in at most so many chunks, whatever the number of threads.
inline constexpr int32_t kChunkNodes = 8192, kMaxChunks = 16;

/// A problem as a backend holds it. What the problem needs there is kept until
/// the end, and so is the room of the largest batch.
class Loaded {
public:
  virtual ~Loaded();
  /// Runs all replicas. `stop` may be set by another thread: then every replica
  /// ends at its next period, with what it has (the result then depends on the
  /// time). Returns a diagnostic with code "backend" if the device failed: then
  /// this is of no more use. Not for several threads at once.
  virtual std::optional<Diagnostic> descend(const DescentOptions &options,
                                            std::span<Replica> replicas,
                                            const Stop &stop) = 0;
};

class Backend {
public:
  virtual ~Backend();
  virtual std::string_view name() const = 0;
  /// `instance` and the backend must outlive what is returned, and `instance`
  /// must stay as it is. Fails with code "backend" if the device did or has no
  /// room for the problem.
  virtual Outcome<std::unique_ptr<Loaded>> load(const Instance &instance) = 0;
};

/// The CPU backend: SIMD loops over oneTBB threads (as many as the caller's
/// task arena has).
Outcome<std::unique_ptr<Backend>> createCpuBackend();

/// The CUDA kernels, executed and checked on the host, their blocks and threads
/// in an order drawn from `seed`: for tests, slow.
Outcome<std::unique_ptr<Backend>> createSimtBackend(uint64_t seed);

/// The CUDA kernels on a device. Fails where this build has none, or where no
/// driver or device is found.
Outcome<std::unique_ptr<Backend>> createCudaBackend();

} // namespace gaus

#endif // GAUS_DEVICE_BACKEND_H
