//===- SimtBackend.cpp - The kernels, executed on the host ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../kernels/Runner.h"
#include "HostDevice.h"

#include <cstdlib>

using namespace gaus;
using namespace gaus::simt;

namespace {

class SimtBackend final : public Backend {
public:
  explicit SimtBackend(uint64_t seed) : seed(seed) {}
  std::string_view name() const override { return "simt"; }

  std::optional<Diagnostic> descend(const Instance &instance,
                                    const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    HostDevice machine(seed);
    kernels::HostPlan plan = kernels::makePlan(instance, options);
    kernels::Runner<HostDevice> runner(machine, instance, plan, options,
                                       replicas);
    bool done = runner.run(stop);
    Diagnostic d;
    d.code = "backend";
    // As a device that is lost after it has worked: GAUS_SIMT_FAIL=N, the N-th
    // batch fails, for tests.
    const char *fail = std::getenv("GAUS_SIMT_FAIL");
    if (fail && ++batches == std::strtoll(fail, nullptr, 10)) {
      d.message = "injected: the device was lost";
      return d;
    }
    if (done)
      return std::nullopt;
    d.message = "a kernel failed on the host machine: " + machine.fault();
    return d;
  }

private:
  uint64_t seed;
  int64_t batches = 0;
};

} // namespace

Outcome<std::unique_ptr<Backend>> gaus::createSimtBackend(uint64_t order) {
  return std::unique_ptr<Backend>(new SimtBackend(order));
}
