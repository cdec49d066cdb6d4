//===- SerialScheduleTest.cpp - One operation after the other -------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Construct/SerialSchedule.h"
#include "RandomProblem.h"
#include "Reference.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace gaus;
using namespace gaus::test;

namespace {

int32_t lengthOf(const Problem &p, const Starts &s) {
  int32_t length = 0;
  for (int32_t i = 0; i < p.numNodes(); ++i)
    length = std::max(length, s[i] + durationOf(p, i));
  return length;
}

/// Legal whatever the keys are, and never longer when justified.
TEST(SerialSchedule, LegalAndNeverLongerJustified) {
  int shorter = 0, made = 0;
  for (uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed);
    SmallShape shape;
    shape.maxNodes = 8;
    shape.windows = false;
    shape.edgePercent = 25;
    Problem p = smallProblem(seed, shape);
    Outcome<Windows> windows = computeWindows(p);
    Adjacency adj(p);
    if (!windows || !findComponents(p, adj).acyclic)
      continue;
    std::vector<int32_t> keys(p.numNodes());
    for (int32_t &key : keys)
      key = random.in(0, 9);
    SerialSchedule serial(p, *windows, 60);
    Starts s = serial.forward(keys);
    ASSERT_FALSE(s.empty());
    EXPECT_TRUE(violations(p, s).empty());
    Starts justified = serial.justified(s);
    EXPECT_TRUE(violations(p, justified).empty());
    EXPECT_LE(lengthOf(p, justified), lengthOf(p, s));
    shorter += lengthOf(p, justified) < lengthOf(p, s);
    ++made;
  }
  EXPECT_GT(made, 300);
  EXPECT_GT(shorter, 10);
}

TEST(SerialSchedule, NothingBeyondTheCycles) {
  Problem p = sharedUnits(1, 6);
  Outcome<Windows> windows = computeWindows(p);
  ASSERT_TRUE(windows);
  std::vector<int32_t> keys(6, 0);
  EXPECT_TRUE(SerialSchedule(p, *windows, 3).forward(keys).empty());
  EXPECT_EQ(SerialSchedule(p, *windows, 6).forward(keys),
            (Starts{0, 1, 2, 3, 4, 5}));
}

} // namespace
