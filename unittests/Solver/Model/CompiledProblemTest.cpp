//===- CompiledProblemTest.cpp - What is computed once a solve ------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Model/CompiledProblem.h"
#include "RandomProblem.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

CompiledProblem compiled(const Problem &p) {
  Outcome<CompiledProblem> c = CompiledProblem::of(p, std::nullopt, nullptr);
  EXPECT_TRUE(c);
  return std::move(*c);
}

TEST(CompiledProblem, KnowsLimitsAndEnds) {
  Problem p = layeredProblem(1, 20);
  std::fill(p.limit.begin(), p.limit.end(), kUnlimited);
  EXPECT_FALSE(compiled(p).hasLimits);
  EXPECT_FALSE(compiled(p).bounded());
  p.length = 100;
  EXPECT_TRUE(compiled(p).bounded());
  EXPECT_TRUE(compiled(p).components.acyclic);
  p.limit[0] = 1 << 20;
  EXPECT_TRUE(compiled(p).hasLimits);
  // Every window ends, with or without a length.
  Problem q = sharedUnits(1, 2);
  q.latest = {5, 7};
  EXPECT_TRUE(compiled(q).bounded());
}

/// An II times a distance is a cycle number only up to a point, and a profile
/// has only so many slots.
TEST(CompiledProblem, Folds) {
  Problem p;
  p.addNode("a", 1);
  p.addEdge(0, 0, 1000);
  for (int32_t ii : {1, 1000, 500000}) {
    p.ii = ii;
    EXPECT_TRUE(compiled(p).foldsFit()) << ii;
  }
  p.ii = 600000;
  EXPECT_FALSE(compiled(p).foldsFit());
  p.distance[0] = 1;
  EXPECT_TRUE(compiled(p).foldsFit());
  p.ii = 1 << 23;
  EXPECT_FALSE(compiled(p).foldsFit());
}

TEST(CompiledProblem, FailsWhereWindowsFail) {
  Problem p;
  p.addNode("a", 3);
  p.addNode("b", 1);
  p.addEdge(0, 1);
  p.length = 3;
  Outcome<CompiledProblem> c = CompiledProblem::of(p, std::nullopt, nullptr);
  ASSERT_FALSE(c);
  EXPECT_EQ(c.error().code, "Lat");
}

} // namespace
