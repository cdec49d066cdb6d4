//===- CpuBackend.cpp - The descent in vector loops -----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Descent.h"

#include "gaus/Device/Backend.h"
#include "gaus/Device/Parallel.h"

using namespace gaus;

namespace {

class CpuLoaded final : public Loaded {
public:
  explicit CpuLoaded(const Instance &instance)
      : instance(instance), plan(dev::makePlan(instance)) {}

  std::optional<Diagnostic> descend(const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    std::vector<dev::Step> steps = dev::planSteps(options);
    parallelFor(size_t(0), replicas.size(), [&](size_t r) {
      cpu::Descent({instance, plan, options, steps}, replicas[r]).run(stop);
    });
    return std::nullopt;
  }

private:
  const Instance &instance;
  dev::Plan plan;
};

class CpuBackend final : public Backend {
public:
  std::string_view name() const override { return "cpu"; }

  Outcome<std::unique_ptr<Loaded>> load(const Instance &instance) override {
    return std::unique_ptr<Loaded>(new CpuLoaded(instance));
  }
};

} // namespace

Loaded::~Loaded() = default;
Backend::~Backend() = default;

Outcome<std::unique_ptr<Backend>> gaus::createCpuBackend() {
#if defined(__x86_64__) && defined(__AVX2__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
    Diagnostic d;
    d.code = "backend";
    d.message = "this build needs a processor with AVX2 and FMA; configure "
                "with -DGAUS_ARCH= for this machine";
    return d;
  }
#endif
  return std::unique_ptr<Backend>(new CpuBackend);
}
