//===- SimtTest.cpp - The host machine's checks find faults ---------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../../lib/Device/simt/HostContext.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

using namespace gaus;
using namespace gaus::simt;
using testing::HasSubstr;

namespace {

constexpr int32_t kThreads = 64;

/// Runs `kernel` as one block in several orders and returns the fault of the
/// first that has one; empty if none has.
std::string runBlock(const std::function<void(HostContext &)> &kernel,
                     int32_t threads = kThreads) {
  Block block;
  HostContext ctx(block, 0, 0);
  for (uint64_t seed = 0; seed < 5; ++seed)
    if (!block.run(threads, seed, [&](int32_t) { kernel(ctx); }))
      return block.fault();
  return "";
}

TEST(Simt, BarriersAndShuffles) {
  std::vector<int64_t> out(kThreads);
  kernels::DeviceArray<int64_t> array{out.data(), kThreads};
  EXPECT_EQ(runBlock([&](HostContext &ctx) {
              auto s = ctx.shared<int32_t, kThreads, 0>();
              int32_t t = ctx.thread();
              ctx.put(s, t, t * t);
              ctx.sync();
              int32_t other = ctx.get(s, kThreads - 1 - t);
              ctx.sync();
              ctx.put(s, t, other);
              int32_t sum = t;
              for (int32_t mask = 16; mask > 0; mask /= 2)
                sum += ctx.shuffleXor(sum, mask);
              ctx.store(array, t, int64_t(sum) * 10000 + other);
            }),
            "");
  for (int32_t t = 0; t < kThreads; ++t) {
    int64_t sum = t < 32 ? 496 : 1520, mirror = kThreads - 1 - t;
    EXPECT_EQ(out[t], sum * 10000 + mirror * mirror);
  }
}

TEST(Simt, Combinations) {
  EXPECT_EQ(runBlock([&](HostContext &ctx) {
              int64_t total = 0, t = ctx.thread();
              bool good = ctx.blockScan(t, total) == t * (t + 1) / 2;
              good &= total == 2016 && ctx.blockSum(1) == kThreads;
              good &= ctx.blockMax(-t) == 0 && ctx.syncOr(t == 5);
              good &= !ctx.syncOr(false);
              good &= ctx.warpMax(ctx.thread()) == (t < 32 ? 31 : 63);
              if (!good)
                ctx.load(kernels::DeviceArray<int64_t>{}, 0);
            }),
            "");
}

TEST(Simt, GlobalOutOfBounds) {
  std::vector<int64_t> data(kThreads);
  kernels::DeviceArray<int64_t> array{data.data(), kThreads};
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                ctx.store(array, ctx.thread() + 1, int64_t(1));
              }),
              HasSubstr("global memory out of bounds: 64 of 64"));
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                ctx.load(array, int64_t(ctx.thread()) - 1);
              }),
              HasSubstr("global memory out of bounds: -1 of 64"));
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                ctx.atomicAdd(array, int64_t(1) << 40, 1);
              }),
              HasSubstr("global memory out of bounds"));
}

TEST(Simt, SharedOutOfBounds) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                auto s = ctx.shared<int32_t, 16, 0>();
                ctx.put(s, ctx.thread(), 1);
              }),
              HasSubstr("shared memory out of bounds"));
}

TEST(Simt, UninitialisedShared) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                auto s = ctx.shared<int32_t, kThreads, 0>();
                if (ctx.thread() != 7)
                  ctx.put(s, ctx.thread(), 1);
                ctx.sync();
                ctx.get(s, ctx.thread());
              }),
              HasSubstr("shared element 7 is read before it is written"));
}

TEST(Simt, MissingBarrierIsARace) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                auto s = ctx.shared<int32_t, kThreads, 0>();
                ctx.put(s, ctx.thread(), 1);
                ctx.get(s, (ctx.thread() + 1) % kThreads);
              }),
              testing::AnyOf(HasSubstr("a race on shared element"),
                             HasSubstr("read before it is written")));
}

TEST(Simt, WriteAfterReadIsARace) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                auto s = ctx.shared<int32_t, kThreads, 0>();
                ctx.put(s, ctx.thread(), 1);
                ctx.sync();
                ctx.get(s, (ctx.thread() + 1) % kThreads);
                ctx.put(s, ctx.thread(), 2);
              }),
              HasSubstr("a race on shared element"));
}

