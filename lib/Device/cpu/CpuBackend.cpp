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

class CpuBackend final : public Backend {
public:
  std::string_view name() const override { return "cpu"; }

  std::optional<Diagnostic> descend(const Instance &instance,
                                    const DescentOptions &options,
                                    std::span<Replica> replicas,
                                    const Stop &stop) override {
    parallelFor(size_t(0), replicas.size(), [&](size_t r) {
      cpu::Descent(instance, options, replicas[r]).run(stop);
    });
    return std::nullopt;
  }
};

} // namespace

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
