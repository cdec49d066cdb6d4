//===- LoadedTest.cpp - A problem stays on the device ---------------------===//
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

using Traffic = simt::HostDevice::Traffic;

/// A problem on the host machine, and what its batches cause.
struct Session {
  explicit Session(const Work &work)
      : work(work), device(3), problem(device, work.instance) {
    EXPECT_TRUE(problem.load());
  }

  /// What goes to the device for a batch of the first `count` replicas.
  Traffic descend(const DescentOptions &options, size_t count) {
    Traffic before = device.traffic();
    last.assign(work.replicas.begin(), work.replicas.begin() + count);
    EXPECT_TRUE(problem.descend(options, last, Stop())) << device.fault();
    Traffic now = device.traffic();
    return {now.allocations - before.allocations,
            now.allocatedBytes - before.allocatedBytes,
            now.uploads - before.uploads,
            now.uploadedBytes - before.uploadedBytes,
            now.recordings - before.recordings};
  }

  const Work &work;
  simt::HostDevice device;
  kernels::LoadedOn<simt::HostDevice> problem;
  std::vector<Replica> last;
};

/// Scalars, means and widths.
int64_t bytesOfStarts(const Work &work, int64_t count) {
  return count * (int64_t(sizeof(kernels::ReplicaState)) +
                  2 * int64_t(sizeof(float)) * work.instance.numNodes);
}

Work batchOf(Objective objective, int32_t ii) {
  Problem p = layeredProblem(4, 40, ii);
  return makeWork(p, objective, 0, 15);
}

TEST(Loaded, OnlyStartsTravelBetweenTwoDescents) {
  for (Objective objective : kObjectives)
    for (int32_t ii : {0, 40}) {
      Work work = batchOf(objective, ii);
      Session s(work);
      Traffic first = s.descend(work.options, 2);
      EXPECT_EQ(first.allocatedBytes,
                2 * s.problem.bytes(work.options).replica +
                    work.options.steps * int64_t(sizeof(dev::Step)));
      EXPECT_EQ(first.uploads, 1 + 2 * 3); // the table of steps
      EXPECT_EQ(first.recordings, 1);
      Traffic second = s.descend(work.options, 2);
      EXPECT_EQ(second.allocations, 0);
      EXPECT_EQ(second.allocatedBytes, 0);
      EXPECT_EQ(second.uploads, 2 * 3);
      EXPECT_EQ(second.uploadedBytes, bytesOfStarts(work, 2));
      EXPECT_EQ(second.recordings, 0);
    }
}

/// Other options bring a new table; less replicas need no more room.
TEST(Loaded, WhatChangesTravels) {
  Work work = batchOf(Objective::Memory, 0);
  Session s(work);
  s.descend(work.options, 2);
  DescentOptions slower = work.options;
  slower.rateFirst *= 0.5f;
  Traffic other = s.descend(slower, 1);
  EXPECT_EQ(other.allocations, 0);
  EXPECT_EQ(other.uploads, 1 + 3);
  EXPECT_EQ(other.uploadedBytes,
            slower.steps * int64_t(sizeof(dev::Step)) + bytesOfStarts(work, 1));
  EXPECT_EQ(other.recordings, 1);
  EXPECT_EQ(s.descend(slower, 1).recordings, 0);
  EXPECT_EQ(s.descend(slower, 2).allocations, 0);
}

TEST(Loaded, RoomGrowsWithTheBatch) {
  Work work = batchOf(Objective::Memory, 0);
  Session s(work);
  s.descend(work.options, 1);
  Traffic grown = s.descend(work.options, 2);
  EXPECT_EQ(grown.allocatedBytes, 2 * s.problem.bytes(work.options).replica);
  EXPECT_EQ(grown.uploadedBytes, bytesOfStarts(work, 2));
}

/// Whatever was descended before, the bits are those of a fresh load.
TEST(Loaded, NoStateIsLeftOver) {
  for (Objective objective : kObjectives)
    for (int32_t ii : {0, 40}) {
      Work work = batchOf(objective, ii);
      DescentOptions other = work.options;
      other.steps = 21;
      other.kappaFirst = 0.1f;
      Session fresh(work), used(work);
      fresh.descend(work.options, 2);
      used.descend(other, 1);
      for (const DescentOptions &before : {work.options, other}) {
        used.descend(before, 2);
        used.descend(work.options, 2);
        for (size_t r = 0; r < 2; ++r)
          expectSame(used.last[r], fresh.last[r]);
      }
    }
}

/// The same on the interface of all backends.
TEST(Loaded, EveryBackendDescendsAgain) {
  Work work = batchOf(Objective::Memory, 0);
  std::vector<Replica> first;
  for (auto create : {createCpuBackend, +[] { return createSimtBackend(5); },
                      createCudaBackend}) {
    Outcome<std::unique_ptr<Backend>> backend = create();
    if (!backend)
      continue;
    Outcome<std::unique_ptr<Loaded>> loaded = (*backend)->load(work.instance);
    ASSERT_TRUE(loaded);
    for (int turn = 0; turn < 2; ++turn) {
      std::vector<Replica> replicas = work.replicas;
      ASSERT_FALSE((*loaded)->descend(work.options, replicas, Stop()));
      if (first.empty())
        first = replicas;
      for (size_t r = 0; r < first.size(); ++r)
        expectSame(first[r], replicas[r]);
    }
  }
}

} // namespace
