//===- ArraysTest.cpp - The memory that a device needs --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Device/kernels/Runner.h"
#include "../../lib/Device/simt/HostDevice.h"
#include "DescentWork.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// A run of `work` must take what deviceBytes says, to the byte.
void expectExact(const Work &work) {
  simt::HostDevice device(1);
  kernels::HostPlan plan = kernels::makePlan(work.instance, work.options);
  std::vector<Replica> replicas = work.replicas;
  kernels::Runner<simt::HostDevice> runner(device, work.instance, plan,
                                           work.options, replicas);
  ASSERT_TRUE(runner.run(Stop())) << device.fault();
  kernels::Counts counts(work.instance, plan, work.options);
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  EXPECT_EQ(counts.Name(), int64_t(work.instance.Name.size())) << #Name;
#define PLAN_ARRAY(Type, Name, Count)                                          \
  EXPECT_EQ(counts.Name(), int64_t(plan.Name.size())) << #Name;
#define STEPS_ARRAY PLAN_ARRAY
#include "../../lib/Device/kernels/Arrays.def"
  kernels::DeviceBytes bytes = kernels::deviceBytes(counts);
  EXPECT_EQ(device.traffic().allocatedBytes,
            bytes.shared + int64_t(replicas.size()) * bytes.replica);
  EXPECT_LE(device.traffic().allocations, kernels::kNumArrays);
}

TEST(Arrays, DeviceBytesAreWhatALoadTakes) {
  for (Objective objective : kObjectives)
    for (int32_t steps : {1, 10, 25}) {
      expectExact(makeWork(layeredProblem(1, 40), objective, 0, steps));
      expectExact(makeWork(layeredProblem(1, 70, 40), objective, 0, steps));
      expectExact(makeWork(layeredProblem(2, 9), objective, 500, steps));
    }
}

/// With and without limits, lags, windows, intervals, and many consumers.
TEST(Arrays, DeviceBytesOfEveryKind) {
  int32_t compared = 0;
  for (uint64_t seed = 1; seed <= 30; ++seed) {
    SmallShape shape;
    shape.maxNodes = 30;
    shape.pipelined = seed % 2;
    Problem p = smallProblem(seed, shape);
    SolverOptions o = optionsOf(kObjectives[seed % 3]);
    if (!resolve(p, o))
      continue;
    expectExact(makeWork(p, o.objective, 0, 3));
    ++compared;
  }
  EXPECT_GT(compared, 15);
}

} // namespace
