//===- StepsTest.cpp - A solve in single steps ----------------------------===//
//
// Part of GauS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "SmallRun.h"

#include "gaus/Core/Verifier.h"

#include <gtest/gtest.h>

using namespace gaus;
using namespace gaus::test;

namespace {

TEST(Steps, InSequence) {
  Problem p = layeredProblem(2, 50);
  SolverOptions o = quick(Objective::Memory);
  o.length = factor(1250000);
  Outcome<Problem> r = resolve(p, o);
  ASSERT_TRUE(r);
  Outcome<Distributions> state = annotate(*r, o);
  ASSERT_TRUE(state);
  Outcome<Solution> rounded = commit(*r, o, *state);
  WorkCounts work;
  Outcome<Distributions> moved = relax(*r, o, *state, work);
  ASSERT_TRUE(moved);
  EXPECT_GT(work.descentSteps, 0);
  EXPECT_NE(moved->mean, state->mean);
  SolverOptions plain = o;
  plain.polish = false;
  Outcome<Solution> before = commit(*r, plain, *state);
  Outcome<Solution> after = commit(*r, plain, *moved);
  ASSERT_TRUE(before && after && rounded);
  EXPECT_LT(after->value, before->value);
  EXPECT_TRUE(verify(*r, after->starts).empty());
}

} // namespace