TEST(Simt, TwoWritersAreARace) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                auto s = ctx.shared<int32_t, kThreads, 0>();
                ctx.put(s, ctx.thread() / 2, 1);
              }),
              HasSubstr("a race on shared element"));
}

TEST(Simt, BarrierThatNotAllReach) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                if (ctx.thread() != 40)
                  ctx.sync();
              }),
              HasSubstr("a barrier that thread 40 does not reach"));
}

TEST(Simt, ShuffleThatNotAllReach) {
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                if (ctx.thread() != 3)
                  ctx.shuffleXor(1, 1);
              }),
              HasSubstr("a shuffle that not all of its 32 threads reach"));
  // A barrier on one side of a branch and a shuffle on the other.
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                if (ctx.thread() % 2)
                  ctx.shuffleXor(1, 1);
                else
                  ctx.sync();
              }),
              HasSubstr("a shuffle that not all of its 32 threads reach"));
}

/// Eight threads may shuffle among themselves while their warp does otherwise.
TEST(Simt, ShufflesOfEight) {
  std::vector<int64_t> out(kThreads);
  kernels::DeviceArray<int64_t> array{out.data(), kThreads};
  EXPECT_EQ(runBlock([&](HostContext &ctx) {
              int32_t t = ctx.thread(), sum = t;
              if (t / 8 % 2 == 0)
                for (int32_t mask = 4; mask > 0; mask /= 2)
                  sum += ctx.laneXor(sum, mask);
              int32_t next = ctx.laneFrom(sum, (t + 1) % 8);
              ctx.store(array, t, int64_t(ctx.shuffleXor(next, 31)));
            }),
            "");
  for (int32_t t = 0; t < kThreads; ++t) {
    int32_t from = t ^ 31, group = from / 8;
    EXPECT_EQ(out[t], group % 2 ? group * 8 + (from + 1) % 8 : group * 64 + 28);
  }
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                if (ctx.thread() != 9)
                  ctx.laneXor(1, 1);
              }),
              HasSubstr("a shuffle that not all of its 8 threads reach"));
  EXPECT_THAT(runBlock([&](HostContext &ctx) {
                if (ctx.thread() % 2)
                  ctx.laneXor(1, 1);
                else
                  ctx.shuffleXor(1, 1);
              }),
              HasSubstr("a shuffle that not all of its 8 threads reach"));
}

TEST(Simt, Counters) {
  std::vector<int64_t> out(1);
  kernels::DeviceArray<int64_t> array{out.data(), 1};
  auto count = [&](HostContext &ctx, bool barrier) {
    auto c = ctx.counters<1, 0>();
    if (ctx.thread() == 0)
      ctx.clear(c, 0);
    ctx.sync();
    ctx.add(c, 0, int64_t(ctx.thread()) << 40);
    ctx.add(c, 0, -1);
    if (barrier)
      ctx.sync();
    if (ctx.thread() == 5)
      ctx.store(array, 0, ctx.total(c, 0));
  };
  EXPECT_EQ(runBlock([&](HostContext &ctx) { count(ctx, true); }), "");
  EXPECT_EQ(out[0], (int64_t(2016) << 40) - kThreads);
  EXPECT_THAT(runBlock([&](HostContext &ctx) { count(ctx, false); }),
              HasSubstr("a race on shared element"));
  EXPECT_THAT(
      runBlock([&](HostContext &ctx) { ctx.add(ctx.counters<1, 0>(), 0, 1); }),
      HasSubstr("is read before it is written"));
}

TEST(Simt, ABlockRunsAgainAfterAFault) {
  Block block;
  HostContext ctx(block, 0, 0);
  EXPECT_FALSE(block.run(kThreads, 1, [&](int32_t t) {
    if (t > 5)
      ctx.sync();
  }));
  int32_t count = 0;
  EXPECT_TRUE(block.run(kThreads, 1, [&](int32_t) {
    ctx.sync();
    ++count;
    ctx.sync();
  }));
  EXPECT_EQ(count, kThreads);
}

} // namespace
