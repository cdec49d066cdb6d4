//===- DeadlineTest.cpp - The end of a solve ------------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Context/Deadline.h"

#include <gtest/gtest.h>

using namespace gaus;

namespace {

TEST(Deadline, NoneNeverPasses) {
  Deadline deadline(0);
  EXPECT_FALSE(deadline.passed());
  EXPECT_FALSE(deadline.timedOut());
}

TEST(Deadline, PassesWithTheStopAbove) {
  Stop above;
  Deadline deadline(0, &above), far(1e9, &above);
  EXPECT_FALSE(deadline.passed());
  EXPECT_FALSE(far.passed());
  above.request();
  EXPECT_TRUE(deadline.passed());
  EXPECT_TRUE(deadline.flag().requested());
  EXPECT_TRUE(far.passed());
  // It was not the time.
  EXPECT_FALSE(deadline.timedOut());
  EXPECT_FALSE(far.timedOut());
}

/// No time at all has passed before anything is asked.
TEST(Deadline, PassesWithTheTime) {
  Deadline deadline(1e-12);
  EXPECT_TRUE(deadline.passed());
  EXPECT_TRUE(deadline.timedOut());
}

} // namespace
