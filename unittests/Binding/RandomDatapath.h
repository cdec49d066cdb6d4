//===- RandomDatapath.h - Datapaths for tests -------------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_BINDING_RANDOMDATAPATH_H
#define GAUS_UNITTESTS_BINDING_RANDOMDATAPATH_H

#include "gaus/Binding/Binding.h"

#include "RandomProblem.h"

namespace gaus::test {

/// Up to `nodes` operations of two kinds on straight lines or modulo an
/// interval, with widths of 8 or 16, what enters, wires and what leaves.
inline Datapath randomDatapath(uint64_t seed, int32_t nodes) {
  Random r(seed);
  Datapath d;
  d.period = r.chance(50) ? r.in(1, 4) : 0;
  int32_t shared = d.addKind("mul", kUnlimited, true);
  int32_t own = d.addKind("add", kUnlimited, false);
  bool oneWidth = r.chance(50);
  for (int32_t v = 0; v < 2; ++v)
    d.addValue(-1, 0, 8, r.chance(20));
  int32_t count = r.in(1, nodes);
  for (int32_t i = 0; i < count; ++i) {
    int64_t start = r.in(0, 6);
    std::vector<Operand> operands;
    for (int32_t k = 0; k < 2; ++k) {
      int32_t v = r.in(-1, d.numValues() - 1);
      int32_t distance = d.period > 0 ? r.in(0, 1) : 0;
      // What is read has to be there: by then, or an iteration later.
      if (v >= 0 && d.producer[v] < 0)
        distance = 0;
      while (v >= 0 && d.producer[v] >= 0 &&
             start + d.period * distance <= d.birthOf(v))
        ++start;
      operands.push_back({i, k, v, v < 0 ? r.in(0, 2) : -1, distance, 8});
    }
    d.addNode(start, r.in(0, 3), r.in(1, 2));
    d.addHold(r.chance(60) ? shared : own, 1);
    d.commutes[i] = r.chance(60);
    d.addValue(i, 0, oneWidth || r.chance(50) ? 8 : 16, r.chance(15));
    d.operands.insert(d.operands.end(), operands.begin(), operands.end());
    d.end = std::max<int64_t>(d.end, start + std::max(d.latency[i], 1));
  }
  return d;
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_BINDING_RANDOMDATAPATH_H
