//===- RandomProblem.h - Problems for tests ---------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Seeded random problems, the same on every machine.
///
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_SUPPORT_RANDOMPROBLEM_H
#define GAUS_UNITTESTS_SUPPORT_RANDOMPROBLEM_H

#include "gaus/Core/Problem.h"

namespace gaus::test {

/// SplitMix64: the standard library's distributions differ between systems.
class Random {
public:
  explicit Random(uint64_t seed) : state(seed * 0x9E3779B97F4A7C15u + 1) {}
  uint64_t next() {
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  /// Uniform in low .. high.
  int32_t in(int32_t low, int32_t high) {
    return low + static_cast<int32_t>(next() % uint64_t(high - low + 1));
  }
  /// True in `percent` of the cases.
  bool chance(int32_t percent) { return in(1, 100) <= percent; }

private:
  uint64_t state;
};

/// What a small random problem may contain.
struct SmallShape {
  int32_t minNodes = 2, maxNodes = 5;
  int32_t maxLatency = 2;
  int32_t edgePercent = 40;
  int32_t maxResources = 2;
  /// Percent of the resources with a limit.
  int32_t limitPercent = 60;
  /// Edges may have lags -2 .. 2; windows may be given.
  bool lags = true, windows = true;
  /// Problems have an II, distances and back edges.
  bool pipelined = false;
  /// Problems have a clock and delays.
  bool clocked = false;
  /// The model of live memory; what nobody reads has no width.
  bool buffers = false;
};

/// A problem with few nodes in which nearly every feature of the model occurs.
/// It need not have a schedule. No length is set.
Problem smallProblem(uint64_t seed, const SmallShape &shape);

/// Nodes of latency 1, each with one unit of the one resource.
Problem sharedUnits(int64_t limit, int32_t nodes);

/// An acyclic graph in layers, as HLS tools see them: latencies 1 .. 3, two
/// resources, widths. With an II there are back edges from later layers.
Problem layeredProblem(uint64_t seed, int32_t nodes, int32_t ii = 0);

/// The same problem with the model of buffers and nodes for unread ones.
Problem withBuffers(Problem p);

/// Some values that enter, some that leave.
void addInterface(Problem &p, Random &random);

} // namespace gaus::test

#endif // GAUS_UNITTESTS_SUPPORT_RANDOMPROBLEM_H
