//===- Solve.cpp - Problems through the whole solver ----------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Judge.h"

#include <cstddef>
#include <cstdint>
#include <fuzzer/FuzzedDataProvider.h>

using namespace gaus;

namespace {

/// Mostly small numbers, now and then one at the edge of what is allowed.
int64_t number(FuzzedDataProvider &in, int64_t low, int64_t high) {
  uint8_t kind = in.ConsumeIntegral<uint8_t>();
  if (kind < 240)
    return std::clamp<int64_t>(kind % 8 + std::min<int64_t>(low, 0), low, high);
  if (kind < 252)
    return in.ConsumeIntegralInRange<int64_t>(low, high);
  return kind < 254 ? high : high - (high - low) / 2;
}

int32_t cycles(FuzzedDataProvider &in, int32_t low, int32_t high) {
  return static_cast<int32_t>(number(in, low, high));
}

void addNode(FuzzedDataProvider &in, Problem &p, uint8_t features) {
  p.addNode("", cycles(in, 0, 1000), number(in, 0, int64_t(1) << 40));
  if (features & 1)
    p.occupancy.back() = cycles(in, 1, 1000);
  if (features & 2) {
    p.earliest.back() = cycles(in, 0, 1000);
    p.latest.back() = p.earliest.back() + cycles(in, 0, 1000);
  }
  if (features & 4) {
    p.delayIn.back() = cycles(in, 0, 100) / 4.0;
    p.delayOut.back() =
        p.latency.back() ? cycles(in, 0, 100) / 4.0 : p.delayIn.back();
  }
  for (int32_t r = 0; r < p.numResources(); ++r)
    if (in.ConsumeBool())
      p.addUse(r, number(in, 1, int64_t(1) << 30));
}

Problem problemOf(FuzzedDataProvider &in) {
  Problem p;
  uint8_t features = in.ConsumeIntegral<uint8_t>();
  for (int32_t k = in.ConsumeIntegralInRange(0, 2); k > 0; --k)
    p.addResource(
        "", in.ConsumeBool() ? number(in, 1, int64_t(1) << 40) : kUnlimited,
        number(in, 0, 1000));
  for (int32_t n = in.ConsumeIntegralInRange(1, 9); n > 0; --n)
    addNode(in, p, features);
  if (features & 8)
    p.ii = cycles(in, 0, 100);
  if (features & 16)
    p.length = cycles(in, 0, 3000);
  if (features & 4)
    p.clock = cycles(in, 0, 200) / 2.0;
  for (int32_t e = in.ConsumeIntegralInRange(0, 16); e > 0; --e)
    p.addEdge(in.ConsumeIntegralInRange(0, p.numNodes() - 1),
              in.ConsumeIntegralInRange(0, p.numNodes() - 1),
              features & 32 ? cycles(in, 0, 100) : 0,
              features & 64 ? cycles(in, -1000, 1000) : 0,
              number(in, 0, int64_t(1) << 30), in.ConsumeBool());
  if (in.ConsumeBool())
    p.liveLimit = number(in, 0, int64_t(1) << 40);
  if (in.ConsumeBool())
    p.memoryModel = MemoryModel::Buffers;
  return p;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  FuzzedDataProvider in(data, size);
  SolverOptions options;
  options.threads = 1;
  options.backend = BackendKind::Cpu;
  options.effort = in.ConsumeIntegralInRange(0, 1);
  options.objective = in.PickValueInArray(kObjectives);
  options.ii.kind = in.PickValueInArray(
      {IIChoice::Default, IIChoice::None, IIChoice::Auto, IIChoice::Cycles});
  options.ii.cycles = cycles(in, 1, 100);
  options.length.kind =
      in.PickValueInArray({LengthChoice::Default, LengthChoice::Default,
                           LengthChoice::Factor, LengthChoice::Cycles});
  options.length.cycles = cycles(in, 1, 3000);
  options.length.factorMillionths = 1000000 + 250000 * cycles(in, 0, 20);
  Problem p = problemOf(in);
  fuzz::judgeSolution(p, options, solve(p, options));
  return 0;
}
