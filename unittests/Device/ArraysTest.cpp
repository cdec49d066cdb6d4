//===- ArraysTest.cpp - The memory that a device needs --------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Device/kernels/LoadedOn.h"
#include "../../lib/Device/simt/HostDevice.h"
#include "DescentWork.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

/// A run of `work` must take what deviceBytes says, to the byte.
void expectExact(const Work &work) {
  simt::HostDevice device(1);
  kernels::LoadedOn<simt::HostDevice> problem(device, work.instance);
  std::vector<Replica> replicas = work.replicas;
  ASSERT_TRUE(problem.load());
  ASSERT_TRUE(problem.descend(work.options, replicas, Stop()))
      << device.fault();
  kernels::DeviceBytes bytes = problem.bytes(work.options);
  EXPECT_EQ(device.traffic().allocatedBytes,
            bytes.shared + int64_t(replicas.size()) * bytes.replica);
  EXPECT_LE(device.traffic().allocations, kernels::kNumArrays);
}

/// Every row's count is the length of what is uploaded.
void expectCounts(const Work &work) {
  dev::KernelPlan plan = dev::makeKernelPlan(work.instance);
  std::vector<dev::Step> table = dev::planSteps(work.options);
  kernels::Counts counts(work.instance, plan);
  counts.setOptions(work.options);
#define INSTANCE_ARRAY(Type, Name, Count)                                      \
  EXPECT_EQ(counts.Name(), int64_t(work.instance.Name.size())) << #Name;
#define PLAN_ARRAY(Type, Name, Count)                                          \
  EXPECT_EQ(counts.Name(), int64_t(plan.Name.size())) << #Name;
#define STEPS_ARRAY(Type, Name, Count)                                         \
  EXPECT_EQ(counts.Name(), int64_t(table.size())) << #Name;
#include "../../lib/Device/kernels/Arrays.def"
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
    SolverOptions o = optionsOf(kObjectives[seed % std::size(kObjectives)]);
    if (!resolve(p, o))
      continue;
    expectCounts(makeWork(p, o.objective, 0, 3));
    expectExact(makeWork(p, o.objective, 0, 3));
    ++compared;
  }
  EXPECT_GT(compared, 15);
}

} // namespace
