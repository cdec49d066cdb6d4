//===- SimtBackend.cpp - The kernels, executed on the host ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../kernels/LoadedOn.h"
#include "HostDevice.h"

#include <cstdlib>

using namespace gaus;
using namespace gaus::simt;

namespace {

Diagnostic backendError(std::string message) {
  Diagnostic d;
  d.code = "backend";
  d.message = std::move(message);
  return d;
}

/// For tests: GAUS_SIMT_FAIL=N, the N-th batch of a backend fails, as on a
/// device that is lost after it has worked; GAUS_SIMT_FAIL=load, as one that
/// does not take the problem.
struct Failures {
  int64_t batches = 0;

  static std::string_view wanted() {
    const char *text = std::getenv("GAUS_SIMT_FAIL");
    return text ? text : "";
  }
  bool atLoad() const { return wanted() == "load"; }
  bool atBatch() {
    return !wanted().empty() && std::to_string(++batches) == wanted();
  }
};

class SimtLoaded final : public Loaded {
public:
  SimtLoaded(const Instance &instance, uint64_t seed, Failures &failures)
      : device(seed), problem(device, instance), failures(failures) {}

  bool load() { return problem.load(); }

  std::optional<Diagnostic> descend(const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    bool done = problem.descend(options, replicas, stop);
    if (failures.atBatch())
      return backendError("injected: the device was lost");
    if (done)
      return std::nullopt;
    return backendError("a kernel failed on the host machine: " +
                        device.fault());
  }

private:
  HostDevice device;
  kernels::LoadedOn<HostDevice> problem;
  Failures &failures;
};

class SimtBackend final : public Backend {
public:
  explicit SimtBackend(uint64_t seed) : seed(seed) {}
  std::string_view name() const override { return "simt"; }

  Outcome<std::unique_ptr<Loaded>> load(const Instance &instance) override {
    auto loaded = std::make_unique<SimtLoaded>(instance, seed, failures);
    if (failures.atLoad())
      return backendError("injected: the device takes no problem");
    if (!loaded->load())
      return backendError("the host has no room for the problem");
    return std::unique_ptr<Loaded>(std::move(loaded));
  }

private:
  uint64_t seed;
  Failures failures;
};

} // namespace

Outcome<std::unique_ptr<Backend>> gaus::createSimtBackend(uint64_t seed) {
  return std::unique_ptr<Backend>(new SimtBackend(seed));
}
