//===- SimtBackend.cpp - The kernels, executed on the host ----------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../kernels/Runner.h"
#include "HostContext.h"

#include <cstdlib>
#include <numeric>

using namespace gaus;
using namespace gaus::simt;

namespace {

/// Memory of the host as a device's, and launches block after block.
class Machine {
public:
  explicit Machine(uint64_t seed) : seed(seed) {}

  void *allocate(size_t bytes) {
    // Nothing is zero by accident on a device either, but the state starts so.
    memory.emplace_back(new unsigned char[bytes]());
    return memory.back().get();
  }
  void toDevice(void *to, const void *from, size_t bytes) {
    std::memcpy(to, from, bytes);
  }
  void toHost(void *to, const void *from, size_t bytes) {
    std::memcpy(to, from, bytes);
  }

  template <class Kernel>
  void launch(int32_t gridX, int32_t gridY, const kernels::View &v) {
    std::vector<int32_t> order(int64_t(gridX) * gridY);
    std::iota(order.begin(), order.end(), 0);
    ++launches;
    for (size_t k = order.size(); k-- > 1;) {
      dev::Philox random = dev::philox(seed, k, launches);
      std::swap(order[k], order[random.word[0] % (k + 1)]);
    }
    for (int32_t b : order) {
      if (failed())
        return;
      HostContext ctx(block, b % gridX, b / gridX);
      block.run(Kernel::block, seed + launches * 1024 + b,
                [&](int32_t) { Kernel::run(ctx, v); });
    }
  }

  template <class F>
  int64_t repeat(int64_t times, const F &body, const Stop &stop) {
    int64_t done = 0;
    while (done < times && !failed()) {
      body();
      ++done;
      if (stop.requested())
        break;
    }
    return done;
  }

  bool failed() const { return !block.fault().empty(); }
  const std::string &fault() const { return block.fault(); }

private:
  uint64_t seed, launches = 0;
  Block block;
  std::vector<std::unique_ptr<unsigned char[]>> memory;
};

class SimtBackend final : public Backend {
public:
  explicit SimtBackend(uint64_t seed) : seed(seed) {}
  std::string_view name() const override { return "simt"; }

  std::optional<Diagnostic> descend(const Instance &instance,
                                    const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    Machine machine(seed);
    kernels::Runner<Machine> runner(machine, instance, options, replicas);
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
