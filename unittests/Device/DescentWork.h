//===- DescentWork.h - Batches of descents for tests ------------*- C++ -*-===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef GAUS_UNITTESTS_DEVICE_DESCENTWORK_H
#define GAUS_UNITTESTS_DEVICE_DESCENTWORK_H

#include "RandomProblem.h"

#include "Model/Instance.h"
#include "gaus/Core/Windows.h"
#include "gaus/Device/Backend.h"
#include "gaus/Solver/Solver.h"

#include <gtest/gtest.h>

#include <cstring>

namespace gaus::test {

struct Work {
  Problem problem; ///< resolved, its horizon extended
  Objective objective;
  Instance instance;
  DescentOptions options;
  std::vector<Replica> replicas;
};

/// Twice the least length.
inline SolverOptions optionsOf(Objective objective) {
  SolverOptions o;
  o.objective = objective;
  o.length.kind = LengthChoice::Factor;
  o.length.factorMillionths = 2000000;
  return o;
}

/// A batch for `p` with twice the least length, or `cycles` more.
inline Work makeWork(const Problem &p, Objective objective, int32_t cycles,
                     int32_t steps) {
  SolverOptions o = optionsOf(objective);
  Outcome<Problem> r = resolve(p, o);
  EXPECT_TRUE(r) << r.error().message;
  r->length += cycles;
  Adjacency adj(*r);
  Components components = findComponents(*r, adj);
  Outcome<Windows> w = computeWindows(*r);
  EXPECT_TRUE(w);
  Work work;
  work.problem = *r;
  work.objective = objective;
  work.instance = buildInstance(*r, adj, components, *w, o);
  work.options.steps = steps;
  Random random(99);
  for (float rho : {1.0f, 10.0f}) {
    Replica replica;
    replica.rho = rho;
    for (int32_t i = 0; i < work.instance.numNodes; ++i) {
      float share = static_cast<float>(random.in(0, 1000)) / 1000.0f;
      replica.mean.push_back(static_cast<float>(work.instance.asap[i]) +
                             share * static_cast<float>(work.instance.alap[i] -
                                                        work.instance.asap[i]));
    }
    work.replicas.push_back(replica);
  }
  return work;
}

inline std::vector<int32_t> bitsOf(const std::vector<float> &v) {
  std::vector<int32_t> bits(v.size());
  std::memcpy(bits.data(), v.data(), v.size() * sizeof(float));
  return bits;
}

inline void expectSame(const Replica &a, const Replica &b) {
  EXPECT_EQ(bitsOf(a.mean), bitsOf(b.mean));
  EXPECT_EQ(bitsOf(a.stddev), bitsOf(b.stddev));
  EXPECT_EQ(a.bestStarts, b.bestStarts);
  EXPECT_EQ(a.bestOveruse, b.bestOveruse);
  EXPECT_EQ(a.bestCost, b.bestCost);
  EXPECT_EQ(a.steps, b.steps);
  EXPECT_EQ(a.legalizations, b.legalizations);
  ASSERT_EQ(a.snapshots.size(), b.snapshots.size());
  for (size_t k = 0; k < a.snapshots.size(); ++k)
    EXPECT_EQ(bitsOf(a.snapshots[k]), bitsOf(b.snapshots[k])) << k;
  ASSERT_EQ(a.trace.size(), b.trace.size());
  for (size_t k = 0; k < a.trace.size(); ++k) {
    EXPECT_EQ(a.trace[k].step, b.trace[k].step);
    EXPECT_EQ(a.trace[k].loss, b.trace[k].loss);
    EXPECT_EQ(a.trace[k].violation, b.trace[k].violation);
    EXPECT_EQ(a.trace[k].cost, b.trace[k].cost);
  }
}

} // namespace gaus::test

#endif // GAUS_UNITTESTS_DEVICE_DESCENTWORK_H
