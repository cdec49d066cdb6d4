//===- BindingTest.cpp - Bindings of random datapaths ---------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomDatapath.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

TEST(Binding, IsOneAndNoWorseWithEffort) {
  int64_t left[3] = {0, 0, 0};
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Datapath d = randomDatapath(seed, 12);
    BindingBounds bounds = boundsOf(d);
    int64_t before = INT64_MAX;
    for (int32_t effort : {0, 1, 2}) {
      Outcome<Binding> b = bindDatapath(d, {effort, 0});
      ASSERT_TRUE(b) << seed;
      for (const Diagnostic &wrong : checkBinding(d, *b))
        ADD_FAILURE() << "seed " << seed << ": " << wrong.message;
      EXPECT_EQ(b->multiplexerInputs, countMultiplexerInputs(d, *b));
      EXPECT_GE(b->registerCount(), bounds.registerCount) << seed;
      EXPECT_GE(b->registerBits(), bounds.registerBits) << seed;
      if (effort == 1) {
        EXPECT_LE(b->multiplexerInputs, before) << seed;
      }
      before = b->multiplexerInputs;
      left[effort] += before;
    }
  }
  // The search is worth it in the sum.
  EXPECT_LT(left[1], left[0]);
  EXPECT_LE(left[2], left[1]);
}

/// On a straight line of one width left edges are the least.
TEST(Binding, StraightLinesTakeNoMoreRegistersThanLive) {
  int straight = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    Datapath d = randomDatapath(seed, 12);
    for (int64_t &w : d.width)
      w = 8;
    if (d.period > 0)
      continue;
    ++straight;
    Outcome<Binding> b = bindDatapath(d);
    ASSERT_TRUE(b);
    EXPECT_EQ(b->registerCount(), boundsOf(d).registerCount) << seed;
  }
  EXPECT_GT(straight, 100);
}

TEST(Binding, TheSameAgain) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    Datapath d = randomDatapath(seed, 12);
    Outcome<Binding> a = bindDatapath(d, {2, 7}), b = bindDatapath(d, {2, 7});
    ASSERT_TRUE(a && b);
    EXPECT_EQ(a->unit, b->unit);
    EXPECT_EQ(a->registers, b->registers);
    EXPECT_EQ(a->swapped, b->swapped);
  }
}

TEST(Binding, NoUnitWithinTheLimitIsAnError) {
  Datapath d;
  int32_t mul = d.addKind("mul", 1, true);
  for (int64_t start : {0, 0}) {
    d.addNode(start, 1, 1);
    d.addHold(mul, 1);
  }
  Outcome<Binding> b = bindDatapath(d);
  ASSERT_FALSE(b);
  EXPECT_EQ(b.error().code, "Res");
}

/// Two products of the same operands the other way round: exchanging those of
/// one leaves nothing to choose from.
TEST(Binding, ExchangesOperands) {
  Datapath d;
  int32_t mul = d.addKind("mul", 1, true);
  for (int32_t i : {0, 1}) {
    d.addNode(i, 1, 1);
    d.addHold(mul, 1);
    d.commutes[i] = 1;
    d.operands.push_back({i, i, -1, 0, 0, 32});
    d.operands.push_back({i, 1 - i, -1, 1, 0, 32});
  }
  EXPECT_EQ(bindDatapath(d, {0, 0})->multiplexerInputs, 64);
  EXPECT_EQ(bindDatapath(d, {1, 0})->multiplexerInputs, 0);
}

} // namespace
